"""Rosters with absences and statuses of every kind: what each line comes to, worked from the regulation beside it."""

from pathlib import Path

import pytest

from bot.roster.read import read_roster
from rules.book.procedure import known_of, special_cases
from rules.judging.suggest import Case, suggest
from rules.nouns.conditions import Facts
from rules.nouns.people import Person
from rules.nouns.periods import period
from rules.nouns.values import Rating, Subject
from rules.reading.load import load

CASES = Path(__file__).parent / "cases"
#: All that a rating asks besides what the roster tells: the best there is.
BEST = {
    "general_criteria": "good", "tasks_done_pct": 100, "tasks_on_time": True, "tasks_quality": True, "tasks_efficiency": "high",
    "tasks_exceeded_pct": 60, "tasks_substandard_pct": 0, "degradation_concluded": False, "disciplined": False, "score": 95,
}  # fmt: skip


def person(file: str, key: str) -> Person:
    one = next(one for one in read_roster(CASES / file).people if one.key == key)
    return Person(
        1, one.name, one.position, 1, one.unit, "", one.subject, party_member=one.party_member, service=one.service
    )


def known(file: str, key: str, year: int, subject: Subject | None = None) -> Facts:
    return known_of(person(file, key), period(year), subject)


def cases(book: str, year: int, facts: Facts) -> set[str]:
    return {one.effect.value for one in special_cases(load(book, year).procedure, facts)}


def rated(book: str, year: int, facts: Facts) -> tuple[Rating | None, bool]:
    """The suggested rating, and whether there is none by rule."""
    found = suggest(load(book, year), Case(Subject.OFFICIAL, leader=False, facts={**BEST, **facts}))
    return found.rating, found.not_rated is not None


@pytest.mark.parametrize(
    ("key", "months", "rating", "effects"),
    [
        # Nghị định 90/2020, Điều 2 khoản 3: under 06 months no rating; 03 to under 06 months away no higher than completed;
        # maternity leave by the time worked.
        ("LG-011", 10, "excellent", None),  # to 31/10; who rates them rests on why they left
        ("LG-012", 11, "excellent", None),
        ("LG-013", 12, "excellent", {"time_worked"}),  # maternity to 05/04
        ("LG-015", 5 + 17 / 31, None, {"not_rated"}),  # from 15/07: five months to 14/12 and 17 days
        ("LG-017", 11, "excellent", set()),  # suspended in May: not on the day of rating, and no leave
        ("LG-018", 7, "completed", {"capped"}),  # unpaid 01/02-30/06: five months
    ],
)
def test_the_lines_of_2025(key: str, months: float, rating: str | None, effects: set[str] | None) -> None:
    facts = known("40-special-2025.xlsx", key, 2025)
    assert facts["months_worked"] == months
    settled = {"leave_months": 0, "maternity_leave": False, **facts}
    assert rated("decree-90-2020", 2025, settled) == (Rating(rating) if rating else None, rating is None)
    if effects is not None:
        assert cases("decree-90-2020", 2025, settled) == effects


@pytest.mark.parametrize("key", ["LG-014", "LG-022"])
def test_a_time_away_that_is_only_called_other_settles_nothing(key: str) -> None:
    """No clause knows "khác": whether it was leave of Điều 2 khoản 3 or service is asked, and nothing follows before."""
    facts = known("40-special-2025.xlsx", key, 2025)
    assert not {"months_worked", "leave_months"} & set(facts)
    assert cases("decree-90-2020", 2025, facts) == set()


def test_who_came_from_another_body_is_rated_here_and_its_opinion_is_asked() -> None:
    """Nghị định 90/2020, Điều 20 khoản 1: six months or more there (01/01/2020-31/08/2025 are 68)."""
    facts = known("40-special-2025.xlsx", "LG-016", 2025)
    assert (facts["transferred"], facts["months_there"]) == (True, 68)
    assert cases("decree-90-2020", 2025, facts) == {"opinion_asked"}


def test_contract_workers_are_reviewed_by_choice() -> None:
    assert cases("decree-90-2020", 2025, known("40-special-2025.xlsx", "LG-019", 2025)) == {"by_choice"}


@pytest.mark.parametrize(
    ("key", "months", "effects"),
    [
        # QĐ 366-QĐ/TW, Điều 5 khoản 2: who was admitted less than 06 months ago is not reviewed. Probationary or not is not asked.
        ("LG-020", 10 + 17 / 31, set()),
        ("LG-021", 4 + 17 / 31, {"not_reviewed"}),
    ],
)
def test_new_members_of_2025(key: str, months: float, effects: set[str]) -> None:
    facts = known("40-special-2025.xlsx", key, 2025, Subject.PARTY_MEMBER)
    assert facts["months_since_joined"] == months
    assert cases("party-2025", 2025, facts) == effects


@pytest.mark.parametrize(
    ("key", "months", "rates", "effects"),
    [
        # Nghị định 335/2025, Điều 11: under 06 months no rating (khoản 1), but for sick and maternity leave, and for unpaid leave with 06
        # months worked (khoản 2): then by the time worked, without a cap.
        ("LG-013", 12, True, {"time_worked"}),
        ("LG-015", 5 + 17 / 31, False, {"not_rated"}),
        ("LG-018", 5, False, {"not_rated"}),  # unpaid 01/02-31/08: seven months, five worked
        ("LG-023", 5, True, {"time_worked"}),  # sick the same seven months
    ],
)
def test_the_lines_of_2026(key: str, months: float, rates: bool, effects: set[str]) -> None:  # noqa: FBT001 - a row of a table
    facts = known("41-special-2026.xlsx", key, 2026)
    assert facts["months_worked"] == months
    settled = {"sick_leave": False, "maternity_leave": False, **facts}
    assert rated("decree-335-2025", 2026, settled) == ((Rating.EXCELLENT, False) if rates else (None, True))
    assert cases("decree-335-2025", 2026, settled) == effects


@pytest.mark.parametrize(
    ("key", "owed", "without"),
    [
        # Điều 17 khoản 3 with Điều 11 khoản 2. April was worked from the 6th on: it counts where it has a score.
        ("LG-013", ["m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12"], ["m01", "m02", "m03"]),
        ("LG-023", ["m01", "m09", "m10", "m11", "m12"], ["m02", "m03", "m04", "m05", "m06", "m07", "m08"]),
        ("LG-014", ["m11", "m12"], []),  # "khác" to 31/10: whether scores are owed is not known
    ],
)
def test_the_months_that_are_owed_in_2026(key: str, owed: list[str], without: list[str]) -> None:
    facts = known("41-special-2026.xlsx", key, 2026)
    assert (facts["months_owed"], facts["months_without"]) == (tuple(owed), tuple(without))


def test_a_member_of_four_months_does_not_review_as_one_in_2026() -> None:
    facts = known("41-special-2026.xlsx", "LG-021", 2026, Subject.PARTY_MEMBER)
    assert cases("party-2025", 2026, facts) == {"not_reviewed"}


@pytest.mark.parametrize("file", ["58d-leave.xlsx", "58e-leave.xlsx"])
def test_study_and_secondment_are_service(file: str) -> None:
    """On the office's order, 01/02-31/12: a year's work without leave; nothing of Điều 11 khoản 1, 2 applies."""
    facts = known(file, "LG-004", 2026)
    assert (facts["months_worked"], facts["leave_months"]) == (12, 0)
    assert cases("decree-335-2025", 2026, facts) == set()
    assert rated("decree-335-2025", 2026, facts) == (Rating.EXCELLENT, False)
