"""The spans of time that reviews are about, and the day by which each is judged."""

import datetime as dt

import pytest

from rules.nouns.periods import NAMES, PeriodDays, period
from rules.nouns.values import Subject
from rules.reading.load import load


@pytest.mark.parametrize(
    ("name", "first", "last", "as_of"),
    [
        ("year", "2026-01-01", "2026-12-31", "2026-12-15"),
        ("school", "2025-09-01", "2026-08-31", "2026-06-30"),
        ("h1", "2026-01-01", "2026-06-30", "2026-06-30"),
        ("h2", "2026-07-01", "2026-12-31", "2026-12-31"),
        ("q1", "2026-01-01", "2026-03-31", "2026-03-31"),
        ("m02", "2026-02-01", "2026-02-28", "2026-02-28"),
    ],
)
def test_the_usual_days(name: str, first: str, last: str, as_of: str) -> None:
    found = period(2026, name)
    assert [day.isoformat() for day in (found.first, found.last, found.as_of)] == [first, last, as_of]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_has_its_months(name: str) -> None:
    count = {"y": 12, "s": 12, "h": 6, "q": 3, "m": 1}[name[0]]
    assert len(set(period(2026, name).months)) == count


def test_the_months_of_a_school_year_begin_in_september() -> None:
    assert period(2026, "school").months[:5] == ("m09", "m10", "m11", "m12", "m01")


def test_days_that_are_named_win() -> None:
    found = period(2023, "school", PeriodDays(last=dt.date(2023, 5, 31), as_of=dt.date(2023, 6, 10)))
    assert (found.first, found.last, found.as_of) == (dt.date(2022, 9, 1), dt.date(2023, 5, 31), dt.date(2023, 6, 10))


def test_the_rules_are_those_of_the_day_of_reference() -> None:
    """Decree 48/2023, in force from 15/9/2023, adds that a discipline counts once: it judges 2023, not the school year before."""

    def grounds(when: dt.date) -> tuple[str, ...]:
        return load("decree-90-2020", when).profiles[Subject.EMPLOYEE, False].facts

    assert "discipline_counted_before" in grounds(period(2023).as_of)
    assert "discipline_counted_before" not in grounds(period(2023, "school").as_of)
