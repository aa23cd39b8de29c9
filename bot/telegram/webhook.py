"""The webhook: a route that anybody may mount into their aiohttp application."""

import asyncio
import re
import secrets
from json import JSONDecodeError

from aiohttp import web
from telegram.ext import ExtBot

from bot.telegram.failures import our_errors
from bot.telegram.pacing import Lane
from bot.telegram.reading import KINDS_OF_UPDATES
from bot.telegram.receiving import Receiver

#: The header in which Telegram gives the secret back.
HEADER = "X-Telegram-Bot-Api-Secret-Token"

#: Where Telegram calls, below the public address.
PATH = "/telegram"

#: Seconds to keep Telegram waiting for the commit; after 60 it would deliver again by itself.
ANSWER_WITHIN = 35.0

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def webhook_routes(receiver: Receiver, secret: str, path: str = PATH) -> list[web.RouteDef]:
    """The route. It answers 200 when the effect of the update is committed; the replies follow by themselves.

    403 without the secret; 400 for what is not JSON; 200 for an update nobody understands (it would be
    delivered for ever).
    """

    async def receive(request: web.Request) -> web.Response:
        if not secrets.compare_digest(request.headers.get(HEADER, "").encode(), secret.encode()):
            return web.Response(status=403)
        try:
            raw = await request.json()
        except (JSONDecodeError, UnicodeDecodeError):
            return web.Response(status=400)
        passage = receiver.accept_raw(raw) if isinstance(raw, dict) else None
        if passage and not passage.held:  # the next piece of a cut text comes only after this answer
            await asyncio.wait([passage.taken], timeout=ANSWER_WITHIN)
        return web.Response()

    return [web.post(path, receive)]


async def register_webhook(bot: ExtBot[Lane], url: str, secret: str) -> None:
    """Tell Telegram where to call (`url` with its path) and what to show. Raises ValueError for a bad secret."""
    if not _SECRET.fullmatch(secret):
        raise ValueError("a webhook secret has 1 to 256 of: letters, digits, _ and -")
    with our_errors():
        await bot.set_webhook(url, secret_token=secret, allowed_updates=KINDS_OF_UPDATES, max_connections=40)
