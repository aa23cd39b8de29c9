"""The record of data breaches, which is only ever added to, and the legal deadline for reporting."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.personal.requests import breach_due
from storage.repositories.requests import Breach


@dataclass(frozen=True, slots=True)
class Record:
    """A breach with later additions, the oldest first."""

    first: Breach
    more: tuple[Breach, ...] = ()

    @property
    def due(self) -> dt.datetime:
        """When it must be reported."""
        return breach_due(self.first.found_at)

    @property
    def reported_at(self) -> dt.datetime | None:
        """When it was first reported; None when it was not."""
        found = [one.reported_at for one in (self.first, *self.more) if one.reported_at]
        return min(found) if found else None

    def late(self, now: dt.datetime) -> bool:
        """Whether the deadline passed without a report, or the report was late."""
        return (self.reported_at or now) > self.due


def records(entries: Sequence[Breach]) -> list[Record]:
    """The entries grouped by breach, the oldest first."""
    more: Mapping[int, list[Breach]] = {one.id: [] for one in entries if one.of is None}
    for one in entries:
        if one.of is not None:
            more[one.of].append(one)
    return [Record(one, tuple(more[one.id])) for one in entries if one.of is None]
