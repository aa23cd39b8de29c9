"""Searching the audit: by person, by deed, by days. Conversion from and to the query of an address."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.campaign.looking.wanted import MOST_SOUGHT, number_of
from rules.nouns.deeds import DEEDS

#: Lines on a page.
LINES = 50

#: Nothing is older, so an earlier day is a typing mistake.
FIRST_YEAR = 2000

_KINDS = {what for some in DEEDS.values() for what in some}


@dataclass(frozen=True, slots=True)
class Inspected:
    """The lines of the audit that are wanted. Fields that are "" or None do not restrict anything."""

    #: The person's key in the roster.
    key: str = ""
    #: One deed, or a kind of deeds.
    what: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    #: Only lines with a lower number (0: the newest).
    before: int = 0
    #: The names of query parameters that made no sense.
    lost: tuple[str, ...] = field(default=())

    @property
    def deeds(self) -> tuple[str, ...]:
        """The wanted words of the audit; empty: all."""
        return DEEDS.get(self.what, (self.what,) if self.what else ())

    def query(self, *, before: int = 0) -> dict[str, str]:
        """The query parameters of an address for it."""
        days = {"tu": self.since, "den": self.until}
        found = {"ai": self.key, "viec": self.what, **{name: day.isoformat() for name, day in days.items() if day}}
        return {**{name: value for name, value in found.items() if value}, **({"truoc": str(before)} if before else {})}


def inspected(query: Mapping[str, str]) -> Inspected:
    """What the query of an address asks for."""
    given = {name: query.get(name, "").strip() for name in ("ai", "viec", "tu", "den", "truoc")}
    what = given["viec"] if given["viec"] in _KINDS | DEEDS.keys() else ""
    since, until, before = _day(given["tu"]), _day(given["den"]), number_of(given["truoc"])
    key = given["ai"][:MOST_SOUGHT] if "\0" not in given["ai"] else ""
    read = {
        "ai": bool(key),
        "viec": bool(what),
        "tu": since is not None,
        "den": until is not None,
        "truoc": before >= 0,
    }
    lost = tuple(name for name, good in read.items() if given[name] and not good)
    return Inspected(key, what, since, until, max(0, before), lost)


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text) if len(text) == len("2026-11-29") else None
    except ValueError:
        return None
    return day if day and day.year >= FIRST_YEAR else None
