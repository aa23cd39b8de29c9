"""Sessions: which person a browser belongs to, by a random cookie, and the headers that protect its pages.

The web account is the SHA-256 of the session, so the database contains nothing with which one could sign in. Every
person has their own path (`/p/<id>/`) and cookie, so that several can be signed in in one browser. The server decides
when a session ends (`bot.door.lifetimes`), however long the browser keeps its cookie.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.web import cookies
from bot.web.callers import comes_from_us, is_https
from bot.web.house import house_of
from bot.web.paces import at_once
from bot.web.settings import NAME

#: What a request knows of the language of its reader, once it is found who that is.
TONGUE: web.RequestKey[str] = web.RequestKey("tongue", str)


@dataclass(frozen=True, slots=True)
class Browser:
    """A signed-in browser: the person, and the account it is tied by."""

    person: int
    session: str

    @property
    def account(self) -> str:
        """The account of the web channel."""
        return account_of(self.session)

    @property
    def path(self) -> str:
        """Where this person's pages live on our site."""
        return f"/p/{self.person}/"


def random_id() -> str:
    """What nobody can guess."""
    return secrets.token_urlsafe(32)


def session_of(door: str, once: str, code: str) -> str:
    """The session that a code begins. `door` is known to the browser's cookie, and `once` only to the page: whoever
    planted a cookie knows no session, and pressing the button twice begins the same one.
    """
    mixed = hashlib.sha256(f"session\0{door}\0{once}\0{code}".encode()).digest()
    return base64.urlsafe_b64encode(mixed).rstrip(b"=").decode()


def account_of(session: str) -> str:
    """The account that a session is known by."""
    return hashlib.sha256(session.encode()).hexdigest()


async def find_browser(request: web.Request) -> Browser | None:
    """The browser of this request, or None when its cookie is not tied to the person of the path."""
    person = int(request.match_info["person"])
    session, front = cookies.of_person(request, person).of(request), house_of(request).front
    if not session or await front.who(NAME, account_of(session)) != person:
        return None
    request[TONGUE] = await front.tongue(person)
    return Browser(person, session)


async def require_browser(request: web.Request, steps: float = 1) -> Browser:
    """The browser of this request, which costs that many steps of its person's rate. Raises 401 when there is none, 429
    when the rate is exceeded.
    """
    return await _at_their_pace(request, await find_browser(request), steps)


async def opened_by(request: web.Request, steps: float = 1) -> Browser:
    """`require_browser` of the page itself: that it is opened is a use, also when nothing is said."""
    browser = await find_browser(request) or await _earlier_browser(request)
    browser = await _at_their_pace(request, browser, steps)
    await house_of(request).front.visited(NAME, browser.account)
    return browser


async def _at_their_pace(request: web.Request, browser: Browser | None, steps: float) -> Browser:
    if browser is None:
        raise web.HTTPUnauthorized
    await at_once(steps, house_of(request).visits(browser.person))
    return browser


async def _earlier_browser(request: web.Request) -> Browser | None:
    """A browser whose cookie has the name used up to version 0.4 where another is used now: it gets a new session,
    once.
    """
    person, fresh, front = int(request.match_info["person"]), random_id(), house_of(request).front
    session = cookies.of_earlier(person).of(request)
    if not session or cookies.of_person(request, person).name == cookies.PLAIN:
        return None
    if not await front.moved(NAME, account_of(session), account_of(fresh), person):
        return None
    request[TONGUE] = await front.tongue(person)
    return Browser(person, fresh)


def tongue_of(request: web.Request) -> str:
    """The tongue of whoever is signed in here; the installation's language for a stranger."""
    tongue: str = request.get(TONGUE, house_of(request).settings.language)
    return tongue


def page(request: web.Request, template: str, status: int = 200, **values: object) -> web.Response:
    """A page in the language of its reader."""
    html = house_of(request).pages.draw(template, tongue_of(request), **values)
    return web.Response(text=html, content_type="text/html", status=status)


def door_page(request: web.Request, template: str, status: int = 200, **values: object) -> web.Response:
    """A page through which a code is given: it and the cookie it comes with begin the session together."""
    cookie = cookies.of_door(request)
    response = page(request, template, status, once=random_id(), **{"typed": "", **values})
    cookie.keep(request, response, cookie.of(request) or random_id())
    return response


def keep_cookie(request: web.Request, response: web.StreamResponse, browser: Browser) -> None:
    """Sign the browser in, or keep it signed in."""
    cookie, earlier = cookies.of_person(request, browser.person), cookies.of_earlier(browser.person)
    cookie.keep(request, response, browser.session)
    if beside := cookies.of_checking(request, browser.person):
        beside.keep(request, response, browser.session)
    if cookie.name != earlier.name and earlier.of(request):
        earlier.forget(request, response)


_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",  # files of ours only: no inline script, no eval
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",  # the demo page frames two phones
}

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{kind} {source}" for kind, source in _SOURCES.items()),
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    # Nothing is sent to other sites. Not `no-referrer`, with which browsers would send `Origin: null` with our own
    # forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

#: Over https, browsers use only https for a year; sub-domains decide for themselves.
STRICT_TRANSPORT = "max-age=31536000"


async def set_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Set the security headers of a response; unless stated otherwise it is not cached. The server's name is not
    revealed.
    """
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    if is_https(request):
        response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
    response.headers.pop("Server", None)


def require_own_page(request: web.Request) -> None:
    """Raises 403 for a form that another site sent in a person's name."""
    if not comes_from_us(request):
        raise web.HTTPForbidden


@contextmanager
def as_sent() -> Iterator[None]:
    """Convert errors in reading a request into 400. Our pages never send such requests, so it is no failure of ours to
    be reported.
    """
    try:
        yield
    except (HttpProcessingError, web.RequestPayloadError, ValueError, LookupError):
        raise web.HTTPBadRequest from None


async def fields_of(request: web.Request) -> Mapping[str, str]:
    """The fields of a form as text. Raises 400 or 413; 400 also for a file in place of text, and for half characters
    from a codec named by the client, with which no response could be written.
    """
    with as_sent():
        fields = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        for name, value in fields.items():
            f"{name}{value}".encode()
        return fields
