"""The way in: the one-time link of an invitation; the demo's two phones; and the way out.

A link only shows a page with one button: messengers fetch links to preview them, and that must not
use a code up. The page brings a random session in a short-lived cookie of the door; the button
makes it the account. Pressed twice, it is the same account and the same update, so it acts once.
"""

import hashlib
import ipaddress
import logging
import re
from urllib.parse import quote, urlsplit

from aiohttp import web

from bot.door.channel import Incoming
from bot.web.channel import NAME
from bot.web.house import house_of
from bot.web.sessions import (
    COOKIE,
    Browser,
    account_of,
    caller,
    find_browser,
    is_https,
    keep_cookie,
    new_session,
    page,
    require_own_page,
)
from dialogs.core.events import Commanded

log = logging.getLogger(__name__)

DOOR_SECONDS = 15 * 60
#: The command by which a person signs this device out.
SIGN_OUT = "thoat"

_CODE = re.compile(r"[0-9A-Za-z_-]{1,64}")
_LINK = re.compile(r"(?:/i/|[?&]start=)([^/?#&\s]+)")

routes = web.RouteTableDef()


@routes.get("/")
async def show_entrance(request: web.Request) -> web.Response:
    """How a stranger gets in."""
    return page(request, "entrance.html", why="", wait=0)


@routes.get("/i/{code}")
async def show_door(request: web.Request) -> web.Response:
    """The page of an invitation, with its one button. Uses nothing up."""
    code = read_code(request.match_info["code"])
    if not code:
        return page(request, "entrance.html", why="malformed", wait=0, status=400)
    response = page(request, "door.html", code=code)
    response.set_cookie(
        _door(code),
        new_session(),
        path="/i",
        max_age=DOOR_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=is_https(request),
    )
    return response


@routes.post("/i")
async def walk_in(request: web.Request) -> web.StreamResponse:
    """The button of the door, or a code typed at the entrance (which leads to its door)."""
    require_own_page(request)
    code = read_code(str((await request.post()).get("code", "")))
    if not code:
        return page(request, "entrance.html", why="malformed", wait=0, status=400)
    session = request.cookies.get(_door(code), "")
    if not session:
        raise web.HTTPSeeOther(f"/i/{quote(code)}")
    return await sign_in(request, code, session)


async def sign_in(request: web.Request, code: str, session: str) -> web.StreamResponse:
    """Use the code with this session: to the chat, or the refusal in the words of the conversation."""
    account, guesses, address = account_of(session), house_of(request).guesses, caller(request)
    update = f"{account[:24]}:start:{hashlib.sha256(code.encode()).hexdigest()[:16]}"
    with guesses.one_more(address) as may_try:
        if not may_try:
            log.warning("too many wrong codes from %s", address)
            return page(request, "entrance.html", why="too_many", wait=1, status=429)  # one more in half a minute
        answered = await house_of(request).front.take(Incoming(NAME, account, update, Commanded("start", code)))
        person = await house_of(request).front.who(NAME, account)
        if person is None:
            await guesses.was_wrong(address)
            log.info("a code was refused to %s", address)
            return page(request, "refused.html", replies=answered.replies, status=403)
    browser = Browser(person, session)
    response = _see_other(browser.path)
    keep_cookie(request, response, browser)
    return response


@routes.post(r"/p/{person:\d{1,18}}/out")
async def walk_out(request: web.Request) -> web.StreamResponse:
    """Sign this browser out."""
    require_own_page(request)
    browser = await find_browser(request)
    response = _see_other("/")
    if browser:
        update = f"{browser.account[:24]}:out"
        await house_of(request).front.take(Incoming(NAME, browser.account, update, Commanded(SIGN_OUT)))
        response.del_cookie(COOKIE, path=browser.path)
    return response


def read_code(typed: str) -> str:
    """The code in what was typed or pasted (a whole link will do), or "" when there is none."""
    link = _LINK.search(typed)
    code = link[1] if link else typed.strip()
    return code if _CODE.fullmatch(code) else ""


def _see_other(path: str) -> web.Response:
    """A redirect that may carry cookies (aiohttp's exception of that name may not be returned)."""
    return web.Response(status=303, headers={"Location": path})


def _door(code: str) -> str:
    return "door_" + hashlib.sha256(code.encode()).hexdigest()[:12]


_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


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
