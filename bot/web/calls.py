"""Subscribing a browser to push messages for times when its page is closed, or ending that (the page's `calls.js`)."""

import json

from aiohttp import web

from bot.web.house import house_of
from bot.web.outside import outside
from bot.web.paces import at_once
from bot.web.sessions import require_browser, require_own_page
from bot.web.settings import NAME
from storage.repositories.access.pushes import PushAddress

#: Bytes of what a browser tells of itself, at most.
_MOST = 8 * 1024

routes = web.RouteTableDef()


@routes.post(r"/p/{person:\d{1,18}}/calls")
async def be_called(request: web.Request) -> web.Response:
    """The `PushSubscription` of this browser, as it tells it (JSON). Raises 400 for what is none, and for any address that is not
    https on a public machine.
    """
    require_own_page(request)
    browser = await require_browser(request)
    await at_once(1, house_of(request).speech(browser.person))
    if (request.content_length or 0) > _MOST:
        raise web.HTTPRequestEntityTooLarge(_MOST, request.content_length or 0)
    from bot.web.sealing import checked  # noqa: PLC0415 - 40 ms: only when somebody asks for it

    try:
        match json.loads(await request.text()):
            case {"endpoint": str(endpoint), "keys": {"p256dh": str(point), "auth": str(auth)}}:
                address = checked(PushAddress(outside(endpoint), point, auth))
            case _:
                raise web.HTTPBadRequest
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest from None
    await house_of(request).front.call_at(NAME, browser.account, address)
    return web.Response(status=204)


@routes.post(r"/p/{person:\d{1,18}}/calls/end")
async def be_left_alone(request: web.Request) -> web.Response:
    """The browser is called no more."""
    require_own_page(request)
    browser = await require_browser(request)
    await house_of(request).front.call_at(NAME, browser.account, None)
    return web.Response(status=204)
