"""What answers of a form hardly say together: sums, counts, and answers that deny each other."""

import pytest

from rules.forms.contradicting import contradictions
from rules.nouns.reviews import Answer
from rules.reading.load import load


def found(book: str, form: str, **answers: Answer | float | str) -> list[tuple[str, ...]]:
    """The questions of each contradiction, where all that are answered are asked."""
    given = {key: one if isinstance(one, Answer) else Answer(one) for key, one in answers.items()}
    return [one.questions for one in contradictions(load(book).forms[form], frozenset(given), given)]


@pytest.mark.parametrize(
    ("worked", "leave", "doubted"), [(7, 9, True), (12, 3, True), (9.1, 2.9, False), (12, 0, False), (3, 9, False)]
)
def test_months_of_work_and_of_leave_are_no_more_than_a_year(worked: float, leave: float, *, doubted: bool) -> None:
    said = found("decree-90-2020", "mau-02", months_worked=worked, leave_months=leave)
    assert said == ([("months_worked", "leave_months")] if doubted else [])


def test_a_criterion_denies_what_the_authority_concluded() -> None:
    assert found("decree-90-2020", "mau-02", c2a="good", degradation=True) == [("c2a", "degradation")]
    assert found("decree-90-2020", "mau-02", c2a="unmet", degradation=True) == []


def test_what_is_good_is_no_more_than_what_was_done() -> None:
    assert found("decree-335-2025", "mau-01-335", quantity=80, quality=100, progress=80) == [("quality", "quantity")]


def test_more_months_have_points_than_were_worked() -> None:
    scored: dict[str, Answer | float | str] = {f"m{month:02}": 85 for month in range(1, 13)}
    assert len(found("decree-335-2025", "mau-02-335", months_worked=7, **scored)) == 1
    assert found("decree-335-2025", "mau-02-335", months_worked=11.5, **scored) == [], "a month that was begun is one"
    left_out: dict[str, Answer | float | str] = {
        **scored,
        **{f"m{month:02}": Answer(None, skipped=True) for month in range(8, 13)},
    }
    assert found("decree-335-2025", "mau-02-335", months_worked=7, **left_out) == []


def test_shares_that_cannot_both_be_right_say_so() -> None:
    form = load("party-2019").forms["mau-01-hd-2019"]
    impossible = [one.questions for one in form.unlikely if not one.both]
    assert impossible == [("members_good", "members_completed"), ("members_completed", "members_failed")]


def test_what_is_not_asked_contradicts_nothing() -> None:
    given = {"months_worked": Answer(7), "leave_months": Answer(9)}
    assert not list(contradictions(load("decree-90-2020").forms["mau-02"], frozenset(["months_worked"]), given))
