"""What every request of the web channel needs, in one place of the application: the door, settings, pages, short-lived
caches, and rate limits.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from aiohttp import web

from bot.door.channel import Document
from bot.door.front import Front
from bot.settings import Network
from bot.web.guesses import Guesses
from bot.web.lines import OpenLines
from bot.web.paces import Paces, paces
from bot.web.pages import Assets, Pages
from bot.web.parcels import Parcels
from bot.web.settings import PULSE, DemoPhones
from dialogs.core.turn import Attached


@dataclass(frozen=True, slots=True)
class WebSettings:
    """The settings of the web chat."""

    public_url: str = ""  # address people use; also tells whether cookies are Secure
    text_limit: int = 4000  # characters from which the page warns that a text is too long
    language: str = "vi"  # what strangers read
    trusted_proxies: tuple[Network, ...] = ()  # who is believed when they say for whom they forward
    demo: DemoPhones | None = None  # only in demo mode, bound to loopback
    pulse: float = PULSE

    @property
    def root(self) -> str:
        """The path below which people find the site, "" or `/like-this`: a proxy takes it off before it asks us."""
        return urlsplit(self.public_url).path.rstrip("/")


#: Seconds for which a set of documents is cached, and the maximum number of sets.
KEPT_SECONDS = 20.0
MAX_SETS = 32


@dataclass(frozen=True, slots=True)
class Wish:
    """Which files to show to whom. `at`: the exchange with the reply, because the present answers differ from one to
    the next.
    """

    person: int
    attached: Attached
    at: int


class DocumentCache:
    """A cache of rendered documents: their pages are requested one by one but rendered together. A few sets are kept
    for KEPT_SECONDS, and simultaneous requests share one rendering.
    """

    def __init__(self, front: Front) -> None:
        self._front = front
        self._sets: OrderedDict[Wish, tuple[float, asyncio.Task[Sequence[Document]]]] = OrderedDict()

    async def fetch(self, wish: Wish) -> Sequence[Document]:
        """The documents, empty when this person may not see them."""
        now = asyncio.get_running_loop().time()
        self._forget_old(now)
        if wish not in self._sets:
            self._sets[wish] = (now, asyncio.ensure_future(self._make(wish)))
        return await asyncio.shield(self._sets[wish][1])

    async def _make(self, wish: Wish) -> Sequence[Document]:
        try:
            return await self._front.documents(wish.person, wish.attached)
        except BaseException:
            self._sets.pop(wish, None)
            raise

    def _forget_old(self, now: float) -> None:
        while self._sets:
            wish, (made, _) = next(iter(self._sets.items()))
            if now - made < KEPT_SECONDS and len(self._sets) <= MAX_SETS:
                return
            del self._sets[wish]


#: Maximum number of simultaneous uploads, which limits memory; others wait.
FILES_AT_ONCE = 4
#: Maximum number of files a day that people without permission are told to be different from a paper. Somebody with the
#: code of a sheet of points could otherwise try one number after another.
FORGERIES_A_DAY = 10


@dataclass(frozen=True, slots=True)
class WebHouse:
    """The door of the conversation, with what the pages need."""

    front: Front
    settings: WebSettings
    assets: Assets
    pages: Pages
    shelf: DocumentCache
    parcels: Parcels
    lines: OpenLines = field(default_factory=OpenLines)
    speech: Paces = field(default_factory=lambda: paces(burst=30, per_second=5))  # frames and files, by the person
    visits: Paces = field(default_factory=lambda: paces(burst=60, per_second=4))  # other requests, by the person
    #: Files to be checked, by the address.
    papers: Paces = field(default_factory=lambda: paces(burst=6, per_second=1 / 15))
    #: Files that are not as a paper was kept, by the paper.
    forgeries: Paces = field(default_factory=lambda: paces(burst=FORGERIES_A_DAY, per_second=FORGERIES_A_DAY / 86_400))
    handing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(FILES_AT_ONCE))  # held in memory
    drawing: WeakValueDictionary[int, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    guesses: Guesses = field(default_factory=Guesses)
    forwarding: set[str] = field(default_factory=set)  # who forwards and is not trusted: told once

    def turn_of(self, person: int) -> asyncio.Lock:
        """A person's conversation is read and drawn once at a time: whoever asks for it forty times at once keeps nobody waiting
        forty times as long.
        """
        return self.drawing.setdefault(person, asyncio.Lock())


HOUSE: web.AppKey[WebHouse] = web.AppKey("house", WebHouse)


def house_of(request: web.Request) -> WebHouse:
    """The house this request was made to."""
    return request.config_dict[HOUSE]
