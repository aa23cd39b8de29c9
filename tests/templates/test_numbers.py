"""What is shown of a number is what is judged: no fewer digits, and nothing that looks like a limit that was not reached."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.nouns.periods import period
from rules.nouns.service import Leave, LeaveKind, Service, facts_in
from templates.documents.sheets.values import amount
from templates.numbers import digits, whole_and_days
from templates.wording import environment
from tests.rules.nouns.test_service import day


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (80.5, "80,5", "80.5"),
        (5.9999, "5,9999", "5.9999"),  # not the 6 months that Nghị định 90/2020, Điều 2 khoản 3, asks
        (200 / 3, "66,66…", "66.66…"),
        (69.9999999, "69,99…", "69.99…"),
        (100, "100", "100"),
        (1234567, "1.234.567", "1,234,567"),
    ],
)
def test_no_digit_that_is_judged_is_rounded_away(value: float, vietnamese: str, english: str) -> None:
    assert (digits(value, "vi"), digits(value, "en")) == (vietnamese, english)


@given(st.floats(0, 100), st.integers(0, 100))
def test_a_number_reads_as_it_stands_to_a_limit(value: float, limit: int) -> None:
    shown = digits(value, "en")
    read = Decimal(shown.rstrip("…"))
    assert read <= Decimal(str(value))
    assert (read >= limit) == (Decimal(str(value)) >= limit)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2025-02-01", "2025-04-30", "3 tháng"),
        ("2025-03-05", "2025-06-02", "2 tháng 29 ngày"),
        ("2025-03-05", "2025-03-05", "1 ngày"),
    ],
)
def test_months_from_the_roster_are_said_as_months_and_days(first: str, last: str, said: str) -> None:
    months = facts_in(Service(leaves=(Leave(LeaveKind.SICK, day(first), day(last)),)), period(2025))["leave_months"]
    assert environment("vi").get_template("review/_facts.j2").module.fact_value("leave_months", months) == said
    assert amount(months, "tháng").replace("\u00a0", " ") == said


def test_months_that_somebody_typed_stay_as_typed() -> None:
    assert whole_and_days(5.9) is None
    assert amount(5.9999, "tháng") == "5,9999\u00a0tháng"
