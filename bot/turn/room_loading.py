"""Loads what the rooms of a campaign know (`dialogs.core.rooms`), only when an event goes there."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.campaign.around import around_of
from bot.campaign.enrol import way_past
from bot.campaign.months.leading import asks_for_it, unit_results
from bot.campaign.months.tracked import with_scores
from bot.campaign.reports.figures import figures
from bot.campaign.usable import usable
from bot.turn.rooms.authority import deciding
from bot.turn.rooms.context import RoomContext
from bot.turn.rooms.desk import chosen_view, crew_view, office_view
from bot.turn.rooms.dossiers import dossiers_view
from bot.turn.rooms.head import AGREEING, TOGETHER, sheets
from bot.turn.rooms.inquiries import inquiries
from bot.turn.rooms.meeting import meeting_view
from bot.turn.rooms.others import opinions, stand_ins
from bot.turn.rooms.personal import asked_data
from bot.turn.rooms.polls import polls
from bot.turn.rooms.reports import reports_view
from bot.turn.rooms.results import redoings, results
from bot.turn.rooms.rounds import rounds
from bot.turn.rooms.upward import upward_view
from bot.turn.rooms.work import with_ledgers, work_view
from bot.turn.uploads import ReadFile
from dialogs.core.events import Chosen, Event, Pressed
from dialogs.core.handlers import Books
from dialogs.core.knowledge.dossiers import DossiersView
from dialogs.core.knowledge.every import RoomKnowledge
from dialogs.core.knowledge.ledgers import WorkView
from dialogs.core.knowledge.reports import ReportView
from dialogs.core.rooms import Room, room_of
from dialogs.core.state import State
from dialogs.interview.own_review import OwnReview
from dialogs.shown.chain import to_see
from dialogs.shown.draft_card import next_draft
from dialogs.shown.scores import asks_unit_result
from rules.campaign.at_work import at_work, in_order
from rules.judging.interview import has_rating
from rules.nouns.reviews import Review
from storage.transaction import Transaction

#: In these nobody of the desk is told anything.
_WITHOUT_DESK = frozenset({Room.MEETING, Room.VOTE})


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
    state = await _with_figures(tx, books, state)
    state = await _with_what_is_beside(tx, books, state)
    state = await _with_next_draft(tx, books, state, event)
    loader = chosen_view if isinstance(event, Chosen) else LOADERS.get(room) if room else None
    if state.person is None or loader is None:
        return _without_closed(state)
    context = RoomContext(tx, books, state, event, state.person, file)
    if room is Room.HEAD:
        return replace(_without_closed(state), room=await loader(context))
    if room in _WITHOUT_DESK:
        return replace(state, room=await loader(context))
    desk = await tx.units.desk_of(state.person.office)
    return replace(state, room=await loader(context), desk=tuple(desk))


async def _past_the_giver(tx: Transaction, books: Books, state: State) -> State:
    """Pass over whoever issued the code of the device a review was sent from, and the authors of a body's report."""
    own, device = state.own, state.device
    if own is None or not own.open or not usable(own.campaign, books):
        return state
    bars = (device.bars if device else frozenset()) | (
        own.report.authors - {own.person.id} if own.report else frozenset()
    )
    if not any(_goes_through(own, one) for one in bars):
        return state
    office = await tx.units.office_of(own.person.id)
    own = await way_past(tx, books, office, own, bars, state.now)
    people = {step.person for step in own.steps} | bars
    names = {**state.names, **await tx.people.names(people)}
    approver = await tx.people.get(own.approver_id) if own.approver_id else None
    return replace(
        state, own=own, approver=approver, names=names, desk=tuple(await tx.units.desk_of(own.person.office))
    )


def _goes_through(review: Review, person: int) -> bool:
    return person == review.decider_id or any(step.person == person for step in review.steps)


def _without_closed(state: State) -> State:
    """Remove reviews of closed campaigns: nothing is agreed to or returned in them, while new decisions and petitions
    have rooms of their own. A button of one's own review in such a campaign is told why.
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


async def _with_figures(tx: Transaction, books: Books, state: State) -> State:
    """With what a body's report may take over, while it is written."""
    own = state.own
    found = await figures(tx, books, own, state.now) if own and own.open and own.report is not None else ()
    return replace(state, figures={own.id: found}) if own and found else state


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
    """Remove reviews whose rulebook is missing or broken, so that the rest of the conversation continues."""
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


async def _work(context: RoomContext) -> WorkView:
    return await work_view(context.tx, context.books, context.state, context.event, context.person, context.file)


async def _dossiers(context: RoomContext) -> DossiersView:
    return await dossiers_view(context.tx, context.books, context.state, context.event, context.person, context.file)


async def _report(context: RoomContext) -> ReportView:
    return await reports_view(context.tx, context.books, context.state, context.person)


LOADERS: Mapping[Room, Callable[[RoomContext], Awaitable[RoomKnowledge | None]]] = {
    Room.HEAD: sheets,
    Room.DECIDE: deciding,
    Room.PETITION: deciding,
    Room.RESULT: results,
    Room.PLAN: results,
    Room.COVER: stand_ins,
    Room.VOTE: polls,
    Room.OPINION: opinions,
    Room.ANEW: redoings,
    Room.DESK: office_view,
    Room.CREW: crew_view,
    Room.CAST: office_view,
    Room.WORK: _work,
    Room.DATA: asked_data,
    Room.DOSSIER: _dossiers,
    Room.MEETING: meeting_view,
    Room.ROUND: rounds,
    Room.INQUIRY: inquiries,
    Room.REPORT: _report,
    Room.UPWARD: upward_view,
}
