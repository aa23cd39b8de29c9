"""The demo page: two phones side by side, both signed in. Only in demo mode, only from this machine."""

import ipaddress
from urllib.parse import quote, urlsplit

from aiohttp import web

from bot.web.house import house_of
from bot.web.sessions import new_session, page
from bot.web.signin import read_code, sign_in

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

routes = web.RouteTableDef()


@routes.get("/demo")
async def show_demo(request: web.Request) -> web.Response:
    """Two framed phones with fresh sign-in links."""
    _require_local(request)
    make_links = house_of(request).settings.demo_links
    if make_links is None:
        raise web.HTTPNotFound
    frames = [f"/demo/in?code={quote(read_code(link))}" for link in await make_links()]
    return page(request, "demo.html", employee=frames[0], head=frames[1])


@routes.get("/demo/in")
async def walk_straight_in(request: web.Request) -> web.StreamResponse:
    """What the button of an invitation does, without the button."""
    _require_local(request)
    return await sign_in(request, read_code(request.query.get("code", "")), new_session())


def _require_local(request: web.Request) -> None:
    """Raises 404 unless demo mode is on and both ends and the name used are this machine (no rebinding)."""
    demo_on = house_of(request).settings.demo_links is not None
    named = urlsplit(f"//{request.host}").hostname
    if not (demo_on and named in _LOCAL_NAMES and _is_loopback(request.remote)):
        raise web.HTTPNotFound


def _is_loopback(address: str | None) -> bool:
    return address is not None and ipaddress.ip_address(address).is_loopback
