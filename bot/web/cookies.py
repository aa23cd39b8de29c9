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
#: Seconds for which the cookie of the door is valid.
DOOR_SECONDS = 15 * 60
#: The longest time that browsers keep a cookie (seconds). When a session ends is decided by the server.
LONGEST = MOST_DAYS * 24 * 3600
#: Longer values cannot be ours.
MOST_CHARS = 128


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that this program sets."""

    name: str
    path: str
    #: How long the browser keeps it.
    seconds: int
    #: Whether it is `SameSite=Strict` instead of `Lax`.
    strict: bool = False

    def of(self, request: web.Request) -> str:
        """Its value in the request; "": it is missing or cannot be ours."""
        value = request.cookies.get(self.name, "")
        return value if len(value) <= MOST_CHARS else ""

    def keep(self, request: web.Request, response: web.StreamResponse, value: str) -> None:
        """Make the browser keep it."""
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
        """Make the browser forget it. If the name has a prefix, browsers ignore a deletion without the attributes that
        the prefix requires.
        """
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
    """The same session for the pages where papers are checked (bot.web.checking), whose paths name no person. None: the
    person's own cookie is sent there anyway.
    """
    own = of_person(request, person)
    return None if own.path == "/" else Cookie(f"{own.name}-{person}", f"{house_of(request).settings.root}/v", LONGEST)


def of_checking_begins(request: web.Request) -> str:
    """The beginning of the names of cookies sent to the pages where papers are checked; the person's id follows it."""
    prefix = "" if not is_https(request) else "__Secure-" if house_of(request).settings.root else "__Host-"
    return f"{prefix}{PLAIN}-"


def of_earlier(person: int) -> Cookie:
    """The session of a person as stored up to version 0.4, which did not support sub-paths."""
    return Cookie(PLAIN, f"/p/{person}/", LONGEST)


def of_door(request: web.Request) -> Cookie:
    """The cookie of the door. It ties the page with the button, or with the box for a code, to the browser that shows
    it.
    """
    root = house_of(request).settings.root
    if not is_https(request):
        return Cookie(f"{PLAIN}-door", f"{root}/i", DOOR_SECONDS, strict=True)
    if root:
        return Cookie(f"__Secure-{PLAIN}-door", f"{root}/i", DOOR_SECONDS, strict=True)
    return Cookie(f"__Host-{PLAIN}-door", "/", DOOR_SECONDS, strict=True)
