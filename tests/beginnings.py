"""Beginnings that many tests share: lived by the first that asks, copied for all others of the same process.

Only on SQLite, where a copy is a few pages of memory; on PostgreSQL each test lives its own.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar, cast

from storage.code_key import PASSING
from storage.sqlite import Sqlite
from storage.store import Store

Made = TypeVar("Made")

#: By what was told of it: the database as it was left, and what was given back.
_KEPT: dict[object, tuple[sqlite3.Connection, object]] = {}


async def once(store: Store, told: object, live: Callable[[], Awaitable[Made]]) -> Made:
    """What `live` gives. Where the same was told before, the database of the store becomes what it was left as then. The caller answers
    for it: whatever the database held before is part of what is told.
    """
    file = _file(store)
    if file is None:
        return await live()
    if told in _KEPT:
        kept, made = _KEPT[told]
        with sqlite3.connect(file) as here:
            kept.backup(here)
        here.close()
        return cast("Made", made)
    made = await live()
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    with sqlite3.connect(file) as here:
        here.backup(kept)
    here.close()
    _KEPT[told] = kept, made
    return made


def _file(store: Store) -> Path | None:
    """None where it cannot be copied: on PostgreSQL, and where invitations are kept under a key of the test's own."""
    return store._database._file if isinstance(store._database, Sqlite) and store._key is PASSING else None
