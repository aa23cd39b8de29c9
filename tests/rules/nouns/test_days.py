"""Days as people type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.nouns.days import read_day

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("05/12/2026", dt.date(2026, 12, 5)),
        ("5/12/2026", dt.date(2026, 12, 5)),
        ("5-12-2026", dt.date(2026, 12, 5)),
        ("5.12.2026", dt.date(2026, 12, 5)),
        ("  5/12 ", dt.date(2026, 12, 5)),
        ("\u200b5/12", dt.date(2026, 12, 5)),
        ("21/11", TODAY),
        ("20/11", dt.date(2027, 11, 20)),
        ("20/11/2026", dt.date(2026, 11, 20)),
        ("29/02/2028", dt.date(2028, 2, 29)),
    ],
)
def test_a_day_as_people_type_it(typed, day):
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mai",
        "5",
        "12/2026",
        "2026-12-05",
        "31/11/2026",
        "29/2/2026",
        "29/2",
        "5/12/26",
        "5/12-2026",
        "5/12/2026 nhé",
        "0/12/2026",
        "5/0/2026",
        "12/31/2026",
        "5/12/0000",
        "٥/١٢/٢٠٢٦",
        "005/12/2026",
    ],
)
def test_what_is_no_day(typed):
    assert read_day(typed, TODAY) is None


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_written_in_full_is_read_as_itself(day):
    assert read_day(f"{day.day:02}/{day.month:02}/{day.year:04}", TODAY) == day


@given(st.text(), st.dates())
def test_no_text_breaks_it(text, today):
    read_day(text, today)
