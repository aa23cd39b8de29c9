"""Signing in, by the one-time link of an invitation, by typing its code, or on the demo's phones; and signing out.

A link only shows a page with a button (the door), because messengers fetch links for previews and must not use up the
code. The page sets the cookie of the door and contains a secret of its own (`once`); the session that the button begins
is derived from both. Pressing it twice gives the same account and the same update, so it takes effect once. Unknown
codes are reported at once, wherever they were entered.
"""

import hashlib
import ipaddress
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.codes import clean
from bot.door.channel import Incoming, Worded
from bot.door.front import Worth
from bot.door.words import word
from bot.web import cookies
from bot.web.callers import app_around, caller, tell_of_proxy
from bot.web.guesses import LATE
from bot.web.house import house_of
from bot.web.sessions import (
    Browser,
    account_of,
    door_page,
    fields_of,
    find_browser,
    keep_cookie,
    page,
    random_id,
    require_own_page,
    session_of,
    tongue_of,
)
from bot.web.settings import NAME, SIGN_OUT, DemoPhones
from dialogs.core.events import Commanded
from dialogs.core.state import Invitation, Invited
from dialogs.lobby.welcome import refusal

_log = structlog.get_logger()


#: The most characters of a wrong code that are shown again in the box.
_SHOWN = 40

routes = web.RouteTableDef()


@routes.get("/")
async def show_entrance(request: web.Request) -> web.Response:
    """The page for strangers, with a box for a code."""
    return door_page(request, "entrance.html")


@routes.get("/i/{code}")
async def show_door(request: web.Request) -> web.StreamResponse:
    """The page of an invitation with its one button. It does not use the code up."""
    code, refused = await _looked_up(request, request.match_info["code"])
    return (
        door_page(request, "door.html", code=code, lost=False, app=app_around(request)) if refused is None else refused
    )


@routes.post("/i")
async def walk_in(request: web.Request) -> web.StreamResponse:
    """Handles the button of the door, or a code typed into the box."""
    require_own_page(request)
    form = await fields_of(request)
    code, refused = await _looked_up(request, form.get("code", ""), pressed=True)
    if refused is not None:
        return refused
    door, once = cookies.of_door(request).of(request), form.get("once", "")
    if not door or not 0 < len(once) <= cookies.MOST_CHARS:
        return door_page(request, "door.html", code=code, lost=bool(once), app=app_around(request))
    return await sign_in(request, code, session_of(door, once, code))


async def sign_in(request: web.Request, code: str, session: str) -> web.StreamResponse:
    """Use the code up for this session. Leads to the chat, or shows the conversation's refusal."""
    account, house = account_of(session), house_of(request)
    update = f"{account[:24]}:start:{hashlib.sha256(code.encode()).hexdigest()[:16]}"
    answered = await house.front.take(Incoming(NAME, account, update, Commanded("start", code)))
    person = await house.front.who(NAME, account)
    if person is None:
        return _refused(request, 403, *answered.replies)
    browser = Browser(person, session)
    response = _see_other(house.settings.root + browser.path)
    keep_cookie(request, response, browser)
    cookies.of_door(request).forget(request, response)
    return response


@routes.post(r"/p/{person:\d{1,18}}/out")
async def walk_out(request: web.Request) -> web.StreamResponse:
    """Sign this browser out."""
    require_own_page(request)
    browser, house = await find_browser(request), house_of(request)
    response = _see_other(f"{house.settings.root}/")
    if browser:
        update = f"{browser.account[:24]}:out"
        await house.front.take(Incoming(NAME, browser.account, update, Commanded(SIGN_OUT)))
        cookies.of_person(request, browser.person).forget(request, response)
        if beside := cookies.of_checking(request, browser.person):
            beside.forget(request, response)
    return response


async def _looked_up(request: web.Request, typed: str, *, pressed: bool = False) -> tuple[str, web.Response | None]:
    """The code in what was typed or pasted, and the response if it does not open. People who come back with a code that
    they used themselves are led to their page; others are refused.

    With `pressed`, every code that exists is accepted here, even a used one, and the conversation decides: when the
    button is pressed twice, this same browser has used it.
    """
    code, address = clean(typed), caller(request)
    tell_of_proxy(request)
    if not code:
        return "", _refused(request, 400, _worded(request, Invited(Invitation.MALFORMED)), typed=typed)
    async with house_of(request).guesses.one_more(address) as this:
        worth = await house_of(request).front.worth(code)
        this.good = worth.outcome is not Invitation.UNKNOWN
    if this.good and (pressed or _may_open(worth)):
        return code, None
    if this.good:
        told = _worded(request, Invited(worth.outcome, opens_at=worth.opens_at))
        return code, await _home(request, worth) or _refused(request, 403, told)
    _log.info("wrong code", address=address, left=this.left)
    if this.left is None:
        late = _refused(request, 429, _worded(request, Invited(Invitation.TOO_MANY)), typed=typed)
        late.headers["Retry-After"] = str(int(LATE))
        return code, late
    return code, _refused(request, 403, _worded(request, Invited(worth.outcome, left=this.left)), typed=typed)


def _may_open(worth: Worth) -> bool:
    return worth.outcome not in {Invitation.USED, Invitation.EXPIRED, Invitation.REVOKED}


async def _home(request: web.Request, worth: Worth) -> web.Response | None:
    """A redirect to the page of somebody who opens the link of their own used invitation again, if the browser has
    their session; otherwise None.
    """
    if worth.outcome is not Invitation.USED or worth.person is None:
        return None
    session = cookies.of_person(request, worth.person).of(request)
    if not session or await house_of(request).front.who(NAME, account_of(session)) != worth.person:
        return None
    return _see_other(f"{house_of(request).settings.root}/p/{worth.person}/")


def _worded(request: web.Request, invited: Invited) -> Worded:
    return word(refusal(invited), tongue_of(request))


def _refused(request: web.Request, status: int, *replies: Worded, typed: str = "") -> web.Response:
    return door_page(request, "refused.html", status, replies=replies, typed=typed.strip()[:_SHOWN])


def _see_other(path: str) -> web.Response:
    """A redirect as a response, which can set cookies; aiohttp has one only as an exception."""
    return web.Response(status=303, headers={"Location": path})


_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@routes.get("/demo")
async def show_demo(request: web.Request) -> web.Response:
    """The page with the demo's phones side by side."""
    return page(request, "demo.html", phones=_demo(request))


@routes.get(r"/p/{person:\d{1,18}}/demo")
async def pick_up(request: web.Request) -> web.StreamResponse:
    """A phone of the demo. If this browser has used it before, its conversation goes on; otherwise it is signed in at
    once, without the button of an invitation.
    """
    person = int(request.match_info["person"])
    phone = next((one for one in _demo(request).values() if one.person == person), None)
    if phone is None:
        raise web.HTTPNotFound
    if browser := await find_browser(request):
        return _see_other(house_of(request).settings.root + browser.path)
    return await sign_in(request, clean(await phone.fresh_code()), random_id())


def _demo(request: web.Request) -> DemoPhones:
    """The phones of the demo. Raises 404 unless demo mode is on and the request comes from this machine and names it,
    which also rules out DNS rebinding.
    """
    phones = house_of(request).settings.demo
    named = urlsplit(f"//{request.host}").hostname
    if phones is None or named not in _LOCAL_NAMES or not _is_loopback(request.remote):
        raise web.HTTPNotFound
    return phones


def _is_loopback(address: str | None) -> bool:
    return address is not None and ipaddress.ip_address(address).is_loopback
