"""The database, as the settings name it. Nothing is created at import; tests open the same with other arguments."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import make_url

from bot.settings import HouseSettings
from storage.schema import upgrade
from storage.store import Store


async def prepare_database(settings: HouseSettings) -> None:
    """Create the database or bring it up to date."""
    if is_sqlite(settings):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    await upgrade(settings.database)


@asynccontextmanager
async def database(settings: HouseSettings) -> AsyncIterator[Store]:
    """The store. A SQLite file is brought up to date by itself; a PostgreSQL database is not: several
    programs may share it, and `tusoi db upgrade` is run once, on purpose.
    """
    if is_sqlite(settings):
        await prepare_database(settings)
    store = await Store.open(settings.database)
    try:
        yield store
    finally:
        await store.close()


def is_sqlite(settings: HouseSettings) -> bool:
    """Whether the database is a file of our own."""
    return make_url(settings.database).get_backend_name() == "sqlite"
