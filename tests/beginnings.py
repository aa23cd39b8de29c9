"""Beginnings that many tests share. The first test that needs one plays it; all others in the same process get a copy.

This is done only on SQLite, where a copy takes a few pages of memory. On PostgreSQL each test plays its own beginning.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar, cast

from storage.code_key import PASSING
from storage.sqlite import Sqlite
from storage.store import Store

Made = TypeVar("Made")

#: Description of a beginning → the database at its end, and the value that was returned.
_KEPT: dict[object, tuple[sqlite3.Connection, object]] = {}


async def once(store: Store, told: object, live: Callable[[], Awaitable[Made]]) -> Made:
    """The result of `live`. If it was called before with the same description `told`, the store's database is replaced
    by a copy of the one at its end. The description must therefore cover everything that the database contained before.
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
    """The file to copy; None: it cannot be copied, because it is PostgreSQL or the test has a code key of its own."""
    return store._database._file if isinstance(store._database, Sqlite) and store._key is PASSING else None
