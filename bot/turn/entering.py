"""Somebody comes into a room of the campaign: what its loader works on."""

import datetime as dt
from dataclasses import dataclass

from bot.turn.uploads import Opened
from dialogs.core.events import Event
from dialogs.core.handlers import Books
from dialogs.core.state import State
from rules.nouns.people import Person
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Entering:
    """Who goes where, with which event. `file`: the one it hands in or agrees to."""

    unit: Unit
    books: Books
    state: State
    event: Event
    person: Person
    file: Opened | None = None

    @property
    def today(self) -> dt.date:
        """The day of the event."""
        return self.state.now.date()

    @property
    def acting(self) -> tuple[int, ...]:
        """The person, and those for whom they act."""
        return self.person.id, *self.state.acts_for
