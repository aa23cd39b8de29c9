"""Which rulebook applies: section by section of the law in force in a year."""

import datetime as dt

import pytest

from rules.book.editions import rating_day
from rules.nouns.values import Subject
from rules.reading.folders import shipped
from rules.reading.load import load
from rules.reading.selecting import fitting, select

OFFICIAL, EMPLOYEE, MEMBER = Subject.OFFICIAL, Subject.EMPLOYEE, Subject.PARTY_MEMBER


@pytest.mark.parametrize(
    ("subject", "year", "rulebooks"),
    [
        (OFFICIAL, 2019, []),
        (OFFICIAL, 2020, ["decree-90-2020"]),
        (OFFICIAL, 2025, ["decree-90-2020"]),
        (OFFICIAL, 2026, ["decree-335-2025"]),
        (EMPLOYEE, 2025, ["decree-90-2020"]),
        # NĐ 233/2026, Điều 20 khoản 1: a unit without its own rules rates 2026, and only 2026, by Decree 90 as amended
        (EMPLOYEE, 2026, ["decree-233-2026", "decree-90-2020"]),
        (EMPLOYEE, 2027, ["decree-233-2026"]),
        (MEMBER, 2022, ["party-2019"]),
        (MEMBER, 2023, ["party-2023"]),
        (MEMBER, 2024, ["party-2023"]),
        (MEMBER, 2025, ["party-2025"]),
        (Subject.PARTY_CELL, 2021, ["party-2019"]),
        (Subject.ORGANISATION, 2026, ["decree-335-2025", "decree-233-2026"]),
        (Subject.ORGANISATION, 2024, []),
    ],
)
def test_the_rulebook_of_a_subject_and_year(subject: Subject, year: int, rulebooks: list[str]) -> None:
    assert [one.rulebook for one in select(subject, year)] == rulebooks


def test_a_party_member_is_rated_as_an_official_first_and_then_as_a_member() -> None:
    found = select(OFFICIAL, 2026, party_member=True)
    assert [(one.rulebook, one.subject) for one in found] == [("decree-335-2025", OFFICIAL), ("party-2025", MEMBER)]


def test_of_2026_it_is_said_which_employees_each_rulebook_is_for() -> None:
    found = select(EMPLOYEE, 2026)
    assert [(one.only, one.cite, one.unverified) for one in found] == [
        ("đơn vị đã ban hành Quy chế đánh giá", "NĐ 233/2026/NĐ-CP, Điều 19 khoản 1", False),
        ("đơn vị chưa ban hành Quy chế đánh giá", "NĐ 233/2026/NĐ-CP, Điều 20 khoản 1", False),
    ]
    assert fitting(load("decree-90-2020", 2026), EMPLOYEE, 2026, load)
    assert not fitting(load("decree-90-2020"), EMPLOYEE, 2027, load)


def test_every_rulebook_the_selector_names_is_there() -> None:
    named = {one.rulebook for subject in Subject for year in range(2019, 2030) for one in select(subject, year)}
    assert named <= set(shipped())


def test_a_plan_that_extends_the_decree_fits_where_the_decree_does() -> None:
    plan = load("quang-ngai-office-2020")
    assert fitting(plan, OFFICIAL, 2020, load)
    assert not fitting(plan, OFFICIAL, 2026, load)


@pytest.mark.parametrize("subject", list(Subject))
@pytest.mark.parametrize("year", range(2020, 2030))
def test_a_year_is_rated_as_on_the_day_its_ratings_are_decided(subject: Subject, year: int) -> None:
    assert select(subject, year) == select(subject, rating_day(year))


@pytest.mark.parametrize(
    ("subject", "day", "cited"),
    [
        # The school year 2022–2023, rated in June: before Nghị định 48/2023 (15/9/2023) and QĐ 124 (04/10/2023).
        (EMPLOYEE, "2023-06-15", ["NĐ 90/2020/NĐ-CP"]),
        (EMPLOYEE, "2023-09-15", ["NĐ 90/2020/NĐ-CP, sửa đổi bởi NĐ 48/2023/NĐ-CP"]),
        (Subject.PARTY_MEMBER, "2023-06-15", ["QĐ 132-QĐ/TW ngày 08/3/2018; HD 21-HD/BTCTW ngày 18/10/2019"]),
        # Nghị định 233/2026 is in force from 01/7/2026: a school year rated in June is under Decree 90 yet.
        (EMPLOYEE, "2026-06-30", ["NĐ 90/2020/NĐ-CP, sửa đổi bởi NĐ 48/2023/NĐ-CP"]),
    ],
)
def test_another_period_is_rated_by_what_is_in_force_on_its_day(subject: Subject, day: str, cited: list[str]) -> None:
    assert [one.cite for one in select(subject, dt.date.fromisoformat(day))] == cited
