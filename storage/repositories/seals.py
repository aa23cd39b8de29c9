"""Seals: a hash chain over the tables whose rows are only ever added."""

import asyncio
import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, TypedDict

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.queries import Columns, Query
from storage.repositories.base import Repository
from storage.repositories.polls import mark_of_count
from storage.rows.whole import hash_of, rows_of
from storage.tables import (
    ACKNOWLEDGEMENT,
    ACT,
    AUDIT,
    BREACH,
    DECISION,
    DOCUMENT,
    DOCUMENT_TEMPLATE,
    DRAFT,
    ENCLOSURE,
    ENDORSEMENT,
    HAPPENING,
    INQUIRY_ANSWER,
    INQUIRY_RECEIPT,
    MINUTES,
    OUTSIDE_SCORE,
    OWN_TABLE,
    POINTS_WEIGHT,
    POLL,
    POSTING,
    ROUND_PAPER,
    ROUND_SLIPS,
    RULING,
    SEAL,
    SENT_UP,
    TEMPLATE_CHOICE,
    WORD_TEMPLATE,
)

#: The sealed tables: acts, submissions, answers and decisions.
SEALED = (
    *(AUDIT, DRAFT, DOCUMENT, ACT, DECISION, ENDORSEMENT, RULING, ACKNOWLEDGEMENT),
    *(OUTSIDE_SCORE, POSTING, BREACH, ENCLOSURE, OWN_TABLE),
    *(WORD_TEMPLATE, TEMPLATE_CHOICE, DOCUMENT_TEMPLATE, HAPPENING, MINUTES, SENT_UP),
    *(INQUIRY_ANSWER, INQUIRY_RECEIPT),
    *(ROUND_PAPER, POINTS_WEIGHT, ROUND_SLIPS),
)

#: Number of rows in one link.
TOGETHER = 200

#: Size in bytes of a row's entry in a link: its id and its hash.
_ID, _HASH = 8, 32


class Seal(NamedTuple):
    """A link of the chain."""

    id: int
    sealed_at: dt.datetime
    of: str
    columns: Sequence[str]
    last: int
    rows: bytes
    previous: str
    chain: str

    def hashes(self) -> Iterator[tuple[int, bytes]]:
        """The id and the hash of each row."""
        for at in range(0, len(self.rows), _ID + _HASH):
            yield int.from_bytes(self.rows[at : at + _ID], "big"), self.rows[at + _ID : at + _ID + _HASH]


class Link(TypedDict):
    """A link that has no number yet; otherwise like `Seal`."""

    sealed_at: dt.datetime
    of: str
    columns: list[str]
    last: int
    rows: bytes
    previous: str
    chain: str


class Break(NamedTuple):
    """The place where the chain is broken."""

    seal: int
    of: str
    row: int
    #: `link` (the link itself was changed or is missing), or `changed`, `gone` or `added` for a row.
    what: str


class Sealed(NamedTuple):
    """The extent of an intact chain: its links, the rows they cover, the rows not sealed yet, and the hash of the last
    link.
    """

    links: int
    rows: int
    waiting: int
    head: str


def chained(previous: str, sealed_at: dt.datetime, of: str, names: Sequence[str], rows: bytes) -> str:
    """The hash of a link, which covers all links before it."""
    told = json.dumps([previous, sealed_at.astimezone(dt.UTC).isoformat(), of, list(names)], ensure_ascii=False)
    return hashlib.sha256(told.encode() + b"\n" + rows).hexdigest()


class Seals(Repository):
    """The seals. Rows are sealed shortly after they were written, by the process on duty, so that no step of a
    conversation waits for the chain. A change made before sealing cannot be detected.
    """

    async def settled(self, but: Collection[str]) -> tuple[str, int] | None:
        """A table, not in `but`, with unsealed rows, and the id up to which all rows are final.

        PostgreSQL assigns ids before rows become visible, so transactions writing to the table are waited for, at most
        half a second. Leave the transaction afterwards, because others wait meanwhile.
        """
        postgresql = self._connection.dialect.name == "postgresql"
        for table in SEALED:
            if table.name in but or await self._newest(table) <= await self._connection.run_sync(
                partial(_mark, of=table.name)
            ):
                continue
            if postgresql:
                try:
                    await self._connection.execute(sa.text("SET LOCAL lock_timeout = '500ms'"))
                    await self._connection.execute(sa.text(f"LOCK TABLE {table.name} IN SHARE MODE"))
                except OperationalError:  # somebody's transaction takes long: try again next time
                    return None
            return table.name, await self._newest(table)
        return None

    async def drawn_up(self, of: str, upto: int, at: dt.datetime) -> Link | None:
        """The link for the next rows of a table, at most `TOGETHER`, not stored yet; None when there are no more rows.
        Rows are read and hashed in threads, because each may contain whole forms.
        """
        table = next(one for one in SEALED if one.name == of)
        newest = sa.select(SEAL.c.chain).order_by(SEAL.c.id.desc()).limit(1)
        previous = (await self._connection.execute(newest)).scalar() or ""
        mark = await self._connection.run_sync(partial(_mark, of=of))
        below = sa.and_(table.c.id > mark, table.c.id <= upto)
        found = await self._connection.fetch_apart(_whole_rows(table, below))
        return await asyncio.to_thread(_link, found, previous, at, of) if found else None

    async def add(self, link: Link) -> int:
        """Store a link; returns its number of rows, or 0 when another link already follows its predecessor."""
        try:
            await self._connection.execute(SEAL.insert(), link)
        except IntegrityError:
            return 0
        return len(link["rows"]) // (_ID + _HASH)

    async def holds(self, head: str) -> bool:
        """Whether a link with this hash exists. A chain that was cut off and continued differently lacks the heads
        noted earlier.
        """
        found = await self._connection.execute(sa.select(SEAL.c.id).where(SEAL.c.chain == head))
        return found.scalar() is not None

    async def _newest(self, table: sa.Table) -> int:
        found = await self._connection.execute(sa.select(sa.func.max(table.c.id)))
        return found.scalar() or 0

    async def verify(self) -> Sealed | Break:
        """The first break of the chain, or its extent when it is intact."""
        return await self._connection.run_sync(_verify)


def _mark(connection: sa.Connection, of: str) -> int:
    """The last sealed id of a table."""
    return connection.execute(sa.select(sa.func.max(SEAL.c.last)).where(SEAL.c.of == of)).scalar() or 0


def _whole_rows(table: sa.Table, which: sa.ColumnElement[bool]) -> Query[dict[str, Any]]:
    """The next rows, as mappings by column name."""
    names = [column.name for column in table.columns]
    whole = Columns([*table.columns], [object] * len(names), lambda kept: dict(zip(names, kept, strict=True)))
    return Query(whole, sa.select(*whole).where(which).order_by(table.c.id).limit(TOGETHER))


def _link(found: Sequence[dict[str, Any]], previous: str, at: dt.datetime, of: str) -> Link:
    names = sorted(found[0])
    rows = b"".join(int(row["id"]).to_bytes(_ID, "big") + hash_of(row, names) for row in found)
    return {
        "sealed_at": at,
        "of": of,
        "columns": names,
        "last": found[-1]["id"],
        "rows": rows,
        "previous": previous,
        "chain": chained(previous, at, of, names, rows),
    }


def _verify(connection: sa.Connection) -> Sealed | Break:
    links, total, previous, marks, counted = 0, 0, "", dict[str, int](), dict[str, int]()
    tables = {one.name: one for one in SEALED}
    for link in _links(connection):
        if link.previous != previous or link.chain != chained(
            previous, link.sealed_at, link.of, link.columns, link.rows
        ):
            return Break(link.id, link.of, 0, "link")
        broken = _compared(connection, tables[link.of], link)
        if broken:
            return broken
        previous, links = link.chain, links + 1
        count = sum(1 for _ in link.hashes())
        total += count
        marks[link.of], counted[link.of] = link.last, counted.get(link.of, 0) + count
    for name, mark in marks.items():
        if _count(connection, tables[name], tables[name].c.id <= mark) != counted[name]:
            return _added(connection, tables[name], mark)
    if changed := _changed_count(connection):
        return changed
    waiting = sum(_count(connection, one, one.c.id > marks.get(one.name, 0)) for one in SEALED)
    return Sealed(links, total, waiting, previous)


def _links(connection: sa.Connection) -> Iterator[Seal]:
    for rows in rows_of(connection, SEAL):
        for row in rows:  # SQLite returns text if somebody stored text in a binary column
            yield Seal(**{**row, "rows": row["rows"] if isinstance(row["rows"], bytes) else b""})


def _compared(connection: sa.Connection, table: sa.Table, link: Seal) -> Break | None:
    expected = dict(link.hashes())
    select = table.select().where(table.c.id.in_(expected))
    found = {row["id"]: row for row in connection.execute(select).mappings()}
    for id_, sealed in expected.items():
        if id_ not in found:
            return Break(link.id, table.name, id_, "gone")
        if hash_of(found[id_], link.columns) != sealed:
            return Break(link.id, table.name, id_, "changed")
    return None


def _changed_count(connection: sa.Connection) -> Break | None:
    """The first poll whose count differs from the audit. Counts made before the audit contained them cannot be checked."""
    told = sa.select(AUDIT.c.detail).where(AUDIT.c.what == "poll counted").order_by(AUDIT.c.id)
    marks = {one["poll"]: one["mark"] for one in connection.execute(told).scalars()}
    ids = sorted(marks)
    for some in (ids[at : at + TOGETHER] for at in range(0, len(ids), TOGETHER)):
        count = sa.select(POLL.c.id, POLL.c.title, POLL.c.lines, POLL.c.tally, POLL.c.trackers)
        kept = {id_: mark_of_count(rest) for id_, *rest in connection.execute(count.where(POLL.c.id.in_(some)))}
        for id_ in some:
            if kept.get(id_) != marks[id_]:
                return Break(0, POLL.name, id_, "changed" if id_ in kept else "gone")
    return None


def _added(connection: sa.Connection, table: sa.Table, mark: int) -> Break:
    """The first row up to the mark that no link covers."""
    known = {id_ for link in _links(connection) if link.of == table.name for id_, _ in link.hashes()}
    ids = connection.execute(sa.select(table.c.id).where(table.c.id <= mark).order_by(table.c.id)).scalars()
    return Break(0, table.name, next(itertools.filterfalse(known.__contains__, ids)), "added")


def _count(connection: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(table).where(where)).scalar() or 0
