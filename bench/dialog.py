"""Durable dialog steps of one worker on both engines, compared with the bare bot in memory in the same run."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import postgres, steps, telegram_bare

#: People who answer by turns; events handled at the same time (a worker handles up to 32 of different people).
PEOPLE, AT_ONCE = 40, 8
ROUNDS = 3

Databases = Callable[[], str]


def measure() -> str:
    """Two lines for `make bench`."""
    with tempfile.TemporaryDirectory() as folder, postgres.running(Path(folder)) as server:
        engines = {"SQLite": lambda: f"sqlite:///{folder}/{time.perf_counter_ns()}.db", "PostgreSQL": server.fresh}
        return "\n".join(asyncio.run(_line(name, databases)) for name, databases in engines.items())


async def _line(name: str, databases: Databases) -> str:
    """The median of several rounds. In each, the two bots handle the same updates, one bot after the other."""
    rounds = [await _round(databases()) for _ in range(ROUNDS)]
    durable, bare = (statistics.median(rates) for rates in zip(*rounds, strict=True))
    ratio = statistics.median(ours / theirs for ours, theirs in rounds)
    return (
        f"dialog steps on {name}: {durable:,.0f}/s durable; bare aiogram bot in memory {bare:,.0f}/s;"
        f" {ratio:.2f} of its rate"
    )


async def _round(url: str) -> tuple[float, float]:
    async with steps.opened(url, PEOPLE) as channel:
        began = time.perf_counter()
        await channel.take_all(AT_ONCE)
        durable = len(channel.updates) / (time.perf_counter() - began)
        await channel.check()
    asked = [step.asked for step in channel.script]
    return durable, await telegram_bare.measure(asked, channel.updates, channel.people)
