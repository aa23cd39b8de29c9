"""The house as `tusoi serve` opens it, for bench/wire.py, but without Telegram's limits and always on the same day.

Environment: BENCH_NOW, the time (otherwise that of bench/steps.py); BENCH_WEB, the address of its pages; BENCH_FOLDER,
its data. The file `held` in that folder gets a line every quarter of a second: the time of the monotonic clock, and the
longest time for which the event loop was blocked meanwhile, in milliseconds of processor.
"""

import asyncio
import datetime as dt
import os
import time
from pathlib import Path

from bench.steps import LIFTED, NOW
from bot.channels import Settings, channels_of
from bot.door.links import Links
from bot.logs import set_up_logs
from bot.serving import change_turns_soon, collect_seldom, serving, settle, stop_signal, warming
from bot.telegram import service
from bot.telegram.pacing import Gate

#: Seconds that each line is about.
PIECE = 0.25

service.Gate = lambda clock, _: Gate(clock, LIFTED)  # type: ignore[assignment,misc]  # no setting lifts the limits


async def tell_held(file: Path) -> None:
    """Records for how long the event loop is blocked. Everybody who waits then waits at least so long, even on an idle
    machine.
    """
    with file.open("a", buffering=1) as told:
        longest, until = 0.0, time.monotonic() + PIECE
        while True:
            before = time.thread_time()
            await asyncio.sleep(0.001)
            longest = max(longest, time.thread_time() - before)
            if time.monotonic() > until:
                told.write(f"{time.monotonic():.2f} {longest * 1000:.0f}\n")
                longest, until = 0.0, time.monotonic() + PIECE


async def main() -> None:
    settings = Settings(
        database_url=os.environ["BENCH_DATABASE"],
        data_dir=Path(os.environ["BENCH_FOLDER"]),
        telegram_token="7000001:bench",
        telegram_api=os.environ["BENCH_API"],
        web_listen=os.environ.get("BENCH_WEB", "127.0.0.1:0"),
    )
    set_up_logs()
    collect_seldom()
    change_turns_soon()
    stop = stop_signal()
    now = dt.datetime.fromisoformat(os.environ.get("BENCH_NOW", NOW.isoformat()))
    async with serving(settings, channels_of(settings), Links(), now=lambda: now), warming(settings.language):
        settle()
        telling = asyncio.create_task(tell_held(settings.data_dir / "held")) if "BENCH_WEB" in os.environ else None
        await stop.wait()
        if telling:
            telling.cancel()


if __name__ == "__main__":
    asyncio.run(main())
