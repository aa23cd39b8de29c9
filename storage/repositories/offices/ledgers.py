"""Catalogues of offices' products, and the ledgers of their people. Rows are only ever added."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

import sqlalchemy as sa

from rules.ledger.catalogue import Catalogue, Product
from rules.ledger.kept import line_json, line_of, product_json, product_of
from rules.ledger.work import WorkLine, placed
from rules.nouns.reviews import Json
from storage.queries import Prepared, among
from storage.repositories.base import Repository
from storage.rows.bulk import add_each_once
from storage.tables import CAMPAIGN, CATALOGUE, PERSON, REVIEW, WORK


class KeptCatalogue(NamedTuple):
    """A catalogue as stored."""

    number: int
    products: Json


class KeptLine(NamedTuple):
    """A work line as stored."""

    person_id: int
    line: int
    version: int
    content: Json


class LedgerSheet(NamedTuple):
    """A review of a period: its owner, its form and rulebook, and its state."""

    person_id: int
    rulebook: str
    form: str
    status: str


class NewWork(NamedTuple):
    """Lines to be stored in a person's ledger of a period: new ones, which have no place yet, and new versions of
    others.
    """

    person: int
    year: int
    period: str
    lines: Sequence[WorkLine]


_NEWEST = Prepared(
    KeptCatalogue,
    sa.select(CATALOGUE.c.number, CATALOGUE.c.products)
    .where(CATALOGUE.c.office_id == sa.bindparam("office"))
    .order_by(CATALOGUE.c.number.desc())
    .limit(1),
)
_LINES = (
    sa.select(WORK.c.person_id, WORK.c.line, WORK.c.version, WORK.c.content)
    .where(WORK.c.year == sa.bindparam("year"), WORK.c.period == sa.bindparam("period"))
    .order_by(WORK.c.person_id, WORK.c.line, WORK.c.version)
)
_OF_PEOPLE = Prepared(KeptLine, _LINES.where(among(WORK.c.person_id, "people")))
_OF_OFFICE = Prepared(
    KeptLine,
    _LINES.select_from(WORK.join(PERSON, PERSON.c.id == WORK.c.person_id)).where(
        PERSON.c.office_id == sa.bindparam("office")
    ),
)
_SHEETS = Prepared(
    LedgerSheet,
    sa.select(REVIEW.c.person_id, REVIEW.c.rulebook, REVIEW.c.form, REVIEW.c.status)
    .select_from(REVIEW.join(CAMPAIGN, CAMPAIGN.c.id == REVIEW.c.campaign_id))
    .where(
        CAMPAIGN.c.year == sa.bindparam("year"),
        CAMPAIGN.c.period == sa.bindparam("period"),
        CAMPAIGN.c.office_id == sa.bindparam("office"),
        among(REVIEW.c.person_id, "people"),
    ),
)
_UNIQUE = ("person_id", "year", "period", "line", "version")


class KeptPlace(NamedTuple):
    """The place under which a line was stored."""

    id: int
    person_id: int
    year: int
    period: str
    line: int
    version: int


class Ledgers(Repository):
    """Catalogues and work lines."""

    async def catalogue(self, office_id: int) -> Catalogue | None:
        """The office's current catalogue."""
        row = await self._row(_NEWEST, office=office_id)
        if row is None:
            return None
        return Catalogue(row.number, tuple(product_of(one) for one in cast("list[Mapping[str, Any]]", row.products)))

    async def keep_catalogue(
        self, office_id: int, products: Sequence[Product], number: int, at: dt.datetime, by: int | None = None
    ) -> bool:
        """Store a catalogue under the next `number`. False when another was stored under that number meanwhile."""
        kept = [product_json(one) for one in products]
        values = {"office_id": office_id, "number": number, "products": kept, "by": by, "kept_at": at}
        return await self._once(CATALOGUE, ("office_id", "number"), values) is not None

    async def of_people(self, people: Sequence[int], year: int, period: str) -> Mapping[int, tuple[WorkLine, ...]]:
        """Person → the work lines of their ledger of that period, in order, including those taken out."""
        return _by_person(await self._rows(_OF_PEOPLE, people=tuple(people), year=year, period=period))

    async def of_office(self, office_id: int, year: int, period: str) -> Mapping[int, tuple[WorkLine, ...]]:
        """The same for everybody in the office who has a ledger."""
        return _by_person(await self._rows(_OF_OFFICE, office=office_id, year=year, period=period))

    async def sheets(self, office_id: int, people: Sequence[int], year: int, period: str) -> list[LedgerSheet]:
        """The reviews of these people for that period, in open and closed campaigns of the office."""
        return await self._rows(_SHEETS, office=office_id, people=tuple(people), year=year, period=period)

    async def keep(self, work: NewWork, at: dt.datetime, by: int | None = None) -> bool:
        """Store work lines. False when somebody else wrote one of them meanwhile; the transaction must then not be
        committed.
        """
        fresh = any(not line.line for line in work.lines)
        kept = (await self.of_people([work.person], work.year, work.period)).get(work.person, ()) if fresh else ()
        for line in placed(work.lines, kept):
            values = {**_values(work, line), "by": by, "at": at}
            if await self._once(WORK, _UNIQUE, values) is None:
                return False
        return True

    async def keep_many(self, works: Sequence[NewWork], at: dt.datetime, by: int | None = None) -> bool:
        """Store the lines of many people, whose places are already assigned. False when somebody else wrote one of them
        meanwhile; the transaction must then not be committed.
        """
        rows = [{**_values(work, line), "by": by, "at": at} for work in works for line in work.lines]
        return len(await add_each_once(self._connection, KeptPlace, WORK, _UNIQUE, rows)) == len(rows)


def _values(work: NewWork, line: WorkLine) -> dict[str, object]:
    return {
        "person_id": work.person,
        "year": work.year,
        "period": work.period,
        "line": line.line,
        "version": line.version + 1,
        "content": line_json(line),
    }


def _by_person(rows: Sequence[KeptLine]) -> Mapping[int, tuple[WorkLine, ...]]:
    """The newest version of every line; the rows are in the order of their versions."""
    found: defaultdict[int, dict[int, WorkLine]] = defaultdict(dict)
    for row in rows:
        found[row.person_id][row.line] = line_of(cast("Mapping[str, Any]", row.content), row.line, row.version)
    return {person: tuple(lines.values()) for person, lines in found.items()}
