"""Figures that a body's report may take over: counts and means, none of fewer than five people, and no two that tell one person apart."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.nouns.reviews import Answer
from rules.nouns.values import Rating
from rules.reading.load import load
from rules.reports.figures import (
    FEW,
    Figure,
    Filled,
    RatedFigure,
    Source,
    asked_for,
    of_last_year,
    of_months,
    of_ratings,
    of_tasks,
    told_of,
)

ASKED = {"members_good_pct": "good", "tasks_done_pct": "done", "tasks_late_pct": "late"}


def test_ratings_are_counted_as_decided_and_as_sent():
    good = [RatedFigure(person, Rating.GOOD, Rating.EXCELLENT) for person in range(5)]
    rest = [RatedFigure(5, None, Rating.NOT_COMPLETED), *(RatedFigure(person) for person in (6, 7, 8))]
    found = {one.source: one for one in of_ratings(ASKED, [*good, *rest])}
    assert (found[Source.DECIDED].part, found[Source.DECIDED].whole, found[Source.DECIDED].value) == (5, 5, 100)
    sent = found[Source.SENT]
    assert (sent.part, sent.whole, sent.members) == (5, 6, 9)
    assert sent.value == pytest.approx(500 / 6)


@pytest.mark.parametrize("people", [1, 4])
def test_of_so_few_nothing_is_told(people):
    (found,) = of_ratings(ASKED, [RatedFigure(person, None, Rating.GOOD) for person in range(people)])
    found = told_of(found, (), ())
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
    (few,) = of_tasks({"tasks_done_pct": "done"}, filled[:4], 8)
    assert told_of(few, (), ()).value is None


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


@pytest.mark.parametrize(("shared", "tells"), [(6, True), (5, False), (4, False), (3, True)])
def test_two_reports_about_nearly_the_same_people_tell_nobody_apart(shared, tells):
    """A cell and the leadership of one unit, drafted by one person: six people each, so many of them the same."""

    def of(people: Sequence[int]) -> Figure:
        return next(
            iter(of_ratings({"members_good_pct": "good"}, [RatedFigure(one, None, Rating.GOOD) for one in people]))
        )

    one, other = of(range(6)), of(range(6 - shared, 12 - shared))
    found = told_of(other, (), (), (one,))
    assert (found.value is not None, found.near) == (tells, not tells)


Telling = Callable[[Figure, Sequence[Figure], Collection[int]], Figure]


def looked(steps: Sequence[tuple[int, Rating | None]], members: int, telling: Telling) -> list[Figure]:
    """A drafter looks after every single thing that somebody sends or takes back: all figures that are shown."""
    given: dict[int, Rating] = {}
    told: list[Figure] = []
    seen = []
    for person, rating in steps:
        given.pop(person, None)
        if rating:
            given[person] = rating
        rated = [RatedFigure(one, None, given.get(one)) for one in range(members)]
        for figure in of_ratings({"members_good_pct": "good"}, rated):
            shown = telling(figure, told, set(range(members)) - given.keys())
            seen.append(shown)
            if shown == figure and shown.value is not None:
                told.append(replace(shown, at=None))
    return [one for one in seen if one.value is not None]


def told_apart(seen: Sequence[Figure]) -> set[int]:
    """The attack: of any two figures that were shown, the people without whom they are the same; fewer than five are told by the difference."""
    found: set[int] = set()
    for one, other in combinations(seen, 2):
        apart = {person for person in {*one.by, *other.by} if one.by.get(person) != other.by.get(person)}
        found |= apart if len(apart) < FEW else set()
    return found


def live(figure: Figure, _: Sequence[Figure], __: Collection[int]) -> Figure:
    """The leak: each look shows how things stand."""
    return figure if figure.people >= FEW else replace(figure, value=None)


STEPS = st.lists(st.tuples(st.integers(0, 13), st.sampled_from([None, *Rating])), max_size=60)


@given(STEPS, st.integers(5, 14))
def test_no_two_looks_tell_what_fewer_than_five_said(steps: list[tuple[int, Rating | None]], members: int) -> None:
    seen = looked([(person % members, rating) for person, rating in steps], members, told_of)
    assert not told_apart(seen)
    assert all(len(one.by) >= FEW for one in seen)


def test_live_figures_are_caught_by_the_same_attack() -> None:
    steps = [(person, Rating.GOOD) for person in range(9)] + [(9, Rating.COMPLETED)]
    assert 9 in told_apart(looked(steps, 20, live))
    seen = looked(steps, 20, told_of)
    assert not told_apart(seen)
    assert [one.part for one in seen][-1] == 9  # told at five, and again at ten
    assert (len(seen[0].by), len(seen[-1].by)) == (5, 10)


def test_few_who_still_have_time_are_waited_for_and_those_who_are_late_are_not() -> None:
    (figure,) = (
        one
        for one in of_ratings(
            {"members_good_pct": "good"}, [RatedFigure(person, None, Rating.GOOD) for person in range(7)]
        )
    )
    assert told_of(figure, (), {7}).value is None
    assert told_of(figure, (), ()).value == 100
    assert told_of(figure, (), {7, 8, 9, 10, 11}).value == 100


def test_what_was_told_stays_and_says_how_many_say_otherwise_by_now() -> None:
    def of(people: int) -> Figure:
        (one,) = of_ratings({"members_good_pct": "good"}, [RatedFigure(p, None, Rating.GOOD) for p in range(people)])
        return one

    stays = told_of(of(8), [of(6)], ())
    assert (stays.people, stays.since) == (6, 2)
    assert told_of(of(6), [of(6)], ()).since == 0
    assert told_of(of(11), [of(6)], ()).people == 11
