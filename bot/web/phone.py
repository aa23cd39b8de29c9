"""What makes the page installable on a phone: manifest, service worker, and the offline page."""

import json

from aiohttp import web

from bot.web.house import house_of
from bot.web.pages import TYPES, Assets
from bot.web.sessions import require_browser, tongue_of
from templates.wording import LANGUAGES

routes = web.RouteTableDef()


#: What the booth needs and no other page: it is fetched when somebody votes.
FETCHED = frozenset({"vendor/blindrsa.js", "vendor/hpke.js", "vendor/shamir-secret-sharing.js"})


@routes.get("/static/{digest:[0-9a-f]{16}}/{name:.+}")
async def show_asset(request: web.Request) -> web.Response:
    """Style sheets, scripts, icons."""
    return asset_response(house_of(request).assets, request.match_info["digest"], request.match_info["name"])


@routes.get("/favicon.ico")
async def show_icon(request: web.Request) -> web.Response:
    """Browsers ask for it unasked."""
    assets = house_of(request).assets
    return asset_response(assets, "", "icon-192.png")


@routes.get("/sw.js")
async def show_worker(request: web.Request) -> web.Response:
    """The service worker, whose scope is the whole site. It shows push messages and caches only static files and the
    offline page, in the language of the page that asked for it: `?language=en`.
    """
    house, language = house_of(request), _asked(request)
    told = house.pages.draw("push.txt", language).strip()
    names = [name for name in sorted(house.assets.files) if name not in FETCHED and not name.startswith("booth")]
    text = house.pages.draw("worker.js", language, digest=house.assets.digest, names=names, told=told)
    return web.Response(text=text, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@routes.get("/offline")
async def show_offline(request: web.Request) -> web.Response:
    """Shown by the service worker when there is no connection."""
    html = house_of(request).pages.draw("offline.html", _asked(request))
    return web.Response(text=html, content_type="text/html", headers={"Cache-Control": "no-cache"})


@routes.get(r"/p/{person:\d{1,18}}/manifest.webmanifest")
async def show_manifest(request: web.Request) -> web.Response:
    """The installed page opens this person's chat."""
    browser, assets = await require_browser(request), house_of(request).assets
    text = house_of(request).pages.draw(
        "manifest.json",
        tongue_of(request),
        base=json.dumps(house_of(request).settings.root + browser.path),
        url=assets.url,
    )
    return web.Response(text=text, content_type="application/manifest+json")


def _asked(request: web.Request) -> str:
    """The language an address asks for: a service worker belongs to a browser, and does not know who is signed in."""
    asked = request.query.get("language", "")
    return asked if asked in LANGUAGES else house_of(request).settings.language


def asset_response(assets: Assets, digest: str, name: str) -> web.Response:
    """One static file. An address of an older version gives the present file, not to be cached."""
    if name not in assets.files:
        raise web.HTTPNotFound
    caching = "public, max-age=31536000, immutable" if digest == assets.digest else "no-cache"
    return web.Response(
        body=assets.files[name],
        content_type=TYPES[name.rpartition(".")[2]],
        headers={"Cache-Control": caching},
    )
