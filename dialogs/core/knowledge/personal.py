"""Knowledge of the room DATA."""

from dataclasses import dataclass

from rules.nouns.people import Person
from rules.personal.requests import DataRequest


@dataclass(frozen=True, slots=True)
class AskedOfDesk:
    """A data request, and the person who filed it."""

    request: DataRequest
    person: Person


@dataclass(frozen=True, slots=True)
class DataKnown:
    """Knowledge of DATA."""

    #: This person's requests, newest first.
    mine: tuple[DataRequest, ...] = ()
    #: For the desk: requests of people of the office that nobody has answered.
    waiting: tuple[AskedOfDesk, ...] = ()
