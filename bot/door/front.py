"""The front: the interface through which every channel reaches the conversation. `bot.turn.house` implements it; tests
may use a small one.
"""

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
    """The outcome of an event: who spoke (None: a stranger) and the worded replies, which are stored already (unless
    nothing was).
    """

    person: int | None
    replies: tuple[Worded, ...]
    kept: bool = True
    acted: bool = field(default=False, compare=False)  # an answer or a decision was kept just now: of one update once


@dataclass(frozen=True, slots=True)
class Exchange:
    """A stored step of a conversation, from any channel.

    `said`: the person's text, or the label of the button pressed ("" for a notice). Ids grow, so `history(after=id)`
    returns what is new.
    """

    id: int
    at: dt.datetime
    channel: str
    said: str
    replies: tuple[Worded, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """The state of a code, and whose it is or was (None: it was issued to nobody)."""

    outcome: Invitation
    person: int | None = None
    opens_at: dt.datetime | None = None  # of one given anew that does not open yet


@dataclass(frozen=True, slots=True)
class Called:
    """How the browser of a session is called: address, keys, language, and the exchange to show (0: none)."""

    address: PushAddress
    key: PushKey
    language: str
    exchange: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What is shown beside a conversation where there is space: the outline of the present form, its papers, and the id
    of the newest exchange, with which both change.
    """

    outline: Worded | None = None
    papers: Papers | None = None
    at: int = 0


class Front(Protocol):
    """What a channel may ask of the shell."""

    async def take(self, incoming: Incoming) -> Answered:
        """Handle one event in one transaction; returns after the commit."""
        ...

    async def heard(self, channel: str, account: str, updates: Sequence[str]) -> Collection[str]:
        """Those of these updates that were handled before."""
        ...

    def out(self, channel: str, account: str, updates: Sequence[str]) -> None:
        """The replies to these updates of an account were sent or never will be: nobody needs to send them."""
        ...

    def not_out(self, channel: str, account: str, updates: Sequence[str]) -> None:
        """The replies to these updates were not sent and the channel gives up; they are sent later."""
        ...

    async def still_owed(self, channel: str, account: str, update: str) -> bool:
        """Whether this process is still to send the replies to this update. If it was taken for dead, another has sent
        them.
        """
        ...

    async def put_by(self, channel: str, account: str, update_id: str, update: Mapping[str, Json]) -> None:
        """Store an update under way that the channel's servers will not send again, as it came."""
        ...

    async def unread(self, channel: str) -> Sequence[Mapping[str, Any]]:
        """The stored updates that were not handled before the process ended."""
        ...

    async def who(self, channel: str, account: str) -> int | None:
        """The person to whom this account is tied."""
        ...

    async def visited(self, channel: str, account: str) -> None:
        """Record that the page of this account was opened."""
        ...

    async def moved(self, channel: str, account: str, to: str, person: int) -> bool:
        """Transfer the account of an old session to `to`. False when it is not that person's or was used since."""
        ...

    async def worth(self, code: str) -> Worth:
        """The state of a code; nothing is used up or counted."""
        ...

    async def named(self, person: int) -> str:
        """The person's name and place, to tell them from others."""
        ...

    async def tongue(self, person: int) -> str:
        """The tongue of this person: their language and how they are addressed."""
        ...

    async def menu(self, person: int) -> Sequence[str]:
        """The commands useful to this person now, in menu order."""
        ...

    async def beside(self, person: int) -> Beside:
        """What is shown beside the conversation."""
        ...

    async def awaits_file(self, channel: str, account: str) -> str:
        """Which file this account may send now: `xlsx`, `any`, or "" for none. Files are not fetched otherwise."""
        ...

    async def history(
        self, person: int, after: int = 0, limit: int = 60, before: int | None = None
    ) -> Sequence[Exchange]:
        """The newest `limit` stored steps with an id above `after` and below `before`, oldest first."""
        ...

    async def documents(self, person: int, attached: Attached) -> Sequence[Document]:
        """The files attached to a reply, if `person` may see that review or have that file; otherwise empty."""
        ...

    async def checked(self, paper: str | bytes, persons: Sequence[int]) -> Verdict:
        """The standing of a paper by its code or its file, and whose it is, if one of these persons may read it. Raises
        RosterErrors for a file that cannot be read, CaseError, and InLine when other files are being read.
        """
        ...

    async def may_take(self, person: int, wanted: InPieces) -> bool:
        """Whether the person may ask for many papers in one file now."""
        ...

    async def parcel(self, person: int, wanted: InPieces) -> Parcel | None:
        """Those papers as they are now, as far as `person` may have them; None when they may not ask for them."""
        ...

    async def reached(self, channel: str, account: str, *, reachable: bool) -> None:
        """Record that a person blocked the bot there, or is back; notices to unreachable people wait."""
        ...

    async def push_key(self) -> str:
        """The public key with which browsers subscribe to push messages; it is made at the first start."""
        ...

    async def call_at(self, channel: str, account: str, address: PushAddress | None) -> None:
        """Set the push address of this session's browser; None removes it."""
        ...

    async def called(self, channel: str, account: str, person: int) -> Called | None:
        """How to call the browser of this session of that person; None when it is not called."""
        ...

    def changes(self, person: int) -> AsyncIterator[None]:
        """Yields immediately, and then whenever something new was stored for this person."""
        ...
