"""Opens the database named in the settings. Nothing is created at import; tests call the same functions with other
arguments.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import now
from bot.data_folder import close_to_others, code_key
from bot.rulebooks.library import Library
from bot.settings import HouseSettings
from storage.code_key import CodeKey
from storage.engine import file_at
from storage.schema import upgrade
from storage.sole import sole_server
from storage.store import Store
from storage.whole.locking import lock_codes

_log = logging.getLogger(__name__)

#: The templates of replies that contain a code.
TELLING_CODES = ("crew/code", "menu/device")


async def prepare_database(settings: HouseSettings) -> None:
    """Create the database or bring it up to date, and freeze what was sent before documents were kept."""
    await _upgraded(settings)
    async with database(settings):
        pass


@asynccontextmanager
async def database(settings: HouseSettings) -> AsyncIterator[Store]:
    """The store. A SQLite file is upgraded automatically. A PostgreSQL database is not, because several programs may
    share it; `tusoi db upgrade` must be run once, on purpose. The first process to open it freezes what was sent before
    documents were stored, before any roster can change.
    """
    if is_sqlite(settings):
        await _upgraded(settings)
    close_to_others(settings)
    key = code_key(settings)
    store = await Store.open(settings.database, key=key)
    try:
        await _freeze(store, settings)
        await _lock_codes(store, settings, key)
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def alone(settings: HouseSettings) -> AsyncIterator[None]:
    """No other process serves this SQLite file meanwhile (`storage.sole`). Raises Served, Unreachable."""
    close_to_others(settings)
    with sole_server(settings.database):
        yield


async def _upgraded(settings: HouseSettings) -> None:
    close_to_others(settings)
    await upgrade(settings.database)


async def _freeze(store: Store, settings: HouseSettings) -> None:
    async with store.reading() as tx:
        if not await tx.documents.to_freeze(0, 1):
            return
    from bot.documents.freezing import freeze  # noqa: PLC0415 - loads fonts: only who has something to freeze

    done = await freeze(store, Library(settings.own_rulebooks), now)
    if done.waiting:
        _log.warning("documents of reviews %s are frozen once their rulebook can be loaded", done.waiting)


async def _lock_codes(store: Store, settings: HouseSettings, key: CodeKey) -> None:
    locked = await lock_codes(store, settings.database, key, TELLING_CODES)
    if locked:
        _log.info("%s mã mời từ phiên bản trước nay không còn được lưu nguyên dạng", locked)


def is_sqlite(settings: HouseSettings) -> bool:
    """Whether the database is a file of our own."""
    return file_at(settings.database) is not None
