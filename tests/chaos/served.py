"""The house as `tusoi serve` opens it, for chaos: without Telegram's limits, with a clock that a file sets wrong."""

import asyncio
import datetime as dt
import os
import time
from pathlib import Path

from bench.steps import LIFTED, NOW
from bot.channels import Settings, channels_of
from bot.door.links import Links
from bot.logs import set_up_logs
from bot.serving import change_turns_soon, collect_seldom, serving, stop_signal
from bot.telegram import service
from bot.telegram.pacing import Gate

service.Gate = lambda clock, _: Gate(clock, LIFTED)  # type: ignore[assignment,misc]  # no setting lifts the limits

BEGAN = float(os.environ["CHAOS_BEGAN"])
OFF = Path(os.environ["CHAOS_CLOCK"])


def now() -> dt.datetime:
    """The time of the town plus the error of this host's clock."""
    return NOW + dt.timedelta(seconds=time.time() - BEGAN + float(OFF.read_text() or 0))


async def main() -> None:
    settings = Settings()
    set_up_logs()
    collect_seldom()
    change_turns_soon()
    stop = stop_signal()
    async with serving(settings, channels_of(settings), Links(), now=now):
        print("ready", flush=True)  # noqa: T201 - heard by tests/chaos/hosts.py
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
