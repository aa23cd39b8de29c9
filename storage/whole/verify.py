"""Verifying a database: the file is sound, the schema is ours, and stored documents and files still have their
fingerprints.
"""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage.repositories.documents import unpacked
from storage.repositories.seals import Break, Sealed
from storage.rows.whole import rows_of
from storage.schema import VERSION_TABLE
from storage.store import Store
from storage.tables import DOCUMENT, DRAFT, METADATA


class Fault(NamedTuple):
    """A fault that was found."""

    #: `file`, `key`, `schema`, `document`, `enclosure`, `own_table`, `inquiry` or `round`.
    what: str
    #: The engine's own words, or review and version of a document.
    where: str


class Looked(NamedTuple):
    """The result of a verification: the faults, the number of documents whose fingerprints were compared, and the
    extent of the seals.
    """

    faults: tuple[Fault, ...]
    documents: int
    chain: Sealed | Break


async def look_through(store: Store) -> Looked:
    """Verify everything, in one read-only transaction."""
    async with store.reading() as tx:
        faults = await tx.connection.run_sync(lambda connection: (*_sound(connection), *_schema(connection)))
        documents, wrong = await tx.connection.run_sync(_documents)
        return Looked((*faults, *wrong), documents, await tx.seals.verify())


def _sound(connection: sa.Connection) -> Iterator[Fault]:
    """Faults that SQLite reports in its file and foreign keys; PostgreSQL enforces these itself."""
    if connection.dialect.name != "sqlite":
        return
    for (told,) in connection.execute(sa.text("PRAGMA integrity_check")):
        if told != "ok":
            yield Fault("file", told)
    for table, row, parent, _ in connection.execute(sa.text("PRAGMA foreign_key_check")):
        yield Fault("key", f"{table} {row} → {parent}")


def _schema(connection: sa.Connection) -> Iterator[Fault]:
    """Differences between the tables and triggers of the database and those of the program."""
    options = {"compare_type": True, "version_table": VERSION_TABLE, "include_name": _is_ours}
    for difference in compare_metadata(MigrationContext.configure(connection, opts=options), METADATA):
        yield Fault("schema", str(difference))


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether the table is ours: libraries that share the database have their own."""
    return kind != "table" or name in METADATA.tables


def _documents(connection: sa.Connection) -> tuple[int, list[Fault]]:
    """The number of documents, and those whose content no longer matches their fingerprint."""
    count, wrong = 0, list[Fault]()
    for rows in rows_of(connection, DOCUMENT):
        count += len(rows)
        for row in rows:
            if hashlib.sha256(unpacked(row["content"])).hexdigest() != row["fingerprint"]:
                wrong.append(Fault("document", _place(connection, row["draft_id"])))
    return count, wrong


def _place(connection: sa.Connection, draft: int) -> str:
    found = connection.execute(sa.select(DRAFT.c.review_id, DRAFT.c.version).where(DRAFT.c.id == draft)).first()
    return f"{found.review_id}/{found.version}" if found else f"draft {draft}"
