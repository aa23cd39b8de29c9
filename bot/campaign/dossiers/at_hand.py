"""The data of a campaign part on which its dossiers are based: all of it, only what was handed in, or only one
person's.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.campaign.results.own_tables import own_of
from bot.campaign.results.tables import Tables
from bot.campaign.rounds.points import points_of
from bot.campaign.rounds.table import shown_in
from rules.book.rulebook import Rulebook
from rules.campaign.assembling import AtHand, missing_files
from rules.campaign.reminders.reminding import Lacking
from rules.nouns.enclosures import Enclosure
from rules.nouns.reviews import Campaign
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Subject
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Seated:
    """The units of an office, in the order of its list, and who answers for them (`heads`): of one that nobody heads
    the secretary of the party cell that stands in it (`cells`: these units). Read once for all parts of a campaign.
    """

    units: Mapping[int, str]
    top: frozenset[int]
    heads: Mapping[int, int]
    cells: frozenset[int] = frozenset()
    desk_unit: str = ""


async def seated(tx: Transaction, office: str) -> Seated:
    """The units of the office of that name."""
    number = await tx.units.office(office) or 0
    seats = await tx.units.seats(number)
    top = frozenset(seat.id for seat in seats if seat.parent is None)
    cells = {unit: one for unit, one in (await tx.units.led_by_cells(number)).items() if unit not in top}
    return Seated(
        units={seat.id: seat.name for seat in seats},
        top=top,
        heads={**cells, **await tx.units.heads(number)},
        cells=frozenset(cells),
        desk_unit=next((seat.name for seat in seats if seat.desk), ""),
    )


async def at_hand(
    tx: Transaction,
    book: Rulebook,
    part: Campaign,
    seats: Seated,
    now: dt.datetime,
    tables: Tables | None = None,
    sent: frozenset[int] = frozenset(),
) -> AtHand:
    """All data. `sent`: the reviews that have a document in force."""
    found = await files_at_hand(tx, book, part, seats, now)
    ids = tuple(one.review for one in found.lines)
    return replace(
        found,
        sent=sent,
        petitions=frozenset(one.review for one in await tx.rulings.petitions_of(ids)) if ids else frozenset(),
        opinions=frozenset(one.review for one in await tx.opinions.about(ids) if one.given_at) if ids else frozenset(),
        tables={(one.table.key, one.unit): one.open for one in tables.summaries} if tables else {},
    )


async def files_at_hand(tx: Transaction, book: Rulebook, part: Campaign, seats: Seated, now: dt.datetime) -> AtHand:
    """The state of the reviews, and the files handed in."""
    lines = await tx.standings.of_campaign(part.id, now.date(), part.rulebook)
    found = files_of(book, part, seats, lines, await tx.enclosures.of_campaign(part.id))
    parts = [one for items in book.dossier.values() for item in items for one in item.parts]
    rounds = await shown_in(tx, book, part) if any(one.round for one in parts) else []
    scored = (await points_of(tx, part.id, part.rulebook)).people if any(one.points for one in parts) else {}
    own = await own_of(tx, part)
    return await with_meetings(tx, part, replace(found, rounds=rounds, own=own, points=frozenset(scored)))


async def own_at_hand(
    tx: Transaction, book: Rulebook, part: Campaign, seats: Seated, person: int, now: dt.datetime
) -> AtHand:
    """The same for one person and the units they head, from which their own places follow."""
    units = [unit for unit, head in seats.heads.items() if head == person]
    lines = await tx.standings.of_those(part.id, part.rulebook, now.date(), person, units)
    found = files_of(book, part, seats, lines, await tx.enclosures.of_those(part.id, person, units))
    return await with_meetings(tx, part, found) if units else found


async def with_meetings(tx: Transaction, part: Campaign, kept: AtHand) -> AtHand:
    """Add adopted minutes, of units and party cells, and counted ballots. Minutes of the authority's meetings do not
    belong in a dossier. The meeting of a cell is that of its unit where nobody heads the unit.
    """
    cells = {one.person.id for one in kept.lines if one.person.subject is Subject.PARTY_CELL}
    adopted = [one for one in await tx.meetings.adopted(part.id) if not one.called.get("consults")]
    return replace(
        kept,
        minutes=[
            (one.unit_id, one.id)
            for one in adopted
            if one.called.get("body") not in cells or one.unit_id in kept.led_by_cells
        ],
        cells=[one.id for one in adopted if one.called.get("body") in cells],
        counts=await tx.polls.counted_in(part.id, part.rulebook),
    )


def files_of(
    book: Rulebook, part: Campaign, seats: Seated, lines: Sequence[ReviewLine], handed: Sequence[Enclosure]
) -> AtHand:
    """The data for these reviews and files."""
    return AtHand(
        lines=lines,
        enclosures=[one for one in handed if one.rulebook == part.rulebook],
        units=seats.units,
        top=seats.top,
        heads=seats.heads,
        led_by_cells=seats.cells,
        days=part.timetable,
        by=book.dossier_by,
    )


def lacking(book: Rulebook, kept: AtHand, names: Mapping[int, str]) -> Iterator[Lacking]:
    """The files that the dossiers lack, with who owes them. `names`: of the heads of units."""
    for one in missing_files(book.dossier, kept):
        debt, about = one.debt, one.debt.about
        own = about is not None and about.id == debt.person
        name = about.name if own and about else names.get(debt.person or 0, "")
        whose = "" if own else about.name if about else debt.unit
        yield Lacking(one.title, debt.owed_by, one.due, one.milestone, debt.person, name, whose)
