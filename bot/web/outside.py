"""Addresses named by browsers to which we connect: only public machines, never a private network.

A name is resolved once, and the connection goes to the resolved address, so that nobody can show us one machine and
make us connect to another.
"""

import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

#: Longer than any service's.
MOST_CHARS = 2048
HTTPS = 443

#: Ranges with embedded IPv4 addresses: a translator may route them into its own network.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_TRANSLATED_AT_HOME = ipaddress.IPv6Network("64:ff9b:1::/48")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotOutside(OSError):
    """The name leads to a machine to which we must not connect."""


def outside(address: str) -> str:
    """An https address with a host name and the default port. Raises ValueError for others; where the name leads is
    checked on connecting.
    """
    if len(address) > MOST_CHARS or not address.isascii() or any(sign.isspace() for sign in address):
        raise ValueError("no address")
    named = urlsplit(address)
    if named.scheme != "https" or not named.hostname or named.username is not None or named.port not in {None, HTTPS}:
        raise ValueError("https on its own port alone")
    if is_number(named.hostname) or "." not in named.hostname.strip("."):
        raise ValueError("a name alone, not a number, and none of a local network")
    return address


def is_number(host: str) -> bool:
    """Whether a host is an address and not a name, in any notation: `1.2.3.4`, `0x7f.1`, `2130706433`, `::1`."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return True
    try:
        socket.inet_aton(host)
    except OSError:
        return False
    return True


def is_public(number: str) -> bool:
    """Whether an address is one of the whole Internet, also where another stands inside it."""
    try:
        address: Address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address.is_site_local or address in _TRANSLATED_AT_HOME:
            return False
        inside = address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in _TRANSLATED:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside:
            return is_public(str(inside))
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


class Outside(AbstractResolver):
    """A resolver that fails for names with any address that is not public."""

    def __init__(self, resolver: AbstractResolver | None = None) -> None:
        self._resolver = resolver or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a name. Raises OSError."""
        found: Sequence[ResolveResult] = await self._resolver.resolve(host, port, family)
        if not found or not all(is_public(one["host"]) for one in found):
            raise NotOutside(f"{host[:100]} leads into a network of its own")
        return list(found)

    async def close(self) -> None:
        """Nothing is looked up any more."""
        await self._resolver.close()
