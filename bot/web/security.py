"""What keeps a page to itself: headers on every answer, and who may write to us."""

from urllib.parse import urlsplit

from aiohttp import web

from bot.web.house import house_of

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
