"""A campaign of a province: importing its roster, planning a day's reminders, and a broadcast at Telegram's limit.

python -m bench.campaign                                        the three lines
TUSOI_BENCH_NOTICES=30000 python -m bench.campaign broadcast    the whole province, some seventeen minutes
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa

from bench import province
from bot.campaign.roster.importing import import_roster, preview
from bot.channels import Settings, channels_of
from bot.daily.remind import Reminding
from bot.delivery.notices import Notice, notify_many
from bot.delivery.runner import Runner, Work
from bot.door.links import Links
from bot.roster.read import read_roster
from bot.roster.template import write_roster
from bot.rulebooks.library import Library
from bot.serving import collect_seldom, serving
from dialogs.core.turn import Reply
from storage import Store, upgrade
from storage.tables import DELIVERY
from tests.standins.telegram import TOKEN

PEOPLE = int(os.environ.get("TUSOI_BENCH_PEOPLE", "30000"))
UNITS = int(os.environ.get("TUSOI_BENCH_UNITS", "600"))
NOTICES = int(os.environ.get("TUSOI_BENCH_NOTICES", "1500"))


def measure_import() -> str:
    """One line for `make bench`."""
    with tempfile.TemporaryDirectory() as folder:
        first, again = asyncio.run(_imported(Path(folder)))
    return (
        f"campaign, import: {PEOPLE:,} people in {UNITS} units in {first:.1f} s, the same file again in {again:.1f} s"
    )


def measure_planning() -> str:
    """One line for `make bench`."""
    collect_seldom()  # the setting of the garbage collector that `tusoi serve` uses
    with tempfile.TemporaryDirectory() as folder:
        count, seconds, busy = asyncio.run(_planned(f"sqlite:///{Path(folder) / 'bench.sqlite'}"))
    return (
        f"campaign, a day's reminders: {count:,} written for {PEOPLE:,} people in {UNITS} units in {seconds:.1f} s "
        f"({busy:.1f} s of one core)"
    )


def measure_broadcast() -> str:
    """One line for `make bench`."""
    with tempfile.TemporaryDirectory() as folder:
        seen, wrote = asyncio.run(_broadcast(Path(folder)))
    rate = (seen["sent"] - 1) / seen["seconds"]
    return (
        f"campaign, broadcast: {seen['sent']:,} of {NOTICES:,} at {rate:.2f}/s ({rate / 30:.1%} of 30/s), "
        f"{seen['refused']} refused, {seen['busiest']} in the busiest second, {seen['twice']} twice; "
        f"written in {wrote:.2f} s"
    )


async def _imported(folder: Path) -> tuple[float, float]:
    """Seconds from the file to the stored roster: into an empty database, and once more."""
    file, url = folder / "danh-sach.xlsx", f"sqlite:///{folder / 'bench.sqlite'}"
    write_roster(file, province.roster(PEOPLE, UNITS))
    await upgrade(url)
    store = await Store.open(url)
    spent = []
    for _ in range(2):
        began = time.perf_counter()
        roster = read_roster(file)
        await import_roster(store, Library(), roster, await preview(store, roster, province.OPENED), province.OPENED)
        spent.append(time.perf_counter() - began)
    await store.close()
    return spent[0], spent[1]


async def _planned(url: str) -> tuple[int, float, float]:
    async with _province(url, PEOPLE, UNITS) as store:
        runner = Runner(url, "1", Work(_nothing, _nothing, _nobody))
        await runner.prepare()
        reminding = Reminding(store, Library(), runner, lambda: province.MONDAY)
        began, busy = time.perf_counter(), time.process_time()
        count = await reminding.remind()
        spent, busy = time.perf_counter() - began, time.process_time() - busy
        await runner.close()
    return count, spent, busy


async def _broadcast(folder: Path) -> tuple[dict[str, float], float]:
    settings = Settings(data_dir=folder, telegram_token=TOKEN, web_listen="")
    async with _province(settings.database, NOTICES, max(2, NOTICES // 50)) as store:
        await province.with_phones(store, NOTICES)
    counting = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.counting", str(NOTICES)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert counting.stdout is not None
    settings = settings.model_copy(update={"telegram_api": (await counting.stdout.readline()).decode().strip()})
    async with serving(settings, channels_of(settings), Links(), now=lambda: province.OPENED) as running:
        notices = [Notice(person, f"bench:{person}", REPLY) for person in range(1, NOTICES + 1)]
        began = time.perf_counter()
        async with running.store.transaction() as tx:
            await notify_many(tx, notices, province.OPENED, running.runner)
            await tx.commit()
        wrote = time.perf_counter() - began
        await _all_done(running.store)
    seen, _ = await counting.communicate(b"")
    return json.loads(seen), wrote


#: Any short notice.
REPLY = Reply("notice/today", {"items": [{"what": "plan", "due": "2020-11-02", "days": 0, "text": "…"}], "more": 0})


async def _all_done(store: Store) -> None:
    """Waits until no delivery is left."""
    while True:
        await asyncio.sleep(0.5)
        async with store.reading() as tx:
            if not (await tx.connection.execute(_OPEN)).scalar():
                return


_OPEN = sa.select(sa.func.count()).where(DELIVERY.c.status.in_(("waiting", "sending")))


@asynccontextmanager
async def _province(url: str, people: int, units: int) -> AsyncIterator[Store]:
    await upgrade(url)
    store = await Store.open(url)
    try:
        await province.settled(store, people, units)
        yield store
    finally:
        await store.close()


async def _nothing(_: object) -> None:
    """In place of running a job."""


async def _nobody() -> None:
    """In place of waking somebody."""


FIGURES = {"import": measure_import, "planning": measure_planning, "broadcast": measure_broadcast}

if __name__ == "__main__":
    for name in sys.argv[1:] or FIGURES:
        print(FIGURES[name](), flush=True)
