"""The house as `tusoi serve` opens it, for bench/wire.py: Telegram's limits are lifted, and it is always the same day
(BENCH_NOW; else that of bench/steps.py). BENCH_WEB: where its pages stand."""

import asyncio
import datetime as dt
import os
from pathlib import Path

from bench.steps import LIFTED, NOW
from bot.channels import Settings, channels_of
from bot.door.links import Links
from bot.logs import set_up_logs
from bot.serving import collect_seldom, serving, settle, stop_signal
from bot.telegram import service
from bot.telegram.pacing import Gate

service.Gate = lambda clock, _: Gate(clock, LIFTED)  # type: ignore[assignment,misc]  # no setting lifts the limits


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
    stop = stop_signal()
    now = dt.datetime.fromisoformat(os.environ.get("BENCH_NOW", NOW.isoformat()))
    async with serving(settings, channels_of(settings), Links(), now=lambda: now):
        settle()
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
