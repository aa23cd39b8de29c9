"""Periods and dates as they are typed on the command line."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from rules.book.milestones import SELF_REVIEW
from rules.book.rulebook import Rulebook
from rules.nouns.errors import TusoiError
from rules.nouns.periods import NAMES, Period, PeriodDays


def period_of(text: str) -> str:
    """The period. Raises TusoiError."""
    if text not in NAMES:
        raise TusoiError(
            f"--period {text}: cần year (cả năm), school (năm học), h1, h2 (6 tháng), q1 đến q4 (quý) hoặc m01 đến m12 (tháng)"
        )
    return text


def days_of(first: dt.datetime | None, last: dt.datetime | None, as_of: dt.datetime | None, span: Period) -> PeriodDays:
    """The days of a period that are named instead of those of `span`. Raises TusoiError where they are out of order."""
    days = PeriodDays(*(one.date() if one else None for one in (first, last, as_of)))
    begins, ends = days.first or span.first, days.last or span.last
    if begins > ends:
        raise TusoiError(f"--from {begins:%Y-%m-%d}: sau ngày cuối kỳ {ends:%Y-%m-%d}")
    if days.as_of and days.as_of < begins:
        raise TusoiError(f"--as-of {days.as_of:%Y-%m-%d}: trước ngày đầu kỳ {begins:%Y-%m-%d}")
    return days


def moved(given: Iterable[str], books: Sequence[Rulebook]) -> Mapping[str, dt.date]:
    """Milestone → its last day, as `mốc=YYYY-MM-DD` writes them. Raises TusoiError with the milestones there are.

    A last day for people's own review may always be set, also where no rulebook has one.
    """
    known = {SELF_REVIEW, *(milestone.key for book in books for milestone in book.milestones)}
    return dict(_moved(text, known) for text in given)


def _moved(text: str, known: set[str]) -> tuple[str, dt.date]:
    milestone, _, day = text.partition("=")
    if milestone not in known:
        there = ", ".join(sorted(known))
        raise TusoiError(f"--due {text}: không có mốc “{milestone}”; các mốc: {there}")
    try:
        return milestone, dt.date.fromisoformat(day)
    except ValueError:
        raise TusoiError(f"--due {text}: ngày cần có dạng YYYY-MM-DD, ví dụ {milestone}=2026-12-05") from None
