"""Loads the room of inquiries: those about this person or, for the desk, those of the campaign that the event names."""

from collections import Counter

from bot.campaign.inquiries.cases import asked_in
from bot.campaign.usable import usable
from bot.turn.rooms.context import RoomContext
from dialogs.core.events import Pressed
from dialogs.core.knowledge.inquiries import AskedOutside, InquiriesView
from dialogs.core.paging import number
from rules.campaign.inquiring import asked_about
from rules.campaign.permissions import Action, may, relations_to_office
from rules.nouns.reviews import Campaign

#: Buttons whose first word is a campaign. All others, except for the one back to the overview, name one inquiry.
OF_OFFICE = frozenset({"inquiry_office", "inquiry_everybody", "inquiry_every", "inquiry_slips", "inquiry_blanks"})


async def inquiries(context: RoomContext) -> InquiriesView:
    """Knowledge of the room for this person and event."""
    tx, person, today = context.tx, context.person, context.today
    office = await tx.units.office_of(person.id)
    parts = [one for one in await tx.campaigns.of_office(office, is_open=True) if usable(one, context.books)]
    parts = [one for one in parts if context.books[one.edition].inquiries]
    desk = may(relations_to_office(person, person.office), Action.RECEIVE_OUTSIDE)
    button = context.event.button if isinstance(context.event, Pressed) else None
    if desk and button is not None and button.verb != "inquiry_home":
        named = number(button, 0) if button.verb in OF_OFFICE else 0
        asked = [one for part in parts if named in {0, part.id} for one in await _of_part(context, part)]
        return InquiriesView(tuple(asked), campaign=named if any(part.id == named for part in parts) else 0)
    mine = list[AskedOutside]()
    for part in parts:
        lines = await tx.standings.of_those(part.id, part.rulebook, today, person.id, [])
        mine += await asked_in(tx, context.books, part, lines, person.id)
    counted: Counter[int] = Counter()
    for part in parts if desk else ():
        lines = await tx.standings.of_campaign(part.id, today, part.rulebook)
        book = context.books[part.edition]
        counted[part.id] += sum(len(asked_about(book, rule, lines)) for rule in book.inquiries)
    first = {part.id: part for part in reversed(parts)}
    return InquiriesView(tuple(mine), tuple((first[id_], count) for id_, count in counted.items() if count))


async def _of_part(context: RoomContext, part: Campaign) -> list[AskedOutside]:
    lines = await context.tx.standings.of_campaign(part.id, context.today, part.rulebook)
    return await asked_in(context.tx, context.books, part, lines)
