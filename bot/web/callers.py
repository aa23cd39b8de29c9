"""The origin and scheme of a request. They are reported by proxies, of which only trusted ones are believed."""

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.settings import Network
from bot.web.house import house_of

FORWARDED_FOR = "X-Forwarded-For"
FORWARDED_PROTO = "X-Forwarded-Proto"

#: The port that an address need not name.
_PORTS = {"http": 80, "https": 443}

#: Apps that open links in an embedded browser, without push messages and lasting storage: mark in the user agent →
#: name.
_APPS = {"Zalo": "Zalo", "FBAN": "Facebook", "FBAV": "Facebook", "FB_IAB": "Facebook", "Instagram": "Instagram"}
_APPS |= {"musical_ly": "TikTok", "Bytedance": "TikTok", "Line/": "LINE", "Viber": "Viber"}

#: So many are told of.
MOST_TOLD = 20

_log = structlog.get_logger()


def caller(request: web.Request) -> str:
    """The address a request comes from: the last hop that is no trusted proxy."""
    trusted = house_of(request).settings.trusted_proxies
    here = address_of(request.remote or "")
    for hop in reversed(_hops(request)):
        if not _is_trusted(here, trusted):
            break
        named = address_of(hop)
        if not named:  # the proxy before it wrote nonsense: as far as it is known
            break
        here = named
    return here or "?"


def address_of(hop: str) -> str:
    """An address as it is compared, without port, brackets, zone; "" for what is none."""
    text = hop.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        known = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str((known.ipv4_mapped if isinstance(known, ipaddress.IPv6Address) else None) or known)


def is_https(request: web.Request) -> bool:
    """Whether people reach us over https: by the public address, by ourselves, or by a trusted proxy that ends it before us."""
    settings = house_of(request).settings
    if settings.public_url.startswith("https:") or request.secure:
        return True
    said = request.headers.getall(FORWARDED_PROTO, [""])[-1].rpartition(",")[2].strip().lower()
    return said == "https" and _is_trusted(address_of(request.remote or ""), settings.trusted_proxies)


def is_ours(request: web.Request) -> bool:
    """Whether it was asked for at the public address, where one is set (no rebinding, no page under another name)."""
    public = house_of(request).settings.public_url
    return not public or _host(request.host, "https" if is_https(request) else "http") == _host(
        urlsplit(public).netloc, urlsplit(public).scheme
    )


def comes_from_us(request: web.Request) -> bool:
    """Whether a form or a socket was opened by one of our own pages (Origin)."""
    origin, public = urlsplit(request.headers.get("Origin", "")), urlsplit(house_of(request).settings.public_url)
    if not origin.netloc or origin.scheme not in _PORTS:
        return False
    said = (origin.scheme, _host(origin.netloc, origin.scheme))
    if public.netloc:
        return said == (public.scheme, _host(public.netloc, public.scheme))
    scheme = "https" if is_https(request) else "http"
    return said == (scheme, _host(request.host, scheme))


def app_around(request: web.Request) -> str:
    """The app in whose own browser the page is looked at; "" for a browser by itself."""
    said = request.headers.get("User-Agent", "")
    return next((name for sign, name in _APPS.items() if sign in said), "")


def tell_of_proxy(request: web.Request) -> None:
    """A machine nearby forwards and is not trusted: then everybody is one address, and shares its tries. Told once."""
    house, here = house_of(request), address_of(request.remote or "")
    if not here or here in house.forwarding or not _hops(request) or _is_trusted(here, house.settings.trusted_proxies):
        return
    if ipaddress.ip_address(here).is_private and len(house.forwarding) < MOST_TOLD:
        house.forwarding.add(here)
        _log.warning("proxy is not trusted", proxy=here, setting="TUSOI_TRUSTED_PROXIES")


def _hops(request: web.Request) -> Sequence[str]:
    return [hop for line in request.headers.getall(FORWARDED_FOR, []) for hop in line.split(",")]


def _is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    return bool(address) and any(ipaddress.ip_address(address) in network for network in trusted)


def _host(named: str, scheme: str) -> tuple[str, int]:
    """Name and port, however much of the port is written. ("", 0) for what is no host."""
    try:
        split = urlsplit(f"//{named}")
        return (split.hostname or "").rstrip("."), split.port or _PORTS[scheme]
    except (ValueError, KeyError):
        return "", 0
