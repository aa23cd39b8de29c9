"""One figure in place of a, b and c: the line II.2 of Mẫu số 01 (Nghị định 335/2025/NĐ-CP, Phụ lục II) takes points, at most 70
(Điều 12 khoản 3, Điều 17 khoản 1); the percentages of Điều 14 stand on no line of it.
"""

import pytest

from rules.judging.interview import asked, asked_instead, facts_of, typed_instead, worked_out
from rules.nouns.reviews import Answer
from rules.reading.load import load

BOOK = load("decree-335-2025")
FORM = BOOK.forms["mau-01-335"]
GENERAL = {**dict.fromkeys(("p11", "p12"), 5), **{f"p{part}{n}": 2.5 for part in (2, 3) for n in (1, 2, 3, 4)}}
THREE = ("quantity", "quality", "progress")


def answers(**given):
    return {key: Answer(value) for key, value in {**GENERAL, **given}.items()}


def keys(who, given):
    return [place.key for place in asked(FORM, who, given)]


def points(who, given):
    return {item.shows: value for item, value in worked_out(BOOK, FORM, who, given)}


def test_it_is_asked_only_where_it_was_chosen_and_then_in_their_place(person):
    plain = keys(person(), {})
    assert set(THREE) <= set(plain)
    assert "result" not in plain
    chosen = keys(person(), {"result": Answer(None)})
    assert chosen == [key if key != "quantity" else "result" for key in plain if key not in THREE[1:]]
    assert keys(person(), {"result": Answer(None, skipped=True)}) == plain


def test_it_is_the_points_as_typed_and_what_was_said_of_the_three_counts_no_more(person):
    given = answers(quantity=50, quality=50, progress=50, result=63.5)
    # Điều 17 khoản 1: 30 + 63,5
    assert points(person(), given) == {"general_points": 30, "result_points": 63.5, "score": 93.5}
    assert not {"quantity_pct", "quality_pct", "progress_pct"} & facts_of(FORM, person(), given).keys()
    assert typed_instead(FORM, person(), given) == {"result_points"}


def test_back_at_the_three_they_make_the_points_again(person):
    given = answers(quantity=100, quality=95, progress=90) | {"result": Answer(None, skipped=True)}
    # Điều 16 khoản 1: (100 + 95 + 90) / 3 = 95; 95 % of 70 = 66,5
    assert points(person(), given) == {"general_points": 30, "result_points": 66.5, "score": 96.5}
    assert not typed_instead(FORM, person(), given)


@pytest.mark.parametrize("leader", [False, True])
def test_who_leads_has_three_more_and_says_each(person, leader):
    """Điều 16 khoản 2; somebody who comes to lead with a figure typed before is asked for all six."""
    who = person(leader=leader)
    assert (asked_instead(FORM, who, "quantity") is None) == leader
    found = keys(who, answers(result=63.5))
    assert ("result" in found) != leader
    assert ({*THREE, "unit_result", "organising", "uniting"} <= set(found)) == leader
    assert asked_instead(FORM, who, "quality") is None
