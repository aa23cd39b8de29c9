"""Two tables of points in one form make two totals, each for its own rating (Sơn La 2021)."""

import pytest

from rules.judging.elsewhere import Elsewhere
from rules.judging.interview import case_of, facts_of, rating_questions
from rules.judging.suggest import suggest
from rules.nouns.reviews import Answer
from rules.nouns.values import Rating, Subject
from rules.reading.folders import documents, folder
from rules.reading.load import load

BOOK = load("son-la-rehab-2021")
FORM = BOOK.forms["mau-02a"]


def everything_good(scenarios: str, base: str) -> dict:
    """What a scenario file takes as a case without fault, without its total."""
    (file,) = [one for one in documents(folder("son-la-rehab-2021"), "scenarios") if one.file.endswith(scenarios)]
    facts = dict(file.data["bases"][base]["facts"])
    facts.pop("score")
    return {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}


@pytest.fixture
def leader(person):
    return person(subject=Subject.EMPLOYEE, leader=True, party_member=True)


def test_the_table_of_leaders_counts_for_the_employee_and_that_of_members_for_the_member(leader) -> None:
    # C.III.3.2.1.a: from 90 points by the table of leaders (Phụ lục 04); B.II.3.3.c: 50 to under 70 by that of members
    # (Phụ lục 06)
    given = {"score": Answer(92), "party_score": Answer(68)}
    civil, party = rating_questions(FORM)
    as_employee = case_of(
        FORM, leader, given, civil, Elsewhere(everything_good("employee-leader.yaml", "everything_good"))
    )
    as_member = case_of(FORM, leader, given, party, Elsewhere(everything_good("party-member.yaml", "leader")))
    assert (as_employee.facts["score"], as_member.facts["score"]) == (92, 68)
    assert suggest(BOOK, as_employee).rating is Rating.EXCELLENT
    assert suggest(BOOK, as_member).rating is Rating.COMPLETED


def test_without_the_other_total_a_rating_waits_for_its_own(leader) -> None:
    civil, party = rating_questions(FORM)
    only_leaders = {"score": Answer(92)}
    assert case_of(FORM, leader, only_leaders, civil).facts["score"] == 92
    assert "score" not in case_of(FORM, leader, only_leaders, party).facts
    assert "score" in facts_of(FORM, leader, only_leaders)  # of the form as a whole
