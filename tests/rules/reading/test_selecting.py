"""Which rulebook applies: section by section of the law in force in a year."""

import pytest

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
