"""Ledgers of an office: loaded for their sheets, compared with a file, and stored."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.campaign.usable import readable
from dialogs.core.handlers import Books
from rules.ledger.assigned import Assigned, AssignedChange, beside
from rules.ledger.catalogue import Catalogue, Product
from rules.ledger.filling import asked_for
from rules.ledger.work import WorkLedger, placed
from rules.nouns.errors import NamedError
from rules.nouns.people import Person
from rules.nouns.periods import period as span_of
from rules.nouns.reviews import OWED, ReviewStatus
from storage.repositories.offices.ledgers import NewWork
from storage.transaction import Transaction


class LedgerChangedMeanwhile(NamedError):
    """The ledger or catalogue changed after it was looked at; nothing was stored."""


async def ledgers_of(
    tx: Transaction, books: Books, office: int, people: Sequence[Person], year: int, name: str
) -> Mapping[int, WorkLedger]:
    """The ledgers of these people of one office in a period, including people without lines."""
    ids = [one.id for one in people]
    lines = await tx.ledgers.of_people(ids, year, name)
    closed = await closed_of(tx, books, office, ids, year, name)
    return {one.id: WorkLedger(one, year, name, lines.get(one.id, ()), one.id in closed) for one in people}


async def closed_of(
    tx: Transaction, books: Books, office: int, people: Sequence[int], year: int, name: str
) -> frozenset[int]:
    """Those of these people whose sheets based on the ledger have all been sent."""
    found: defaultdict[int, list[bool]] = defaultdict(list)
    as_of = span_of(year, name).as_of
    for sheet in await tx.ledgers.sheets(office, people, year, name):
        status = ReviewStatus(sheet.status)
        if status is ReviewStatus.ENDED or not readable(books, (sheet.rulebook, as_of)):
            continue
        book = books[sheet.rulebook, as_of]
        if sheet.form in book.forms and asked_for(book, book.forms[sheet.form]):
            found[sheet.person_id].append(status in OWED)
    return frozenset(person for person, owed in found.items() if not any(owed))


async def keep_catalogue(
    tx: Transaction, office: int, products: Sequence[Product], seen: int, now: dt.datetime, by: int | None = None
) -> int:
    """Store the catalogue that follows number `seen`; returns its number. Raises LedgerChangedMeanwhile."""
    if not await tx.ledgers.keep_catalogue(office, products, seen + 1, now, by):
        raise LedgerChangedMeanwhile("catalogue_changed_meanwhile")
    detail = {"office": office, "number": seen + 1, "products": len(products)}
    await tx.audit.record(by or "system", "catalogue kept", now, detail={**detail})
    return seen + 1


async def compared_work(
    tx: Transaction, books: Books, office: int, rows: Iterable[Assigned], catalogue: Catalogue
) -> tuple[AssignedChange, ...]:
    """The changes that the rows of a file make, ledger by ledger, for all people and periods the file names, including
    lines it does not contain.
    """
    keys = {key: person for person, key in (await tx.people.keys(office)).items()}
    people = {one.id: one for one in await tx.people.of_office(office)}
    by_period: defaultdict[tuple[int, str], defaultdict[int, list[Assigned]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_period[row.year, row.period][keys[row.key]].append(row)
    found: list[AssignedChange] = []
    for (year, name), mine in by_period.items():
        ledgers = await ledgers_of(tx, books, office, list(people.values()), year, name)
        changes = [
            beside(ledgers[person], mine.get(person, ()), catalogue)
            for person in people
            if _is_meant(ledgers[person], mine)
        ]
        found += changes
    return tuple(found)


def _is_meant(ledger: WorkLedger, mine: Mapping[int, Sequence[Assigned]]) -> bool:
    return ledger.person.id in mine or (bool(ledger.lines) and not ledger.closed)


async def keep_work(
    tx: Transaction, office: int, changes: Iterable[AssignedChange], now: dt.datetime, by: int | None = None
) -> int:
    """Store the changes of a file; returns the number of lines. Raises LedgerChangedMeanwhile."""
    works = [
        NewWork(one.ledger.person.id, one.ledger.year, one.ledger.period, placed(one.lines, one.ledger.lines))
        for one in changes
    ]
    if not await tx.ledgers.keep_many(works, now, by):
        raise LedgerChangedMeanwhile("ledger_changed_meanwhile")
    count = sum(len(one.lines) for one in works)
    await tx.audit.record(by or "system", "work assigned", now, detail={"office": office, "lines": count})
    return count
