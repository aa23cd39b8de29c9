"""The state of a unit's package: what was done with it, in order, and the result."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Deed(StrEnum):
    """What was done with a package. The names are stored in the database."""

    SENT = "sent"
    WITHDRAWN = "withdrawn"  # by the unit
    RETURNED = "returned"  # by the desk, for completion


@dataclass(frozen=True, slots=True)
class SentUp:
    """One thing done with a unit's package, by its number."""

    id: int
    campaign: int
    unit: int
    number: int
    deed: Deed
    #: Of what was sent.
    fingerprint: str
    #: Why it was withdrawn or returned.
    reason: str
    by: int
    by_name: str
    by_position: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class UnitUp:
    """A unit in a campaign, with everything done with its package, oldest first."""

    campaign: int
    unit: int
    name: str
    done: tuple[SentUp, ...] = ()

    @property
    def last(self) -> SentUp | None:
        """The latest thing done."""
        return self.done[-1] if self.done else None

    @property
    def standing(self) -> SentUp | None:
        """The package in force: the last one sent, unless it was withdrawn or returned."""
        return self.last if self.last and self.last.deed is Deed.SENT else None

    @property
    def sent(self) -> tuple[SentUp, ...]:
        """Every version, oldest first."""
        return tuple(one for one in self.done if one.deed is Deed.SENT)

    def version(self, one: SentUp) -> int:
        """The number of that version."""
        return self.sent.index(one) + 1


def by_unit(done: Iterable[SentUp]) -> dict[int, tuple[SentUp, ...]]:
    """Unit → what was done in a campaign."""
    found: dict[int, list[SentUp]] = {}
    for one in done:
        found.setdefault(one.unit, []).append(one)
    return {unit: tuple(several) for unit, several in found.items()}
