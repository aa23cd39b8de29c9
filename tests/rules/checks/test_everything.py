"""`check`: what loading does not refuse and is still wrong."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from rules.checks.everything import check
from rules.reading.folders import shipped
from tests.rules.books import RATINGS, write_book

DECREE = Path(str(files("rules"))) / "books" / "decree-90-2020"


@pytest.fixture
def decree(tmp_path) -> Path:
    """A copy of the decree to spoil."""
    return Path(shutil.copytree(DECREE, tmp_path / "decree-90-2020"))


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def found(folder: Path) -> list[tuple[str, str, str]]:
    return [(Path(one.file).name, one.expected, one.field) for one in check(folder)]


@pytest.mark.parametrize("book", shipped())
def test_the_shipped_rulebooks_are_in_order(book: str) -> None:
    assert check(book) == ()


def test_a_fact_that_no_question_yields(decree) -> None:
    spoil(decree / "forms" / "mau-03.yaml", "yields: {degradation_concluded: value}", "")
    assert ("book.yaml", "no_question", "ratings[2]") in found(decree)
    assert ("book.yaml", "no_question", "ratings[3]") in found(decree)


def test_a_question_that_nobody_is_asked(decree) -> None:
    spoil(decree / "forms" / "mau-03.yaml", "when: {serves_public: true}", "when: {subject: official}")
    assert "never_asked" in [one.expected for one in check(decree)]


def test_a_form_that_nobody_fills(decree) -> None:
    spoil(decree / "book.yaml", "form: mau-03", "form: mau-02")
    assert ("mau-03.yaml", "nobody_fills", "id") in found(decree)


def test_a_choice_of_form_that_is_never_reached(decree) -> None:
    spoil(decree / "book.yaml", "when: {subject: official}", "when: {leader: false}")
    spoil(decree / "book.yaml", "when: {subject: employee}", "when: {leader: false, subject: employee}")
    assert ("book.yaml", "never_chosen", "choose_form[1]") in found(decree)


GOOD = 'at_least: 70, cite: "Điều 2"}'
ALSO = GOOD + '\n        - {fact: tasks_quality, is: true, cite: "Điều 2"}'


def test_a_higher_rating_that_asks_less_than_a_lower_one(tmp_path) -> None:
    folder = write_book(tmp_path / "b", RATINGS.replace(GOOD, ALSO))
    assert found(folder) == [("book.yaml", "less_above", "ratings[0].excellent")]


def test_where_the_text_itself_asks_less_the_rulebook_says_so(tmp_path) -> None:
    said = RATINGS.replace(GOOD, ALSO).replace(
        "leader: false}", "leader: false}\n    asks_less: Điều 1 không nhắc chất lượng"
    )
    assert found(write_book(tmp_path / "b", said)) == []


def test_what_is_on_time_is_not_late_and_one_of_a_group_suffices(tmp_path) -> None:
    excellent = 'at_least: 90, cite: "Điều 1"}'
    on_time = excellent + '\n        - {fact: tasks_on_time, is: true, cite: "Điều 1"}'
    late = GOOD + '\n        - {fact: tasks_late_pct, at_most: 20, cite: "Điều 2"}'
    late += """
        - any:
            - {fact: tasks_on_time, is: true, cite: "Điều 2"}
            - {fact: tasks_quality, is: true, cite: "Điều 2"}"""
    completed = 'at_least: 50, cite: "Điều 3"}'
    folder = write_book(tmp_path / "b", RATINGS.replace(excellent, on_time).replace(GOOD, late))
    assert completed in RATINGS
    assert found(folder) == []


def test_a_band_may_end_where_the_higher_one_begins(tmp_path) -> None:
    ends = GOOD + '\n        - {fact: score, below: 90, cite: "Điều 2"}'
    assert found(write_book(tmp_path / "b", RATINGS.replace(GOOD, ends))) == []


# Điều 12.4.d of Decree 233 speaks of managers: who leads nothing is not asked about it
def test_a_question_wider_than_its_rule(tmp_path) -> None:
    folder = Path(shutil.copytree(DECREE.parent / "decree-233-2026", tmp_path / "decree-233-2026"))
    form = folder / "forms" / "phu-luc-ii-233.yaml"
    text = form.read_text(encoding="utf-8")
    place = text.index("yields: {subunit_corruption: value}")
    start = text.rindex("- key:", 0, place)
    assert "leader: true" in text[start:place]
    form.write_text(text[:start] + text[start:place].replace("leader: true", "serves_public: false") + text[place:])
    assert [one.expected for one in check(folder) if one.file.endswith("phu-luc-ii-233.yaml")] == ["wider_than_rule"]


# Decree 335, Điều 17.3: of twelve months, not of those that happen to be filled
def test_a_mean_of_months_without_what_it_is_owed_over(tmp_path) -> None:
    scores = 'scores: {formulas: [{gives: score, mean: [month_scores], cite: "Điều 7"}]}\n'
    folder = write_book(tmp_path / "b", RATINGS + scores)
    assert found(folder) == [("book.yaml", "mean_of_periods", "scores.formulas[0].mean")]
    owed = scores.replace("mean: [month_scores]", "mean_owed: month_scores")
    assert found(write_book(tmp_path / "c", RATINGS + owed)) == []


def test_a_rating_that_no_case_reaches(tmp_path) -> None:
    folder = write_book(tmp_path / "b", RATINGS.replace("at_least: 70", "at_least: 95"))
    place = "ratings[0].good"
    assert found(folder) == [("book.yaml", "unreachable", place), ("book.yaml", "stricter_below", place)]


def test_a_lower_rating_that_asks_more_than_a_higher_one(tmp_path) -> None:
    more = RATINGS.replace(
        'at_least: 70, cite: "Điều 2"}',
        'at_least: 70, cite: "Điều 2"}\n        - {fact: tasks_done_pct, at_least: 95, cite: "Điều 2"}',
    )
    more = more.replace(
        'at_least: 90, cite: "Điều 1"}',
        'at_least: 90, cite: "Điều 1"}\n        - {fact: tasks_done_pct, at_least: 80, cite: "Điều 1"}',
    )
    assert found(write_book(tmp_path / "b", more)) == [("book.yaml", "stricter_below", "ratings[0].good")]


def test_a_condition_said_twice(tmp_path) -> None:
    twice = RATINGS.replace(
        'at_least: 70, cite: "Điều 2"}',
        'at_least: 70, cite: "Điều 2"}\n        - {fact: score, at_least: 70, cite: "Điều 3"}',
    )
    assert found(write_book(tmp_path / "b", twice)) == [("book.yaml", "said_twice", "ratings[0].good")]


def test_an_id_other_than_the_name_of_its_folder(tmp_path) -> None:
    assert found(write_book(tmp_path / "b", id_="c")) == [("book.yaml", "folder_name", "id")]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("gives: score, sum: [general_points, points_of_work]", "formula_input"),
        ("gives: half, mean: [general_points]", "formula_gives"),
        ("gives: score, sum: [month_scores, general_points]", "formula_range"),
        ("gives: score, sum: [general_points], mean: [general_points]", "one_operation"),
        ("gives: score, percent: general_points", "percent_of"),
    ],
)
def test_a_formula_that_cannot_be_worked_out(tmp_path, formula: str, expected: str) -> None:
    wrong = RATINGS + f'scores: {{formulas: [{{{formula}, cite: "Điều 5"}}]}}\n'
    assert [one[1] for one in found(write_book(tmp_path / "b", wrong))] == [expected]


def test_a_rating_that_overlaps_a_ground(tmp_path) -> None:
    folder = write_book(tmp_path / "b", RATINGS.replace("fact: disciplined, is: true", "fact: score, below: 55"))
    assert found(folder) == [("book.yaml", "overlap", "ratings[0].completed")]


def test_milestones_out_of_order(tmp_path) -> None:
    milestones = """\
milestones:
  - {key: summary, title: Tổng hợp, owed_by: desk, due: {day: "12-10"}, cite: "Điều 7"}
  - {key: self_review, title: Tự kiểm điểm, owed_by: person, due: {day: "12-05"}, cite: "Điều 7"}
"""
    folder = write_book(tmp_path / "b", RATINGS + milestones)
    assert found(folder) == [("book.yaml", "milestone_order", "milestones[1].due")]


def test_what_loading_refuses_is_told_as_well(tmp_path) -> None:
    assert found(write_book(tmp_path / "b", "extends: nowhere\n")) == [("book.yaml", "rulebook", "extends")]


def test_a_scenario_that_does_not_hold(decree) -> None:
    spoil(decree / "book.yaml", "leave_months: {at_least: 3}", "leave_months: {at_least: 4}")
    assert ("time-and-leave.yaml", "scenario", "scenarios[1]") in found(decree)
