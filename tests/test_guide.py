"""The guide of docs/rulebooks.md: its example is in order, and its commands do what they say."""

import json
from pathlib import Path

from tests.bot.commands.running import tusoi

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
BOOK = str(EXAMPLES / "quy-che-vi-du")


def test_the_example_is_in_order() -> None:
    assert tusoi("rulebook", "check", BOOK).out == f"{BOOK}: đúng\n"


def test_the_month_of_an_official_under_the_decree() -> None:
    shown = json.loads(tusoi("score", "decree-335-2025", str(EXAMPLES / "so-thang-9.yaml")).out)
    # 2 + 6 + 4 = 12 units; one fault takes 1 of them, two delays half a unit: (100 + 91,67 + 95,83) / 3 = 95,83 %
    assert shown["assigned_units"] == 12
    assert (shown["quantity_pct"], round(shown["quality_pct"], 2), round(shown["progress_pct"], 2)) == (
        100,
        91.67,
        95.83,
    )
    # 22,5 + 0,9583 × 70 = 89,58
    assert (round(shown["result_points"], 2), round(shown["score"], 2)) == (67.08, 89.58)


def test_the_month_of_the_example() -> None:
    shown = json.loads(tusoi("score", BOOK, str(EXAMPLES / "so-thang-9-vien-chuc.yaml")).out)
    # 2 + 6 + 4 = 12 units; one fault takes 1 of them, two delays half a unit
    assert (shown["assigned_units"], shown["quantity_pct"]) == (12, 100)
    assert round(shown["quality_pct"], 4) == round(100 * 11 / 12, 4)
    assert round(shown["progress_pct"], 4) == round(100 * 11.5 / 12, 4)
    assert shown["general_points"] == 22.5


def test_the_case_of_the_example() -> None:
    told = tusoi("rate", BOOK, str(EXAMPLES / "an.yaml"), "--explain").out
    assert told.startswith("Mức gợi ý: Hoàn thành tốt nhiệm vụ\n")
    # 22,5 + (100 + 91 + 96) / 3 × 0,7 = 89,4666…: cut, never rounded
    assert "(hiện là 89,46… điểm)" in told


def test_the_list_of_the_example() -> None:
    shown = json.loads(tusoi("quota", BOOK, str(EXAMPLES / "ket-qua.csv")).out)
    # four stand at good or better; a fifth of them is less than one
    assert [(one["base"], one["rated"], one["allowed"], one["over"]) for one in shown["groups"]] == [(4, 2, 0, 2)] * 2
