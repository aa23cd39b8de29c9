"""What people ask about the ratings of 2026, with the answer of the text and its clause."""

import json
from pathlib import Path
from typing import Any

import pytest

from rules.book.procedure import Effect, special_cases
from rules.book.suggestion import Suggestion
from rules.judging.suggest import suggest
from rules.reading.case import read_case
from rules.reading.load import load
from rules.reading.strict_yaml import parse

HERE = Path(__file__).parent
ASKED = {one["n"]: one for one in json.loads((HERE / "asked.json").read_text(encoding="utf-8"))}
PUBLIC = parse((HERE / "public.yaml").read_text(encoding="utf-8"), "public.yaml").data["questions"]

ALL = ("excellent", "good", "completed", "not_completed")
#: The answers to `asked.json`, from the text of the clause: one rating, several that stay possible, or none by that clause.
ANSWERS: dict[int, tuple[str | tuple[str, ...] | None, str]] = {
    1: ("excellent", "NĐ 335/2025, Điều 20 khoản 1"),
    2: ("good", "NĐ 335/2025, Điều 20 khoản 2"),
    4: ("completed", "NĐ 335/2025, Điều 20 khoản 3"),
    5: ("not_completed", "NĐ 335/2025, Điều 20 khoản 4 điểm a"),
    7: (ALL, "NĐ 335/2025, Điều 17 khoản 3"),  # the year is the mean of its twelve months
    8: ("good", "NĐ 335/2025, Điều 11 khoản 2"),
    10: ("excellent", "NĐ 335/2025, Điều 11 khoản 2"),  # sick leave: the time really worked, be it under six months
    11: (None, "NĐ 335/2025, Điều 11 khoản 1"),
    13: ("excellent", "NĐ 335/2025, Điều 17 khoản 3"),  # unpaid leave, six months worked: rated (Điều 11 khoản 2)
    14: (None, "NĐ 335/2025, Điều 11 khoản 1"),
    16: ("excellent", "NĐ 335/2025, Điều 20 khoản 4 điểm c; Điều 11 khoản 3 điểm a"),
    17: (("excellent", "not_completed"), "NĐ 335/2025, Điều 20 khoản 4 điểm c; Điều 11 khoản 3 điểm a"),
    19: ("not_completed", "NĐ 335/2025, Điều 20 khoản 4 điểm b"),
    20: ("good", "NĐ 335/2025, Điều 20 khoản 6"),
    22: ("excellent", "NĐ 335/2025, Điều 20 khoản 1"),  # khoản 6 holds the head alone
    23: ("not_completed", "NĐ 335/2025, Điều 20 khoản 4 điểm d"),
    25: ("excellent", "NĐ 335/2025, Điều 16 khoản 2"),
    26: ("excellent", "NĐ 335/2025, Điều 28 khoản 2"),  # as an official, where the office applies the decree
    28: (("good", "completed", "not_completed"), "NĐ 335/2025, Điều 8 khoản 2"),  # whether effective is not told
    29: (ALL, "NĐ 335/2025, Điều 8 khoản 4 điểm b"),
    31: ("excellent", "NĐ 233/2026, Điều 12 khoản 1"),
    32: (None, "NĐ 233/2026, Điều 14 khoản 1"),
    34: ("not_completed", "NĐ 233/2026, Điều 12 khoản 4 điểm b"),
    35: ("excellent", "NĐ 233/2026, Điều 20 khoản 2"),  # where the head of the unit applies the decree
    37: ("excellent", "QĐ 366-QĐ/TW, Điều 11 khoản 1"),
    38: (("good", "completed"), "QĐ 366-QĐ/TW, Điều 11 khoản 1, khoản 2"),  # “từ 70 đến dưới 90”: silent on 92
    40: ("excellent", "QĐ 366-QĐ/TW, Điều 11 khoản 1"),  # six months are over: reviewed and rated (Điều 5)
    41: ("excellent", "HD 43-HD/BTCTW, 7.5"),
    43: (("excellent", "not_completed"), "QĐ 366-QĐ/TW, Điều 11 khoản 4"),
    44: ("not_completed", "QĐ 366-QĐ/TW, Điều 11 khoản 4"),
    46: (("completed", "not_completed"), "QĐ 366-QĐ/TW, Điều 11 khoản 2, khoản 3, khoản 4"),
    47: ("not_completed", "QĐ 366-QĐ/TW, Điều 11 khoản 4"),
    49: ("excellent", "NĐ 335/2025, Điều 20 khoản 1"),  # no clause on study: the months worked count (Điều 11 khoản 1)
    50: (ALL, "NĐ 335/2025, Điều 17 khoản 3"),  # the former body sends its months (Điều 19 khoản 1)
}


def answered(book_id: str, case: dict[str, Any]) -> tuple[Suggestion, set[str]]:
    """What the book suggests, and every clause that speaks of the case."""
    book = load(book_id)
    read = read_case(parse(json.dumps(case), "case"))
    came = suggest(book, read)
    cites = (
        {one.cite for one in came.findings}
        | {one.cite for one in came.caps}
        | {one.formula.cite for one in came.derived}
    )
    cites |= {one.cite for one in (came.not_rated, came.otherwise) if one}
    known = {**read.facts, "subject": read.subject, "leader": read.leader}
    cites |= {one.cite for one in special_cases(book.procedure, known)}
    if any(one.startswith("month_scores") for one in came.missing):
        cites |= {one.cite for one in book.scores.formulas if one.gives == "score"}
    return came, cites


@pytest.mark.parametrize("number", ASKED)
def test_what_people_ask_is_answered_by_the_text(number: int) -> None:
    question = ASKED[number]
    expected, clause = ANSWERS[number]
    came, cites = answered(question["book"], {**question["case"], "year": 2026})
    assert clause in cites, question["question"]
    if expected is None:
        assert (came.rating, came.possible) == (None, ())
        assert came.not_rated
    elif isinstance(expected, str):
        assert came.rating == expected, question["question"]
    else:
        assert (came.rating, came.possible) == (None, expected), question["question"]


def test_every_question_has_its_answer() -> None:
    assert ASKED.keys() == ANSWERS.keys()
    assert len(PUBLIC) >= len(ASKED)


def test_the_deputy_and_the_worker_are_told_what_it_rests_on() -> None:
    d_of_half, _ = answered("decree-335-2025", {**ASKED[25]["case"], "year": 2026})
    assert d_of_half.score == pytest.approx(28 + 550 / 6 * 0.7)  # (a + b + c + d + đ + e) / 6 × 70: 92,17
    for number in (26, 35):
        question = ASKED[number]
        cases = special_cases(load(question["book"]).procedure, {"subject": "worker", "leader": False})
        assert [one.effect for one in cases] == [Effect.BY_CHOICE]


def test_the_gap_over_ninety_points_names_its_clause_once_all_else_is_known() -> None:
    case = {**ASKED[28]["case"], "year": 2026}
    case["facts"] = {**case["facts"], "tasks_efficiency": "adequate"}
    came, _ = answered("decree-335-2025", case)
    assert came.gap
    assert came.possible == ("good", "completed")
    assert came.otherwise is not None
    assert came.otherwise.cite == "NĐ 335/2025, Điều 8 khoản 1, khoản 2"
    assert "từ 70 đến dưới 90 điểm" in came.otherwise.note


@pytest.mark.parametrize("one", PUBLIC, ids=[one["question"] for one in PUBLIC])
def test_what_is_asked_in_public_is_answered_by_the_text(one: dict[str, Any]) -> None:
    came, cites = answered(one["book"], {**one["case"], "facts": one["facts"]})
    wanted = one["expect"]
    assert came.rating == wanted["rating"]
    assert one["clause"] in cites
    assert bool(came.not_rated) == wanted.get("not_rated", False)
    if "possible" in wanted:
        assert list(came.possible) == wanted["possible"]
    if "score" in wanted:
        assert came.score == pytest.approx(wanted["score"])
