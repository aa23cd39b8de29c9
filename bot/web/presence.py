"""The page behind the code on the wall of a meeting: one press says that somebody is there. Below /v, where a browser shows whoever is signed
in in it; who they are to the meeting the conversation asks, as of the button in chat.
"""

from aiohttp import web

from bot.door.channel import Incoming
from bot.web.checking import signed_in
from bot.web.cookies import MOST_CHARS
from bot.web.house import house_of
from bot.web.sessions import fields_of, find_browser, page, random_id, require_browser, require_own_page
from bot.web.settings import NAME
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed

_MEETING = r"/hop/{meeting:\d{1,9}}"
_CODE = r"/{code:[0-9a-f]{1,16}}"
_SEAT = r"/p/{person:\d{1,18}}"

routes = web.RouteTableDef()


@routes.get("/v" + _MEETING)
async def without_code(request: web.Request) -> web.StreamResponse:
    """An address that somebody kept or typed: the code is scanned from the wall."""
    return page(request, "presence.html", known=False, scanned=False)


@routes.get("/v" + _MEETING + _CODE)
async def lead(request: web.Request) -> web.StreamResponse:
    """To the page of whoever is signed in here; a stranger is told where their button is."""
    persons = await signed_in(request)
    if not persons:
        return page(request, "presence.html", known=False, scanned=True)
    root, place = house_of(request).settings.root, request.match_info
    raise web.HTTPSeeOther(f"{root}/p/{persons[0]}/hop/{place['meeting']}/{place['code']}")


@routes.get(_SEAT + _MEETING + _CODE)
async def show(request: web.Request) -> web.StreamResponse:
    """One button; looking says nothing."""
    if await find_browser(request) is None:
        return page(request, "presence.html", known=False, scanned=True)
    browser, place = await require_browser(request), request.match_info
    where = f"{house_of(request).settings.root}{browser.path}hop/{place['meeting']}/{place['code']}"
    return page(request, "presence.html", known=True, where=where, once=random_id())


@routes.post(_SEAT + _MEETING + _CODE)
async def came(request: web.Request) -> web.StreamResponse:
    """The press: the same as the button in chat, with the code that was scanned; its answer stands there. Pressed twice it acts once."""
    require_own_page(request)
    browser, form = await require_browser(request), await fields_of(request)
    meeting, once = request.match_info["meeting"], form.get("once", "")
    if not 0 < len(once) <= MOST_CHARS:
        raise web.HTTPBadRequest
    event = Pressed(Button("meeting_came", 0, (meeting, "0", request.match_info["code"])))
    await house_of(request).front.take(Incoming(NAME, browser.account, f"{browser.account[:24]}:came:{once}", event))
    raise web.HTTPSeeOther(house_of(request).settings.root + browser.path)
