"""The webhook: a route that can be mounted into any aiohttp application."""

import asyncio
import json
import secrets

from aiohttp import web
from telegram.ext import ExtBot

from bot.telegram.pacing import Lane
from bot.telegram.reading import KINDS_OF_UPDATES
from bot.telegram.receiving import Receiver
from bot.telegram.settings import SECRET

#: The header in which Telegram gives the secret back.
HEADER = "X-Telegram-Bot-Api-Secret-Token"

#: Where Telegram calls, below the public address.
PATH = "/telegram"

#: Seconds to keep Telegram waiting for the replies; after 60 it would deliver again by itself.
ANSWER_WITHIN = 35.0

#: Seconds for which a pressed button may show that it waits.
SPINS_FOR = 1.0

#: Bytes of an update at most. A page of law, pasted with its links and quoted, is some 74 KB.
MOST = 2**20

#: How many updates may be under way to us at once: Telegram's most. One that is slow keeps one place.
AT_ONCE = 100


def webhook_routes(receiver: Receiver, secret: str, path: str = PATH) -> list[web.RouteDef]:
    """The route. It responds 200 when the replies to the update are sent. Until then Telegram keeps this update and the
    person's next one, and delivers both again if this process dies.

    Other statuses: 403 without the secret; 413 for a body too large for an update; 400 for invalid JSON; 200 for an
    update that cannot be understood (otherwise it would be repeated for ever); 503 when the replies cannot be sent yet,
    so that it is repeated.
    """

    async def receive(request: web.Request) -> web.Response:
        shown = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not secrets.compare_digest(shown, secret.encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await _body(request))
        except ValueError:
            return web.Response(status=400)
        passage = receiver.accept_raw(raw, answers_press=False) if isinstance(raw, dict) else None
        if passage is None:
            return web.Response()
        if passage.held:  # the next piece of a cut text, or the next text of a breath, comes only after this answer
            await receiver.put_by(passage, raw)
            return web.Response()
        press = passage.pieces[0].press
        if press:
            await asyncio.wait([passage.sent], timeout=SPINS_FOR)
            if (
                passage.settled
            ):  # what Telegram would be asked in a request of its own is told in the answer to this one
                return web.json_response({"method": "answerCallbackQuery", "callback_query_id": press})
            await receiver.answer_press(passage)
        await asyncio.wait([passage.sent], timeout=ANSWER_WITHIN)
        return web.Response(status=200 if passage.settled else 503)

    return [web.post(path, receive)]


async def _body(request: web.Request) -> bytes:
    """The update as it came: it may be longer than the web chat lets anything be. Raises HTTPRequestEntityTooLarge."""
    body = bytearray()
    async for some in request.content.iter_any():
        body += some
        if len(body) > MOST:
            raise web.HTTPRequestEntityTooLarge(MOST, len(body))
    return bytes(body)


async def register_webhook(bot: ExtBot[Lane], url: str, secret: str) -> None:
    """Tell Telegram where to call (`url` with its path) and what to show. Raises TelegramError, ValueError for a bad
    secret.
    """
    if not SECRET.fullmatch(secret):
        raise ValueError("a webhook secret has 1 to 256 of: letters, digits, _ and -")
    await bot.set_webhook(url, secret_token=secret, allowed_updates=KINDS_OF_UPDATES, max_connections=AT_ONCE)
