"""Changes of unit, position or role without a day: they are listed with their cells, and dated once somebody says since
when.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.roster.columns import TITLES
from rules.nouns.errors import Mistake
from rules.roster.changes import RosterChanges, Undated
from rules.roster.people import Roster, RosterPerson, RosterPlaces

#: The answer for a change that only corrects an error.
CORRECTED = "sửa"
#: What changed → the column of its day.
SINCE = {"unit": "unit_since", "position": "position_since", "role": "role_since"}


def undated(change: RosterChanges, places: RosterPlaces) -> Iterator[Mistake]:
    """Every change without a day, with its cell."""
    for one in change.undated:
        name = one.fields[0]
        values = {"key": one.new.key, "name": one.new.name, "column": TITLES[SINCE[name]]}
        values |= {"old": getattr(one.old, name), "new": getattr(one.new, name)}
        cell = places.cell(one.new.key, name)
        kind = "undated_unit" if name == "unit" else "undated_role" if name == "role" else "undated_position"
        yield Mistake("", 0, TITLES[name], kind, values, cell)


def with_days(roster: Roster, change: RosterChanges, days: Mapping[str, dt.date | None]) -> Roster:
    """The roster with the first days of changes, by key; None: no change, the earlier entry was wrong."""
    asked = {one.new.key: one for one in change.undated if one.new.key in days}
    people = (
        _dated(one, asked[one.key], day) if one.key in asked and (day := days[one.key]) else one
        for one in roster.people
    )
    corrected = {key for key in asked if days[key] is None}
    return replace(roster, people=tuple(people), corrected=roster.corrected | corrected)


def _dated(person: RosterPerson, change: Undated, day: dt.date) -> RosterPerson:
    days: dict[str, Any] = {SINCE[name]: day for name in change.fields}
    return replace(person, **days)
