"""Open pages: what they cost while nothing happens, what a step costs while they are open, and for how long one of them
can keep everybody waiting. The browsers run in a process of their own; only the serving process is measured.

python -m bench.pages [PAGES] [TURNS]
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa

from bench.steps import NOW, begun
from bot.codes import fresh_code
from bot.door.channel import Incoming
from bot.turn.house import House
from bot.web.app import site, web_app
from dialogs.core.events import Commanded
from storage import Store
from storage.tables import TURN
from storage.values import NewCode, NewTurn

PAGES, TURNS = 60, 150
IDLE, STEPS, FLOOD = 20.0, 100, 100


async def _measured(pages: int, turns: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        async with begun(f"sqlite:///{Path(folder) / 'pages.db'}", pages) as office:
            people = list(office.reviews)
            await _talk(office.store, people, turns)
            codes = [await _code(office.store, one) for one in people]
            async with site(web_app(office.house), "127.0.0.1", 0) as address, _opened(address, codes) as say:
                idle = await _idle()
                step, gap = await _steps(office.house, people[1])
                longest = await _flooded(office.house, people[1], say)
    return (
        f"{pages} open pages of {turns} turns: idle {idle:.2%} of a core; a step of one of them {step:.1f} ms of processor, "
        f"the loop held for {gap:.0f} ms at most; {FLOOD} hellos of one page: others wait {longest:.0f} ms at most"
    )


async def _idle() -> float:
    """The share of a core that is used while nothing happens."""
    await asyncio.sleep(3)
    began, spent = time.perf_counter(), time.process_time()
    await asyncio.sleep(IDLE)
    return (time.process_time() - spent) / (time.perf_counter() - began)


async def _steps(house: House, person: int) -> tuple[float, float]:
    """Milliseconds of processor for one step, and how long it blocked the event loop (the median of each step's
    longest).
    """
    gaps, spent = [], time.process_time()
    for number in range(STEPS):
        async with _watched() as longest:
            await house.take(Incoming("telegram", str(person), f"step {number}", Commanded("trogiup")))
            await asyncio.sleep(0.05)
        gaps.append(longest())
    return (time.process_time() - spent) / STEPS * 1000, statistics.median(gaps) * 1000


async def _flooded(house: House, person: int, say: Callable[[str], Awaitable[None]]) -> float:
    """The longest time in milliseconds that somebody else's step took while one page sends as much as it can."""
    await say(f"flood {FLOOD}")
    longest, began = 0.0, time.perf_counter()
    for number in range(10_000):
        since = time.perf_counter()
        await asyncio.sleep(0.01)
        await house.take(Incoming("telegram", str(person), f"flooded {number}", Commanded("trogiup")))
        longest = max(longest, time.perf_counter() - since - 0.01)
        if time.perf_counter() - began > IDLE / 2:
            break
    return longest * 1000


@asynccontextmanager
async def _watched() -> AsyncIterator[Callable[[], float]]:
    """Measures for how long, in seconds, the event loop is blocked at most."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            since = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - since - 0.001)

    watching = asyncio.create_task(watch())
    yield lambda: longest
    watching.cancel()


@asynccontextmanager
async def _opened(address: str, codes: list[str]) -> AsyncIterator[Callable[[str], Awaitable[None]]]:
    """Starts the browsers. Gives a function that sends them a line."""
    browsers = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.pages_open", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert browsers.stdin is not None
    assert browsers.stdout is not None
    talk = browsers.stdin

    async def say(line: str) -> None:
        talk.write(f"{line}\n".encode())
        await talk.drain()

    await say(" ".join((address, *codes)))
    await browsers.stdout.readline()
    yield say
    await say("")
    await browsers.wait()


async def _code(store: Store, person: int) -> str:
    code = fresh_code()
    async with store.transaction() as tx:
        await tx.invitations.issue(NewCode(person, code), "device", NOW.replace(year=NOW.year + 1), NOW)
        await tx.commit()
    return code


async def _talk(store: Store, people: list[int], turns: int) -> None:
    """Gives everybody a conversation of so many turns, by repeating those of a person who answered a whole form."""
    async with store.transaction() as tx:
        rows = (
            await tx.connection.execute(sa.select(TURN.c.said, TURN.c.replies).order_by(TURN.c.id).limit(turns))
        ).all()
        for person in people:
            for number in range(turns):
                said, replies = rows[number % len(rows)]
                await tx.turns.keep_many(
                    [NewTurn(person, "telegram", str(person), f"old {person} {number}", said, replies)], NOW
                )
        await tx.commit()


def measure() -> str:
    """One line."""
    return asyncio.run(_measured(PAGES, TURNS))


if __name__ == "__main__":
    print(asyncio.run(_measured(*map(int, sys.argv[1:3])) if len(sys.argv) > 2 else _measured(PAGES, TURNS)))
