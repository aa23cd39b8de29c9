"""History cannot be rewritten, whoever asks the database to."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from rules.nouns.reviews import Answer, Decision, Outcome
from storage import Store
from tests.storage.house import AT


@pytest.fixture(params=["answer", "draft", "decision", "audit"])
def table(request) -> str:
    return request.param


async def with_a_row_in_each(store, office) -> None:
    async with store.transaction() as tx:
        await tx.reviews.keep_answer(office.review, "cau_1", Answer("good"), office.an, AT)
        await tx.reviews.submit(office.review, "f" * 64, None, None, AT)
        decision = Decision(1, Outcome.APPROVED, office.head, "Lê Văn Trưởng", "Trưởng phòng", AT)
        await tx.reviews.decide(office.review, decision)
        await tx.audit.record(office.head, "approved", AT, review_id=office.review)
        await tx.commit()


async def attempt(store, sql: str) -> None:
    async with store.transaction() as tx:
        await tx.connection.execute(sa.text(sql))


async def test_a_kept_row_is_not_changed(store, office, table):
    await with_a_row_in_each(store, office)
    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        await attempt(store, f"UPDATE {table} SET id = id + 1000")


async def test_a_kept_row_is_not_removed(store, office, table):
    await with_a_row_in_each(store, office)
    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        await attempt(store, f"DELETE FROM {table}")


@pytest.mark.postgres
async def test_a_table_is_not_emptied_on_postgresql(postgres_url, table):
    store = await Store.open(postgres_url)
    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        await attempt(store, f"TRUNCATE {table} CASCADE")
    await store.close()


async def test_a_review_still_changes(store, office):
    await with_a_row_in_each(store, office)
    await attempt(store, "UPDATE review SET comment = ''")
