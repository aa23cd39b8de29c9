"""What all console pages work with, and what is known about a request once its session is checked."""

import asyncio
import datetime as dt
import hmac
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from aiohttp import web
from multidict import MultiDict, MultiMapping

from bot.console.counting import Counts
from bot.delivery.seam import Jobs
from bot.door.lifetimes import Lifetimes
from bot.door.links import Links
from bot.web.files import sent_in_pieces, spool_of
from bot.web.house import house_of
from bot.web.sessions import as_sent, page, require_own_page
from dialogs.core.handlers import Books
from dialogs.core.turn import InPieces
from rules.campaign.looking.oversight import Oversight
from rules.nouns.reviews import Campaign, Json
from storage.repositories.access.consoles import CHANNEL
from storage.store import Store
from storage.transaction import Transaction

#: The path below which the console is served.
HOME = "/bang"

#: Maximum number of visits handled at once. Each holds a connection of the pool and may need a second, so together they
#: must leave some free for the chat.
AT_ONCE = 12

#: Seconds after which a page that is still being counted reloads.
AGAIN = 3

#: The maximum age of a session, however much it is used.
WHOLE = dt.timedelta(hours=12)


def lifetimes(idle_minutes: int) -> Lifetimes:
    """The lifetimes of a console session."""
    return Lifetimes(dt.timedelta(minutes=idle_minutes), WHOLE, (CHANNEL,))


def form_token(account: str) -> str:
    """The token in the forms of a session (against request forgery): only somebody who can read its pages can send a
    form.
    """
    return sha256(f"console form\0{account}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class ConsoleHouse:
    """The services that all console pages use."""

    store: Store
    books: Books
    jobs: Jobs
    now: Callable[[], dt.datetime]
    lifetimes: Lifetimes = field(default_factory=lambda: lifetimes(30))
    links: Links = field(default_factory=Links)
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", Counts(self.now))


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of a signed-in person, with what they oversee, determined anew for each request. `campaigns`: all parts
    of the office's campaigns, newest campaign first, open before closed ones.
    """

    request: web.Request
    house: ConsoleHouse
    tx: Transaction  # it only looks
    account: str
    oversight: Oversight
    office: int
    campaigns: Mapping[int, tuple[Campaign, ...]]
    closed: frozenset[int]
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """Today."""
        return self.now.date()

    @property
    def token(self) -> str:
        """The token in the forms of this session."""
        return form_token(self.account)

    def draw(self, template: str, status: int = 200, **values: object) -> web.Response:
        """Draw a console page in its frame."""
        person = self.oversight.person
        seen = ("whole", "inspects", "writes", "collects", "keeps_roster")
        sees = {name: getattr(self.oversight, name) for name in seen}
        known = {"me": person, "token": self.token, "home": HOME, **sees}
        return page(self.request, f"console/{template}", status, **{**known, **values})

    def counting(self, here: str, campaign: int) -> web.Response:
        """The page shown while its content is counted for the first time; it reloads itself."""
        shown = self.draw("counting.html", here=here, campaign=self.campaigns[campaign])
        shown.headers["Refresh"] = str(AGAIN)
        return shown

    async def turn_away(self, what: str, **detail: Json) -> web.HTTPNotFound:
        """The answer for what does not exist or may not be seen, which look alike. The attempt is recorded in the
        audit.
        """
        await self.keep_refused(what, **detail)
        return web.HTTPNotFound()

    async def keep_refused(self, what: str, **detail: Json) -> None:
        """Record in the audit that somebody tried to reach what they may not see."""
        async with self.house.store.transaction() as tx:
            about = {"page": what, **detail}
            await tx.audit.record(self.oversight.person.id, "console refused", self.now, detail=about)
            await tx.commit()


def to_newest(visit: Visit, path: str) -> web.Response:
    """Redirect to the page below `path` about the newest campaign; to the people if there is none."""
    root, campaign = house_of(visit.request).settings.root, next(iter(visit.campaigns), 0)
    to = f"{path}/{campaign}" if campaign else "/nguoi"
    return web.Response(status=303, headers={"Location": f"{root}{HOME}{to}"})


async def sent_form(visit: Visit) -> MultiMapping[str]:
    """The fields of a form sent from a page of this session. Raises 400, 403, 413."""
    require_own_page(visit.request)
    with as_sent():
        fields = await visit.request.post()
    found = MultiDict((name, str(value)) for name, value in fields.items())
    require_token(visit, found.get("token", ""))
    return found


def require_token(visit: Visit, token: str) -> None:
    """Raises 403 for a form that was not sent from a page of this session."""
    if not hmac.compare_digest(token.encode(), visit.token.encode()):
        raise web.HTTPForbidden


def once_of(fields: Mapping[str, str]) -> str:
    """The id a form gives itself: sent twice, it is handled once. Raises 400."""
    once = fields.get("once", "")
    if not _ONCE.fullmatch(once):
        raise web.HTTPBadRequest
    return once


_ONCE = re.compile(r"[0-9A-Za-z_-]{8,64}")


@dataclass(frozen=True, slots=True)
class Afterwards:
    """A response sent after the visit has released its slot and its connection, because a large file may take an hour."""

    send: Callable[[], Awaitable[web.StreamResponse]]


def in_pieces(visit: Visit, wanted: InPieces, at: int) -> Afterwards:
    """A file larger than memory, sent after the visit; 404 when the reader may not have it."""
    request, person = visit.request, visit.oversight.person.id

    async def send() -> web.StreamResponse:
        return await sent_in_pieces(request, await spool_of(request, person, wanted, at))

    return Afterwards(send)


Handler = Callable[[Visit], Awaitable[web.StreamResponse | Afterwards]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the console: its path below HOME and its handler. `sends`: it receives a form; its handler must call
    `sent_form`, which rejects forms from other sites.
    """

    path: str
    handler: Handler
    sends: bool = False
