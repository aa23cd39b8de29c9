"""The bare bot of bench/telegram_bare.py over real HTTP, as tutorials start it: long polling, state in memory."""

import asyncio
import json
import logging
import os
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.storage.base import BaseStorage

from bench.telegram_bare import Asking, dispatcher
from bot.door.channel import Worded, WordedKey


async def main(prepared: dict[str, Any]) -> None:
    asked = [
        Worded(html, tuple(tuple(WordedKey(label, data) for label, data in row) for row in rows))
        for html, rows in prepared["asked"]
    ]
    bare = dispatcher(asked, await _storage())
    bot = Bot("7000001:bench", session=AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BENCH_API"])))
    for person in prepared["people"]:
        await bare.fsm.get_context(bot, person, person).set_state(Asking.question)
    await bare.start_polling(bot)


async def _storage() -> BaseStorage | None:
    """The storage in Redis, emptied, if Redis is measured."""
    if not os.environ.get("BENCH_REDIS"):
        return None
    from aiogram.fsm.storage.redis import RedisStorage  # noqa: PLC0415 - a library of its own

    storage = RedisStorage.from_url(os.environ["BENCH_REDIS"])
    await storage.redis.flushdb()
    return storage


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    asyncio.run(main(json.loads(Path(os.environ["BENCH_ASKED"]).read_text())))
