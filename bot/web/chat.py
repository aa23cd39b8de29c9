"""The chat page of one person and the socket behind it."""

from aiohttp import web

from bot.web.frames import MAX_FRAME
from bot.web.house import HOUSE, house_of
from bot.web.security import require_own_page
from bot.web.sessions import find_seat, keep_cookie, language_of, page, require_seat
from bot.web.socket import SIGNED_OUT, PageSocket

#: Exchanges of the first view, and the most that "earlier" may bring.
FIRST_VIEW = 60
MOST = 1000

#: Seconds between the pings by which a dead phone is noticed.
HEARTBEAT = 25.0

routes = web.RouteTableDef()


@routes.get(r"/p/{person:\d{1,18}}")
async def add_slash(request: web.Request) -> web.StreamResponse:
    """The cookie belongs to the path with the slash."""
    raise web.HTTPPermanentRedirect(f"/p/{request.match_info['person']}/")


@routes.get(r"/p/{person:\d{1,18}}/")
async def show_chat(request: web.Request) -> web.StreamResponse:
    """The conversation so far; scripts take it from there."""
    house, seat = house_of(request), await require_seat(request)
    limit = _limit(request)
    talk = await house.front.history(seat.person, limit=limit)
    response = page(
        request,
        "chat.html",
        base=seat.path,
        talk=house.pages.talk(seat.path, language_of(request), talk),
        earlier=min(limit * 4, MOST) if len(talk) == limit < MOST else None,
        commands=await house.front.menu(seat.person),
    )
    keep_cookie(request, response, seat)
    return response


@routes.get(r"/p/{person:\d{1,18}}/ws")
async def open_socket(request: web.Request) -> web.StreamResponse:
    """The line of an open page. A page that is signed out is told so and closed."""
    require_own_page(request)
    seat = await find_seat(request)
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=MAX_FRAME)
    await socket.prepare(request)
    if seat is None:
        await socket.close(code=SIGNED_OUT)
        return socket
    house = house_of(request)
    house.sockets.add(socket)
    try:
        await PageSocket(house, seat, socket).run()
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
