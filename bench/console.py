"""The pages of the console of a large office at the end of its campaign, served by a process of its own over HTTP,
alone and while people answer in chat. Measures how long each page takes and how long people wait for their reply. The
yardstick is a page of the same process that does not use the database: the door of the chat.

python -m bench.console [PEOPLE] [UNITS] [ENGINE…] ENGINE: SQLite, PostgreSQL
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession

from bench import postgres
from bench.desk import ANSWERING, DOOR, RATE, Office, chatting, desk_of, office
from bench.wire import Wire, busy

PEOPLE, UNITS, TIMES = 30_000, 600, 10

#: Seconds between two pages, as for somebody who reads.
PAUSE = 0.35

YARDSTICK = "the door of the chat"

#: Name → address of each page that is opened.
PAGES = {
    YARDSTICK: DOOR,
    "campaign": "/bang/dot/1",
    "people": "/bang/nguoi",
    "people, last page": "/bang/nguoi?trang={last}",
    "by name": "/bang/nguoi?theo=name",
    "by self-rating": "/bang/nguoi?theo=own",
    "by activity": "/bang/nguoi?theo=active&nguoc=1",
    "searched": "/bang/nguoi?q=nguoi+77",
    "filtered": "/bang/nguoi?buoc=sent&donvi=7",
    "one person": "/bang/nguoi/77",
    "quotas": "/bang/muc/1",
    "dates": "/bang/moc/1",
    "questions": "/bang/cauhoi/1",
    "audit": "/bang/nhatky",
    "audit of one": "/bang/nhatky?ai=77",
    "audit of a kind": "/bang/nhatky?viec=console+refused",
    "doors": "/bang/cua",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """Milliseconds for one page: the median, the 95th percentile, and the processor time of the serving process."""

    middle: float
    slow: float
    cost: float

    def __str__(self) -> str:
        return f"{self.middle:.0f}, {self.slow:.0f}, {self.cost:.0f}"


async def measured(of: Office, people: int, server: int = 0) -> str:
    """The report: one line for each phase."""
    async with desk_of(of) as desk:
        wire, browser, last = desk.wire, desk.browser, -(-people // 50)
        for path in PAGES.values():
            await _counted(browser, path.format(last=last))
        alone = await _pages(browser, desk.process, server, last)
        since = time.monotonic()
        async with chatting(wire, ANSWERING * (len(of.script) - 1)) as chat:
            beside = await _pages(browser, desk.process, server, last, until=chat)
            waited, held = [*wire.latencies], desk.held(since)
        wire.latencies.clear()
        lines, seconds, longest = await _audit(browser, wire)
    cuts = statistics.quantiles(waited, n=100)
    told = (
        f"alone, ms (median, 95th percentile, of processor): {_told(alone)}",
        f"beside {ANSWERING} people, {RATE} steps/s: {_told(beside)}; they wait {cuts[49] * 1000:.0f} ms (p99 {cuts[98] * 1000:.0f}, {len(waited)} steps), the loop held at once {held:.0f} ms of processor",
        f"the audit as a file: {lines} lines in {seconds:.1f} s; another page meanwhile at most {longest * 1000:.0f} ms",
    )
    return "\n  ".join(told)


def _told(pages: Mapping[str, Opened]) -> str:
    yard = pages[YARDSTICK]
    return "; ".join(
        f"{name} {one} ({one.slow / yard.slow:.0f} times)" if one is not yard else f"{name} {one}"
        for name, one in pages.items()
    )


async def _pages(
    browser: ClientSession, process: int, server: int, last: int, until: asyncio.Task[None] | None = None
) -> dict[str, Opened]:
    """Opens each page several times, by turns, so that the conditions are the same for all."""
    times: dict[str, list[float]] = {name: [] for name in PAGES}
    costs: dict[str, float] = dict.fromkeys(PAGES, 0.0)
    for _ in range(TIMES):
        for name, path in PAGES.items():
            before, since = busy(process) + busy(server), time.perf_counter()
            async with browser.get(path.format(last=last)) as answer:
                answer.raise_for_status()
                await answer.read()
            times[name].append((time.perf_counter() - since) * 1000)
            costs[name] += busy(process) + busy(server) - before
            await asyncio.sleep(PAUSE)
        if until is not None and until.done():
            break
    return {
        name: Opened(statistics.median(some), sorted(some)[-max(1, len(some) // 20)], costs[name] * 1000 / len(some))
        for name, some in times.items()
    }


async def _counted(browser: ClientSession, path: str) -> None:
    """Opens a page, and again until the counts it shows are finished."""
    while True:
        async with browser.get(path) as answer:
            answer.raise_for_status()
            await answer.read()
            if "Refresh" not in answer.headers:
                return
        await asyncio.sleep(1)


async def _audit(browser: ClientSession, wire: Wire) -> tuple[int, float, float]:
    """The number of lines of the audit file, the time to download it, and the longest another page took meanwhile."""
    assert not wire.latencies
    longest, ended = 0.0, asyncio.Event()

    async def look() -> None:
        nonlocal longest
        while not ended.is_set():
            since = time.perf_counter()
            async with browser.get("/") as answer:
                await answer.read()
            longest = max(longest, time.perf_counter() - since)
            await asyncio.sleep(0.1)

    looking, since, lines = asyncio.create_task(look()), time.perf_counter(), 0
    async with browser.get("/bang/nhatky.csv") as answer:
        answer.raise_for_status()
        async for piece in answer.content.iter_any():
            lines += piece.count(b"\n")
    seconds = time.perf_counter() - since
    ended.set()
    await looking
    return lines, seconds, longest


def measure(people: int = PEOPLE, units: int = UNITS, engines: Sequence[str] = ("SQLite", "PostgreSQL")) -> str:
    """The lines of `make bench`."""
    told = []
    with tempfile.TemporaryDirectory() as folder:
        if "SQLite" in engines:
            of = asyncio.run(office(f"sqlite:///{Path(folder) / 'console.db'}", people, units))
            told.append(
                f"console, SQLite, {people} people in {units} units, load {os.getloadavg()[0]:.0f}:\n  {asyncio.run(measured(of, people))}"
            )
        if "PostgreSQL" in engines:
            with postgres.running(Path(folder)) as server:
                of = asyncio.run(office(server.fresh(), people, units))
                found = asyncio.run(measured(of, people, server.pid))
            told.append(f"console, PostgreSQL, load {os.getloadavg()[0]:.0f}:\n  {found}")
    return "\n".join(told)


if __name__ == "__main__":
    given = sys.argv[1:]
    sizes = [int(one) for one in given if one.isdecimal()] or [PEOPLE, UNITS]
    print(measure(*sizes, [one for one in given if not one.isdecimal()] or ("SQLite", "PostgreSQL")))
