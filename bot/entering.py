"""Somebody comes into a room of the campaign: what its loader works on."""

import datetime as dt
from dataclasses import dataclass

from bot.uploads import Opened
from dialogs.events import Event
from dialogs.handlers import Books
from dialogs.state import State
from rules.people import Person
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
