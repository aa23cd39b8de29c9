"""Who a browser is: a random session in a cookie that only the person's own path sees.

The account of the web channel is the SHA-256 of the session, so the database holds nothing one
could sign in with. Every person has a path of their own (`/p/<id>/`), hence a cookie of their own:
several may be signed in side by side in one browser.
"""

import hashlib
import secrets
from dataclasses import dataclass

from aiohttp import web

from bot.web.channel import NAME
from bot.web.house import house_of
from bot.web.security import is_https

COOKIE = "tusoi"
#: What a request knows of the language of its reader, once it is found who that is.
LANGUAGE = "language"
LIFETIME = 90 * 24 * 3600  # seconds; every visit begins it anew


@dataclass(frozen=True, slots=True)
class Session:
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


async def find_seat(request: web.Request) -> Session | None:
    """The seat of this request, or None when its cookie is not tied to the person of the path."""
    person, session = int(request.match_info["person"]), request.cookies.get(COOKIE, "")
    if not session or len(session) > 128:
        return None
    front = house_of(request).front
    if await front.who(NAME, account_of(session)) != person:
        return None
    request[LANGUAGE] = await front.language(person)
    return Session(person, session)


async def require_seat(request: web.Request) -> Session:
    """The seat of this request. Raises 401 when there is none."""
    seat = await find_seat(request)
    if seat is None:
        raise web.HTTPUnauthorized
    return seat


def language_of(request: web.Request) -> str:
    """The language of whoever is signed in here; the installation's for a stranger."""
    language: str = request.get(LANGUAGE, house_of(request).settings.language)
    return language


def page(request: web.Request, template: str, status: int = 200, **values: object) -> web.Response:
    """A page in the language of its reader."""
    html = house_of(request).pages.draw(template, language_of(request), **values)
    return web.Response(text=html, content_type="text/html", status=status)


def keep_cookie(request: web.Request, response: web.StreamResponse, seat: Session) -> None:
    """Sign the browser in, or keep it signed in for another LIFETIME."""
    response.set_cookie(
        COOKIE,
        seat.session,
        path=seat.path,
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=is_https(request),
    )
