"""Who a browser is: a random session in a cookie that only the person's own path sees; what keeps its pages to itself.

The account of the web channel is the SHA-256 of the session, so the database holds nothing one
could sign in with. Every person has a path of their own (`/p/<id>/`), hence a cookie of their own:
several may be signed in side by side in one browser.
"""

import hashlib
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.web.channel import NAME
from bot.web.house import house_of

COOKIE = "tusoi"
#: What a request knows of the language of its reader, once it is found who that is.
LANGUAGE: web.RequestKey[str] = web.RequestKey("language", str)
LIFETIME = 90 * 24 * 3600  # seconds; every visit begins it anew


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
        """Where this person's pages live."""
        return f"/p/{self.person}/"


def new_session() -> str:
    """A session nobody can guess."""
    return secrets.token_urlsafe(32)


def account_of(session: str) -> str:
    """The account that a session is known by."""
    return hashlib.sha256(session.encode()).hexdigest()


async def find_browser(request: web.Request) -> Browser | None:
    """The browser of this request, or None when its cookie is not tied to the person of the path."""
    person, session = int(request.match_info["person"]), request.cookies.get(COOKIE, "")
    if not session or len(session) > 128:
        return None
    front = house_of(request).front
    if await front.who(NAME, account_of(session)) != person:
        return None
    request[LANGUAGE] = await front.language(person)
    return Browser(person, session)


async def require_browser(request: web.Request) -> Browser:
    """The browser of this request. Raises 401 when there is none."""
    browser = await find_browser(request)
    if browser is None:
        raise web.HTTPUnauthorized
    return browser


def language_of(request: web.Request) -> str:
    """The language of whoever is signed in here; the installation's for a stranger."""
    language: str = request.get(LANGUAGE, house_of(request).settings.language)
    return language


def page(request: web.Request, template: str, status: int = 200, **values: object) -> web.Response:
    """A page in the language of its reader."""
    html = house_of(request).pages.draw(template, language_of(request), **values)
    return web.Response(text=html, content_type="text/html", status=status)


def keep_cookie(request: web.Request, response: web.StreamResponse, browser: Browser) -> None:
    """Sign the browser in, or keep it signed in for another LIFETIME."""
    response.set_cookie(
        COOKIE,
        browser.session,
        path=browser.path,
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=is_https(request),
    )


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
    # Nothing goes to other sites. Not `no-referrer`: with it browsers send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


async def set_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on an answer; a page nobody said may be cached is not."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")


def comes_from_us(request: web.Request) -> bool:
    """Whether a form or a socket was opened by one of our own pages (Origin)."""
    origin = urlsplit(request.headers.get("Origin", "")).netloc.lower()
    return bool(origin) and origin in {request.host.lower(), house_of(request).settings.public_host}


def require_own_page(request: web.Request) -> None:
    """Raises 403 for a form that another site sent in a person's name."""
    if not comes_from_us(request):
        raise web.HTTPForbidden


def is_https(request: web.Request) -> bool:
    """Whether people reach us over https (a proxy may end it before us)."""
    return request.secure or house_of(request).settings.public_url.startswith("https:")


def caller(request: web.Request) -> str:
    """The address a request comes from, for slowing guesses down."""
    forwarded = request.headers.get("X-Forwarded-For", "") if house_of(request).settings.behind_proxy else ""
    return forwarded.rpartition(",")[2].strip() or request.remote or "?"
