"""The state of the packages of a campaign's units, and who answers for them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.campaign.usable import usable
from dialogs.core.handlers import Books
from rules.judging.interview import has_rating
from rules.meeting.nouns.meeting import Meeting, Status
from rules.nouns.reviews import Campaign
from rules.nouns.standings import ReviewLine
from rules.upward.places import Seating
from rules.upward.standing import SentUp, UnitUp, by_unit
from storage.transaction import Transaction


async def seating_of(tx: Transaction, office: int, name: str) -> Seating:
    """Who answers for what in an office."""
    seats = await tx.units.seats(office)
    return Seating(
        name,
        await tx.units.heads(office),
        {seat.id: seat.in_charge for seat in seats if seat.in_charge},
        frozenset(seat.id for seat in seats if seat.parent is None),
        await tx.units.led_by_cells(office),
    )


async def sends_up(
    tx: Transaction, books: Books, campaign: int, lines: Sequence[ReviewLine], units: Mapping[int, str]
) -> list[UnitUp]:
    """The units that have something to send in a campaign, that is, something rated, in the order of the office's list."""
    rated = {
        one.person.unit_id
        for one in lines
        if usable(one.campaign, books) and has_rating(books[one.campaign.edition].forms[one.form])
    }
    done: Mapping[int, tuple[SentUp, ...]] = by_unit(await tx.sent_ups.of_campaign(campaign))
    return [UnitUp(campaign, unit, name, done.get(unit, ())) for unit, name in units.items() if unit in rated]


async def came_up(tx: Transaction, units: Collection[UnitUp]) -> dict[int, tuple[UnitUp, Mapping[str, Any]]]:
    """Review → the unit that sent it up and its proposal, from the packages in force."""
    found: dict[int, tuple[UnitUp, Mapping[str, Any]]] = {}
    for one in units:
        content = await tx.sent_ups.content(one.standing.id) if one.standing else None
        for each in content["proposals"] if content else ():
            found[int(each["review"])] = (one, each)
    return found


def looked_at(meetings: Sequence[Meeting], lines: Sequence[ReviewLine], unit: int) -> str:
    """The day (ISO) of the authority's meeting that goes through reviews of this unit; "" when none was opened yet."""
    of_unit = {one.review for one in lines if one.person.unit_id == unit}
    for one in meetings:
        on = one.consults and one.started and one.status is not Status.CANCELLED
        if on and any(item.review in of_unit for item in one.items):
            return one.sessions[0].since.isoformat()
    return ""


def still_running(meetings: Sequence[Meeting], lines: Sequence[ReviewLine], unit: int) -> str:
    """The name of the unit whose meeting in progress concluded on reviews of this unit, which blocks sending them; ""
    when there is none.
    """
    of_unit = {one.review for one in lines if one.person.unit_id == unit}
    for one in meetings:
        runs = not one.consults and one.status in {Status.RUNNING, Status.INTERRUPTED}
        if runs and any(item.conclusion and item.review in of_unit for item in one.items):
            return one.unit_name
    return ""


def on_agendas(meetings: Sequence[Meeting]) -> frozenset[int]:
    """The reviews on the agenda of a meeting of the authority."""
    held = (one for one in meetings if one.consults and one.status is not Status.CANCELLED)
    return frozenset(item.review for one in held for item in one.items)


def parts_by_campaign(books: Books, opened: Sequence[Campaign]) -> dict[int, list[Campaign]]:
    """The readable parts of open campaigns, the newest first."""
    found: dict[int, list[Campaign]] = {}
    for one in sorted(opened, key=lambda one: -one.id):
        if usable(one, books):
            found.setdefault(one.id, []).append(one)
    return found
