"""The wire to the Bot API: implements python-telegram-bot's request interface over aiohttp.

The library's own request class spends more CPU time on a step than everything else together (`python -m bench.wire`).
The library still interprets the responses; this module handles timeouts, the connection pool, files, and the proxy from
the environment. Addresses contain the token, and anything between us and Telegram may quote them, so no error or log
line repeats such text.
"""

import asyncio
import io
import json
import os
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from rules.nouns.errors import TusoiError

#: Bytes of an upload after which its limit of time begins anew.
PIECE = 2**16

#: Seconds for which the address of a host is believed.
ADDRESS_HOLDS = 300

_UNFIT = re.compile(r"[\x00-\x1f\x7f]")
_Got = TypeVar("_Got")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for each part of a request: until a connection is free, until a new one is there, until a piece of an
    upload is out, between two pieces of the answer. `connections`: at once; more requests wait.
    """

    connections: int = 64
    pool: float = 20.0
    connect: float = 5.0
    write: float = 20.0
    read: float = 20.0


class ProxyUnfit(TusoiError):
    """The environment names a proxy of a kind that cannot be used."""

    def __init__(self) -> None:
        super().__init__("HTTPS_PROXY, HTTP_PROXY, ALL_PROXY: chỉ dùng được proxy http:// hoặc https://")


class TooMuch(Exception):
    """More came than may."""


class Wire(BaseRequest):
    """Connections to one Bot API (`api`: its address). Opened by `initialize`, closed by `shutdown`; may be opened again."""

    __slots__ = ("_api", "_limits", "_session")

    def __init__(self, api: str, limits: Limits | None = None) -> None:
        self._api = api
        self._limits = limits or Limits()
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds between two pieces of an answer, unless a request says otherwise."""
        return self._limits.read

    async def initialize(self) -> None:
        """Open it. Raises ProxyUnfit."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(
                    limit=self._limits.connections, ttl_dns_cache=ADDRESS_HOLDS, ssl=_trusted(self._api)
                ),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=proxy_for(self._api),
            )

    async def shutdown(self) -> None:
        """Close every connection; what is under way fails."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer. Raises TimedOut and NetworkError."""
        limits = self._limits
        connect = _chosen(connect_timeout, limits.connect)
        pool = _chosen(pool_timeout, limits.pool)
        timeout = ClientTimeout(
            connect=None if connect is None or pool is None else connect + pool,
            sock_connect=connect,
            sock_read=_chosen(read_timeout, limits.read),
        )

        async def exchange(session: ClientSession) -> tuple[int, bytes]:
            async with asyncio.timeout(None) as upload:
                data, headers = await _body(request_data, upload, _chosen(write_timeout, limits.write))
                async with session.request(
                    method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False
                ) as answer:
                    return answer.status, _ours(answer.status, await answer.read())

        return await self._without_words(exchange)

    async def fetch(self, url: str, most: int) -> bytes:
        """A file, of `most` bytes at the utmost. Raises TooMuch, TimedOut and NetworkError."""

        async def exchange(session: ClientSession) -> bytes:
            content = bytearray()
            limits = ClientTimeout(sock_connect=self._limits.connect, sock_read=self._limits.read)
            async with session.get(url, timeout=limits, allow_redirects=False, raise_for_status=True) as answer:
                async for some in answer.content.iter_any():
                    content += some
                    if len(content) > most:
                        raise TooMuch
            return bytes(content)

        return await self._without_words(exchange)

    async def _without_words(self, exchange: Callable[[ClientSession], Awaitable[_Got]]) -> _Got:
        """What comes of it, with errors that repeat nothing."""
        if self._session is None:
            raise NetworkError("the wire is not open")
        failure: TelegramError
        try:
            return await exchange(self._session)
        except TimeoutError:
            failure = TimedOut()
        except (ClientError, OSError, ValueError) as error:
            failure = NetworkError(f"aiohttp.{type(error).__name__}")
        raise failure  # out here nothing of the other error comes along

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """What Telegram answered. Raises TelegramError, which holds nothing of what somebody else has answered."""
        said = _read(payload)
        if said is None:
            raise TelegramError("Invalid server response")
        return said


@dataclass(frozen=True, slots=True)
class Access:
    """One bot of one Bot API: its token, and the address (without `/bot`)."""

    token: str = field(repr=False)
    api: str = "https://api.telegram.org"

    @property
    def bot(self) -> str:
        """The bot's number; no secret."""
        return self.token.partition(":")[0]

    async def ask(self, wire: Wire, method: str, *, seconds: float | None = None, **said: object) -> Any:
        """What the Bot API answers, unread. `seconds`: for which it may keep us waiting. Raises TelegramError."""
        asked = urlencode({name: value for name, value in said.items() if value is not None})
        url = f"{self.api}/bot{self.token}/{method}?{asked}"
        return await (wire.post(url) if seconds is None else wire.post(url, read_timeout=seconds))

    async def file(self, wire: Wire, path: str, most: int) -> bytes:
        """The file that stands there. Raises TooMuch, TelegramError."""
        return await wire.fetch(f"{self.api}/file/bot{self.token}/{path}", most)


async def _body(said: RequestData | None, upload: asyncio.Timeout, write: float | None) -> tuple[Any, dict[str, str]]:
    """What is sent, and its headers: JSON, or a form with files, whose pieces each have `write` seconds."""
    if said is None:
        return None, {}
    if not said.contains_files:
        return json.dumps(said.parameters).encode(), {"Content-Type": "application/json"}
    form = FormData(quote_fields=False)  # Telegram shows names as they come
    for name, value in said.json_parameters.items():
        form.add_field(name, value)
    for part, (filename, content, kind) in said.multipart_data.items():
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(part, file, filename=_UNFIT.sub(" ", filename), content_type=kind)
    multipart = form()
    body = await multipart.as_bytes()
    headers = {"Content-Type": multipart.content_type, "Content-Length": str(len(body))}
    return _piece_by_piece(body, upload, write), headers


async def _piece_by_piece(body: bytes, upload: asyncio.Timeout, write: float | None) -> AsyncIterator[bytes]:
    now = asyncio.get_running_loop().time
    for start in range(0, len(body), PIECE):
        if write is not None:
            upload.reschedule(now() + write)
        yield body[start : start + PIECE]
    upload.reschedule(None)


def _ours(status: int, body: bytes) -> bytes:
    """The body, unless it is an error in somebody else's words: the library would put these into its own."""
    return body if 200 <= status <= 299 or _read(body) is not None else b'{"ok":false}'


def _read(payload: bytes) -> dict[str, Any] | None:
    """Telegram's answer; None for what is none."""
    try:
        said = json.loads(payload.decode("utf-8", "replace"))
    except ValueError:
        return None
    return said if isinstance(said, dict) and ("result" in said or said.get("ok") is False) else None


def _chosen(wished: Any, usual: float) -> float | None:
    """The limit a request wishes (None: none), or the usual one."""
    if wished is BaseRequest.DEFAULT_NONE:
        return usual
    return None if wished is None else float(wished)


def _trusted(api: str) -> ssl.SSLContext | bool:
    """Whose certificates are believed: SSL_CERT_FILE or SSL_CERT_DIR of the environment, else the bundle of certifi."""
    if urlsplit(api).scheme != "https":
        return True
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if file or folder:
        return ssl.create_default_context(cafile=file, capath=folder)
    return ssl.create_default_context(cafile=certifi.where())


def proxy_for(address: str) -> str | None:
    """The proxy that the environment names for this address, as usual: HTTPS_PROXY or HTTP_PROXY, ALL_PROXY, and NO_PROXY
    with those that need none. Raises ProxyUnfit.
    """
    parts, named = urlsplit(address), getproxies()
    proxy = named.get(parts.scheme) or named.get("all")
    if not proxy or proxy_bypass(parts.hostname or ""):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if urlsplit(proxy).scheme not in {"http", "https"}:
        raise ProxyUnfit
    return proxy
