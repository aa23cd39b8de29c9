"""Wires the real things together. Nothing is created at import; tests wire the same with other arguments."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import make_url

from bot.door.links import Links
from bot.settings import Settings
from storage.schema import upgrade
from storage.store import Store


async def prepare_database(settings: Settings) -> None:
    """Create the database or bring it up to date."""
    if is_sqlite(settings):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    await upgrade(settings.database)


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[Store]:
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


def is_sqlite(settings: Settings) -> bool:
    """Whether the database is a file of our own."""
    return make_url(settings.database).get_backend_name() == "sqlite"


async def links_of(settings: Settings) -> Links:
    """Where invitations lead: the open channels. Asks Telegram for the bot's name when it is configured."""
    web = settings.public_address if settings.web_listen or settings.public_url else ""
    if settings.telegram_token is None:
        return Links(web=web)
    from bot.telegram.naming import bot_name  # noqa: PLC0415 - only where Telegram is configured

    return Links(
        web=web, telegram_bot=await bot_name(settings.telegram_token.get_secret_value(), settings.telegram_api)
    )
