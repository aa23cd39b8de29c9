"""The demo's roster with small changes."""

import datetime as dt
from dataclasses import replace

from bot.demo.office import DEMO_ROSTER
from rules.roster.people import Roster


def with_person(key: str, /, **values: object) -> Roster:
    """The roster with other values in some fields of one person."""
    people = (replace(one, **values) if one.key == key else one for one in DEMO_ROSTER.people)
    return replace(DEMO_ROSTER, people=tuple(people))


def promoted(key: str = "AP-005", since: dt.date = dt.date(2020, 11, 1)) -> Roster:
    """The roster in which that person has been chuyên viên chính since that day."""
    return with_person(key, position="Chuyên viên chính", position_since=since)


def without(*keys: str) -> Roster:
    """The roster without these people."""
    return replace(DEMO_ROSTER, people=tuple(one for one in DEMO_ROSTER.people if one.key not in keys))
