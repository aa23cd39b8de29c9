"""Where the console begins: at the newest campaign's people."""

from aiohttp import web

from bot.console.house import HOME, Page, Visit
from bot.web.house import house_of


async def start(visit: Visit) -> web.StreamResponse:
    """The way in leads on."""
    return web.Response(status=303, headers={"Location": f"{house_of(visit.request).settings.root}{HOME}/nguoi"})


PAGES = (Page("", start),)
