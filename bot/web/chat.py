"""The chat page of a person: the newest bubbles, older ones on scrolling up, and the live connection."""

import asyncio
import re
from collections.abc import AsyncIterator

from aiohttp import WSMsgType, web

from bot.web.callers import app_around
from bot.web.frames import MAX_FRAME
from bot.web.house import HOUSE, house_of
from bot.web.line import GOODBYE, MOST_AFTERWARDS, MOST_STRANGERS, SIGNED_OUT, Line, cut
from bot.web.paces import at_once
from bot.web.sessions import (
    Browser,
    find_browser,
    keep_cookie,
    opened_by,
    page,
    require_browser,
    require_own_page,
    tongue_of,
)
from dialogs.lobby.menu import grouped

#: Number of exchanges in the first view, and in each piece loaded by scrolling up.
VIEW = 20

#: Seconds between the pings that detect a dead phone.
HEARTBEAT = 25.0

_NUMBER = re.compile(r"\d{1,9}", re.ASCII)

routes = web.RouteTableDef()


@routes.get(r"/p/{person:\d{1,18}}")
async def add_slash(request: web.Request) -> web.StreamResponse:
    """Redirect to the path with a slash, which is the one the cookie is sent to."""
    raise web.HTTPPermanentRedirect(f"{house_of(request).settings.root}/p/{request.match_info['person']}/")


@routes.get(r"/p/{person:\d{1,18}}/")
async def show_chat(request: web.Request) -> web.StreamResponse:
    """The page with the newest bubbles; scripts do the rest."""
    house, browser = house_of(request), await opened_by(request, steps=3)
    talk, earlier = await _view(request, browser)
    response = page(
        request,
        "chat.html",
        base=house.settings.root + browser.path,
        menu=grouped(await house.front.menu(browser.person)),
        pulse=round(house.settings.pulse * 1000),
        account=browser.account[:12],
        push_key=await house.front.push_key(),
        app=app_around(request),
        talk=talk,
        earlier=earlier,
    )
    keep_cookie(request, response, browser)
    return response


@routes.get(r"/p/{person:\d{1,18}}/earlier")
async def show_earlier(request: web.Request) -> web.StreamResponse:
    """The bubbles before those that the page shows."""
    house, browser = house_of(request), await require_browser(request, steps=3)
    before = request.query.get("before", "")
    if not _NUMBER.fullmatch(before):
        raise web.HTTPNotFound
    talk, earlier = await _view(request, browser, int(before))
    return page(request, "earlier.html", base=house.settings.root + browser.path, talk=talk, earlier=earlier)


async def _view(request: web.Request, browser: Browser, before: int | None = None) -> tuple[str, int | None]:
    """The bubbles of the last `VIEW` exchanges, and the id of the first of these (None: there are no earlier ones)."""
    house = house_of(request)
    async with house.turn_of(browser.person):
        found = await house.front.history(browser.person, limit=VIEW + 1, before=before)
        shown = found[-VIEW:]
        talk = await house.pages.talk(house.settings.root + browser.path, tongue_of(request), shown)
    return talk, shown[0].id if len(found) > VIEW else None


@routes.get(r"/p/{person:\d{1,18}}/beside")
async def show_beside(request: web.Request) -> web.StreamResponse:
    """The column beside the conversation on a wide screen."""
    house, browser = house_of(request), await require_browser(request, steps=2)
    shown = await house.front.beside(browser.person)
    return page(
        request,
        "beside.html",
        base=house.settings.root + browser.path,
        outline=shown.outline,
        papers=shown.papers,
        at=shown.at,
    )


@routes.get(r"/p/{person:\d{1,18}}/ws")
async def open_line(request: web.Request) -> web.StreamResponse:
    """The line of an open page. A page that is signed out is told so and closed."""
    require_own_page(request)
    house, browser = house_of(request), await find_browser(request)
    # Compression would cost 300 KB of memory for each open page, and bubbles are small. Pings are answered by us,
    # because aiohttp would answer thousands in a row without serving anybody else.
    socket = web.WebSocketResponse(
        heartbeat=HEARTBEAT,
        max_msg_size=MAX_FRAME,
        compress=False,
        timeout=GOODBYE,
        autoping=False,
        autoclose=browser is not None,
    )
    if browser is None:
        return await _turn_away(request, socket)
    await at_once(1, house.visits(browser.person))
    await socket.prepare(request)
    line = Line(house, browser, socket, request)
    house.lines.add(line)
    try:
        await line.run()
    finally:
        house.lines.remove(line)
    return socket


async def _turn_away(request: web.Request, socket: web.WebSocketResponse) -> web.StreamResponse:
    """Open the line of a page without a session only to close it with a code. If it were refused instead, the page
    could not read the reason. Only a few are handled at the same time.
    """
    lines = house_of(request).lines
    if lines.strangers >= MOST_STRANGERS:
        raise web.HTTPServiceUnavailable
    lines.strangers += 1
    try:
        await socket.prepare(request)
        await _say_goodbye(request, socket)
    finally:
        lines.strangers -= 1
    return socket


async def _say_goodbye(request: web.Request, socket: web.WebSocketResponse) -> None:
    """Send a close frame and wait for the page's own, reading only as many frames as a page may have sent before it.
    aiohttp's `close` would read for as long as somebody sends, and nobody else would be answered meanwhile.
    """
    try:
        async with asyncio.timeout(GOODBYE):
            await socket.send_frame(SIGNED_OUT.to_bytes(2), WSMsgType.CLOSE)
            for _ in range(MOST_AFTERWARDS):
                if (await socket.receive()).type in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.ERROR}:
                    break
    except (TimeoutError, ConnectionError):
        pass
    cut(request.transport)


async def giving_signs(app: web.Application) -> AsyncIterator[None]:
    """Keeps sending signs of life to open pages while the application runs."""
    house = app[HOUSE]
    house.lines.meanwhile(house.lines.give_signs(house.settings.pulse))
    yield
    house.lines.stop()


async def close_lines(app: web.Application) -> None:
    """Closes all lines at shutdown."""
    await app[HOUSE].lines.close()
