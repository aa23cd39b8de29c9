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
    """An open channel, as the shell uses it."""

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
    """A channel with its settings. Creating it opens nothing and imports no library."""

    @property
    def name(self) -> str:
        """Its permanent name in accounts, turns and links."""
        ...

    @property
    def setting(self) -> str:
        """The environment variable that enables it."""
        ...

    @property
    def wanted(self) -> bool:
        """Whether the settings enable it."""
        ...

    async def way_in(self) -> WayIn | None:
        """Where invitations lead; None when they do not lead here. May query the channel's servers. Raises TusoiError."""
        ...

    def open(
        self, front: "Front", routes: "Sequence[web.RouteDef]", report: "Report"
    ) -> AbstractAsyncContextManager[OpenChannel]:
        """Open the channel behind this door until the block ends. It does not wait for its servers: it reports its
        condition with `report` and recovers by itself. `routes`: of channels opened before, for a channel that serves
        HTTP. Raises TusoiError for a setting with which it can never be opened here, such as a port in use.
        """
        ...


Update_contra = TypeVar("Update_contra", contravariant=True)
Message_co = TypeVar("Message_co", covariant=True)


class Messenger(Protocol[Update_contra, Message_co]):
    """A channel that writes to people."""

    def read(self, update: Update_contra) -> "Incoming | None":
        """The event that an update means; None when it is none. Pure."""
        ...

    def draw(self, worded: "Worded", files: "Sequence[Document]") -> Sequence[Message_co]:
        """The messages that say it, in order; where nothing can be pressed or no file sent, in another way. Pure."""
        ...

    async def send(self, account: str, worded: "Worded", person: int) -> Sequence[int]:
        """Send a reply with the files that `person` may have; returns the message ids. Raises a SendError."""
        ...
