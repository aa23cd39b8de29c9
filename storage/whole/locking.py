"""Converting codes stored in plain text, before there was a key: they are marked, locked, and wiped from the file."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import sqlalchemy as sa

from storage.code_key import CodeKey
from storage.engine import file_at
from storage.queries import Query
from storage.repositories.told_codes import MARK, marked
from storage.store import Store
from storage.tables import INVITATION, TURN
from storage.transaction import Transaction

#: Number of rows in one transaction.
BATCH = 500

_PLAIN = Query(int, sa.select(sa.func.count()).select_from(INVITATION).where(INVITATION.c.code.is_not(None)))


async def lock_codes(store: Store, url: str, key: CodeKey, templates: Sequence[str]) -> int:
    """Mark and lock every code stored in plain text, and mark it in stored replies of these templates; returns the
    number of codes.

    Each batch has its own transaction, so an interrupted run continues where it stopped; a finished one costs a single
    query. On SQLite the file is rewritten at the end, so that no trace of the codes remains.
    """
    async with store.reading() as tx:
        (left,) = await tx.connection.fetch(_PLAIN, {})
    if not left:
        return 0
    after = 0
    while True:
        async with store.transaction() as tx:
            done = await _mark_replies(tx, key, templates, after)
            await tx.commit()
        if done is None:
            break
        after = done
    # Done last: as long as one plain code is left, everything is repeated.
    while True:
        async with store.transaction() as tx:
            locked = await _lock_rows(tx, key)
            await tx.commit()
        if not locked:
            break
    _wipe(url)
    return left


async def _mark_replies(tx: Transaction, key: CodeKey, templates: Sequence[str], after: int) -> int | None:
    """Process the next stored turns that contain a code; returns the last id read, or None when there are no more."""
    text = sa.cast(TURN.c.replies, sa.Text)
    tells = sa.or_(*(text.contains(f'"{template}"', autoescape=True) for template in templates))
    found = await tx.connection.execute(
        sa.select(TURN.c.id, TURN.c.replies).where(TURN.c.id > after, tells).order_by(TURN.c.id).limit(BATCH)
    )
    rows = found.all()
    for row in rows:
        codes = {
            reply["values"]["code"]
            for reply in row.replies
            if reply["template"] in templates and MARK not in reply and reply["values"].get("code")
        }
        replies = row.replies
        for code in codes:
            replies = marked(replies, code, key.mark(code))
        if codes:
            await tx.connection.execute(TURN.update().where(TURN.c.id == row.id).values(replies=replies))
    return rows[-1].id if rows else None


async def _lock_rows(tx: Transaction, key: CodeKey) -> int:
    """Process the next invitations: those that may still be handed out are locked; of the others only the mark is kept."""
    open_ = sa.and_(INVITATION.c.used_at.is_(None), INVITATION.c.revoked_at.is_(None))
    found = await tx.connection.execute(
        sa.select(INVITATION.c.id, INVITATION.c.code, open_.label("open"))
        .where(INVITATION.c.code.is_not(None))
        .order_by(INVITATION.c.id)
        .limit(BATCH)
        .with_for_update()
    )
    rows = found.all()
    for row in rows:
        values = {"code": None, "mark": key.mark(row.code), "locked": key.lock(row.code) if row.open else None}
        await tx.connection.execute(INVITATION.update().where(INVITATION.c.id == row.id).values(values))
    return len(rows)


def _wipe(url: str) -> None:
    """Rewrite the file: SQLite leaves overwritten data in free pages and in its log."""
    file = file_at(url)
    if file is None:
        return
    with closing(sqlite3.connect(file, isolation_level=None)) as kept:
        kept.execute("VACUUM")
        kept.execute("PRAGMA wal_checkpoint(TRUNCATE)")
