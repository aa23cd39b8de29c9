"""The door every channel uses. `bot.turn.house` opens it; tests may put a small one in its place."""

import datetime as dt
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.door.channel import Document, Incoming, Parcel, Worded
from bot.door.verdicts import Verdict
from dialogs.core.state import Invitation
from dialogs.core.turn import Attached, InPieces, Papers
from rules.nouns.reviews import Json
from storage.repositories.access.pushes import PushAddress, PushKey


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an event: who spoke (None: a stranger) and the worded replies, already kept (unless nothing was)."""

    person: int | None
    replies: tuple[Worded, ...]
    kept: bool = True
    acted: bool = field(default=False, compare=False)  # an answer or a decision was kept just now: of one update once


@dataclass(frozen=True, slots=True)
class Exchange:
    """One kept step of a conversation, whatever channel it came through.

    `said` is what the person said or the label of the button they pressed ("" for a notice).
    Ids grow; `history(after=id)` gives what is new.
    """

    id: int
    at: dt.datetime
    channel: str
    said: str
    replies: tuple[Worded, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """What a code is worth, and whose it is or was (None: nobody was given it)."""

    outcome: Invitation
    person: int | None = None
    opens_at: dt.datetime | None = None  # of one given anew that does not open yet


@dataclass(frozen=True, slots=True)
class Called:
    """How the browser of a session is called: where, by which keys, in which language, and to which exchange (0: to none)."""

    address: PushAddress
    key: PushKey
    language: str
    exchange: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What is shown beside a conversation where there is room: the outline of the form at work, its papers so far, and the id of
    the newest exchange, by which they change.
    """

    outline: Worded | None = None
    papers: Papers | None = None
    at: int = 0


class Front(Protocol):
    """What a channel may ask of the house."""

    async def take(self, incoming: Incoming) -> Answered:
        """One event, one transaction. Returns after the commit."""
        ...

    async def heard(self, channel: str, account: str, updates: Sequence[str]) -> Collection[str]:
        """Which of these updates were taken before."""
        ...

    def out(self, channel: str, account: str, updates: Sequence[str]) -> None:
        """The replies to these updates of an account are out, or never will be: nobody need send them."""
        ...

    def not_out(self, channel: str, account: str, updates: Sequence[str]) -> None:
        """The replies to these did not go out, and the channel tries no more: somebody does later."""
        ...

    async def still_owed(self, channel: str, account: str, update: str) -> bool:
        """Whether the replies to this update are still to be sent by this process: one that was taken for dead finds that another
        has sent them.
        """
        ...

    async def put_by(self, channel: str, account: str, update_id: str, update: Mapping[str, Json]) -> None:
        """Keep an update that is under way and that the channel's servers will not bring again, as it came."""
        ...

    async def unread(self, channel: str) -> Sequence[Mapping[str, Any]]:
        """The updates that were put by and not handled before the process ended."""
        ...

    async def who(self, channel: str, account: str) -> int | None:
        """The person this account is tied to."""
        ...

    async def visited(self, channel: str, account: str) -> None:
        """Keep that this account's page was looked at."""
        ...

    async def moved(self, channel: str, account: str, to: str, person: int) -> bool:
        """The account of a session of before is `to` from now on. False for one that is not that person's, or was used since."""
        ...

    async def worth(self, code: str) -> Worth:
        """What a code is worth now; nothing is used up or counted."""
        ...

    async def named(self, person: int) -> str:
        """How this person is told from others: the name, and where they are."""
        ...

    async def tongue(self, person: int) -> str:
        """The language this person reads, and how it addresses them."""
        ...

    async def menu(self, person: int) -> Sequence[str]:
        """The commands that are of use to this person now, in the order of the menu."""
        ...

    async def beside(self, person: int) -> Beside:
        """What is shown beside the conversation where there is room."""
        ...

    async def awaits_file(self, channel: str, account: str) -> str:
        """Which file this account may send now: `xlsx`, `any`; "" none. Nobody else's is fetched."""
        ...

    async def history(
        self, person: int, after: int = 0, limit: int = 60, before: int | None = None
    ) -> Sequence[Exchange]:
        """The newest `limit` kept steps with an id above `after` (and below `before`), oldest first."""
        ...

    async def documents(self, person: int, attached: Attached) -> Sequence[Document]:
        """The files that come with a reply, if `person` may see that review or have that file; else empty."""
        ...

    async def checked(self, paper: str | bytes, persons: Sequence[int]) -> Verdict:
        """How a paper stands, by the digits of its code or by its file; to whom of these persons may read it, whose it is. Raises
        RosterErrors for a file that cannot be read, CaseError, and InLine where others wait to have theirs read.
        """
        ...

    async def may_take(self, person: int, wanted: InPieces) -> bool:
        """Whether papers of many as one file are this person's to ask for, now."""
        ...

    async def parcel(self, person: int, wanted: InPieces) -> Parcel | None:
        """Those papers as they are now, as far as `person` may have them; None: they are not theirs to ask for."""
        ...

    async def reached(self, channel: str, account: str, *, reachable: bool) -> None:
        """Keep that a person blocked us there, or is back: notices to who is not reachable wait."""
        ...

    async def push_key(self) -> str:
        """The public key by which browsers let themselves be called; made at the first start."""
        ...

    async def call_at(self, channel: str, account: str, address: PushAddress | None) -> None:
        """The browser of this session is called there while its page is closed; None: no longer."""
        ...

    async def called(self, channel: str, account: str, person: int) -> Called | None:
        """How the browser of this session of that person is called; None: it is not."""
        ...

    def changes(self, person: int) -> AsyncIterator[None]:
        """Yields at once, then whenever something new was kept for this person."""
        ...
