"""What is remembered: tables, one unit of work a transaction, migrations.

await upgrade(url)
store = await Store.open(url)
async with store.unit() as unit:
    conversation = await unit.conversations.locked(person_id)
    ...
    await unit.commit()
"""

from storage.schema import upgrade
from storage.store import Store
from storage.unit import Unit

__all__ = ["Store", "Unit", "upgrade"]
