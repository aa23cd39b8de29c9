"""A stand-in being named: who is absent, who stands in, from when, until when, and what is wrong with that."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.core.paging import as_number
from dialogs.core.state import State
from dialogs.stand_ins.people import candidates, everybody, may_name, overlaps, room
from rules.nouns.people import Person

#: The longest absence, in days. A longer one is a typing mistake or a change of post.
MAX_DAYS = 366


@dataclass(frozen=True, slots=True)
class Naming:
    """A stand-in being named, as far as it has been said; None: not said yet."""

    absent: Person
    stand_in: Person | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    def words(self) -> tuple[str, ...]:
        """The words that a button carries."""
        ids = (self.absent.id, self.stand_in.id if self.stand_in else None)
        days = (self.since, self.until)
        return (*(str(one) for one in ids if one), *(day.isoformat() for day in days if day))


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why the naming is refused."""

    #: `not_allowed`, `unknown` (cannot be chosen), `no_day`, `past`, `before` (ends before it begins), `too_long`,
    #: `already` (named for these days), `away` (is absent themselves).
    reason: str
    #: The part that is still valid.
    so_far: Naming | None = None
    #: The id of the person for whom nobody may be named.
    absent: int | None = None


def naming(state: State, named: Sequence[str], wanted: int) -> Naming | Wrong:
    """The first `wanted` words of a button or the focus, checked against today and the room. A missing word is wrong."""
    words = (*named, *("",) * wanted)[:wanted]
    absent = everybody(state).get(_id(words, 0))
    if absent is None or not may_name(state, absent):
        return Wrong("not_allowed", absent=_id(words, 0))
    if wanted == 1:
        return Naming(absent)
    stand_in = next((one for one in candidates(state, absent) if one.id == _id(words, 1)), None)
    if stand_in is None:
        return Wrong("unknown", Naming(absent))
    days = [_day(word) for word in words[2:4]]
    if None in days:
        return Wrong("no_day", Naming(absent, stand_in, days[0]))
    return _checked(state, Naming(absent, stand_in, *days))


def _checked(state: State, named: Naming) -> Naming | Wrong:
    """The naming with its days checked: not past, in order, not too many, and free on both sides."""
    start = Naming(named.absent, named.stand_in)
    if named.since is None:
        return named
    if named.since < state.now.date():
        return Wrong("past", start)
    if named.until is None:
        return named
    if named.until < named.since:
        return Wrong("before", Naming(named.absent, named.stand_in, named.since))
    if (named.until - named.since).days >= MAX_DAYS:
        return Wrong("too_long", Naming(named.absent, named.stand_in, named.since))
    taken = _taken(state, named, named.since, named.until)
    return Wrong(taken, start) if taken else named


def _taken(state: State, named: Naming, since: dt.date, until: dt.date) -> str:
    """Why these days are not free: already named, or the stand-in is away; "": they are free."""
    assert named.stand_in is not None, "days come after the stand-in"
    then = [one for one in room(state).stand_ins if overlaps(one, since, until)]
    if any((one.absent, one.stand_in) == (named.absent.id, named.stand_in.id) for one in then):
        return "already"
    return "away" if any(one.absent == named.stand_in.id for one in then) else ""


def _id(words: Sequence[str], place: int) -> int:
    return as_number(words[place]) if place < len(words) else 0


def _day(word: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        return None
