"""The context in which commands are applied."""

import datetime as dt
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from bot.delivery.notices import Notice
from bot.documents.keeping import Keeper
from bot.door.channel import Incoming
from bot.turn.uploads import ReadFile
from dialogs.core.handlers import Books
from rules.nouns.devices import CodeGiven
from rules.nouns.people import Person
from rules.nouns.reviews import Json, Review
from storage.transaction import Transaction


class Overtaken(Exception):
    """Somebody else's transaction came first; the event must be handled again from the start."""


@dataclass(slots=True)
class CommandContext:
    """The open transaction and the actor."""

    tx: Transaction
    incoming: Incoming
    person: Person | None
    now: dt.datetime
    books: Books
    #: The file that the event hands in or confirms.
    file: ReadFile | None = None
    #: How the device used came in, if somebody issued its code.
    device: CodeGiven | None = None
    #: The prefix of the codes on papers.
    address: str = ""
    told: list[Notice] = field(default_factory=list)  # what the turn itself tells others
    notified: list[int] = field(default_factory=list)  # deliveries written by themselves
    to_many: list[Notice] = field(default_factory=list)  # to be written together, before the commit

    @property
    def actor(self) -> Person:
        """Who acts; commands that need one are never given to a stranger."""
        assert self.person is not None
        return self.person

    @property
    def signed(self) -> dict[str, Any]:
        """Who did it and when, as decisions, endorsements and rulings keep it: name and post of that time."""
        actor = self.actor
        named = {"by": actor.id, "by_name": actor.name, "by_position": actor.position}
        return {**named, "at": self.now, "device": self.device}

    def others_than(self, people: Collection[int | None]) -> bool:
        """Whether who acts is none of these, and did not come in by a code of theirs."""
        return self.actor.id not in people and (self.device is None or self.device.bars.isdisjoint(people))

    @property
    def keeper(self) -> Keeper:
        """Keeps what is sent and said as it is printed."""
        return Keeper(self.tx, self.books, self.now, address=self.address)

    async def review(self, review_id: int) -> Review:
        """The review as it stands by now."""
        review = await self.tx.reviews.get(review_id)
        assert review is not None, "it was just written to"
        return review

    async def record(
        self,
        what: str,
        *,
        review: int | None = None,
        person: int | None = None,
        **detail: Json,
    ) -> None:
        """A line of the audit; of what is done from a device whose code somebody gave, with who that was."""
        if self.device is not None:
            detail["code_by"] = self.device.by
        await self.tx.audit.record(self.actor.id, what, self.now, review_id=review, person_id=person, detail=detail)


Applier = Callable[[CommandContext, Any], Awaitable[None]]
