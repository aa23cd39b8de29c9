"""Loads the room of polls: the office's polls, the one the event names, and the ballots of the rulebooks in force."""

import datetime as dt
from collections.abc import Iterable, Mapping

from bot.balloting.protocol import is_early
from bot.campaign.concluded import concluded_in
from bot.campaign.usable import stuck, usable
from bot.turn.rooms.context import RoomContext
from bot.turn.rooms.meeting import polls_in, proposed_in
from dialogs.core.awaited import number as kept_number
from dialogs.core.events import Pressed
from dialogs.core.knowledge.polls import PollsView
from dialogs.core.paging import number
from rules.balloting.poll import Mode, Poll
from rules.book.ballots import Ballot
from rules.book.quota import Rated
from rules.campaign.permissions import Action, may, relations_to_unit
from rules.meeting.nouns.meeting import Meeting


async def polls(context: RoomContext) -> PollsView:
    """The polls in which this person takes part, and those that they lead."""
    tx, me = context.tx, context.person
    office = await tx.units.office_of(me.id)
    people = tuple(await tx.people.of_office(office))
    mine = {one.id: one for one in await tx.polls.of_person(me.id)}
    led = {one.id: one for one in await tx.polls.of_office(office) if _leads(context, one)}
    shown = sorted({**mine, **led}.values(), key=lambda one: (one.stage.over, -one.id))
    named = _named(context) or _newest(context, led.values())
    about = await tx.polls.get(named) if named else None
    result = await tx.polls.result(named) if about else None
    meeting = await _meeting(context, about, office)
    rated, editions = await _rated(context, meeting) if meeting else ({}, {})
    return PollsView(
        polls=tuple(shown),
        about=about,
        early=about is not None and await is_early(tx, about),
        votes=await tx.polls.votes(about.id) if about and about.mode is Mode.OPEN else {},
        foreign=about.id if about and about.office != office else 0,
        tally=result.tally if result else None,
        people=people,
        rules=await _rules(context, office, meeting),
        meeting=meeting,
        held=await polls_in(tx, meeting) if meeting else (),
        rated=rated,
        editions=editions,
    )


#: Buttons that set up a poll within a meeting → the position of the meeting's id among the button's words.
IN_MEETING = {"vote_at": 0, "vote_on": 0, "vote_by": 0, "vote_rule": 2, "vote_mode": 3}


#: Buttons below a poll that was just set up. They were drawn before it had a number, so they do not name it.
_JUST_SET = {"vote_card", "vote_tellers"}


async def _meeting(context: RoomContext, about: Poll | None, office: int) -> Meeting | None:
    """The meeting of the poll, or the one in which a poll is being set up.

    It takes the meeting's lock, so that setting up a poll and other deeds in the meeting happen one after the other.
    """
    event = context.event
    if isinstance(event, Pressed) and event.button and event.button.verb in IN_MEETING:
        id_ = number(event.button, IN_MEETING[event.button.verb])
    else:
        id_ = about.meeting if about and about.meeting else kept_number(context.state, "meeting")
    if not id_ or (about is not None and about.office != office):
        return None
    await context.tx.meetings.take_turns(id_)
    found = await context.tx.meetings.get(id_)
    return found if found and found.office == context.person.office else None


async def _rated(
    context: RoomContext, meeting: Meeting
) -> tuple[Mapping[str, tuple[Rated, ...]], Mapping[str, tuple[str, dt.date]]]:
    """For each rulebook, the ratings decided and proposed so far in the meeting's campaign; and its edition in force
    there.
    """
    whole = await context.tx.standings.of_campaign(meeting.campaign, context.state.now.date())
    lost = stuck([one.campaign for one in whole], context.books)
    lines = [one for one in whole if one.campaign.id not in lost]
    listed = proposed_in(
        context.books, lines, meeting, await concluded_in(context.tx, context.books, {meeting.campaign})
    )
    editions = {one.campaign.rulebook: one.campaign.edition for one in lines}
    return {book: rated for (_, book), rated in listed.items()}, editions


def _leads(context: RoomContext, poll: Poll) -> bool:
    me = context.person
    return poll.chair == me.id or may(relations_to_unit(me, me.office, poll.unit or 0), Action.HOLD_POLL)


def _named(context: RoomContext) -> int:
    """The poll that a button names, or for which a text is awaited; 0: none."""
    if isinstance(context.event, Pressed) and context.event.button:
        return number(context.event.button, 0)
    return kept_number(context.state, "poll")


def _newest(context: RoomContext, led: Iterable[Poll]) -> int:
    """The poll that this person has just set up, if the button is one of `_JUST_SET`; 0: none."""
    event = context.event
    if not isinstance(event, Pressed) or event.button is None or event.button.verb not in _JUST_SET:
        return 0
    return max((one.id for one in led if one.chair == context.person.id), default=0)


async def _rules(context: RoomContext, office: int, meeting: Meeting | None) -> tuple[tuple[str, Ballot], ...]:
    """The ballots of the rulebooks, each with the rulebook's id. Closed campaigns are included, because people look at
    counts afterwards.
    """
    parts = [
        *await context.tx.campaigns.of_office(office, is_open=True),
        *await context.tx.campaigns.of_office(office, is_open=False),
    ]
    if meeting:
        parts = [one for one in parts if one.id == meeting.campaign]
    known = {one.edition: context.books[one.edition] for one in parts if usable(one, context.books)}
    found = {(book.id, ballot.key): (book.id, ballot) for book in known.values() for ballot in book.ballots}
    return tuple(found.values())
