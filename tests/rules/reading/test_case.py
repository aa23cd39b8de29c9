"""What a case file may hold; everything else is told with its place."""

import datetime as dt

import pytest

from rules.judging.suggest import Case
from rules.nouns.errors import Mistake, WrongCaseError
from rules.nouns.values import Subject
from rules.reading.case import read_case
from rules.reading.strict_yaml import YamlDocument, parse


def mistakes_of(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(WrongCaseError) as caught:
        read_case(parse(text, "case.yaml"))
    return [(one.line, one.field, one.expected) for one in caught.value.mistakes]


def case_of(fact: str) -> str:
    return f"subject: official\nleader: false\nfacts:\n  {fact}\n"


def test_a_case_is_read() -> None:
    case = read_case(parse(case_of("task_levels: [good, poor]"), "case.yaml"))
    assert case == Case(Subject.OFFICIAL, leader=False, facts={"task_levels": ("good", "poor")})


def test_a_case_may_know_no_fact() -> None:
    assert read_case(parse("{subject: worker, leader: true}", "c")) == Case(Subject.WORKER, leader=True)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("tasks_done_pct: 101", "between"),
        ("tasks_done_pct: -1", "between"),
        ("tasks_done_pct: '100'", "number"),
        ("tasks_done_pct: true", "number"),
        ("disciplined: 1", "yes_no"),
        ("disciplined: no", "yes_no"),
        ("general_criteria: excellent", "one_of"),
        ("task_levels: []", "list"),
        ("task_levels: [good, met]", "one_of"),
        ("month_scores: [80, 101]", "between"),
        ("unit_result_pct: 75", "one_of"),
        ("months_worked: 13", "between"),
        ("months_worked: null", "number"),
        ("tasks: 1", "known_fact"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_at_its_line(fact: str, expected: str) -> None:
    assert mistakes_of(case_of(fact)) == [(4, f"facts.{fact.split(':', maxsplit=1)[0]}", expected)]


def test_what_is_not_a_number_is_refused() -> None:
    data = {"subject": "official", "leader": False, "facts": {"quantity_pct": float("nan"), "score": float("inf")}}
    with pytest.raises(WrongCaseError) as caught:
        read_case(YamlDocument("cases.jsonl:3", data, None))
    assert [one.expected for one in caught.value.mistakes] == ["between", "between"]


def test_all_mistakes_come_at_once() -> None:
    assert mistakes_of("subject: soldier\nfacts: {score: a, tasks: 1}\nmore: 1") == [
        (3, "more", "unknown_key"),
        (1, "subject", "one_of"),
        (1, "leader", "missing_word"),
        (2, "facts.score", "number"),
        (2, "facts.tasks", "known_fact"),
    ]


@pytest.mark.parametrize("text", ["- a", "a", "", "3"])
def test_what_is_not_a_case_is_refused(text: str) -> None:
    assert [one[2] for one in mistakes_of(text)] == ["case"]


def test_a_given_value_is_told_in_the_words_of_the_file() -> None:
    with pytest.raises(WrongCaseError) as caught:
        read_case(parse(case_of("score: true"), "case.yaml"))
    assert caught.value.mistakes == (Mistake("case.yaml", 4, "facts.score", "number", {"given": "true"}),)


OFFICIAL = "subject: official\nleader: false\nyear: 2025\n"


def timed(text: str) -> Case:
    return read_case(parse(OFFICIAL + text, "case.yaml"))


def test_facts_follow_from_dates() -> None:
    case = timed("service: {joined: 2015-03-01, leaves: [{kind: sick, from: 2025-02-01, to: 2025-04-30}]}")
    assert [case.facts[name] for name in ("leave_months", "sick_leave_months", "months_worked")] == [3, 3, 9]
    assert case.facts["months_without"] == ("m02", "m03", "m04")


def test_a_fact_that_the_dates_say_otherwise_is_a_mistake() -> None:
    text = "service: {leaves: [{kind: sick, from: 2025-02-01, to: 2025-04-30}]}\nfacts: {leave_months: 2.9}"
    assert mistakes_of(OFFICIAL + text) == [(5, "facts.leave_months", "told_by_dates")]


def test_a_period_and_a_day_of_reference_choose_the_edition() -> None:
    assert timed("facts: {}").when == 2025
    assert timed("period: school").when == dt.date(2025, 6, 30)
    assert timed("period: school\nas_of: 2025-05-20").when == dt.date(2025, 5, 20)
    assert timed("period: h1").when == dt.date(2025, 6, 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("period: q5", [("period", "one_of")]),
        ("as_of: soon", [("as_of", "date")]),
        ("service: {leaves: [{kind: holiday, from: 2025-01-01}]}", [("service.leaves[0].kind", "one_of")]),
        ("service: {left: tomorrow}", [("service.left", "date")]),
        ("facts: {month_scores: {m13: 90}}", [("facts.month_scores.m13", "one_of")]),
        ("facts: {month_scores: {m12: 101}}", [("facts.month_scores.m12", "between")]),
        ("period: q1\nfacts: {month_scores: [90, 90, 90, 90]}", [("facts.month_scores", "months")]),
    ],
)
def test_what_is_no_time_is_refused(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(where, what) for _, where, what in mistakes_of(OFFICIAL + text)] == expected


def test_scores_of_months_have_their_names() -> None:
    listed = timed("period: q2\nfacts: {month_scores: [90, 91]}").facts
    named = timed("facts: {month_scores: {m01: 88.5, m03: 90}}").facts
    assert {name: value for name, value in listed.items() if "." in name} == {
        "month_scores.m04": 90,
        "month_scores.m05": 91,
    }
    assert named == {"month_scores.m01": 88.5, "month_scores.m03": 90}


@pytest.mark.parametrize(
    ("time", "field", "expected"),
    [
        ("as_of: 0001-01-01", "as_of", "day_year"),
        ("service: {joined: 9999-12-31}", "service.joined", "day_year"),
        ("service: {joined: 2020-01-01, moved_on: 0001-01-01}", "service.moved_on", "day_year"),
        ("service: {leaves: [{kind: sick, from: 9999-12-31}]}", "service.leaves[0].from", "day_year"),
        ("service: {leaves: [{kind: sick, from: 2025-05-01, to: 2025-04-30}]}", "service.leaves[0]", "leave_days"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused_at_its_place(time: str, field: str, expected: str) -> None:
    assert mistakes_of(f"subject: official\nleader: false\nyear: 2025\n{time}") == [(4, field, expected)]
