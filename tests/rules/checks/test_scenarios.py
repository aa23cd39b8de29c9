"""Every scenario beside a rulebook holds, and the scenarios together watch every limit of the rulebook."""

import pytest

from rules.checks.scenarios import Scenario, differences
from rules.reading.load import load
from tests.rules.scenario_files import all_scenarios, scenarios_of
from tests.rules.shifted import shifted_books

CASES = [pytest.param(book, case, id=f"{book}: {case.line} {case.name}") for book, case in all_scenarios()]
#: Of the newest edition, which is the one that is shifted.
OF_THE_DECREE = [one for one in scenarios_of("decree-90-2020") if one.case.year is None]
SHIFTED = [pytest.param(made, id=name) for name, made in shifted_books(load("decree-90-2020"))]
#: A rating of not_completed is a ground of its own: that condition of `completed` only says it again.
SAID_TWICE = "'civil_rating', op=<Operator.AT_LEAST: 'at_least'>, value='completed') → at_least not_completed"
OF_THE_PARTY = [
    pytest.param(id_, made, id=f"{id_}: {name}")
    for id_ in ("party-2019", "party-2023")
    for name, made in shifted_books(load(id_))
    if not name.endswith(SAID_TWICE)
]


@pytest.mark.parametrize(("book", "scenario"), CASES)
def test_the_suggestion_is_what_the_text_says(book: str, scenario: Scenario) -> None:
    assert list(differences(load(book, scenario.case.year), scenario)) == []


@pytest.mark.parametrize("made", SHIFTED)
def test_a_limit_moved_by_one_step_is_noticed_by_a_scenario(made) -> None:
    book = made()
    assert any(list(differences(book, scenario)) for scenario in OF_THE_DECREE)


@pytest.mark.parametrize(("id_", "made"), OF_THE_PARTY)
def test_a_limit_of_the_party_rules_moved_by_one_step_is_noticed(id_: str, made) -> None:
    book = made()
    assert any(list(differences(book, scenario)) for scenario in scenarios_of(id_))


def test_every_limit_of_the_decree_is_moved() -> None:
    # 27 for those who do not lead, official or employee; 46 and 48 for leaders, 46 for cadres; 5 of caps, 3 of the exclusion
    assert len(SHIFTED) == 27 + 27 + 46 + 48 + 46 + 5 + 3
