"""Days and moments are told as clocks in Vietnam show them, whatever zone they were kept in."""

import pytest

from templates.wording import environment


def worded(template: str, language: str, at: str) -> str:
    return environment(language).from_string(template).render(at=at)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2020-11-25T10:15:00+07:00", "25/11/2020, 10:15"),
        ("2020-11-25T03:15:00+00:00", "25/11/2020, 10:15"),
        ("2020-11-25T18:30:00+00:00", "26/11/2020, 01:30"),
    ],
)
def test_a_moment_kept_in_utc_is_told_in_vietnamese_time(at: str, expected: str) -> None:
    assert worded("{{ at | moment }}", "vi", at) == expected


def test_the_day_of_a_moment_is_the_day_in_vietnam() -> None:
    assert worded("{{ at | day }}", "vi", "2020-11-25T18:30:00+00:00") == "26/11/2020"


def test_a_plain_day_stays_that_day() -> None:
    assert worded("{{ at | day }}", "en", "2020-12-04") == "4 December 2020"
