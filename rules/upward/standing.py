"""How a unit stands with what it sends up: what was done with it, in order, and what that comes to."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Deed(StrEnum):
    """What was done. The names stand in the database."""

    SENT = "sent"
    WITHDRAWN = "withdrawn"  # by the unit
    RETURNED = "returned"  # by the desk, to be completed


@dataclass(frozen=True, slots=True)
class SentUp:
    """Something that was done with what a unit sends up, the how-manieth. `fingerprint`: of what was sent; `reason`: of the others."""

    id: int
    campaign: int
    unit: int
    number: int
    deed: Deed
    fingerprint: str
    reason: str
    by: int
    by_name: str
    by_position: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class UnitUp:
    """A unit in a campaign. `done`: all of it, oldest first."""

    campaign: int
    unit: int
    name: str
    done: tuple[SentUp, ...] = ()

    @property
    def last(self) -> SentUp | None:
        """The last thing that was done."""
        return self.done[-1] if self.done else None

    @property
    def standing(self) -> SentUp | None:
        """What stands: the last that was sent, where it was neither withdrawn nor returned."""
        return self.last if self.last and self.last.deed is Deed.SENT else None

    @property
    def sent(self) -> tuple[SentUp, ...]:
        """Every version, oldest first."""
        return tuple(one for one in self.done if one.deed is Deed.SENT)

    def version(self, one: SentUp) -> int:
        """The how-manieth version it is."""
        return self.sent.index(one) + 1


def by_unit(done: Iterable[SentUp]) -> dict[int, tuple[SentUp, ...]]:
    """What was done in a campaign, by the unit it is of."""
    found: dict[int, list[SentUp]] = {}
    for one in done:
        found.setdefault(one.unit, []).append(one)
    return {unit: tuple(several) for unit, several in found.items()}
