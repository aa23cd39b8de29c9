"""The pages of the console of a large office: how long each takes, from the request to the last byte, and for how long it keeps the
loop from everybody else.

python -m bench.console [PEOPLE] [UNITS]
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientSession, CookieJar

from bench.province import MONDAY, settled
from bot.codes import fresh_code
from bot.console.house import ConsoleHouse
from bot.console.visits import console_routes
from bot.delivery.seam import NoJobs
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.web.app import site, web_app
from storage import Store, upgrade

PEOPLE, UNITS, TIMES = 30_000, 600, 20

#: What is opened: by its name.
PAGES = {
    "campaign": "/bang/dot/1",
    "people": "/bang/nguoi",
    "people, last page": "/bang/nguoi?trang={last}",
    "by name": "/bang/nguoi?theo=name",
    "searched": "/bang/nguoi?q=nguoi+77",
    "filtered": "/bang/nguoi?buoc=sent&donvi=7",
    "by activity": "/bang/nguoi?theo=active&nguoc=1",
    "one person": "/bang/nguoi/77",
}


async def _measured(people: int, units: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'console.db'}"
        await upgrade(url)
        store = await Store.open(url)
        await settled(store, people, units)
        books = Library()
        house = House(store, books, NoJobs(), Loader(Links(), "vi"), lambda: MONDAY)
        app = web_app(house)
        app.add_routes(console_routes(ConsoleHouse(store, books, NoJobs(), lambda: MONDAY)))
        async with site(app, "127.0.0.1", 0) as address, ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
            await _signed_in(store, browser, address)
            last = -(-people // 50)
            told = [f"{name} {await _page(browser, address + path.format(last=last))}" for name, path in PAGES.items()]
        await store.close()
    return f"console of {people} people in {units} units, ms (median, 95th percentile, loop held): {'; '.join(told)}"


async def _signed_in(store: Store, browser: ClientSession, address: str) -> None:
    """The head of the desk's unit."""
    code, person = fresh_code(), 2
    async with store.transaction() as tx:
        await tx.accounts.tie("telegram", "2", person, MONDAY)
        await tx.consoles.issue(code, ("telegram", "2"), person, MONDAY, MONDAY)
        await tx.commit()
    async with browser.get(f"{address}/bang/vao/{code}") as answer:
        once = (await answer.text()).partition('name="once" value="')[2].partition('"')[0]
    form = {"code": code, "once": once}
    async with browser.post(f"{address}/bang/vao", data=form, headers={"Origin": address}) as answer:
        answer.raise_for_status()


async def _page(browser: ClientSession, url: str) -> str:
    times, held = [], []
    for _ in range(TIMES):
        async with _watched() as longest:
            since = time.perf_counter()
            async with browser.get(url) as answer:
                answer.raise_for_status()
                await answer.read()
            times.append((time.perf_counter() - since) * 1000)
        held.append(longest() * 1000)
    last = sorted(times)[-max(1, TIMES // 20)]
    return f"{statistics.median(times):.0f}, {last:.0f}, {statistics.median(held):.0f}"


@asynccontextmanager
async def _watched() -> AsyncIterator[Callable[[], float]]:
    """For how long the loop was held at most, in seconds."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            since = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - since - 0.001)

    task = asyncio.create_task(watch())
    try:
        yield lambda: longest
    finally:
        task.cancel()


def measure() -> str:
    """The line of `make bench`."""
    return asyncio.run(_measured(PEOPLE, UNITS))


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    print(asyncio.run(_measured(*(given or (PEOPLE, UNITS)))))
