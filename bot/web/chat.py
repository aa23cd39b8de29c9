"""The chat page of one person and the socket behind it."""

import asyncio
import json
import logging
import secrets
from collections.abc import Sequence

from aiohttp import WSMsgType, web

from bot.door.channel import Incoming
from bot.door.front import Exchange
from bot.web.channel import NAME
from bot.web.frames import MAX_FRAME, Hello, Spoken, Unread, read_frame
from bot.web.house import HOUSE, WebHouse, house_of
from bot.web.sessions import Browser, find_browser, keep_cookie, language_of, page, require_browser, require_own_page

#: Exchanges of the first view, and the most that "earlier" may bring.
FIRST_VIEW = 60
MOST = 1000

#: Seconds between the pings by which a dead phone is noticed.
HEARTBEAT = 25.0

routes = web.RouteTableDef()


@routes.get(r"/p/{person:\d{1,18}}")
async def add_slash(request: web.Request) -> web.StreamResponse:
    """The cookie belongs to the path with the slash."""
    raise web.HTTPPermanentRedirect(f"{house_of(request).settings.root}/p/{request.match_info['person']}/")


@routes.get(r"/p/{person:\d{1,18}}/")
async def show_chat(request: web.Request) -> web.StreamResponse:
    """The conversation so far; scripts take it from there."""
    house, browser = house_of(request), await require_browser(request)
    limit, base = _limit(request), house.settings.root + browser.path
    talk = await house.front.history(browser.person, limit=limit)
    response = page(
        request,
        "chat.html",
        base=base,
        talk=house.pages.talk(base, language_of(request), talk),
        earlier=min(limit * 4, MOST) if len(talk) == limit < MOST else None,
        commands=await house.front.menu(browser.person),
    )
    keep_cookie(request, response, browser)
    return response


@routes.get(r"/p/{person:\d{1,18}}/ws")
async def open_socket(request: web.Request) -> web.StreamResponse:
    """The line of an open page. A page that is signed out is told so and closed."""
    require_own_page(request)
    browser = await find_browser(request)
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=MAX_FRAME)
    await socket.prepare(request)
    if browser is None:
        await socket.close(code=SIGNED_OUT)
        return socket
    house = house_of(request)
    house.sockets.add(socket)
    try:
        await PageSocket(house, browser, socket).run()
    finally:
        house.sockets.discard(socket)
    return socket


async def close_sockets(app: web.Application) -> None:
    """At shutdown: pages come back by themselves when we do."""
    for socket in tuple(app[HOUSE].sockets):
        await socket.close(code=1012)


def _limit(request: web.Request) -> int:
    asked = request.query.get("n", "")
    return min(int(asked), MOST) if asked.isdecimal() and 0 < len(asked) < 6 and int(asked) else FIRST_VIEW


log = logging.getLogger(__name__)

#: Close code by which a page learns that it is signed out; it then loads anew and shows the way in.
SIGNED_OUT = 4401
SERVER_TROUBLE = 1011
#: A page that hears nothing for longer takes its connection for dead (chat.js), so we speak up before (seconds).
SILENCE = 12.0
#: Exchanges brought at once when a page comes back after a long time.
CATCH_UP = 500


class PageSocket:
    """The connection of one page of a signed-in person."""

    def __init__(self, house: WebHouse, browser: Browser, socket: web.WebSocketResponse) -> None:
        self._house = house
        self._browser = browser
        self._base = house.settings.root + browser.path
        self._socket = socket
        self._after: int | None = None  # the last exchange the page shows; None until it said so
        self._last: Exchange | None = None  # the same, once we have seen it
        self._language = ""  # of the page, as it said
        self._spoke_at = 0.0
        self._order = asyncio.Lock()

    async def run(self) -> None:
        """Until the page goes away. Trouble of ours closes the line; the page comes back and sends again."""
        watching = asyncio.create_task(self._watch())
        try:
            async for message in self._socket:
                await self._hear(message.data if message.type is WSMsgType.TEXT else "")
        except Exception:
            log.exception("web line of person %s", self._browser.person)
            await self._socket.close(code=SERVER_TROUBLE)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def _watch(self) -> None:
        try:
            async for _ in self._house.front.changes(self._browser.person):
                await self._bring_news()
                await self._break_silence()
        except (ConnectionError, asyncio.CancelledError):
            raise
        except Exception:
            log.exception("watching for person %s", self._browser.person)
            await self._socket.close(code=SERVER_TROUBLE)

    async def _hear(self, data: str) -> None:
        match read_frame(data):
            case Hello(after, language):
                self._after, self._last, self._language = after, None, language
                await self._bring_news()
            case Unread(ident, why):
                await self._note(why)
                await self._done(ident)
            case Spoken() as spoken:
                await self._take(spoken)

    async def _take(self, spoken: Spoken) -> None:
        """One event: kept first, then its bubbles, then the word that it is done."""
        await self._house.speech(self._browser.account).acquire()
        update = f"{self._browser.account[:24]}:{spoken.id}"
        answered = await self._house.front.take(Incoming(NAME, self._browser.account, update, spoken.event))
        if answered.person != self._browser.person:
            await self._socket.close(code=SIGNED_OUT)
            return
        await self._bring_news()
        await self._done(spoken.id)

    async def _bring_news(self) -> None:
        async with self._order:
            news = await self._read_news()
            if not news:
                return
            if await self._house.front.who(NAME, self._browser.account) != self._browser.person:
                await self._socket.close(code=SIGNED_OUT)
                return
            language = await self._house.front.language(self._browser.person)
            await self._send(self._house.pages.talk(self._base, language, news, self._last))
            self._after, self._last = news[-1].id, news[-1]
            if self._language not in {"", language}:  # another was chosen: the page is drawn anew
                await self._send(json.dumps({"language": language}))

    async def _read_news(self) -> Sequence[Exchange]:
        """What the page does not show yet. After a hello the last one it shows is read as well: news may redraw it."""
        if self._after is None:
            return ()
        after = self._after if self._last else self._after - 1
        news = await self._house.front.history(self._browser.person, after=after, limit=CATCH_UP)
        if news and news[0].id == self._after:
            self._last, news = news[0], news[1:]
        return news

    async def _note(self, why: str) -> None:
        language = await self._house.front.language(self._browser.person)
        await self._send(self._house.pages.draw("note.html", language, why=why, ident=secrets.token_hex(4)))

    async def _done(self, ident: str) -> None:
        if ident:
            await self._send(json.dumps({"done": ident}))

    async def _break_silence(self) -> None:
        if asyncio.get_running_loop().time() - self._spoke_at > SILENCE:
            await self._send("{}")

    async def _send(self, data: str) -> None:
        self._spoke_at = asyncio.get_running_loop().time()
        if not self._socket.closed:
            await self._socket.send_str(data)
