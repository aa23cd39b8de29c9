"""Fetches files that people send: Telegram's description is checked first, and reading stops at the maximum size."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from telegram.error import TelegramError

from bot.door.files import doubt
from bot.roster.package import MAX_BYTES
from bot.telegram.failures import outline
from bot.telegram.texts import whole
from bot.telegram.updates import Document
from bot.telegram.wire import Access, TooMuch, Wire

#: Seconds for fetching a file; handling it must fit into the remaining time (`handling.TAKE_TIMEOUT`).
FETCH_TIMEOUT = 15.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file, or in `trouble` the reason why there is none (`dialogs.core.events.Handed`)."""

    name: str
    content: bytes = b""
    trouble: str = ""


#: A file, and which may be sent (`xlsx`, `any`).
Fetch = Callable[[Document, str], Awaitable[Fetched]]


def fetching(access: Access, wire: Wire) -> Fetch:
    """How files are fetched with this bot."""

    async def fetch(document: Document, takes: str) -> Fetched:
        name = whole(document.file_name or "")
        trouble = doubt(name, document.file_size, takes=takes)
        if trouble:
            return Fetched(name, trouble=trouble)
        try:
            async with asyncio.timeout(FETCH_TIMEOUT):
                about = await access.ask(wire, "getFile", file_id=document.file_id)
                return Fetched(name, await access.file(wire, str(about.get("file_path", "")), MAX_BYTES))
        except TooMuch:
            return Fetched(name, trouble="too_big")
        except (TelegramError, TimeoutError) as error:
            _log.warning("telegram_file_not_fetched", **outline(error))
            return Fetched(name, trouble="lost")

    return fetch
