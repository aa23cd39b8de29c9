"""What was sent before documents were kept is frozen once as it reads that day, also when the power goes in between."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.documents import freezing
from bot.documents.freezing import freeze
from bot.documents.printing import kept_paper
from tests.bot.documents.office import REVIEWED, contents, played, review_of
from tests.bot.playing import EMPLOYEE, shelf


@pytest.fixture
async def stage(store):
    """The office as an earlier program left it: without documents."""
    stage = await played(store)
    async with store.transaction() as tx:
        for table in ("document", "act"):
            for statement in _cleared(tx.connection.dialect.name, table):
                await tx.connection.execute(sa.text(statement))
        await tx.commit()
    return stage


def _cleared(engine: str, table: str) -> list[str]:
    if engine == "sqlite":
        return [f"DROP TRIGGER {table}_no_DELETE", f"DELETE FROM {table}"]
    return [
        f"ALTER TABLE {table} DISABLE TRIGGER USER",
        f"DELETE FROM {table}",
        f"ALTER TABLE {table} ENABLE TRIGGER USER",
    ]


async def test_what_is_there_is_frozen_once_and_says_so(stage) -> None:
    store, review = stage.store, await review_of(stage, EMPLOYEE)
    done = await freeze(store, shelf(), stage.clock)
    assert (done.reviews, done.waiting) == (3, ())
    assert await stage.count("document") == 4
    async with store.reading() as tx:
        document, *acts = await contents(tx, review, 1)
        draft = (await tx.reviews.get(review)).draft
        kept = await tx.documents.of_version(review, 1)
        again = await tx.documents.to_freeze(0, 10)
    assert [one["act"] for one in acts] == ["approved", "ruled", "acknowledged"]
    assert all(one["frozen_later"] == "2020-11-23T08:30:00+07:00" for one in (document, *acts))
    assert (document["earlier"], kept.earlier) == (draft.stamp, draft.stamp)
    assert list(again) == []
    stage.clock.forward(days=1)
    assert (await freeze(store, shelf(), stage.clock)).reviews == 0


async def test_both_fingerprints_find_the_document_and_the_paper_shows_the_one_it_was_agreed_under(stage) -> None:
    store, review = stage.store, await review_of(stage, EMPLOYEE)
    await freeze(store, shelf(), stage.clock)
    async with store.reading() as tx:
        kept = await tx.documents.of_version(review, 1)
        found = [await tx.documents.called(mark) for mark in (kept.fingerprint, kept.earlier, "0" * 64)]
        papers = {key: (await kept_paper(tx, await review_of(stage, key), 1, 0)).paper for key in REVIEWED}
    assert [[one.review for one in some] for some in found] == [[review], [review], []]
    assert papers[EMPLOYEE].fingerprint == kept.fingerprint
    assert kept.earlier in papers[EMPLOYEE].footer[1]
    assert not any("mã trước đây" in papers[key].footer[1] for key in REVIEWED[1:]), "nobody agreed with those yet"


async def test_killed_in_between_it_goes_on(stage, monkeypatch) -> None:
    monkeypatch.setattr(freezing, "BATCH", 1)
    real = freezing._freeze
    done: list[int] = []

    async def dying(keeper, review):
        await real(keeper, review)
        done.append(review.id)
        if len(done) == 2:
            raise asyncio.CancelledError

    monkeypatch.setattr(freezing, "_freeze", dying)
    with pytest.raises(asyncio.CancelledError):
        await freeze(stage.store, shelf(), stage.clock)
    monkeypatch.setattr(freezing, "_freeze", real)
    assert (await freeze(stage.store, shelf(), stage.clock)).reviews == 2, "the one that died is done again, whole"
    assert await stage.count("document") == 4


class Without(dict):
    """A shelf on which a rulebook is missing."""


async def test_a_review_whose_rulebook_is_missing_waits_for_it(stage) -> None:
    empty: Mapping = Without()
    waiting = (await freeze(stage.store, empty, stage.clock)).waiting
    assert len(waiting) == 3
    assert await stage.count("document") == 0
    assert (await freeze(stage.store, shelf(), stage.clock)).reviews == 3


async def test_frozen_and_kept_at_once_print_the_same(store, stage) -> None:
    """Nothing happened in between: what is frozen later reads as what would have been kept."""
    await freeze(store, shelf(), stage.clock)
    review = await review_of(stage, EMPLOYEE)
    async with store.reading() as tx:
        paper = (await kept_paper(tx, review, 1, 0)).paper
    assert "Hoàng Sơn Lâm" in str(paper)
    assert replace(paper, footer=("", "")).title
