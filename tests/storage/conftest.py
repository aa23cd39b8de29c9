"""A small office in the store, and a second program on the same database."""

from collections.abc import AsyncIterator

import pytest_asyncio

from storage import Store
from tests.storage.house import Office, settle


@pytest_asyncio.fixture
async def office(store: Store) -> Office:
    """The office, in `store`."""
    async with store.transaction() as tx:
        office = await settle(tx)
        await tx.commit()
    return office


@pytest_asyncio.fixture
async def rival(database_url: str, office: Office) -> AsyncIterator[Store]:
    """A second program on the same database."""
    rival = await Store.open(database_url)
    yield rival
    await rival.close()
