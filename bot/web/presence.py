"""The page behind the code on the wall of a meeting, where one press records that somebody is present. It is below /v,
where a browser shows whoever is signed in; their relation to the meeting is checked by the conversation, as for the
button in chat.
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
    return page(request, "presence.html", known=False, scanned=False, several=())


@routes.get("/v" + _MEETING + _CODE)
async def lead(request: web.Request) -> web.StreamResponse:
    """To the page of whoever is signed in here; of several it is asked who scanned; a stranger is told where their button is."""
    persons, front = await signed_in(request), house_of(request).front
    seats = [(_seat(request, f"/p/{one}/"), one) for one in persons]
    if len(seats) == 1:
        raise web.HTTPSeeOther(seats[0][0])
    several = [(where, await front.named(one)) for where, one in seats]
    return page(request, "presence.html", known=False, scanned=True, several=several)


@routes.get(_SEAT + _MEETING + _CODE)
async def show(request: web.Request) -> web.StreamResponse:
    """One button below the name it counts for; looking says nothing."""
    if await find_browser(request) is None:
        return page(request, "presence.html", known=False, scanned=True, several=())
    browser = await require_browser(request)
    name = await house_of(request).front.named(browser.person)
    return page(request, "presence.html", known=True, name=name, where=_seat(request, browser.path), once=random_id())


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


def _seat(request: web.Request, path: str) -> str:
    """The page of somebody's button for what was scanned."""
    return f"{house_of(request).settings.root}{path}hop/{request.match_info['meeting']}/{request.match_info['code']}"
