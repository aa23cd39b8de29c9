"""From results to summary tables: the lines of a table, their order, and the value of each cell.

The functions are pure, and the results are those of one moment, as they were kept. Names are in Vietnamese order, units
in the order of the office's list. Ratings, subjects and groups are put into words where the table is drawn.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from rules.book.quota import Rated, once, shares
from rules.book.rulebook import Rulebook
from rules.book.summaries import Contents, Shows, SummaryColumn, SummaryTable
from rules.nouns.alphabet import by_name
from rules.nouns.enclosures import OwnTable
from rules.nouns.periods import MONTHS
from rules.nouns.values import Rating, Subject


@dataclass(frozen=True, slots=True)
class Result:
    """How a person or body stands in one rating, according to what is kept of the review. A rating of None means not
    rated.
    """

    review: int
    name: str
    position: str
    unit: str
    subject: Subject
    leader: bool = False
    group: str = ""
    form: str = ""
    code: str = ""
    person: int = 0
    post: int = 0
    sent: bool = False
    agreed: bool = False
    decided: bool = False
    #: Counts once it is `sent`, and is the proposal once the whole chain `agreed`.
    own: Rating | None = None
    #: What the unit's meeting concluded, or those asked by a sheet propose together; it replaces `own` as the proposal.
    #: None: neither.
    concluded: Rating | None = None
    #: Counts once it is `decided`.
    rating: Rating | None = None
    #: The total of the answers.
    score: float | None = None
    decided_on: dt.date | None = None
    decided_by: str = ""
    #: The post of the decider, with `decided_in` (unit) and `decider` (roster key); "" for a written decision.
    decided_as: str = ""
    decider: str = ""
    decided_in: str = ""
    paper: str = ""
    #: Month → its score, for months that have one.
    months: Mapping[str, float] = field(default_factory=dict)
    #: Sheets about them → the mean of their points.
    points: Mapping[str, float] = field(default_factory=dict)
    #: The combination of these, if the office gave weights.
    weighted: float | None = None

    @property
    def is_proposed(self) -> bool:
        """Whether the unit has made its proposal."""
        return self.agreed or self.concluded is not None

    @property
    def proposed(self) -> Rating | None:
        """The unit's proposal: what its meeting concluded, otherwise the self-rating."""
        return self.concluded or self.own


class Told(StrEnum):
    """A value that is put into words by the templates."""

    NOT_SENT = "not_sent"
    NOT_RATED = "not_rated"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Group:
    """The group of a quota: a unit, a group of similar tasks, both, or ("") the whole office; of those who lead or do
    not.
    """

    unit: str = ""
    group: str = ""
    of: tuple[str, ...] = ()
    leader: bool | None = None


Cell = str | int | float | dt.date | Rating | tuple[Subject, ...] | Group | Told | None


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A row. `total`: it sums up the rows above it."""

    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished table of one campaign, for a `unit` or ("") for the whole office."""

    table: SummaryTable
    #: With a column for each month, titled with its number.
    columns: tuple[SummaryColumn, ...]
    unit: str
    lines: tuple[SummaryRow, ...]
    #: Rating (None: not rated) → how many have it.
    tally: Mapping[Rating | None, int] = field(default_factory=dict)
    #: How many results are still to come.
    open: int = 0
    #: The office's file that replaces it.
    own: OwnTable | None = None


def summaries(book: Rulebook, results: Sequence[Result], before: Sequence[Result] | None = None) -> tuple[Summary, ...]:
    """All tables of the rulebook, in its order; those made for each unit only where they have a line.

    `before`: the results of the same period in the previous year; None: none are kept.
    """
    return tuple(one for table in book.summary_tables for one in of_table(book, table, results, before))


def of_table(
    book: Rulebook, table: SummaryTable, results: Sequence[Result], before: Sequence[Result] | None = None
) -> Iterator[Summary]:
    """One table, for each unit or for the office."""
    mine = in_order(_concerned(table, results))
    units = tuple(dict.fromkeys(one.unit for one in mine)) if table.per == "unit" else ("",)
    for unit in units:
        here = [one for one in mine if not unit or one.unit == unit]
        past = None if before is None else [one for one in _concerned(table, before) if not unit or one.unit == unit]
        tally = Counter(_rating(table, one) for one in here if _settled(table, one))
        still_open = sum(not _settled(table, one) for one in here)
        yield Summary(table, opened_out(table), unit, tuple(_lines(book, table, here, past)), tally, still_open)


def opened_out(table: SummaryTable) -> tuple[SummaryColumn, ...]:
    """The columns, with the months as one column each, titled with its number."""
    return tuple(
        one
        for column in table.columns
        for one in (
            [SummaryColumn(Shows.MONTHS, str(number)) for number, _ in enumerate(MONTHS, start=1)]
            if column.shows is Shows.MONTHS
            else [column]
        )
    )


def in_order(results: Iterable[Result]) -> list[Result]:
    """The lines unit by unit; within a unit by name, then by post, then by the order of the forms."""
    given = list(results)
    place = {unit: number for number, unit in enumerate(dict.fromkeys(one.unit for one in given))}
    return sorted(given, key=lambda one: (place[one.unit], by_name(one.name), one.person, one.post))


def share_of(count: int, of: int) -> float | None:
    """Percent to one decimal, halves rounded up; None of zero."""
    if not of:
        return None
    return float((Decimal(count) * 100 / of).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _concerned(table: SummaryTable, results: Iterable[Result]) -> Iterator[Result]:
    for one in results:
        of_subject = not table.subject or one.subject in table.subject
        of_form = not table.forms or one.form in table.forms
        if of_subject and of_form and table.leader in {None, one.leader}:
            yield one


def _settled(table: SummaryTable, one: Result) -> bool:
    return one.is_proposed if table.proposal else one.decided


def _rating(table: SummaryTable, one: Result) -> Rating | None:
    return one.proposed if table.proposal else one.rating


def _lines(
    book: Rulebook, table: SummaryTable, results: Sequence[Result], before: Sequence[Result] | None
) -> Iterator[SummaryRow]:
    match table.contents:
        case Contents.RESULTS:
            for number, one in enumerate(results, start=1):
                yield SummaryRow(tuple(_of_result(column.shows, number, one, column.round) for column in table.columns))
        case Contents.MONTHS:
            first = {(one.person, one.post): one for one in reversed(results)}
            people = [one for one in results if first[one.person, one.post] is one]
            for number, one in enumerate(people, start=1):
                yield SummaryRow(tuple(_of_months(table, number, one)))
        case Contents.SHARES:
            yield from _shares(book, table, results)
        case Contents.COUNTS:
            yield from _counts(table, results, before)


def _of_result(shows: Shows, number: int, one: Result, sheets: str = "") -> Cell:
    cells: Mapping[Shows, Cell] = {
        Shows.NUMBER: number,
        Shows.NAME: one.name,
        Shows.POSITION: one.position,
        Shows.UNIT: one.unit,
        Shows.SUBJECT: (one.subject,),
        Shows.GROUP: one.group,
        Shows.FORM: one.code,
        Shows.SCORE: one.score,
        Shows.OWN: (one.own or Told.NOT_RATED) if one.sent else Told.NOT_SENT,
        Shows.PROPOSED: (one.proposed or Told.NOT_RATED) if one.is_proposed else None,
        Shows.RATING: (one.rating or Told.NOT_RATED) if one.decided else None,
        Shows.DECIDED_ON: one.decided_on,
        Shows.DECIDED_BY: one.decided_by,
        Shows.PAPER: one.paper,
        Shows.POINTS: one.points.get(sheets),
        Shows.WEIGHTED: one.weighted,
        Shows.BY_HAND: None,
    }
    return cells[shows]


def _of_months(table: SummaryTable, number: int, one: Result) -> Iterator[Cell]:
    for column in table.columns:
        if column.shows is Shows.MONTHS:
            yield from (one.months.get(month) for month in MONTHS)
        elif column.shows is Shows.MEAN:
            yield one.score if one.sent else None
        else:
            yield _of_result(column.shows, number, one)


def _as_rated(table: SummaryTable, results: Iterable[Result]) -> list[Rated]:
    return [
        Rated(
            one.name,
            one.unit,
            one.group,
            one.leader,
            _rating(table, one) if _settled(table, one) else None,
            one.review,
            one.subject,
            open=not _settled(table, one),
            person=one.person,
            post=one.post,
        )
        for one in results
    ]


def _shares(book: Rulebook, table: SummaryTable, results: Sequence[Result]) -> Iterator[SummaryRow]:
    """One line for each group. A person with two posts counts once."""
    stage = "proposal" if table.proposal else "decision"
    for number, share in enumerate(shares(book.quotas, _as_rated(table, results), stage), start=1):
        leader = share.key.get("leader")
        group = Group(
            str(share.key.get("unit", "")),
            str(share.key.get("group", "")),
            tuple(name for name in share.key if name != "leader"),
            leader if isinstance(leader, bool) else None,
        )
        cells: Mapping[Shows, Cell] = {
            Shows.NUMBER: number,
            Shows.SUBJECT: share.subjects,
            Shows.WHAT: group,
            Shows.BASE: share.base,
            Shows.ALLOWED: share.allowed,
            Shows.HAVE: share.rated,
            Shows.OVER: share.over,
            Shows.BY_HAND: None,
        }
        yield SummaryRow(tuple(cells[column.shows] for column in table.columns))


def _counts(table: SummaryTable, results: Sequence[Result], before: Sequence[Result] | None) -> Iterator[SummaryRow]:
    """For each kind of subject a line for each rating, one for those not rated, and their sum; percentages are of those
    rated.
    """
    now = _by_subject(table, results)
    past = None if before is None else _by_subject(table, before)
    present = {one.subject for one in results} | (past or {}).keys()
    of_kinds = [subject for subject in Subject if subject in present]
    for number, subject in enumerate(of_kinds, start=1):
        counted = now.get(subject, Counter())
        then = None if past is None else past.get(subject, Counter())
        ratings: tuple[Rating | None, ...] = (*Rating, None)
        rows: list[tuple[Cell, tuple[Rating | None, ...]]] = [(one or Told.NOT_RATED, (one,)) for one in ratings]
        for told, of in [*rows, (Told.TOTAL, ratings)]:
            cells: Mapping[Shows, Cell] = {
                Shows.NUMBER: number,
                Shows.SUBJECT: (subject,),
                Shows.RATING: told,
                Shows.COUNT: sum(counted[one] for one in of),
                Shows.PERCENT: _percent(counted, of),
                Shows.COUNT_BEFORE: None if then is None else sum(then[one] for one in of),
                Shows.PERCENT_BEFORE: None if then is None else _percent(then, of),
                Shows.BY_HAND: None,
            }
            yield SummaryRow(tuple(cells[column.shows] for column in table.columns), told is Told.TOTAL)


def _percent(counted: Counter[Rating | None], of: tuple[Rating | None, ...]) -> float | None:
    """The percentage of those who are rated."""
    if of == (None,):
        return None
    rated = sum(counted[one] for one in Rating)
    return share_of(sum(counted[one] for one in of if one), rated)


def _by_subject(table: SummaryTable, results: Iterable[Result]) -> dict[Subject, Counter[Rating | None]]:
    """For each kind of subject how many have which rating, of those settled. A person with two posts counts once."""
    found: dict[Subject, Counter[Rating | None]] = {}
    for one in once(_as_rated(table, results)):
        if one.subject is not None and not one.open:
            found.setdefault(one.subject, Counter())[one.rating] += 1
    return found
