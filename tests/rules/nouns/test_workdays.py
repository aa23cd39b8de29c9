"""Working days: the holidays of the law, days swapped by a decision, and what an installation adds."""

import datetime as dt
from collections.abc import Iterator

import pytest

from rules.nouns import workdays
from rules.nouns.workdays import SwappedDay, is_workday, known_until, swapped_days, workdays_after, workdays_between


@pytest.fixture(autouse=True)
def _as_shipped() -> Iterator[None]:
    yield
    workdays.add(())


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("when", "worked"),
    [
        ("2026-08-31", False),  # a Monday, free before National Day …
        ("2026-08-22", True),  # … and the Saturday worked for it
        ("2026-08-29", False),  # an ordinary Saturday
        ("2025-05-02", False),
        ("2025-04-26", True),
        ("2024-04-29", False),
        ("2024-05-04", True),
        ("2018-12-31", False),
        ("2019-01-05", True),  # worked for a day of the year before
        ("2026-11-24", False),  # Ngày Văn hóa Việt Nam, from 2026
        ("2026-11-25", True),
    ],
)
def test_days_that_a_decision_swapped(when: str, *, worked: bool) -> None:
    assert is_workday(day(when)) is worked


def test_deadlines_are_counted_with_the_worked_saturday() -> None:
    # From Friday 21/8/2026 the five working days are Sat 22, Mon 24, Tue 25, Wed 26, Thu 27.
    assert workdays_after(day("2026-08-21"), 5) == day("2026-08-27")
    # From Friday 28/8/2026: Mon 31 is free, 1 and 2 September are National Day, so the first is Thu 3.
    assert workdays_after(day("2026-08-28"), 1) == day("2026-09-03")
    assert workdays_between(day("2026-08-28"), day("2026-09-03")) == 1


def test_an_installation_adds_what_a_later_year_decides() -> None:
    monday, saturday = day("2027-01-04"), day("2027-01-09")
    assert (known_until(), is_workday(monday), is_workday(saturday)) == (2026, True, False)
    workdays.add((SwappedDay("thử", monday, saturday),))
    assert (known_until(), is_workday(monday), is_workday(saturday)) == (2027, False, True)


def test_what_the_installation_says_counts_before_what_is_shipped() -> None:
    workdays.add((SwappedDay("thử", worked=day("2026-08-31")),))
    assert is_workday(day("2026-08-31"))


def test_every_shipped_day_has_its_decision() -> None:
    assert all(one.decision and (one.free or one.worked) for one in workdays.shipped())


@pytest.mark.parametrize(
    "text",
    [
        "[[day]\n",
        "[[days]]\nfree = 2027-01-04\ndecision = 'thử'\n",
        "day = 3\n",
        "day = [3]\n",
        "[[day]]\nfree = 2027-01-04\n",
        "[[day]]\nfree = 2027-01-04\ndecision = ' '\n",
        "[[day]]\ndecision = 'thử'\n",
        "[[day]]\nfree = '04/01/2027'\ndecision = 'thử'\n",
        "[[day]]\nfree = 2027-01-04T08:00:00\ndecision = 'thử'\n",
        "[[day]]\nfree = 2027-01-04\nwork = 2027-01-09\ndecision = 'thử'\n",
    ],
)
def test_a_file_that_cannot_be_read_so_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|TOML|Expected"):
        swapped_days(text)
