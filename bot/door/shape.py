"""The shape of a channel: the interface by which the shell opens it. `bot.channels` lists the channels.

A channel that writes to people is also a `Messenger`: two pure translations and one effect. The web chat is not: people
come to its page, which shows what is stored.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.door.links import WayIn

if TYPE_CHECKING:  # what these bring takes a fifth of a second to import: who only reads settings does without
    from aiohttp import web

    from bot.door.channel import Document, Incoming, Worded
    from bot.door.conditions import Report
    from bot.door.front import Front

#: Sends a notice to an account of its channel: (account, worded, person) → message ids.
SendNotice = Callable[[str, "Worded", int], Awaitable[Sequence[int]]]


#: Tells somebody on an account of its channel that something is waiting: (account, person) → whether that succeeded.
Nudge = Callable[[str, int], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class OpenChannel:
    """The abilities of a channel. Where it cannot press, send files or edit, `draw` finds another way to say the same."""

    #: Sends notices, on a channel that writes to people.
    notice: SendNotice | None = None
    #: The HTTP routes it needs.
    routes: "Sequence[web.RouteDef]" = ()
    #: Where it serves HTTP itself.
    address: str = ""
    #: Tells people that there is something, without saying what, on a channel where people come and look. Raises a
    #: SendError; after Later it may be tried again.
    nudge: Nudge | None = None


class Channel(Protocol):
    """One channel with its settings. Making it opens nothing and imports no library of its own."""

    @property
    def name(self) -> str:
        """What it is called in accounts, turns and links; never another."""
        ...

    @property
    def setting(self) -> str:
        """The environment variable that opens it."""
        ...

    @property
    def wanted(self) -> bool:
        """Whether the settings open it."""
        ...

    async def way_in(self) -> WayIn | None:
        """Where invitations lead; None when they do not lead here. May ask the channel's servers. Raises TusoiError."""
        ...

    def open(
        self, front: "Front", routes: "Sequence[web.RouteDef]", report: "Report"
    ) -> AbstractAsyncContextManager[OpenChannel]:
        """The channel over this door, until the block ends. It waits for no server of its own: it tells `report` how it
        is and recovers by itself. `routes`: of the channels opened before, for one that answers over HTTP. Raises
        TusoiError for a setting under which it can never be opened here (a port that is taken).
        """
        ...


Update_contra = TypeVar("Update_contra", contravariant=True)
Message_co = TypeVar("Message_co", covariant=True)


class Messenger(Protocol[Update_contra, Message_co]):
    """A channel that writes to people."""

    def read(self, update: Update_contra) -> "Incoming | None":
        """What somebody did, in our words; None for what is no event. Pure."""
        ...

    def draw(self, worded: "Worded", files: "Sequence[Document]") -> Sequence[Message_co]:
        """The messages that say it, in order; where nothing can be pressed or no file sent, in another way. Pure."""
        ...

    async def send(self, account: str, worded: "Worded", person: int) -> Sequence[int]:
        """Draw and send it, with the files that `person` may have; the ids of the messages. Raises a SendError."""
        ...
