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

#: Sorts before every other day: the day for people's own reviews, which the office sets if its rulebook prescribes
#: none.
_FIRST = dt.date.min
#: How many pairs in the wrong order are named.
_PAIRS_TOLD = 5


@dataclass(frozen=True, slots=True)
class DateLine:
    """A last day of a campaign."""

    #: The place of its part among the parts of the campaign.
    place: int
    rulebook: str
    of: str
    key: str
    #: The title of the milestone; "": the rulebook has none, and the office sets the day itself.
    title: str
    owed_by: str
    day: dt.date | None
    #: The day by the rulebook, which gives the usual order.
    usual: dt.date
    #: Further parts that share this day, with their rulebooks: people's own review, if several rulebooks leave its day
    #: to the office.
    also: tuple[tuple[int, str], ...] = ()
    #: The last day that the text itself allows.
    limit: dt.date | None = None
    #: Whether it runs beside the steps of the review (a unit's own regulation), so that the rulebook orders it neither
    #: before nor after them.
    beside: bool = False

    @property
    def parts(self) -> tuple[tuple[int, str], ...]:
        """The parts of the campaign that have this day, each with its rulebook."""
        return (self.place, self.rulebook), *self.also

    @property
    def mark(self) -> str:
        """The milestone as buttons name it. A hash, because an office may give it a key of any length."""
        return seal(self.key)

    def values(self) -> dict[str, Json]:
        """The values of a template."""
        day = self.day.isoformat() if self.day else ""
        return {"title": self.title, "of": self.of, "day": day}


def lines_of(books: Books, parts: Sequence[Campaign]) -> tuple[DateLine, ...]:
    """Every day of every part, earliest first, preceded by those not set yet."""
    lines = [
        line for place, part in enumerate(parts) for line in _lines(books[part.edition], place, part, len(parts) > 1)
    ]
    return tuple(sorted(_joined(lines), key=lambda line: (line.day or _FIRST, line.usual, line.place)))


def _joined(lines: Sequence[DateLine]) -> list[DateLine]:
    """Days that several rulebooks leave to the office, joined to one line as long as they are equal."""
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
    """Pairs of days that are not in the rulebook's order."""
    return [_turned(one, other) for one, other in _turned_pairs(lines)][:_PAIRS_TOLD]


def warnings_of(lines: Sequence[DateLine], at: DateLine, day: dt.date, today: dt.date) -> list[Json]:
    """What is unusual about that day for the milestone. Warnings that held before are not repeated."""
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
    """The warning about a pair. `first` is the one that comes first in the rulebook."""
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
