"""Persistence: the tables, one database transaction for each event, and the migrations.

await upgrade(url)
store = await Store.open(url)
async with store.transaction() as tx:
    conversation = await tx.conversations.locked(person_id)
    ...
    await tx.commit()
"""

from storage.schema import upgrade
from storage.store import Store
from storage.transaction import Transaction

__all__ = ["Store", "Transaction", "upgrade"]
