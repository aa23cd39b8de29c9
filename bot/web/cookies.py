"""The cookies: one for each person signed in, and one of the door. Their name prefixes make browsers enforce their
scope.

Over https, a name beginning with `__Host-` can be set only by this host and for all its paths, so that no other site
under the same domain can plant a session. This requires the path `/`, so the person's id is part of the name. Below a
sub-path other sites share the host; there the cookie is limited to our path and its name begins with `__Secure-`. Over
plain http (a laptop, a closed network) browsers support neither.
"""

from dataclasses import dataclass

from aiohttp import web

from bot.settings import MOST_DAYS
from bot.web.callers import is_https
from bot.web.house import house_of

#: The name over plain http, and of every cookie up to version 0.4.
PLAIN = "tusoi"
#: How long the cookie of the door holds (seconds).
DOOR_SECONDS = 15 * 60
#: As long as browsers keep a cookie (seconds): when a session ends is decided here, not there.
LONGEST = MOST_DAYS * 24 * 3600
#: Far longer than anything we make.
MOST_CHARS = 128


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie of ours."""

    name: str
    path: str
    seconds: int
    strict: bool = False

    def of(self, request: web.Request) -> str:
        """Its value, "" when it is not there or cannot be ours."""
        value = request.cookies.get(self.name, "")
        return value if len(value) <= MOST_CHARS else ""

    def keep(self, request: web.Request, response: web.StreamResponse, value: str) -> None:
        """Have the browser keep it."""
        response.set_cookie(
            self.name,
            value,
            path=self.path,
            max_age=self.seconds,
            httponly=True,
            samesite="Strict" if self.strict else "Lax",
            secure=is_https(request),
        )

    def forget(self, request: web.Request, response: web.StreamResponse) -> None:
        """Have the browser forget it: one whose name has a prefix only listens to what it would have taken."""
        response.del_cookie(self.name, path=self.path, secure=is_https(request), httponly=True)


def of_person(request: web.Request, person: int) -> Cookie:
    """The session of a person in this browser."""
    root = house_of(request).settings.root
    if not is_https(request):
        return Cookie(PLAIN, f"{root}/p/{person}/", LONGEST)
    if root:
        return Cookie(f"__Secure-{PLAIN}", f"{root}/p/{person}/", LONGEST)
    return Cookie(f"__Host-{PLAIN}-{person}", "/", LONGEST)


def of_checking(request: web.Request, person: int) -> Cookie | None:
    """The same session where papers are checked, which no path names a person of (bot.web.checking); None: that of the person is shown
    there already.
    """
    own = of_person(request, person)
    return None if own.path == "/" else Cookie(f"{own.name}-{person}", f"{house_of(request).settings.root}/v", LONGEST)


def of_checking_begins(request: web.Request) -> str:
    """With what the names of those begin that are shown where papers are checked; the person's id follows."""
    prefix = "" if not is_https(request) else "__Secure-" if house_of(request).settings.root else "__Host-"
    return f"{prefix}{PLAIN}-"


def of_earlier(person: int) -> Cookie:
    """The session of a person as it was kept up to version 0.4, which knew no sub-path."""
    return Cookie(PLAIN, f"/p/{person}/", LONGEST)


def of_door(request: web.Request) -> Cookie:
    """What ties the page with the button, or with the box for a code, to the browser it was shown in."""
    root = house_of(request).settings.root
    if not is_https(request):
        return Cookie(f"{PLAIN}-door", f"{root}/i", DOOR_SECONDS, strict=True)
    if root:
        return Cookie(f"__Secure-{PLAIN}-door", f"{root}/i", DOOR_SECONDS, strict=True)
    return Cookie(f"__Host-{PLAIN}-door", "/", DOOR_SECONDS, strict=True)
