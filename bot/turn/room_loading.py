"""Loads what the rooms of a campaign know besides the conversation (`dialogs.core.rooms`): only when an event goes there."""

import datetime as dt
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.campaign.usable import stuck, usable
from bot.rulebooks.library import Library
from bot.turn.room_asked import asked, cover
from bot.turn.room_context import RoomContext
from bot.turn.uploads import ReadFile, beside_kept
from dialogs.authority.list import ALL
from dialogs.core.events import Event, Pressed
from dialogs.core.handlers import Books
from dialogs.core.rooms import Deciding, OfficeView, Results, Room, RoomKnowledge, room_of
from dialogs.core.state import State
from dialogs.desk.guard import campaign_named
from rules.book.quota import Rated
from rules.campaign.deciding import BODIES
from rules.campaign.permissions import OF_OFFICE, OF_PEOPLE, Action, may, relations_to_office, relations_to_unit
from rules.campaign.tree import Tree, tree_of
from rules.judging.interview import has_rating, rated, rating_questions
from rules.nouns.reviews import Review, current
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Subject
from rules.nouns.workdays import workdays_after, workdays_between
from storage.transaction import Transaction

Value = TypeVar("Value")

#: Buttons that name a whole list to decide.
WHOLE_LISTS = frozenset({"decide_all", "decide_every"})


async def enter(tx: Transaction, books: Books, state: State, event: Event, file: ReadFile | None = None) -> State:
    """The state with what the room knows to which the event goes."""
    room = room_of(event, state.focus)
    state = _readable(state, books)
    loader = LOADERS.get(room) if room else None
    if state.person is None or loader is None:
        return _still_open(state)
    entering = RoomContext(tx, books, state, event, state.person, file)
    desk = await tx.units.desk_of(state.person.office)
    return replace(state, room=await loader(entering), desk=tuple(desk))


def _readable(state: State, books: Books) -> State:
    """Without the reviews whose rulebook is gone or broken: the rest of a person's conversation goes on."""
    reviews = (state.own, *state.others, *state.waiting, state.about)
    if all(one is None or usable(one.campaign, books) for one in reviews):
        return state
    mine = [one for one in (state.own, *state.others) if one and usable(one.campaign, books)]
    own = current(mine)
    about = state.about if state.about and usable(state.about.campaign, books) else None
    return replace(
        state,
        own=own,
        others=tuple(one for one in mine if own and one.id != own.id),
        waiting=tuple(one for one in state.waiting if usable(one.campaign, books)),
        about=about,
    )


def _still_open(state: State) -> State:
    """Nothing is agreed to or returned in a campaign that was closed; deciding anew and petitions have their rooms."""
    closed = state.about is not None and state.about.campaign.closed
    return replace(state, about=None) if closed else state


# ── the authority ──────────────────────────────────────────────────────────────────────────────


async def _deciding(on: RoomContext) -> Deciding:
    mine = await on.tx.standings.decided_by(on.acting, on.today)
    office = await on.tx.units.office_of(on.person.id)
    if may(relations_to_office(on.person, on.person.office), Action.RECORD_OUTSIDE):
        mine += await on.tx.standings.decided_outside(office, on.today)
    whole = [one for id_ in sorted({one.campaign.id for one in mine}) for one in await _campaign(on, id_)]
    lost = stuck([one.campaign for one in whole], on.books)
    mine, whole = ([one for one in some if one.campaign.id not in lost] for some in (mine, whole))
    listed = await _listed(on, mine)
    named = {review.id for review in (on.state.about, *listed) if review}
    tree = await _tree(on.tx, office)
    petitions = await on.tx.rulings.petitions_of(tuple(one.review for one in mine))
    return Deciding(
        mine=tuple(mine),
        rated=_rated(on.books, whole),
        undecided_units=Counter(one.person.unit_id for one in whole if not one.decided),
        units_below={unit: _all_below(tree, unit) for unit in tree.seats},
        petitions=tuple(petitions),
        beside=_beside(on.books, whole, named),
        listed=tuple(listed),
        days_left={one.id: workdays_between(on.today, one.due) for one in petitions if one.due},
        opinions=tuple(await on.tx.opinions.about(tuple(named))) if named else (),
    )


async def _campaign(on: RoomContext, campaign: int) -> Sequence[ReviewLine]:
    return await on.tx.standings.of_campaign(campaign, on.today)


async def _listed(on: RoomContext, mine: Sequence[ReviewLine]) -> list[Review]:
    """The whole reviews that a button for a list names."""
    button = on.event.button if isinstance(on.event, Pressed) else None
    if button is None or button.verb not in WHOLE_LISTS or not button.about:
        return []
    where = button.about[0]
    waiting = (one for one in mine if one.ready)
    return await on.tx.reviews.some([one.review for one in waiting if where in {ALL, str(one.person.unit_id)}])


def _rated(books: Books, whole: Sequence[ReviewLine]) -> Mapping[tuple[int, str], tuple[Rated, ...]]:
    """The list of the office under each part of a campaign: a line for each rating a form asks for."""
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
        for question in rating_questions(form):
            if again and question.about == "civil":
                continue  # it is counted in the form of its own
            subject, leader = rated(form, one.person, question)
            rating = one.ratings.get(question.key)
            line = Rated(
                one.person.name,
                one.person.unit,
                one.person.group,
                leader,
                rating,
                one.review,
                subject,
                open=not one.decided,
            )
            found.setdefault((one.campaign.id, one.campaign.rulebook), []).append(line)
    return {part: tuple(lines) for part, lines in found.items()}


def _place(one: ReviewLine) -> tuple[int, int, int]:
    """Who, at which of their posts, in which campaign."""
    return one.campaign.id, one.person.id, one.person.post


def _beside(books: Books, whole: Sequence[ReviewLine], named: set[int]) -> tuple[ReviewLine, ...]:
    """The other reviews of the people whose reviews are named, and those of the bodies of their units."""
    people = {one.person.id for one in whole if one.review in named}
    units = {one.person.unit_id for one in whole if one.review in named}
    return tuple(
        one for one in whole if one.person.id in people or (one.person.unit_id in units and _is_body(books, one))
    )


def _is_body(books: Books, one: ReviewLine) -> bool:
    form = books[one.campaign.edition].forms[one.form]
    return rated(form, one.person)[0] in BODIES


async def _tree(tx: Transaction, office: int) -> Tree:
    people = [*await tx.people.of_office(office), *await tx.people.at_posts(office)]
    return tree_of(await tx.units.seats(office), people)


def _all_below(tree: Tree, unit: int) -> tuple[int, ...]:
    below = tree.below(unit)
    return (*below, *(one for child in below for one in _all_below(tree, child)))


# ── the person ─────────────────────────────────────────────────────────────────────────────────


async def _results(on: RoomContext) -> Results:
    ever = await on.tx.reviews.ever(on.person.id)
    mine = [one for one in ever if one.rulings and usable(one.campaign, on.books)]
    petitions = await on.tx.rulings.petitions_of(tuple(one.id for one in mine)) if mine else []
    return Results(
        mine=tuple(mine),
        petitions=tuple(petitions),
        improvements=tuple(await on.tx.improvements.of_person(on.person.id)),
        petition_due=dict(_petition_due(on, mine)),
    )


def _petition_due(on: RoomContext, mine: Sequence[Review]) -> list[tuple[int, dt.date]]:
    found = []
    for review in mine:
        rule = on.books[review.campaign.edition].procedure.petitions
        if rule and rule.answer_within is not None:
            found.append((review.id, workdays_after(on.today, rule.answer_within)))
    return found


# ── the desk ───────────────────────────────────────────────────────────────────────────────────


async def _office(on: RoomContext) -> OfficeView | None:
    """The whole office, for who does anything for it."""
    if not may(relations_to_office(on.person, on.person.office), *OF_OFFICE):
        return None
    tx, office = on.tx, await on.tx.units.office_of(on.person.id)
    opened = await tx.campaigns.of_office(office, is_open=True)
    campaigns = [one for one in opened if one.id not in stuck(opened, on.books)]
    named = campaign_named(on.event, on.state.focus)
    ids = {one.id for one in campaigns}
    shown = named if named in ids else max(ids, default=0)
    people = await tx.people.of_office(office)
    return OfficeView(
        office,
        await tx.units.settings(office),
        campaigns=tuple(campaigns),
        closed=tuple(await tx.campaigns.of_office(office, is_open=False)),
        people=tuple(people),
        posts=tuple(await tx.people.at_posts(office)),
        units={seat.id: seat.name for seat in await tx.units.seats(office)},
        heads={one.unit_id: one.id for one in people if one.head},
        standings=tuple(await tx.standings.of_campaign(shown, on.today)) if shown else (),
        delivered=await tx.deliveries.report(shown) if shown else {},
        unreached=await tx.deliveries.unreached(office),
        accounts=await tx.accounts.of_office(office),
        invited=await tx.invitations.waiting(office, on.state.now),
        rulebooks=on.books.titles() if isinstance(on.books, Library) else {},
        in_force=on.books.in_force() if isinstance(on.books, Library) else {},
        keys=await tx.people.keys(office),
        handed=await beside_kept(tx, office, on.file, on.state.now, on.state.language) if on.file else None,
    )


async def _crew(on: RoomContext) -> OfficeView | None:
    """The office for the desk; for the head of a unit their own people."""
    person = on.person
    whole = may(relations_to_office(person, person.office), *OF_PEOPLE)
    if whole or not may(relations_to_unit(person, person.office, person.unit_id), *OF_PEOPLE):
        return await _office(on)
    office = await on.tx.units.office_of(on.person.id)
    people = [one for one in await on.tx.people.of_office(office) if one.unit_id == on.person.unit_id]
    own = {one.id for one in people}
    return OfficeView(
        office,
        await on.tx.units.settings(office),
        people=tuple(people),
        accounts=_only(await on.tx.accounts.of_office(office), own),
        invited=_only(await on.tx.invitations.waiting(office, on.state.now), own),
        keys=_only(await on.tx.people.keys(office), own),
    )


def _only(known: Mapping[int, Value], people: set[int]) -> dict[int, Value]:
    return {person: value for person, value in known.items() if person in people}


LOADERS: Mapping[Room, Callable[[RoomContext], Awaitable[RoomKnowledge | None]]] = {
    Room.DECIDE: _deciding,
    Room.PETITION: _deciding,
    Room.RESULT: _results,
    Room.PLAN: _results,
    Room.COVER: cover,
    Room.OPINION: asked,
    Room.DESK: _office,
    Room.CREW: _crew,
    Room.CAST: _office,
}
