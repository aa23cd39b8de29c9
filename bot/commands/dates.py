"""Periods and dates as they are typed on the command line."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from rules.book.milestones import SELF_REVIEW
from rules.book.rulebook import Rulebook
from rules.nouns.errors import TusoiError

_PERIOD = re.compile(r"year|q[1-4]|m(0[1-9]|1[0-2])")


def period_of(text: str) -> str:
    """The period. Raises TusoiError."""
    if not _PERIOD.fullmatch(text):
        raise TusoiError(f"--period {text}: cần year (cả năm), q1 đến q4 (quý) hoặc m01 đến m12 (tháng)")
    return text


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
        raise TusoiError(f"--due {text}: ngày cần có dạng YYYY-MM-DD, thí dụ {milestone}=2026-12-05") from None
