"""Fetches a file a person sent: what Telegram says of it is looked at first, and no more is read than may come."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import Document
from aiohttp import ClientError

from bot.door.files import doubt
from bot.roster.package import MAX_BYTES
from bot.telegram.failures import outline
from bot.telegram.texts import whole

#: Seconds for the whole of a file; handling it has to fit behind it (`handling.TAKE_TIMEOUT`).
FETCH_TIMEOUT = 15.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file, or in `trouble` why there is none (`dialogs.core.events.Handed`)."""

    name: str
    content: bytes = b""
    trouble: str = ""


Fetch = Callable[[Document], Awaitable[Fetched]]


class _TooMuch(Exception):
    """More came than was said."""


class _Bounded(io.BytesIO):
    """Holds MAX_BYTES and no more."""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Raises _TooMuch."""
        if self.tell() + len(data) > MAX_BYTES:
            raise _TooMuch
        return super().write(data)


def fetching(bot: Bot) -> Fetch:
    """How files are fetched with this bot."""

    async def fetch(document: Document) -> Fetched:
        name = whole(document.file_name or "")
        trouble = doubt(name, document.file_size)
        if trouble:
            return Fetched(name, trouble=trouble)
        try:
            async with asyncio.timeout(FETCH_TIMEOUT):
                return Fetched(name, await _content(bot, document))
        except _TooMuch:
            return Fetched(name, trouble="too_big")
        except (AiogramError, ClientError, OSError, TimeoutError) as error:  # their texts hold the token
            _log.warning("telegram_file_not_fetched", **outline(error))
            return Fetched(name, trouble="lost")

    return fetch


async def _content(bot: Bot, document: Document) -> bytes:
    file = await bot.get_file(document.file_id)
    into = _Bounded()
    await bot.download_file(file.file_path or "", into, seek=False)
    return into.getvalue()
