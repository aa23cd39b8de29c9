"""Loads what the rooms of a campaign know besides the conversation (`dialogs.core.rooms`): only when an event goes there."""

import datetime as dt
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, TypeVar

from bot.campaign.around import around_of
from bot.campaign.enrol import way_past
from bot.campaign.leading import asks_for_it, unit_results
from bot.campaign.tracked import tracked, with_scores
from bot.campaign.usable import stuck, usable
from bot.rulebooks.library import Library
from bot.turn.dossier_loading import dossiers_view
from bot.turn.papers import readable_of
from bot.turn.uploads import ReadFile, beside_kept
from bot.turn.work_loading import with_ledgers, work_view
from dialogs.authority.list import ALL
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed
from dialogs.core.handlers import Books
from dialogs.core.paging import number, word
from dialogs.core.rooms import (
    AskedOfDesk,
    Cover,
    DataKnown,
    Deciding,
    DossiersView,
    OfficeView,
    Opinions,
    PaperInForce,
    Redoings,
    Results,
    Room,
    RoomKnowledge,
    Sheets,
    WorkView,
    room_of,
)
from dialogs.core.state import State
from dialogs.desk.guard import campaign_named
from dialogs.head.together import SHOWN
from dialogs.interview.own_review import OwnReview
from dialogs.people.papers import LIST, ONE
from dialogs.result.decided_review import is_confirmed
from dialogs.shown.chain import to_see
from dialogs.shown.chart import year_named
from dialogs.shown.draft_card import next_draft
from dialogs.shown.scores import asks_unit_result
from dialogs.stand_ins.ending import cover_named
from rules.book.procedure import UNIT_STEPS
from rules.book.quota import Rated
from rules.campaign.at_work import at_work, in_order
from rules.campaign.leading import under_management, units_in_charge
from rules.campaign.permissions import (
    OF_OFFICE,
    OF_PEOPLE,
    Action,
    Relation,
    may,
    relations,
    relations_to_office,
    relations_to_person,
    relations_to_unit,
)
from rules.campaign.tree import Tree, tree_of
from rules.judging.interview import has_rating, rated, rating_questions
from rules.nouns.alphabet import by_name
from rules.nouns.people import Person
from rules.nouns.periods import period
from rules.nouns.reviews import Campaign, Review
from rules.nouns.rulings import Improvement, Opinion
from rules.nouns.standings import ReviewLine
from rules.nouns.tracking import PeriodScore, Standing
from rules.nouns.values import BODIES, Subject
from rules.nouns.workdays import workdays_after, workdays_between
from storage.transaction import Transaction

Value = TypeVar("Value")

#: Buttons that show sheets together.
TOGETHER = frozenset({"head_sheets", "head_sheets_ask", "head_sheets_agree"})

#: Buttons after which the next draft that waits is shown at once.
AGREEING = frozenset({"head_agree", "head_approve"})

#: Buttons that show a year of those under management.
OF_YEAR = frozenset({"head_year", "head_year_of"})

#: Where the button to the units somebody is in charge of stands, and what it leads to.
LISTED = frozenset({"head_list"})
OF_CHARGE = frozenset({"head_charge", "head_charge_unit"})
#: Buttons to what a head, or who is in charge, must be told of; to the plans of a head's people.
OF_RESULTS, OF_PLANS = "head_results", "head_plans"

#: Buttons that name a whole list to decide.
WHOLE_LISTS = frozenset({"decide_all", "decide_every"})


class Proposing(TypedDict):
    """What `Sheets` knows where ratings are proposed."""

    proposed: Mapping[tuple[int, str], tuple[Rated, ...]]
    beside: tuple[ReviewLine, ...]


@dataclass(frozen=True, slots=True)
class RoomContext:
    """Who comes into a room, with which event. `file`: the one it hands in or agrees to."""

    tx: Transaction
    books: Books
    state: State
    event: Event
    person: Person
    file: ReadFile | None = None

    @property
    def today(self) -> dt.date:
        """The day of the event."""
        return self.state.now.date()

    @property
    def acting(self) -> tuple[int, ...]:
        """The person, and those for whom they act."""
        return self.person.id, *self.state.acts_for


async def enter(tx: Transaction, books: Books, state: State, event: Event, file: ReadFile | None = None) -> State:
    """The state with what the room knows to which the event goes."""
    room = room_of(event, state.focus)
    state = await _past_the_giver(tx, books, state)
    state = await _with_scores(tx, books, state)
    reviews = (state.own, *state.others, *state.waiting, state.about)
    if not all(usable(review.campaign, books) for review in reviews if review):
        state = _without_unreadable(state, books)
    state = await _with_unit_results(tx, books, state, event)
    state = await with_ledgers(tx, books, state)
    state = await _with_what_is_beside(tx, books, state)
    state = await _with_next_draft(tx, books, state, event)
    loader = LOADERS.get(room) if room else None
    if state.person is None or loader is None:
        return _without_closed(state)
    context = RoomContext(tx, books, state, event, state.person, file)
    if room is Room.HEAD:
        return replace(_without_closed(state), room=await loader(context))
    desk = await tx.units.desk_of(state.person.office)
    return replace(state, room=await loader(context), desk=tuple(desk))


async def _past_the_giver(tx: Transaction, books: Books, state: State) -> State:
    """What is sent from a device whose code somebody gave anew goes past them."""
    own, device = state.own, state.device
    if own is None or device is None or not own.open or not usable(own.campaign, books):
        return state
    if not any(_goes_through(own, giver) for giver in device.bars):
        return state
    office = await tx.units.office_of(own.person.id)
    own = await way_past(tx, books, office, own, device, state.now)
    people = {step.person for step in own.steps} | device.bars
    names = {**state.names, **await tx.people.names(people)}
    approver = await tx.people.get(own.approver_id) if own.approver_id else None
    return replace(
        state, own=own, approver=approver, names=names, desk=tuple(await tx.units.desk_of(own.person.office))
    )


def _goes_through(review: Review, person: int) -> bool:
    return person == review.decider_id or any(step.person == person for step in review.steps)


def _without_closed(state: State) -> State:
    """Nothing is agreed to or returned in a campaign that was closed; deciding anew and petitions have their rooms. A button of
    one's own review in it is told what it is.
    """
    about = state.about
    theirs = about is not None and about.campaign.closed and not (state.person and about.person.id == state.person.id)
    return replace(state, about=None) if theirs else state


async def _with_unit_results(tx: Transaction, books: Books, state: State, event: Event) -> State:
    """With what d of a leader comes to, where it is asked for now or a sheet that says it is looked at."""
    wanted = [review for review in (state.about,) if review and review.draft]
    if isinstance(event, Pressed) and event.button and event.button.verb in TOGETHER:
        wanted += state.waiting
    if state.own and state.own.open and asks_for_it(books, state.own) and _comes_to_it(books, state, event):
        wanted.append(state.own)
    found = await unit_results(tx, books, wanted) if wanted else {}
    return replace(state, unit_results=found) if found else state


def _comes_to_it(books: Books, state: State, event: Event) -> bool:
    """Whether the question for d is at hand, or comes next."""
    sheet = OwnReview.of(books, state)
    named = event.button.about[:1] if isinstance(event, Pressed) and event.button else ()
    at = next((number for number, place in enumerate(sheet.places) if asks_unit_result(place.question)), None)
    if at is None:
        return False
    current, near = sheet.current(), {place.key for place in sheet.places[max(0, at - 1) : at + 2]}
    return bool(near & set(named)) or (current is not None and current.key in near)


async def _with_scores(tx: Transaction, books: Books, state: State) -> State:
    """The forms of a year with the scores of its months as they stand now."""
    reviews = [one for one in (state.own, *state.others, state.about, *state.waiting) if one]
    scored = await with_scores(tx, books, reviews)
    if scored == reviews:
        return state
    found = {one.id: one for one in scored}
    return replace(
        state,
        own=found[state.own.id] if state.own else None,
        others=tuple(found[one.id] for one in state.others),
        about=found[state.about.id] if state.about else None,
        waiting=tuple(found[one.id] for one in state.waiting),
    )


async def _with_what_is_beside(tx: Transaction, books: Books, state: State) -> State:
    """With what stands around the reviews at hand; a sheet of points asks nothing that is asked elsewhere."""
    at_hand = [review for review in (state.own, *state.others, state.about) if review]
    rating = [one for one in at_hand if has_rating(books[one.campaign.edition].forms[one.form])]
    return replace(state, around=await around_of(tx, books, rating, as_loaded=True)) if rating else state


async def _with_next_draft(tx: Transaction, books: Books, state: State, event: Event) -> State:
    """With all that the card of the next draft tells, where an agreement shows it at once."""
    verb = event.button.verb if isinstance(event, Pressed) and event.button else ""
    after = next_draft(to_see(state), state.about) if verb in AGREEING and state.about and state.about.draft else None
    if after is None:
        return state
    looked = await _with_unit_results(tx, books, replace(state, about=after), event)
    looked = await _with_what_is_beside(tx, books, await with_ledgers(tx, books, looked))
    acted = (*(one.for_whom for one in after.decisions), *(one.for_whom for one in after.endorsements))
    named = {one for one in acted if one} | {step.person for step in after.steps}
    names = await tx.people.names(named) if named else {}
    return replace(
        state,
        unit_results={**looked.unit_results, **state.unit_results},
        ledgers={**looked.ledgers, **state.ledgers},
        around={**looked.around, **state.around},
        names={**names, **state.names},
    )


def _without_unreadable(state: State, books: Books) -> State:
    """Without the reviews whose rulebook is gone or broken: the rest of a person's conversation goes on."""
    known = (review for review in (state.own, *state.others) if review and usable(review.campaign, books))
    reviews = in_order(sorted(known, key=lambda one: one.campaign.id), state.now.date())
    own = state.own if state.own in reviews else at_work(reviews)
    about = state.about if state.about and usable(state.about.campaign, books) else None
    return replace(
        state,
        own=own,
        others=tuple(review for review in reviews if own and review.id != own.id),
        waiting=tuple(review for review in state.waiting if usable(review.campaign, books)),
        about=about,
    )


# ── the authority ──────────────────────────────────────────────────────────────────────────────


async def _deciding(context: RoomContext) -> Deciding:
    mine = await context.tx.standings.decided_by(context.acting, context.today)
    office = await context.tx.units.office_of(context.person.id)
    if may(relations_to_office(context.person, context.person.office), Action.RECORD_OUTSIDE):
        mine += await context.tx.standings.decided_outside(office, context.today)
    whole = [one for id_ in sorted({one.campaign.id for one in mine}) for one in await _campaign(context, id_)]
    lost = stuck([one.campaign for one in whole], context.books)
    mine, whole = ([one for one in some if one.campaign.id not in lost] for some in (mine, whole))
    listed = await _listed(context, mine)
    named = {review.id for review in (context.state.about, *listed) if review}
    tree = await _tree(context.tx, office)
    petitions = await context.tx.rulings.petitions_of(tuple(one.review for one in mine))
    return Deciding(
        mine=tuple(mine),
        rated=rated_lists(context.books, whole),
        undecided_units=Counter(
            one.person.unit_id for one in whole if not one.decided and _is_body(context.books, one)
        ),
        units_below={unit: _all_below(tree, unit) for unit in tree.seats},
        petitions=tuple(petitions),
        beside=_beside(context.books, whole, named, tree),
        listed=tuple(listed),
        days_left={one.id: workdays_between(context.today, one.due) for one in petitions if one.due},
        opinions=tuple(await context.tx.opinions.about(tuple(named))) if named else (),
        around=await around_of(
            context.tx, context.books, [one for one in (context.state.about, *listed) if one], deciding=True
        ),
    )


async def _campaign(context: RoomContext, campaign: int) -> Sequence[ReviewLine]:
    return await context.tx.standings.of_campaign(campaign, context.today)


async def _listed(context: RoomContext, mine: Sequence[ReviewLine]) -> list[Review]:
    """The whole reviews that a button for a list names."""
    button = context.event.button if isinstance(context.event, Pressed) else None
    if button is None or button.verb not in WHOLE_LISTS or not button.about:
        return []
    where = button.about[0]
    waiting = (one for one in mine if one.ready)
    listed = await context.tx.reviews.some([one.review for one in waiting if where in {ALL, str(one.person.unit_id)}])
    return await with_scores(context.tx, context.books, listed)


def rated_lists(
    books: Books, whole: Sequence[ReviewLine], proposed: Callable[[ReviewLine], bool] = lambda _: False
) -> Mapping[tuple[int, str], tuple[Rated, ...]]:
    """The list of the office under each part of a campaign: a line for each rating a form asks for. What was `proposed` and is not
    decided has the rating of the person's own.
    """
    found: dict[tuple[int, str], list[Rated]] = {}
    forms = {one.review: books[one.campaign.edition].forms[one.form] for one in whole}
    with_own = {
        _place(one)
        for one in whole
        if forms[one.review].rates is not Subject.PARTY_MEMBER and has_rating(forms[one.review])
    }
    for one in whole:
        form = forms[one.review]
        again = form.rates is Subject.PARTY_MEMBER and _place(one) in with_own
        questions = rating_questions(form)
        for question in questions:
            if again and question.about == "civil":
                continue  # it is counted in the form of its own
            subject, leader = rated(form, one.person, question)
            told = not one.decided and question is questions[-1] and proposed(one)
            rating = one.self_rating if told else one.ratings.get(question.key)
            line = Rated(
                one.person.name,
                one.person.unit,
                one.person.group,
                leader,
                rating,
                one.review,
                subject,
                open=not one.decided and not told,
                person=one.person.id,
                post=one.person.post,
            )
            found.setdefault((one.campaign.id, one.campaign.rulebook), []).append(line)
    return {part: tuple(lines) for part, lines in found.items()}


def _place(one: ReviewLine) -> tuple[int, int, int]:
    """Who, at which of their posts, in which campaign."""
    return one.campaign.id, one.person.id, one.person.post


def _beside(books: Books, whole: Sequence[ReviewLine], named: set[int], tree: Tree) -> tuple[ReviewLine, ...]:
    """The other reviews of the people whose reviews are named, and those of the bodies of their units and above them."""
    people = {one.person.id for one in whole if one.review in named}
    units = {seat.id for one in whole if one.review in named for seat in tree.up_from(one.person.unit_id)}
    return tuple(
        one for one in whole if one.person.id in people or (one.person.unit_id in units and _is_body(books, one))
    )


def _is_body(books: Books, one: ReviewLine) -> bool:
    form = books[one.campaign.edition].forms[one.form]
    return rated(form, one.person)[0] in BODIES


async def _tree(tx: Transaction, office: int) -> Tree:
    people = [*await tx.people.of_office(office), *await tx.people.at_posts(office)]
    return tree_of(await tx.units.seats(office), people, await tx.units.bodies(office))


def _all_below(tree: Tree, unit: int) -> tuple[int, ...]:
    below = tree.below(unit)
    return (*below, *(one for child in below for one in _all_below(tree, child)))


async def _sheets(context: RoomContext) -> Sheets | None:
    """The scores of the year beside the sheets that are looked at together."""
    button = context.event.button if isinstance(context.event, Pressed) else None
    if isinstance(context.event, Commanded) or (button and button.verb in LISTED):
        return await _list_of_head(context)
    if button and button.verb in _READ_ONLY:
        return await _READ_ONLY[button.verb](context)
    about = context.state.about
    if button and button.verb in AGREEING and about and under_quota(context.books, about):
        await context.tx.campaigns.take_turns(about.campaign.id)  # the last place is seen free by one of two
        return Sheets(**await _proposing(context, (about,)))
    if button and button.verb in OF_YEAR:
        return await _year_of_those_led(context, year_named(word(button, 0), context.today.year))
    typed = (context.state.focus or {}).get("for") == SHOWN
    if not typed and (button is None or button.verb not in TOGETHER):
        return None
    short = [one for one in context.state.waiting if not one.campaign.span.whole]
    found: dict[int, tuple[PeriodScore, ...]] = {}
    for year in sorted({one.campaign.year for one in short}):
        of_year = [one for one in short if one.campaign.year == year]
        known = await tracked(context.tx, context.books, [one.person for one in of_year], period(year, "year"))
        for one in of_year:
            scores = known[one.person.id, one.person.post]
            found[one.id] = (*scores.months, *scores.quarters)
    return Sheets(found, await _with_open_excuses(context.tx, short))


def under_quota(books: Books, review: Review) -> bool:
    """Whether its rulebook limits how many may have the rating that is proposed."""
    wanted = review.draft.self_rating if review.draft else None
    return wanted is not None and any(one.rating is wanted for one in books[review.campaign.edition].quotas)


async def _proposing(context: RoomContext, reviews: Sequence[Review]) -> Proposing:
    """What heads have proposed so far in the campaigns of these reviews, which wait for this person, and where the others stand."""
    whole = [one for id_ in sorted({one.campaign.id for one in reviews}) for one in await _campaign(context, id_)]
    lost = stuck([one.campaign for one in whole], context.books)
    whole = [one for one in whole if one.campaign.id not in lost]
    return proposing(context.books, whole, {one.id for one in context.state.waiting})


def proposing(books: Books, whole: Sequence[ReviewLine], here: Collection[int]) -> Proposing:
    """The same of the lines of these campaigns; `here`: the reviews that wait for this person."""
    listed = rated_lists(books, whole, lambda one: is_proposed(one) and one.review not in here)
    return {"proposed": listed, "beside": tuple(whole)}


def is_proposed(one: ReviewLine) -> bool:
    """Whether it is past the steps of its unit."""
    return not one.owed and (one.ready or one.approver_role not in UNIT_STEPS)


async def _with_open_excuses(tx: Transaction, sheets: Sequence[Review]) -> frozenset[int]:
    """In whose ledger of the period a cause is said to be objective that the head has not answered yet."""
    found: set[int] = set()
    for year, name in sorted({(one.campaign.year, one.campaign.period) for one in sheets}):
        of = [one for one in sheets if (one.campaign.year, one.campaign.period) == (year, name)]
        lines = await tx.ledgers.of_people([one.person.id for one in of], year, name)
        slips = {
            person: [slip for line in some if not line.removed for slip in line.slips] for person, some in lines.items()
        }
        waits = {person for person, some in slips.items() if any(one.reason and one.objective is None for one in some)}
        found |= {one.id for one in of if one.person.id in waits}
    return frozenset(found)


async def _year_of_those_led(context: RoomContext, year: int) -> Sheets:
    """Those under this person's management, and the scores of the months of each."""
    office = await context.tx.units.office_of(context.person.id)
    people = [*await context.tx.people.of_office(office), *await context.tx.people.at_posts(office)]
    led = under_management(tree_of(await context.tx.units.seats(office), people), context.person, people)
    known = await tracked(context.tx, context.books, led, period(year, "year"))
    return Sheets(people=led, of_year={at: one.months for at, one in known.items()})


async def _list_of_head(context: RoomContext) -> Sheets:
    """Beside what waits: what was proposed so far, and where the buttons to what one may read besides lead."""
    charge = await _charge(context, None)
    concerned = context.person.head or charge.in_charge
    told = concerned and any(context.books[one.edition].told for one in await _telling(context))
    planning = len(await _plans_of_unit(context))
    proposed = await _proposing(context, context.state.waiting)
    return replace(charge, told=bool(told), planning=planning, **proposed)


async def _telling(context: RoomContext) -> list[Campaign]:
    """The parts of the open campaigns of the office, and of the one that was closed last, that can be read."""
    office = await context.tx.units.office_of(context.person.id)
    closed = await context.tx.campaigns.of_office(office, is_open=False)
    last = max((one.id for one in closed), default=0)
    every = [*await context.tx.campaigns.of_office(office, is_open=True), *(one for one in closed if one.id == last)]
    lost = stuck(every, context.books)
    return [one for one in every if one.id not in lost]


async def _results_told(context: RoomContext) -> Sheets:
    """What was decided about people of the units this person heads or is in charge of, where they must be told."""
    charge = await _charge(context, None)
    units = {*charge.in_charge, *((context.person.unit_id,) if context.person.head else ())}
    telling = {one.id for one in await _telling(context) if context.books[one.edition].told} if units else set()
    lines = [
        one
        for id_ in sorted(telling, reverse=True)
        for one in await _campaign(context, id_)
        if one.decided and one.person.unit_id in units
    ]
    return replace(charge, results=tuple(lines), told=bool(telling))


async def _plans_of_unit(context: RoomContext) -> tuple[tuple[Person, tuple[Improvement, ...]], ...]:
    """The plans of the people of the unit this person heads, by name."""
    head = context.person
    if not head.head:
        return ()
    lines = await context.tx.improvements.of_unit(head.unit_id)
    people = {id_: await context.tx.people.get(id_) for id_ in {line.person for line in lines}}
    may_read = {id_ for id_, one in people.items() if may(_besides(head, one), Action.READ_PLAN)}
    planned = sorted(may_read, key=lambda id_: by_name(people[id_].name))
    return tuple((people[id_], tuple(line for line in lines if line.person == id_)) for id_ in planned)


async def _charge(context: RoomContext, button: Button | None) -> Sheets:
    """The units this person is in charge of; by a button for them also how far they are."""
    tx = context.tx
    office = await tx.units.office_of(context.person.id)
    tree = tree_of(await tx.units.seats(office), ())
    units = units_in_charge(tree, context.person)
    known = Sheets(in_charge={unit: tree.seats[unit].name for unit in sorted(units)})
    if button and button.verb == "head_charge_unit":
        units |= {context.person.unit_id} if context.person.head else set()
    if button is None or not units:
        return known
    opened = await tx.campaigns.of_office(office, is_open=True)
    lost = stuck(opened, context.books)
    lines = [
        one
        for id_ in sorted({one.id for one in opened} - lost, reverse=True)
        for one in await _campaign(context, id_)
        if one.person.unit_id in units
    ]
    campaign, unit = number(button, 0), number(button, 1)
    if button.verb != "head_charge_unit":
        return replace(known, standings=tuple(lines))
    lines = [one for one in lines if (one.campaign.id, one.person.unit_id) == (campaign, unit)]
    sent = await tx.reviews.some([one.review for one in lines if not one.owed])
    readable = frozenset(
        one.id
        for one in sent
        if one.draft
        and may(relations(context.person, one, context.state.acts_for) - {Relation.SELF}, Action.READ_DRAFT)
    )
    names = await tx.people.names({one.approver_id for one in lines if one.approver_id})
    return replace(known, standings=tuple(lines), readable=readable, names=names)


def _besides(person: Person, other: Person) -> frozenset[Relation]:
    """What somebody is to another; nothing to themself."""
    return relations_to_person(person, other) - {Relation.SELF}


async def _units_in_charge(context: RoomContext) -> Sheets:
    return await _charge(context, context.event.button if isinstance(context.event, Pressed) else None)


async def _plans_read(context: RoomContext) -> Sheets:
    return Sheets(plans=await _plans_of_unit(context))


#: Buttons of HEAD that lead to what is only read → what is loaded for them.
_READ_ONLY: Mapping[str, Callable[[RoomContext], Awaitable[Sheets]]] = {
    **dict.fromkeys(OF_CHARGE, _units_in_charge),
    OF_RESULTS: _results_told,
    OF_PLANS: _plans_read,
}


# ── the person ─────────────────────────────────────────────────────────────────────────────────


async def _redoings(context: RoomContext) -> Redoings:
    """What was asked of the sheet that the button or the focus names."""
    event = context.event
    named = (
        event.button.review
        if isinstance(event, Pressed) and event.button
        else (context.state.focus or {}).get("review")
    )
    return Redoings(tuple(await context.tx.tracking.redoings(named)) if isinstance(named, int) and named else ())


async def _results(context: RoomContext) -> Results:
    ever = await context.tx.reviews.ever(context.person.id)
    mine = [one for one in ever if one.rulings and usable(one.campaign, context.books)]
    followed = await with_scores(context.tx, context.books, [one for one in mine if one.campaign.last_month])
    mine = list({**{one.id: one for one in mine}, **{one.id: one for one in followed}}.values())
    petitions = await context.tx.rulings.petitions_of(tuple(one.id for one in mine)) if mine else []
    button = context.event.button if isinstance(context.event, Pressed) else None
    charted = button.about[:1] if button and button.verb == "result_year" else ()
    return Results(
        mine=tuple(mine),
        petitions=tuple(petitions),
        confirmed=tuple(one for one in ever if is_confirmed(one) and usable(one.campaign, context.books)),
        improvements=tuple(await context.tx.improvements.of_person(context.person.id)),
        petition_due=dict(_petition_due(context, mine)),
        year=await _own_year(context, year_named(charted[0], context.today.year)) if charted else (),
    )


async def _own_year(context: RoomContext, year: int) -> tuple[PeriodScore, ...]:
    """The scores of the person's months."""
    known = await tracked(context.tx, context.books, [context.person], period(year, "year"))
    return known[context.person.id, context.person.post].months


def _petition_due(context: RoomContext, mine: Sequence[Review]) -> list[tuple[int, dt.date]]:
    found = []
    for review in mine:
        rule = context.books[review.campaign.edition].procedure.petitions
        if rule and rule.answer_within is not None:
            found.append((review.id, workdays_after(context.today, rule.answer_within)))
    return found


# ── the desk ───────────────────────────────────────────────────────────────────────────────────


async def _office(context: RoomContext) -> OfficeView | None:
    """The whole office, for who does anything for it."""
    if not may(relations_to_office(context.person, context.person.office), *OF_OFFICE):
        return None
    tx, office = context.tx, await context.tx.units.office_of(context.person.id)
    opened = await tx.campaigns.of_office(office, is_open=True)
    campaigns = [one for one in opened if one.id not in stuck(opened, context.books)]
    named = campaign_named(context.event, context.state.focus)
    ids = {one.id for one in campaigns}
    shown = named if named in ids else max(ids, default=0)
    people = await tx.people.of_office(office)
    standings = await tx.standings.of_campaign(shown, context.today) if shown else []
    looked = context.event.button.verb if isinstance(context.event, Pressed) and context.event.button else ""
    of_year, holders = await _months_of(context, standings) if looked == "desk_months" else ({}, {})
    return OfficeView(
        office,
        await tx.units.settings(office),
        campaigns=tuple(campaigns),
        closed=tuple(await tx.campaigns.of_office(office, is_open=False)),
        people=tuple(people),
        posts=tuple(await tx.people.at_posts(office)),
        gone=tuple(await tx.people.gone(office)),
        units={seat.id: seat.name for seat in await tx.units.seats(office)},
        heads={one.unit_id: one.id for one in people if one.head},
        tree=await _tree(tx, office),
        standings=tuple(standings),
        tallies=await tx.standings.tallied([*ids]) if named not in ids else {},
        delivered=await tx.deliveries.report(shown) if shown else {},
        unreached=await tx.deliveries.unreached(office),
        accounts=await tx.accounts.of_office(office),
        invited=await tx.invitations.waiting(office, context.state.now),
        been_in=await tx.invitations.been_in(office),
        anew=await tx.invitations.anew(office, context.state.now),
        unconfirmed=await tx.invitations.unconfirmed(office),
        rulebooks=context.books.titles() if isinstance(context.books, Library) else {},
        in_force=context.books.in_force() if isinstance(context.books, Library) else {},
        keys=await tx.people.keys(office),
        handed=await beside_kept(tx, context.books, office, context.file, context.event, context.state)
        if context.file
        else None,
        own_templates={one.form: (one.name, one.at) for one in await tx.templates.in_use(office)},
        of_year=of_year,
        holders=holders,
    )


async def _months_of(
    context: RoomContext, standings: Sequence[ReviewLine]
) -> tuple[Mapping[tuple[int, int], tuple[PeriodScore, ...]], Mapping[int, str]]:
    """The months and quarters of everybody in a campaign, and the names of who has the sheets that are not confirmed."""
    if not standings:
        return {}, {}
    people = [one.person for one in standings]
    known = await tracked(context.tx, context.books, people, standings[0].campaign.span)
    of_year = {at: (*one.months, *one.quarters) for at, one in known.items()}
    sent = {one.review for scores in of_year.values() for one in scores if one.standing is Standing.SENT}
    holders = await context.tx.tracking.holders(sorted(sent))
    names = await context.tx.people.names(set(holders.values()))
    return of_year, {review: names.get(person, "") for review, person in holders.items()}


async def _crew(context: RoomContext) -> OfficeView | None:
    """The office for the desk; for the head of a unit their own people."""
    person = context.person
    whole = may(relations_to_office(person, person.office), *OF_PEOPLE)
    if whole or not may(relations_to_unit(person, person.office, person.unit_id), *OF_PEOPLE):
        known = await _office(context)
        return replace(known, papers=await _papers_of(context)) if known else None
    office = await context.tx.units.office_of(context.person.id)
    people = [one for one in await context.tx.people.of_office(office) if one.unit_id == context.person.unit_id]
    own = {one.id for one in people}
    return OfficeView(
        office,
        await context.tx.units.settings(office),
        people=tuple(people),
        accounts=_only(await context.tx.accounts.of_office(office), own),
        invited=_only(await context.tx.invitations.waiting(office, context.state.now), own),
        been_in=await context.tx.invitations.been_in(office) & own,
        anew=_only(await context.tx.invitations.anew(office, context.state.now), own),
        unconfirmed=_only(await context.tx.invitations.unconfirmed(office), own),
        keys=_only(await context.tx.people.keys(office), own),
        papers=await _papers_of(context),
    )


async def _papers_of(context: RoomContext) -> tuple[PaperInForce, ...]:
    """Of whom a button names."""
    button = context.event.button if isinstance(context.event, Pressed) else None
    if button is None or button.verb not in {LIST, ONE}:
        return ()
    found = await readable_of(context.tx, context.person, context.state.acts_for, number(button, 0))
    return tuple(one for one in found if usable(one.review.campaign, context.books))


def _only(known: Mapping[int, Value], people: set[int]) -> dict[int, Value]:
    return {person: value for person, value in known.items() if person in people}


# ── stand-ins and opinions: also what is somebody else's, so that reaching for it can be told apart from an old button ──


async def _cover(context: RoomContext) -> Cover:
    """The stand-ins this person has a say in or is one of, and who may be named."""
    office = await context.tx.units.office_of(context.person.id)
    people = await context.tx.people.of_office(office)
    of_all = may(relations_to_office(context.person, context.person.office), Action.SET_STAND_IN)
    stand_ins = await (context.tx.covers.of_office(office) if of_all else context.tx.covers.about(context.person.id))
    named = cover_named(context.event)
    known = not named or named in {one.id for one in stand_ins}
    other = None if known else await context.tx.covers.get(named)
    return Cover(tuple(stand_ins), tuple(people), {one.id: one for one in people}, other)


async def _asked(context: RoomContext) -> Opinions:
    """What this person (of the desk: and bodies outside) is asked about others."""
    opinions = await context.tx.opinions.asked_of(context.acting)
    if may(relations_to_office(context.person, context.person.office), Action.RECORD_OUTSIDE):
        opinions += await context.tx.opinions.asked_outside(await context.tx.units.office_of(context.person.id))
    known = await context.tx.reviews.some(sorted({one.review for one in opinions}))
    reviews = [one for one in known if usable(one.campaign, context.books)]
    return Opinions(tuple(opinions), {one.id: one for one in reviews}, await _asked_of_others(context))


async def _asked_of_others(context: RoomContext) -> tuple[Opinion, ...]:
    """About the review a button names; what this person was asked in a campaign that is closed by now is theirs."""
    review = context.state.about or context.state.own
    if review is None:
        return ()
    here = may(relations_to_office(context.person, review.campaign.office), Action.RECORD_OUTSIDE)
    found = await context.tx.opinions.about((review.id,))
    return tuple(one for one in found if one.asked not in context.acting and not (here and one.asked is None))


async def _work(context: RoomContext) -> WorkView:
    return await work_view(context.tx, context.books, context.state, context.event, context.person, context.file)


async def _dossiers(context: RoomContext) -> DossiersView:
    return await dossiers_view(context.tx, context.books, context.state, context.event, context.person, context.file)


async def _data(context: RoomContext) -> DataKnown:
    mine = tuple(await context.tx.requests.of_person(context.person.id))
    if not may(relations_to_office(context.person, context.person.office), Action.ANSWER_DATA):
        return DataKnown(mine)
    office = await context.tx.units.office_of(context.person.id)
    waiting = await context.tx.requests.of_office(office, waiting=True)
    return DataKnown(mine, tuple(AskedOfDesk(one.request, one.person) for one in waiting))


LOADERS: Mapping[Room, Callable[[RoomContext], Awaitable[RoomKnowledge | None]]] = {
    Room.HEAD: _sheets,
    Room.DECIDE: _deciding,
    Room.PETITION: _deciding,
    Room.RESULT: _results,
    Room.PLAN: _results,
    Room.COVER: _cover,
    Room.OPINION: _asked,
    Room.ANEW: _redoings,
    Room.DESK: _office,
    Room.CREW: _crew,
    Room.CAST: _office,
    Room.WORK: _work,
    Room.DATA: _data,
    Room.DOSSIER: _dossiers,
}
