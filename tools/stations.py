"""Counts the stations of one pressed answer: modules and functions of this project between the update and its replies.

    .venv/bin/python -m tools.stations [--list]

A function counts once, however often it runs. What is nested in a function (comprehensions, lambdas) does not count.
"""

import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

from bench.steps import opened

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "dialogs", "rules", "storage", "templates")
#: Steps made before the counted one, until all caches are filled.
WARM = 6


class Trace:
    """The functions that ran, as (module, name), in the order of their first call; and how often the file changed."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], None] = {}
        self.changes = 0
        self._last = ""

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        """The function for `sys.setprofile`."""
        code = frame.f_code
        if event != "call" or code.co_name.startswith("<"):
            return
        try:
            module = Path(code.co_filename).relative_to(ROOT)
        except ValueError:
            return
        if module.parts[0] not in ROOMS:
            return
        self.changes += str(module) != self._last
        self._last = str(module)
        self.seen.setdefault((str(module), f"{code.co_qualname}"))


async def pressed(folder: Path) -> Trace:
    """The trace of one pressed answer in the middle of a form."""
    trace = Trace()
    async with opened(f"sqlite:///{folder / 'stations.sqlite'}", people=2) as channel:
        presses = [update for update in channel.updates if "callback_query" in update]
        person = presses[0]["callback_query"]["from"]["id"]
        mine = [u for u in channel.updates if (u.get("callback_query") or u.get("message"))["from"]["id"] == person]
        for update in mine[:WARM]:
            await channel.take(update)
        assert "callback_query" in mine[WARM], "the traced step is a press"
        print(mine[WARM]["callback_query"]["data"])
        sys.setprofile(trace)
        await channel.take(mine[WARM])
        sys.setprofile(None)
        for update in channel.updates:
            if update not in mine[: WARM + 1]:
                await channel.take(update)
    return trace


def main() -> None:
    """Print the counts; with --list also each module with the functions that ran."""
    with tempfile.TemporaryDirectory() as folder:
        trace = asyncio.run(pressed(Path(folder)))
    modules = Counter(module for module, _ in trace.seen)
    print(f"{len(modules)} modules, {len(trace.seen)} functions, {trace.changes} changes of file")
    if "--list" in sys.argv:
        for module in modules:
            print(module, ", ".join(name for where, name in trace.seen if where == module))


if __name__ == "__main__":
    main()
