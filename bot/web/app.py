"""The web channel as an aiohttp application, to which other routes (Telegram's webhook) can be added."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

from aiohttp import hdrs, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.door.front import Front
from bot.troubles import trouble_listening
from bot.web import calls, chat, checking, files, phone, presence, signin
from bot.web.callers import is_ours
from bot.web.house import HOUSE, DocumentCache, WebHouse, WebSettings, house_of
from bot.web.pages import Pages, load_assets
from bot.web.parcels import Parcels
from bot.web.sessions import door_page, page, set_headers

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

#: Seconds allowed for requests under way at shutdown.
LAST_WORDS = 10.0

#: Seconds for which an idle connection is kept; aiohttp's default is an hour.
IDLE = 75.0

#: Log message for clients that left before the response; it is no failure of ours, so it is suppressed.
GONE = 499

#: Status → page with an explanation. Other statuses keep aiohttp's plain response.
LOCKED = 401
_PAGES: Mapping[int, str] = {LOCKED: "locked.html", 403: "lost.html", 404: "lost.html", 429: "hurry.html"}

#: The parts of the site.
PARTS = (signin, checking, presence, chat, calls, files, phone)
_OURS = {route.handler for part in PARTS for route in part.routes if isinstance(route, web.RouteDef)}


def _say_no_program() -> None:
    """What our hook takes off (`set_headers`) aiohttp also writes where no hook is asked: on what it cannot read as a request."""
    usual = web.StreamResponse._prepare_headers  # noqa: SLF001 - it has no other place

    async def without_banner(self: web.StreamResponse) -> None:
        await usual(self)
        self.headers.popall(hdrs.SERVER, None)

    setattr(web.StreamResponse, "_prepare_headers", without_banner)  # noqa: B010 - a method of theirs


_say_no_program()


def _is_trouble(record: logging.LogRecord) -> bool:
    """What anybody sends that is no request is answered 400, and is no trouble of ours: it would ring somebody's bell at night."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError | web.RequestPayloadError))


logging.getLogger("aiohttp.server").addFilter(_is_trouble)


def web_app(front: Front, settings: WebSettings | None = None) -> web.Application:
    """The web chat over this door. Nothing is started; the caller runs and stops it."""
    settings = settings or WebSettings()
    assets = load_assets(settings.root)
    app = web.Application(middlewares=[speak_kindly, answer_at_home], client_max_size=64 * 1024)
    drawn = Pages(assets, settings.text_limit)
    app[HOUSE] = WebHouse(front, settings, assets, drawn, DocumentCache(front), Parcels(front))
    for part in PARTS:
        app.add_routes(part.routes)
    app.on_response_prepare.append(set_headers)
    app.cleanup_ctx.append(chat.giving_signs)
    app.on_shutdown.append(chat.close_lines)
    app.on_cleanup.append(files.close_parcels)
    return app


@web.middleware
async def speak_kindly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refusals and our own failures as a page in plain words; the cause goes to the log."""
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        if refusal.status not in _PAGES:
            raise
        told = (door_page if refusal.status == LOCKED else page)(request, _PAGES[refusal.status], refusal.status)
        if after := refusal.headers.get("Retry-After"):
            told.headers["Retry-After"] = after
        return told
    except Exception as error:
        if isinstance(error, ConnectionResetError) and _is_gone(request):
            return web.Response(status=GONE)
        log.exception("%s %s", request.method, _route(request))
        return page(request, "trouble.html", 500)


@web.middleware
async def answer_at_home(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Serve our pages at the public address only, if one is set. Routes of other channels have secrets of their own and
    are served wherever they were announced.
    """
    if request.match_info.handler in _OURS and not is_ours(request):
        log.info("asked for under another name: %s", request.host[:100])
        return page(request, "elsewhere.html", 421, address=house_of(request).settings.public_url)
    return await handler(request)


def _is_gone(request: web.Request) -> bool:
    """Whether nobody is left to answer: the phone lost its line while the page opened its own."""
    return request.transport is None or request.transport.is_closing()


def _route(request: web.Request) -> str:
    """The address as the route has it, `/i/{code}`: addresses carry codes."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else ""


#: Length of the kernel's queue of new connections, long enough that a flood does not displace others.
BACKLOG = 2048


@asynccontextmanager
async def site(app: web.Application, host: str, port: int, setting: str = "TUSOI_WEB_LISTEN") -> AsyncIterator[str]:
    """The application answering at host and port (0: any free one); its address. Raises TusoiError naming the setting."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_WORDS, keepalive_timeout=IDLE)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port, backlog=BACKLOG).start()
        except OSError as error:
            raise trouble_listening(setting, f"{host}:{port}", error) from None
        sockets: Sequence[tuple[str, int]] = runner.addresses
        yield f"http://{host}:{sockets[0][1]}"
    finally:
        await runner.cleanup()
