"""Loads the room of meetings: this person's meetings, or the one the event names with everything around it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.campaign.concluded import Concluded, concluded_in
from bot.campaign.upward.standing import came_up, sends_up
from bot.campaign.usable import stuck
from bot.turn.rooms.context import RoomContext
from bot.turn.rooms.rated import rated_lists
from dialogs.core.events import Commanded, Pressed, Said
from dialogs.core.handlers import Books
from dialogs.core.knowledge.meetings import CameUp, MayCall, MeetingView
from dialogs.core.paging import number, word
from dialogs.core.state import State
from dialogs.meeting.concluding import RATING, SHORTCOMINGS
from dialogs.meeting.guard import named
from dialogs.meeting.home import NEW, at_hand, second_of
from rules.balloting.poll import Poll
from rules.balloting.slips import Tally
from rules.book.meeting import MeetingRules, together
from rules.book.quota import Rated
from rules.campaign.deciding.quotas import is_proposed
from rules.campaign.permissions import Action, Relation, may, relations_to_unit
from rules.judging.interview import has_rating, rated, rating_questions
from rules.meeting.cells import CELLS, groups_of, leaders_of, members_of
from rules.meeting.nouns.meeting import Meeting
from rules.meeting.places import relations_to_meeting
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Review, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES, Subject
from storage.connection import at_once
from storage.transaction import Transaction

#: The button to call a meeting.
ASK_NEW = "meeting_new"
#: The button below the message that a meeting was called. It was drawn before the meeting had an id, so it names the
#: campaign and the second of the call.
JUST_CALLED = "meeting_called"
CAME = "meeting_came"
#: The button that chooses a rating. Only here the ratings of the whole campaign are loaded, to count quotas.
RATE = "meeting_rate"
#: What people say about themselves, or the secretary about them.
OF_ONESELF = frozenset({CAME, "meeting_left"})
#: Buttons after which the chair may invite people in addition.
WITH_OTHERS = frozenset({"meeting_people", "meeting_invite", "meeting_guest", "meeting_secretary", *OF_ONESELF})


async def meeting_view(context: RoomContext) -> MeetingView:
    """Knowledge of the room for this event. Deeds in one meeting take its lock, so that none is based on a state that
    another one has just changed.
    """
    tx, books, state, event, person = context.tx, context.books, context.state, context.event, context.person
    verb = event.button.verb if isinstance(event, Pressed) and event.button else ""
    focus = state.focus or {}
    if verb == ASK_NEW and isinstance(event, Pressed) and event.button:
        wanted = (number(event.button, 0), number(event.button, 1), number(event.button, 2))
        return await _to_call(tx, books, state, person, wanted)
    if isinstance(event, Said) and focus.get("for") == NEW:
        kept = (focus.get("campaign"), focus.get("unit"), focus.get("body"))
        first, second, third = (one if isinstance(one, int) else 0 for one in kept)
        wanted = (first, second, third)
        return await _to_call(tx, books, state, person, wanted)
    meeting, review = named(event, state.focus)
    if verb == JUST_CALLED and isinstance(event, Pressed) and event.button:
        meeting, review = await _just_called(tx, person, meeting, number(event.button, 1)), 0
        if not meeting:
            return MeetingView()
    if not meeting:
        every = await _list(tx, books, state, person)
        meant = at_hand(every.meetings, person.id) if isinstance(event, Commanded) else None
        return await _one(tx, books, state, meant, 0, with_others=False, with_quotas=False) if meant else every
    await tx.meetings.take_turns(meeting)
    found = await tx.meetings.get(meeting)
    if found is None or found.office != person.office:
        return MeetingView()
    rates = verb == RATE or (isinstance(event, Said) and focus.get("for") in {SHORTCOMINGS, RATING})
    of_oneself = verb in OF_ONESELF and isinstance(event, Pressed) and not (event.button and number(event.button, 1))
    others = verb in WITH_OTHERS and not of_oneself
    view = await _one(tx, books, state, found, review, with_others=others, with_quotas=rates)
    if verb == CAME and isinstance(event, Pressed) and event.button:
        return replace(view, seen=tx.meetings.seen(found.id, word(event.button, 2), state.now))
    return view


async def _just_called(tx: Transaction, person: Person, campaign: int, at: int) -> int:
    """The meeting that this person called in that second; 0: none."""
    for one in await tx.meetings.of_office(await tx.units.office_of(person.id)):
        called = one.chairs[0] if one.campaign == campaign and one.chairs else None
        if called and (called.person, second_of(called.since)) == (person.id, at):
            return one.id
    return 0


async def _list(tx: Transaction, books: Books, state: State, person: Person) -> MeetingView:
    office = await tx.units.office_of(person.id)
    every = await tx.meetings.of_office(office)
    mine = [one for one in every if may(relations_to_meeting(person, one, state.acts_for), Action.READ_MEETING)]
    return MeetingView(tuple(mine), tuple(await _may_call(tx, books, state, office, person)))


async def _may_call(tx: Transaction, books: Books, state: State, office: int, person: Person) -> list[MayCall]:
    """The units and party cells for which this person may call a meeting, in each open campaign in which it would have
    anything on its agenda.
    """
    heads, people = await tx.units.heads(office), await tx.people.of_office(office)
    named = await tx.units.bodies(office)
    found = []
    for campaign in await _open_campaigns(tx, books, office):
        lines = await _gone_through(tx, books, campaign, state)
        counted = Counter(one.person.unit_id for one in lines)
        names = {one.person.unit_id: one.person.unit for one in lines}
        for unit, count in counted.items():
            if may(_to_unit(person, unit, heads, state), Action.CALL_MEETING):
                found.append(MayCall(campaign.id, campaign.year, campaign.period, unit, names[unit], count))
        for body in (one.person for one in lines if one.person.subject in CELLS):
            unit, count = body.unit_id, len(_of_cell(books, body, lines, people))
            leaders = leaders_of(body, named)
            leads = {Relation.CELL_LEADER} if person.id in leaders else set()
            if may(_to_unit(person, unit, heads, state) | leads, Action.CALL_MEETING):
                of = (campaign.id, campaign.year, campaign.period, unit)
                found.append(MayCall(*of, body.name, count, body.id, leaders))
    return found


def _of_cell(books: Books, body: Person, lines: Sequence[ReviewLine], people: Sequence[Person]) -> list[ReviewLine]:
    """The agenda of a party cell's or group's meeting: its own review, those of the groups of a cell, and those of its
    members that rate them as party members.
    """
    bodies = [one.person for one in lines if one.person.subject in CELLS]
    members = {one.id for one in members_of(body, people, bodies)}
    groups = {one.id for one in groups_of(body, bodies)}
    return [
        one
        for one in lines
        if one.person.id in {body.id, *groups} or (one.person.id in members and _rates_member(books, one))
    ]


def _rates_member(books: Books, one: ReviewLine) -> bool:
    form = books[one.campaign.edition].forms[one.form]
    return any(rated(form, one.person, each)[0] is Subject.PARTY_MEMBER for each in rating_questions(form))


async def _open_campaigns(tx: Transaction, books: Books, office: int) -> list[Campaign]:
    """One part of each open campaign, the newest campaign first."""
    opened = await tx.campaigns.of_office(office, is_open=True)
    lost = stuck(opened, books)
    return list({one.id: one for one in reversed(opened) if one.id not in lost}.values())


def _to_unit(person: Person, unit: int, heads: Mapping[int, int], state: State) -> frozenset[Relation]:
    stands_in = {Relation.STAND_IN} if heads.get(unit) in state.acts_for else set()
    return relations_to_unit(person, person.office, unit) | stands_in


async def _gone_through(tx: Transaction, books: Books, campaign: Campaign, state: State) -> list[ReviewLine]:
    """The reviews of a campaign that a meeting can discuss: those whose form asks for a rating, and that are not
    settled.
    """
    lines = await tx.standings.of_campaign(campaign.id, state.now.date())
    return [one for one in lines if not one.settled and has_rating(books[one.campaign.edition].forms[one.form])]


async def _to_call(
    tx: Transaction, books: Books, state: State, person: Person, wanted: tuple[int, int, int]
) -> MeetingView:
    office = await tx.units.office_of(person.id)
    allowed = await _may_call(tx, books, state, office, person)
    one = next((one for one in allowed if (one.campaign, one.unit, one.body) == wanted), None)
    if one is None:
        return MeetingView()
    campaign = next(each for each in await _open_campaigns(tx, books, office) if each.id == one.campaign)
    whole = await _gone_through(tx, books, campaign, state)
    if one.body:
        return await _cell_to_call(tx, books, office, one, whole)
    lines = [each for each in whole if each.person.unit_id == one.unit]
    people = [each for each in await tx.people.of_office(office) if each.unit_id == one.unit]
    people += [each for each in await tx.people.at_posts(office) if each.unit_id == one.unit]
    reviewed = [each.person for each in lines if each.person.subject not in BODIES]
    once = {each.id: each for each in (*people, *reviewed) if each.subject not in BODIES}
    return MeetingView(
        named=one,
        agenda=tuple(lines),
        people=tuple(once.values()),
        rules=_rules(books, lines),
        versions=await _versions(tx, lines),
    )


async def _cell_to_call(
    tx: Transaction, books: Books, office: int, one: MayCall, whole: Sequence[ReviewLine]
) -> MeetingView:
    """A meeting of a party cell that is being called. Its members attend, whatever unit they belong to."""
    people = await tx.people.of_office(office)
    bodies = [each.person for each in whole if each.person.subject in CELLS]
    body = next(each for each in bodies if each.id == one.body)
    lines = [replace(each, person=_leading(each.person, one)) for each in _of_cell(books, body, whole, people)]
    return MeetingView(
        named=one,
        agenda=tuple(lines),
        people=tuple(_leading(each, one) for each in members_of(body, people, bodies)),
        rules=_rules(books, lines),
        versions=await _versions(tx, lines),
    )


def _leading(person: Person, cell: MayCall) -> Person:
    """A person in their role in a cell: its secretary leads it, the deputy secretary is the deputy. If the roster names
    neither, the leader of the unit in which the cell stands does.
    """
    if cell.leaders:
        secretary = person.id == cell.leaders[0]
        return replace(person, head=secretary, deputy=person.id in cell.leaders and not secretary)
    return person if person.unit_id == cell.unit else replace(person, head=False, deputy=False)


def _rules(books: Books, lines: Sequence[ReviewLine]) -> MeetingRules:
    """The rules about meetings in the rulebooks of these reviews."""
    return together(books[edition].meeting for edition in dict.fromkeys(one.campaign.edition for one in lines))


async def _versions(tx: Transaction, lines: Sequence[ReviewLine]) -> dict[int, int]:
    """Review → its newest draft."""
    sent = await tx.reviews.some([one.review for one in lines if one.status is not ReviewStatus.DRAFTING])
    return {one.id: one.draft.version for one in sent if one.draft}


async def _one(
    tx: Transaction, books: Books, state: State, meeting: Meeting, review: int, *, with_others: bool, with_quotas: bool
) -> MeetingView:
    today, on = state.now.date(), {item.review for item in meeting.items}
    found, about, polls = await at_once(
        tx.connection, tx.standings.some([*on], today), _on_agenda(tx, review, on), polls_in(tx, meeting)
    )
    lines = [one for one in found if one.status is not ReviewStatus.ENDED]
    quotas = with_quotas or meeting.consults
    whole = await tx.standings.of_campaign(meeting.campaign, today) if quotas else []
    said = await concluded_in(tx, books, {meeting.campaign} if quotas else ())
    others: tuple[Person, ...] = ()
    if with_others and state.person:
        office = await tx.units.office_of(state.person.id)
        others = tuple(one for one in await tx.people.of_office(office) if one.subject not in BODIES)
    return MeetingView(
        meeting=meeting,
        rules=_rules(books, lines),
        lines={one.review: one for one in lines},
        review=about,
        proposed=proposed_in(books, whole, meeting, said),
        came_up=await _came_up(tx, books, meeting, whole) if meeting.consults else {},
        others=others,
        polls=polls,
    )


async def _on_agenda(tx: Transaction, review: int, on: Collection[int]) -> Review | None:
    return await tx.reviews.get(review) if review in on else None


async def _came_up(tx: Transaction, books: Books, meeting: Meeting, whole: Sequence[ReviewLine]) -> dict[int, CameUp]:
    """Review on the agenda → what its unit proposed, in the package that is in force."""
    units = await sends_up(tx, books, meeting.campaign, whole, {one.person.unit_id: one.person.unit for one in whole})
    on = {item.review for item in meeting.items}
    found = {}
    for review, (up, said) in (await came_up(tx, units)).items():
        if review in on and up.standing:
            found[review] = CameUp(
                up.name,
                tuple((one["about"], one["rating"]) for one in said["ratings"]),
                said["by"],
                up.version(up.standing),
                up.standing.at,
                said.get("strengths", ""),
                said.get("shortcomings", ""),
            )
    return found


async def polls_in(tx: Transaction, meeting: Meeting) -> tuple[tuple[Poll, Tally | None], ...]:
    """The polls of a meeting, oldest first, each with its tally (None: not counted)."""
    found = []
    for poll in await tx.polls.of_meeting(meeting.id):
        result = await tx.polls.result(poll.id)
        found.append((poll, result.tally if result else None))
    return tuple(found)


def proposed_in(
    books: Books, whole: Sequence[ReviewLine], meeting: Meeting, concluded: Concluded
) -> Mapping[tuple[int, str], tuple[Rated, ...]]:
    """The ratings decided and proposed so far in the campaign. The conclusions of this meeting count as proposed even
    before it is over.
    """
    here = {
        item.review: {one.question: one.rating for one in item.conclusion.ratings}
        for item in meeting.items
        if item.conclusion
    }
    return rated_lists(books, whole, is_proposed, {**concluded, **here})
