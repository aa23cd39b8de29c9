"""Loads what the room of ballots knows: polls of the office, the one an event names, the ballots of rulebooks in force here."""

from bot.campaign.usable import usable
from bot.turn.rooms.context import RoomContext
from dialogs.core.awaited import number as kept_number
from dialogs.core.events import Pressed
from dialogs.core.paging import number
from dialogs.core.rooms import PollsView
from rules.balloting.poll import Poll
from rules.book.ballots import Ballot
from rules.campaign.permissions import Action, may, relations_to_unit


async def polls(context: RoomContext) -> PollsView:
    """Those this person takes part in, and those that are theirs to lead."""
    tx, me = context.tx, context.person
    office = await tx.units.office_of(me.id)
    people = tuple(await tx.people.of_office(office))
    mine = {one.id: one for one in await tx.polls.of_person(me.id)}
    led = {one.id: one for one in await tx.polls.of_office(office) if _leads(context, one)}
    shown = sorted({**mine, **led}.values(), key=lambda one: (one.stage.over, -one.id))
    named = _named(context)
    about = await tx.polls.get(named) if named else None
    result = await tx.polls.result(named) if about else None
    return PollsView(
        polls=tuple(shown),
        about=about,
        foreign=about.id if about and about.office != office else 0,
        tally=result.tally if result else None,
        people=people,
        rules=await _rules(context, office),
    )


def _leads(context: RoomContext, poll: Poll) -> bool:
    me = context.person
    return poll.chair == me.id or may(relations_to_unit(me, me.office, poll.unit or 0), Action.HOLD_POLL)


def _named(context: RoomContext) -> int:
    """The poll that a button names, or a text is awaited for."""
    if isinstance(context.event, Pressed) and context.event.button:
        return number(context.event.button, 0)
    return kept_number(context.state, "poll")


async def _rules(context: RoomContext, office: int) -> tuple[tuple[str, Ballot], ...]:
    """Also of campaigns that are closed: a count is looked at afterwards."""
    parts = [
        *await context.tx.campaigns.of_office(office, is_open=True),
        *await context.tx.campaigns.of_office(office, is_open=False),
    ]
    known = {one.edition: context.books[one.edition] for one in parts if usable(one, context.books)}
    found = {(book.id, ballot.key): (book.id, ballot) for book in known.values() for ballot in book.ballots}
    return tuple(found.values())
