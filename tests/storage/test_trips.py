"""How often PostgreSQL is gone to, and what its server keeps ready from one transaction to the next."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from storage.connection import at_once
from storage.postgres import Pooled
from storage.queries import Nothing, Prepared
from storage.tables import PERSON

_THIS = PERSON.c.id == sa.bindparam("person")
NAME = Prepared(str, sa.select(PERSON.c.name).where(_THIS))
POSITION = Prepared(str, sa.select(PERSON.c.position).where(_THIS))
NONSENSE = Prepared(int, sa.select(sa.literal(1).op("/")(sa.bindparam("of", type_=sa.Integer))))
ENGLISH = Prepared(Nothing, PERSON.update().where(_THIS).values(language="en"))
_STATEMENT: sa.ColumnClause[str] = sa.column("statement")
READY = (
    sa.select(sa.func.count())
    .select_from(sa.table("pg_prepared_statements"))
    .where(_STATEMENT.like("SELECT person.name%"))
)


@pytest.fixture
def trips(monkeypatch, database_url) -> list[list[str]]:
    """The first words of the statements of each trip."""
    if not database_url.startswith("postgresql"):
        pytest.skip("SQLite is here")
    found: list[list[str]] = []
    before = Pooled._travel

    async def travel(self, statements):
        found.append([one.text.split()[0] for one in statements])
        await before(self, statements)

    monkeypatch.setattr(Pooled, "_travel", travel)
    return found


async def test_the_beginning_and_the_end_travel_along(store, office, trips):
    async with store.transaction() as tx:
        assert await tx.connection.fetch(NAME, {"person": office.an}) == ["Nguyễn Thị An"]
        assert await tx.connection.fetch(ENGLISH, {"person": office.an}) == []
        assert trips == [["BEGIN", "SELECT"]]
        await tx.commit()
    assert trips == [["BEGIN", "SELECT"], ["UPDATE", "COMMIT"]]
    async with store.reading() as tx:
        assert await tx.people.language(office.an) == "en"


async def test_what_is_asked_at_once_travels_together_wave_by_wave(store, office, trips):
    async def named_twice(tx, person):
        first = await tx.connection.fetch(NAME, {"person": person})
        return first + await tx.connection.fetch(POSITION, {"person": person})

    async with store.reading() as tx:
        found = await at_once(
            tx.connection, named_twice(tx, office.an), tx.people.language(office.an), named_twice(tx, office.head)
        )
    assert found == (["Nguyễn Thị An", "Chuyên viên"], "vi", ["Lê Văn Trưởng", "Chuyên viên"])
    assert trips == [["BEGIN", "SELECT", "SELECT", "SELECT"], ["SELECT", "SELECT"], ["COMMIT"]]


async def test_one_of_several_that_fails_fails_them_all_and_keeps_nothing(store, office, trips):
    async def fails() -> None:
        async with store.transaction() as tx:
            await tx.connection.fetch(ENGLISH, {"person": office.an})
            await at_once(
                tx.connection,
                tx.connection.fetch(NAME, {"person": office.an}),
                tx.connection.fetch(NONSENSE, {"of": 0}),
                tx.connection.fetch(POSITION, {"person": office.an}),
            )

    with pytest.raises(DBAPIError, match="division by zero"):
        await fails()
    async with store.reading() as tx:
        assert await tx.people.language(office.an) == "vi"


async def test_what_waits_when_it_is_left_is_not_kept(store, office, trips):
    async with store.transaction() as tx:
        await tx.connection.fetch(ENGLISH, {"person": office.an})
    async with store.reading() as tx:
        await tx.connection.fetch(ENGLISH, {"person": office.an})
        assert await tx.people.language(office.an) == "en"
    async with store.transaction() as tx:
        await tx.commit()
        await tx.connection.fetch(ENGLISH, {"person": office.an})
    async with store.reading() as tx:
        assert await tx.people.language(office.an) == "vi"


async def test_the_server_keeps_statements_ready_beyond_a_transaction_that_only_looked(store, office, trips):
    """Planning one anew takes longer than all else it does."""
    found = []
    for _ in range(2):
        async with store.reading() as tx:
            await tx.connection.fetch(NAME, {"person": office.an})
            found.append((await tx.connection.execute(READY)).scalar())
        async with store.reading() as tx:
            found.append((await tx.connection.execute(READY)).scalar())
    assert found == [1, 1, 1, 1]
    async with store.transaction() as tx:  # what it did is taken back, and all that was ready with it
        await tx.connection.fetch(ENGLISH, {"person": office.an})
        await tx.connection.fetch(NAME, {"person": office.an})
    async with store.reading() as tx:
        assert (await tx.connection.execute(READY)).scalar() == 0
