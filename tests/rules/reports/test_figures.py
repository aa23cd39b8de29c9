"""Figures that a body's report may take over: counts and means, none of fewer than five people."""

import pytest

from rules.nouns.reviews import Answer
from rules.nouns.values import Rating
from rules.reading.load import load
from rules.reports.figures import Filled, Rated, Source, asked_for, of_last_year, of_months, of_ratings, of_tasks

ASKED = {"members_good_pct": "good", "tasks_done_pct": "done", "tasks_late_pct": "late"}
GOOD, FAILED = Rated(Rating.GOOD, Rating.EXCELLENT), Rated(None, Rating.NOT_COMPLETED)


def test_ratings_are_counted_as_decided_and_as_sent():
    found = {one.source: one for one in of_ratings(ASKED, [GOOD] * 5 + [FAILED] + [Rated()] * 3)}
    assert (found[Source.DECIDED].part, found[Source.DECIDED].whole, found[Source.DECIDED].value) == (5, 5, 100)
    sent = found[Source.SENT]
    assert (sent.part, sent.whole, sent.members) == (5, 6, 9)
    assert sent.value == pytest.approx(500 / 6)


@pytest.mark.parametrize("people", [1, 4])
def test_of_so_few_nothing_is_told(people):
    (found,) = of_ratings(ASKED, [Rated(None, Rating.GOOD)] * people)
    assert (found.value, found.part, found.whole, found.people) == (None, 0, 0, people)


def form(book: str, id_: str):
    return load(book).forms[id_]


def tasks(done: tuple[bool, ...]) -> dict[str, Answer]:
    items = [
        {"name": "Việc", "done": one, "on_time": True, "quality": True, "efficiency": "adequate", "exceeded": False}
        for one in done
    ]
    return {"tasks": Answer({"items": items, "closed": True})}


def test_what_is_asked_for_is_found_by_the_facts_a_form_rests_on():
    assert asked_for(form("decree-335-2025", "to-chuc-335")).keys() >= {"tasks_done_pct", "tasks_late_pct"}
    assert asked_for(form("party-2019", "mau-01-hd-2019")).keys() >= {"members_good_pct", "members_failed_pct"}
    assert not asked_for(form("decree-335-2025", "mau-01-335"))


def test_tasks_of_all_are_counted_together_each_person_once():
    sheet = form("party-2025", "mau-02b-hd-2025")
    filled = [Filled(person, sheet, tasks((True, True, person != 1))) for person in range(1, 6)]
    found = {one.question: one for one in of_tasks(ASKED, [*filled, filled[0]], 8)}
    assert (found["done"].part, found["done"].whole, found["done"].people, found["done"].members) == (14, 15, 5, 8)
    assert found["late"].value == 0
    (hidden,) = of_tasks({"tasks_done_pct": "done"}, filled[:4], 8)
    assert hidden.value is None


def test_months_are_the_mean_of_everybodys_sheets():
    sheet = form("decree-335-2025", "mau-01-335")
    answers = {"quantity": Answer(95), "quality": Answer(95), "progress": Answer(90)}
    filled = [Filled(person, sheet, answers) for person in range(1, 6) for _ in range(11)]
    found = {one.question: one for one in of_months(ASKED, filled, 5)}
    assert (found["done"].value, found["done"].whole, found["done"].people) == (95, 55, 5)
    assert found["late"].value == 10


def test_last_year_says_what_the_body_said_itself():
    unit = form("decree-335-2025", "to-chuc-335")
    (found,) = of_last_year({"tasks_done_pct": "done"}, unit, {"tasks_done": Answer(96.5)}, 2026)
    assert (found.source, found.value, found.form, found.year) == (Source.LAST, 96.5, unit.code, 2026)
    assert not [*of_last_year({"tasks_done_pct": "done"}, unit, {}, 2026)]
