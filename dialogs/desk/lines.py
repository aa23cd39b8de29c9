"""The days of a campaign as lines in order, with warnings about unusual ones."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from dialogs.core.handlers import Books
from dialogs.core.stamps import seal
from rules.book.milestones import SELF_REVIEW, limits, timetable
from rules.book.rulebook import Rulebook
from rules.nouns.reviews import Campaign, Json

#: Before every other: a day for people's own reviews that the office sets where its rulebook says none.
_FIRST = dt.date.min
#: As many pairs in the wrong order are told.
_PAIRS_TOLD = 5


@dataclass(frozen=True, slots=True)
class DateLine:
    """A last day. `place`: which part of the campaign; `title` is "" where the rulebook has no such milestone and the
    office sets the day itself; `usual` orders it as the rulebook does. `also`: other parts whose same day it is (people's own review,
    which several rulebooks leave to the office). `limit`: the last day that the text itself allows. `beside`: it goes beside the steps of
    the review (a unit's own regulation), so that no order with them is the rulebook's.
    """

    place: int
    rulebook: str
    of: str
    key: str
    title: str
    owed_by: str
    day: dt.date | None
    usual: dt.date
    also: tuple[tuple[int, str], ...] = ()
    limit: dt.date | None = None
    beside: bool = False

    @property
    def parts(self) -> tuple[tuple[int, str], ...]:
        """The parts of the campaign whose day it is, each with its rulebook."""
        return (self.place, self.rulebook), *self.also

    @property
    def mark(self) -> str:
        """The milestone as buttons name it: its key may be as long as an office likes."""
        return seal(self.key)

    def values(self) -> dict[str, Json]:
        """As a template takes it."""
        day = self.day.isoformat() if self.day else ""
        return {"title": self.title, "of": self.of, "day": day}


def lines_of(books: Books, parts: Sequence[Campaign]) -> tuple[DateLine, ...]:
    """Every day of every part, earliest first; those without a day before them."""
    lines = [
        line for place, part in enumerate(parts) for line in _lines(books[part.edition], place, part, len(parts) > 1)
    ]
    return tuple(sorted(_joined(lines), key=lambda line: (line.day or _FIRST, line.usual, line.place)))


def _joined(lines: Sequence[DateLine]) -> list[DateLine]:
    """What several rulebooks leave to the office is one day, as long as it is the same."""
    own = [line for line in lines if line.usual == _FIRST]
    if len(own) < 2 or len({line.day for line in own}) > 1:
        return list(lines)
    one = replace(own[0], of="", also=tuple((line.place, line.rulebook) for line in own[1:]))
    return [one, *(line for line in lines if line.usual != _FIRST)]


def moved(lines: Sequence[DateLine], at: DateLine, day: dt.date) -> tuple[DateLine, ...]:
    """The lines with another day for one of them."""
    changed = (replace(line, day=day) if line == at else line for line in lines)
    return tuple(sorted(changed, key=lambda line: (line.day or _FIRST, line.usual, line.place)))


def turned(lines: Sequence[DateLine]) -> list[Json]:
    """Pairs of days whose order is not the rulebook's."""
    return [_turned(one, other) for one, other in _turned_pairs(lines)][:_PAIRS_TOLD]


def warnings_of(lines: Sequence[DateLine], at: DateLine, day: dt.date, today: dt.date) -> list[Json]:
    """What is odd about that day for that milestone; what was odd before is not told again."""
    after = moved(lines, at, day)
    changed = replace(at, day=day)
    past: list[Json] = [{"what": "past", **changed.values()}] if day < today else []
    if at.limit and day > at.limit:
        past.append({"what": "beyond", **changed.values(), "limit": at.limit.isoformat()})
    return past + [_turned(*pair) for pair in _turned_pairs(after) if changed in pair][:_PAIRS_TOLD]


def _turned_pairs(lines: Sequence[DateLine]) -> list[tuple[DateLine, DateLine]]:
    pairs = combinations(sorted(lines, key=lambda line: line.usual), 2)
    return [(one, other) for one, other in pairs if _is_turned(one, other)]


def _is_turned(one: DateLine, other: DateLine) -> bool:
    if (
        not {place for place, _ in one.parts} & {place for place, _ in other.parts}
        or one.day is None
        or other.day is None
        or one.beside
        or other.beside
    ):
        return False
    return one.usual < other.usual and one.day > other.day


def _turned(one: DateLine, other: DateLine) -> Json:
    """`first` is what the rulebook has earlier."""
    return {"what": "turned", "first": one.values(), "then": other.values()}


def _lines(book: Rulebook, place: int, part: Campaign, named: bool) -> list[DateLine]:  # noqa: FBT001 - private, one caller
    usual: Mapping[str, dt.date] = timetable(book, part.year) if part.period == "year" else {}
    until, of = limits(book, part.year), book.title if named else ""
    lines = [
        DateLine(
            place,
            book.id,
            of,
            one.key,
            one.title,
            one.owed_by.value,
            part.timetable.get(one.key),
            usual[one.key],
            limit=until.get(one.key),
            beside=one.beside,
        )
        for one in book.milestones
        if one.key in usual
    ]
    if SELF_REVIEW not in usual:
        lines.append(DateLine(place, book.id, of, SELF_REVIEW, "", "person", part.timetable.get(SELF_REVIEW), _FIRST))
    return lines
