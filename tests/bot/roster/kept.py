"""The stored people of an office, for tests."""

from rules.nouns.people import Person
from storage.transaction import Transaction


async def people_by_key(tx: Transaction, office: int) -> dict[str, Person]:
    """Roster key → person, of all who have not left."""
    keys = await tx.people.keys(office)
    return {keys[person.id]: person for person in await tx.people.of_office(office)}
