"""How long a form takes: by what is asked of this person, not by what somebody once wrote."""

import pytest

from rules.forms.pace import minutes
from rules.judging.interview import asked
from rules.nouns.people import Person
from rules.nouns.values import Subject
from rules.reading.load import load


def takes(book: str, form: str, *, leader: bool = False, subject: Subject = Subject.OFFICIAL) -> int:
    person = Person(1, "Nguyễn Thị Lan", "Chuyên viên", 1, "Phòng Tổng hợp", "Sở Thử", subject, leader=leader)
    one = load(book).forms[form]
    return minutes(one, [(place.item, place.question) for place in asked(one, person, {})])


@pytest.mark.parametrize(
    ("book", "form", "least", "most"),
    [
        ("decree-90-2020", "mau-02", 8, 14),
        ("decree-335-2025", "mau-01-335", 5, 8),
        ("decree-335-2025", "mau-02-335", 2, 5),
        ("party-2025", "mau-02b-hd-2025", 20, 30),
    ],
)
def test_it_is_what_a_thumb_needs(book: str, form: str, least: int, most: int) -> None:
    assert least <= takes(book, form) <= most


def test_who_leads_is_asked_more_and_told_so() -> None:
    assert takes("decree-90-2020", "mau-02", leader=True) > takes("decree-90-2020", "mau-02")
