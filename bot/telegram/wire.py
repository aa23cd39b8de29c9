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

#: Bytes of a piece of an upload. Each piece has its own time limit.
PIECE = 2**16

#: Seconds for which the result of a DNS look-up is used.
ADDRESS_HOLDS = 300

_UNFIT = re.compile(r"[\x00-\x1f\x7f]")
_Got = TypeVar("_Got")


@dataclass(frozen=True, slots=True)
class Limits:
    """The time limits of a request, in seconds."""

    #: The most connections at the same time; further requests wait.
    connections: int = 64
    #: Waiting for a free connection.
    pool: float = 20.0
    #: Opening a new connection.
    connect: float = 5.0
    #: Sending one piece of an upload.
    write: float = 20.0
    #: Between two pieces of the answer.
    read: float = 20.0


class ProxyUnfit(TusoiError):
    """The environment names a proxy of a kind that cannot be used."""

    def __init__(self) -> None:
        super().__init__("HTTPS_PROXY, HTTP_PROXY, ALL_PROXY: chỉ dùng được proxy http:// hoặc https://")


class TooMuch(Exception):
    """The answer was larger than allowed."""


class Wire(BaseRequest):
    """Connections to one Bot API at the address `api`. `initialize` opens it, also again after `shutdown` closed it."""

    __slots__ = ("_api", "_limits", "_session")

    def __init__(self, api: str, limits: Limits | None = None) -> None:
        self._api = api
        self._limits = limits or Limits()
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The limit between two pieces of an answer, in seconds, for requests that set none of their own."""
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
        """Close every connection. Running requests fail."""
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
        """The content of a file of at most `most` bytes. Raises TooMuch, TimedOut and NetworkError."""

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
        """The result of `exchange`, with errors replaced by some that contain no address and nobody else's text."""
        if self._session is None:
            raise NetworkError("the wire is not open")
        failure: TelegramError
        try:
            return await exchange(self._session)
        except TimeoutError:
            failure = TimedOut()
        except (ClientError, OSError, ValueError) as error:
            failure = NetworkError(f"aiohttp.{type(error).__name__}")
        raise failure  # raised outside the `except` block, so that the original error is not attached as its context

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Telegram's answer as a value. Raises TelegramError, which contains nothing of an answer that is not
        Telegram's.
        """
        said = _read(payload)
        if said is None:
            raise TelegramError("Invalid server response")
        return said


@dataclass(frozen=True, slots=True)
class Access:
    """Access to one bot: its token, and the address of its Bot API without `/bot`."""

    token: str = field(repr=False)
    api: str = "https://api.telegram.org"

    @property
    def bot(self) -> str:
        """The id of the bot, which is the part of the token that is not secret."""
        return self.token.partition(":")[0]

    async def ask(self, wire: Wire, method: str, *, seconds: float | None = None, **said: object) -> Any:
        """The result of a method of the Bot API, as JSON. `seconds`: how long it may take. Raises TelegramError."""
        asked = urlencode({name: value for name, value in said.items() if value is not None})
        url = f"{self.api}/bot{self.token}/{method}?{asked}"
        return await (wire.post(url) if seconds is None else wire.post(url, read_timeout=seconds))

    async def file(self, wire: Wire, path: str, most: int) -> bytes:
        """The content of the file at that path. Raises TooMuch, TelegramError."""
        return await wire.fetch(f"{self.api}/file/bot{self.token}/{path}", most)


async def _body(said: RequestData | None, upload: asyncio.Timeout, write: float | None) -> tuple[Any, dict[str, str]]:
    """The body and headers of a request: JSON, or a form with files, which is sent in pieces of at most `write`
    seconds.
    """
    if said is None:
        return None, {}
    if not said.contains_files:
        return json.dumps(said.parameters).encode(), {"Content-Type": "application/json"}
    form = FormData(quote_fields=False)  # Telegram would show quoted file names as they are
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
    """The body; an error that is not from Telegram becomes an empty one, because the library would quote its text in
    its own errors.
    """
    return body if 200 <= status <= 299 or _read(body) is not None else b'{"ok":false}'


def _read(payload: bytes) -> dict[str, Any] | None:
    """The answer as a value; None: it is not one of Telegram's."""
    try:
        said = json.loads(payload.decode("utf-8", "replace"))
    except ValueError:
        return None
    return said if isinstance(said, dict) and ("result" in said or said.get("ok") is False) else None


def _chosen(wished: Any, usual: float) -> float | None:
    """The time limit that a request sets (None: no limit), or the usual one."""
    if wished is BaseRequest.DEFAULT_NONE:
        return usual
    return None if wished is None else float(wished)


def _trusted(api: str) -> ssl.SSLContext | bool:
    """The trusted certificates: those of SSL_CERT_FILE or SSL_CERT_DIR, otherwise the bundle of certifi."""
    if urlsplit(api).scheme != "https":
        return True
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if file or folder:
        return ssl.create_default_context(cafile=file, capath=folder)
    return ssl.create_default_context(cafile=certifi.where())


def proxy_for(address: str) -> str | None:
    """The proxy for this address by the usual environment variables: HTTPS_PROXY or HTTP_PROXY, ALL_PROXY, NO_PROXY;
    None: no proxy. Raises ProxyUnfit.
    """
    parts, named = urlsplit(address), getproxies()
    proxy = named.get(parts.scheme) or named.get("all")
    if not proxy or proxy_bypass(parts.hostname or ""):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if urlsplit(proxy).scheme not in {"http", "https"}:
        raise ProxyUnfit
    return proxy
