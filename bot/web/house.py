"""What every request of the web channel needs, in one place of the application."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from aiohttp import web
from aiolimiter import AsyncLimiter

from bot.door.front import Front
from bot.web.assets import Assets
from bot.web.channel import DemoLinks
from bot.web.document_cache import DocumentCache
from bot.web.pages import Pages

#: Who is slowed down → how fast they may go.
Paces = Callable[[str], AsyncLimiter]

#: More than so many are never remembered; the one not heard of for longest is forgotten first.
MAX_KEYS = 10_000


def paces(burst: int, per_second: float) -> Paces:
    """Each may go `burst` steps at once, then `per_second`."""
    return lru_cache(MAX_KEYS)(lambda _: AsyncLimiter(burst, burst / per_second))


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What an installation may choose about its web chat."""

    public_url: str = ""  # address people use; also tells whether cookies are Secure
    text_limit: int = 4000  # characters from which the page warns that a text is too long
    language: str = "vi"  # what strangers read
    behind_proxy: bool = False  # then the caller's address is the last one of X-Forwarded-For
    demo_links: DemoLinks | None = None  # only in demo mode, bound to loopback

    @property
    def public_host(self) -> str:
        """Host and port people use, or "" when none was set."""
        return urlsplit(self.public_url).netloc.lower()


@dataclass(frozen=True, slots=True)
class WebHouse:
    """The door of the conversation and the helpers of its pages."""

    front: Front
    settings: WebSettings
    assets: Assets
    pages: Pages
    shelf: DocumentCache
    sockets: set[web.WebSocketResponse] = field(default_factory=set)
    speech: Paces = field(default_factory=lambda: paces(burst=20, per_second=3))  # frames, by the account of a session
    guesses: Paces = field(default_factory=lambda: paces(burst=10, per_second=1 / 30))  # wrong codes, by the address


HOUSE: web.AppKey[WebHouse] = web.AppKey("house", WebHouse)


def house_of(request: web.Request) -> WebHouse:
    """The house this request was made to."""
    return request.config_dict[HOUSE]
