"""Catalogues and lines of work: only ever added to, the newest counts, who was overtaken is told."""

import asyncio
import datetime as dt
from dataclasses import replace

from rules.ledger.catalogue import Product
from rules.ledger.work import WorkLine
from storage.repositories.offices.ledgers import NewWork
from tests.storage.house import AT

REPORT = Product("BC", "Báo cáo", "1", 2.5, "báo cáo")
LINE = WorkLine(REPORT, 1, 3)


async def test_the_newest_catalogue_counts_and_a_number_is_kept_once(store, office):
    async with store.transaction() as tx:
        place = await tx.units.office_of(office.an)
        assert await tx.ledgers.catalogue(place) is None
        assert await tx.ledgers.keep_catalogue(place, [REPORT], 1, AT, office.an)
        assert await tx.ledgers.keep_catalogue(place, [replace(REPORT, coefficient=3.0)], 2, AT)
        assert not await tx.ledgers.keep_catalogue(place, [], 2, AT)
        found = await tx.ledgers.catalogue(place)
    assert (found.number, found.products[0].coefficient) == (2, 3.0)


async def test_lines_get_their_places_and_are_written_anew(store, office):
    async with store.transaction() as tx:
        work = NewWork(office.an, 2026, "m09", (LINE, replace(LINE, count=1)))
        assert await tx.ledgers.keep(work, AT, office.an)
        first, second = (await tx.ledgers.of_people([office.an], 2026, "m09"))[office.an]
        assert [(one.line, one.version, one.count) for one in (first, second)] == [(1, 1, 3), (2, 1, 1)]
        done = replace(first, done=2)
        assert await tx.ledgers.keep(NewWork(office.an, 2026, "m09", (done,)), AT + dt.timedelta(1), office.an)
        await tx.commit()
    async with store.transaction() as tx:
        found = await tx.ledgers.of_office(await tx.units.office_of(office.an), 2026, "m09")
        assert [(one.line, one.version, one.done) for one in found[office.an]] == [(1, 2, 2), (2, 1, 0)]
        assert await tx.ledgers.of_people([office.an], 2026, "m10") == {}
        # Written from what it was before somebody else wrote it: not kept.
        assert not await tx.ledgers.keep(NewWork(office.an, 2026, "m09", (replace(first, done=1),)), AT, office.head)


async def test_of_two_files_kept_at_once_one_stands_whole(store, rival, office):
    """Both were looked at before either was kept: the second is told, and nothing of it is kept."""

    async def keeps(into, count):
        async with into.transaction() as tx:
            works = [
                NewWork(who, 2026, "m09", (replace(LINE, line=1, version=0, count=count),))
                for who in (office.an, office.head)
            ]
            kept = await tx.ledgers.keep_many(works, AT, office.head)
            if kept:
                await tx.commit()
        return kept

    done = await asyncio.gather(keeps(store, 3), keeps(rival, 5))
    assert sorted(done) == [False, True]
    async with store.reading() as tx:
        found = await tx.ledgers.of_people([office.an, office.head], 2026, "m09")
    count = 3 if done[0] else 5
    assert {who: [one.count for one in lines] for who, lines in found.items()} == {
        office.an: [count],
        office.head: [count],
    }
