"""Downloads of the desk, over HTTP, while people answer in chat: the dossier of a unit of a hundred people, and all
papers of a campaign of five hundred, with stored documents. Measures how long each takes, how long people wait, and the
memory.

python -m bench.parcels [PEOPLE] [UNITS]
"""

import asyncio
import io
import os
import statistics
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession, ClientTimeout

from bench.desk import ANSWERING, RATE, Desk, chatting, desk_of, office
from bench.wire import busy, resident

PEOPLE, UNITS = 500, 5

#: The addresses of the dossier of the second unit, which is the desk's own, and of all papers.
DOSSIER, PAPERS = "/bang/hoso/1/u2/1", "/bang/hoso/1/vanban/1"


@dataclass(frozen=True, slots=True)
class Taken:
    """A downloaded ZIP, and what it cost."""

    files: int
    #: Megabytes.
    size: float
    #: Seconds until all of it had arrived.
    seconds: float
    #: Seconds of processor of the house.
    cost: float
    #: The most megabytes of memory beyond those used before.
    more: float
    #: How long people waited meanwhile, in milliseconds: the median and the 99th percentile, of so many `steps`.
    middle: float
    slowest: float
    steps: int
    #: The longest time for which the event loop was blocked, in milliseconds of processor.
    held: float

    def __str__(self) -> str:
        waited = f"they wait {self.middle:.0f} ms (p99 {self.slowest:.0f}, {self.steps} steps), the loop held at once {self.held:.0f} ms of processor"
        return (
            f"{self.files} files, {self.size:.1f} MB in {self.seconds:.1f} s ({self.cost:.1f} s of processor, theirs included), "
            f"{self.more:.0f} MB more held at most; {waited}"
        )


async def _taken(desk: Desk, address: str, steps: int) -> Taken:
    wire, process = desk.wire, desk.process
    wire.latencies.clear()
    async with chatting(wire, steps):
        _forget_peak(process)
        since = time.monotonic()
        held, before, began = resident(process), busy(process), time.perf_counter()
        content = await _content(desk.browser, address)
        seconds, waited = time.perf_counter() - began, [*wire.latencies]
        held_at_once = desk.held(since)
        cost, more = busy(process) - before, resident(process, "VmHWM") - held
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        files = len(package.namelist())
    cuts = statistics.quantiles(waited, n=100) if len(waited) > 1 else [0.0] * 99
    return Taken(
        files, len(content) / 2**20, seconds, cost, more, cuts[49] * 1000, cuts[98] * 1000, len(waited), held_at_once
    )


async def _content(browser: ClientSession, address: str) -> bytes:
    async with browser.get(address, timeout=ClientTimeout(total=None)) as answer:
        answer.raise_for_status()
        return await answer.read()


def _forget_peak(process: int) -> None:
    """Resets `VmHWM`, the peak of memory, of a process."""
    Path(f"/proc/{process}/clear_refs").write_text("5")


async def _measured(url: str, people: int, units: int) -> str:
    of = await office(url, people, units, printed=True)
    async with desk_of(of) as desk:
        all_steps = ANSWERING * (len(of.script) - 1)
        dossier = await _taken(desk, DOSSIER, all_steps // 2)
        papers = await _taken(desk, PAPERS, all_steps // 2)
    return f"the dossier of {people // units} people: {dossier}\n  all papers of {people} people: {papers}"


def measure(people: int = PEOPLE, units: int = UNITS) -> str:
    """The lines of `make bench`."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(_measured(f"sqlite:///{Path(folder) / 'parcels.db'}", people, units))
    return f"files of the desk, SQLite, {ANSWERING} people answer beside, {RATE} steps/s, load {os.getloadavg()[0]:.0f}:\n  {found}"


if __name__ == "__main__":
    print(measure(*(int(one) for one in sys.argv[1:])))
