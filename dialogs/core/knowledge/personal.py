"""What DATA knows."""

from dataclasses import dataclass

from rules.nouns.people import Person
from rules.personal.requests import DataRequest


@dataclass(frozen=True, slots=True)
class AskedOfDesk:
    """A request about data, and who asks."""

    request: DataRequest
    person: Person


@dataclass(frozen=True, slots=True)
class DataKnown:
    """DATA. `mine`: what this person asked, the newest first; `waiting`: of the desk, what people of the office ask and nobody
    has answered.
    """

    mine: tuple[DataRequest, ...] = ()
    waiting: tuple[AskedOfDesk, ...] = ()
