"""Somebody comes into a room of the campaign: what its loader works on."""

import datetime as dt
from dataclasses import dataclass

from bot.turn.uploads import ReadFile
from dialogs.core.events import Event
from dialogs.core.handlers import Books
from dialogs.core.state import State
from rules.nouns.people import Person
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RoomContext:
    """Who goes where, with which event. `file`: the one it hands in or agrees to."""

    tx: Transaction
    books: Books
    state: State
    event: Event
    person: Person
    file: ReadFile | None = None

    @property
    def today(self) -> dt.date:
        """The day of the event."""
        return self.state.now.date()

    @property
    def acting(self) -> tuple[int, ...]:
        """The person, and those for whom they act."""
        return self.person.id, *self.state.acts_for
