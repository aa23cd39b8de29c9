"""Conditions over counts of periods: the year from how its quarters were rated, as the customs rate (CV 21169 of 28/8/2026, known by its content
only), and from how many months reached a score. The book is made for the test; no rule of it is anybody's.
"""

from itertools import product
from pathlib import Path

import pytest

from rules.book.owed import RATING_OF, SCORE_OF
from rules.book.rulebook import Rulebook
from rules.book.scoring import derive
from rules.checks.everything import check
from rules.judging.explanation import at_a_glance, explanation
from rules.judging.suggest import Case, suggest
from rules.nouns.periods import MONTHS, QUARTERS, period
from rules.nouns.service import Leave, LeaveKind, Service, circumstances
from rules.nouns.values import Rating, Subject
from rules.reading.load import load
from tests.rules.books import write_book

E, G, C, N = Rating
COUNTED = """\
ratings:
  - for: {subject: official, leader: false}
    excellent:
      all:
        - {fact: quarters_excellent, at_least: 2, cite: "Điều 1"}
        - {fact: quarters_good_up, at_least: 2, cite: "Điều 1"}
        - {fact: quarters_failed, at_most: 0, cite: "Điều 1"}
    good:
      all:
        - {fact: quarters_good_up, at_least: 2, cite: "Điều 2"}
        - {fact: quarters_failed, at_most: 0, cite: "Điều 2"}
    completed:
      all:
        - {fact: quarters_failed, at_most: 1, cite: "Điều 3"}
    not_completed:
      any:
        - {fact: quarters_failed, at_least: 2, cite: "Điều 4"}
scores:
  formulas:
    - {gives: quarters_excellent, count: quarter_ratings, rated: [excellent], cite: "Điều 1"}
    - {gives: quarters_good_up, count: quarter_ratings, rated: [excellent, good], cite: "Điều 2"}
    - {gives: quarters_failed, count: quarter_ratings, rated: [not_completed], cite: "Điều 4"}
special_cases:
  - key: carried_over
    title: Làm việc không quá một tháng trong quý; chuyển sang quý sau
    when: {period_months: {at_most: 1}}
    effect: not_reviewed
    cite: "Điều 5"
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Rulebook:
    return load(write_book(tmp_path_factory.mktemp("books") / "counted", COUNTED))


def rated(book: Rulebook, *given: Rating | None, **facts: object):
    known = {RATING_OF[name]: one.value for name, one in zip(QUARTERS, given, strict=False) if one}
    return suggest(book, Case(Subject.OFFICIAL, leader=False, facts={**known, **facts}))


def naive(four: tuple[Rating, ...]) -> set[Rating]:
    """By the sentence: two quarters excellent and none failed; two good or better and none failed; one failed at most."""
    failed = four.count(N)
    if failed >= 2:
        return {N}
    if not failed and four.count(E) >= 2:
        return {E}
    return {G} if not failed and four.count(E) + four.count(G) >= 2 else {C}


def test_every_year_of_four_quarters(book) -> None:
    for four in product(Rating, repeat=4):
        assert set(rated(book, *four).possible) == naive(four), four


def test_while_a_quarter_is_open_every_rating_that_may_come_is_possible(book) -> None:
    for three in product(Rating, repeat=3):
        may = set().union(*(naive((*three, last)) for last in Rating))
        found = rated(book, *three)
        assert set(found.possible) >= may, three
        if len(may) == 1:
            assert found.rating in may
    assert rated(book, E, E, G).missing == ("quarter_ratings.q4",)
    assert rated(book, N, N, E).rating is N  # whatever the fourth is


def test_a_quarter_that_is_not_owed_is_none_of_the_count(book) -> None:
    assert rated(book, None, None, E, E, quarters_without=("q1", "q2")).rating is E
    assert rated(book, None, None, E, E).rating is None


def test_it_is_explained_by_the_quarters(book) -> None:
    case = Case(Subject.OFFICIAL, leader=False, facts={RATING_OF[name]: "good" for name in QUARTERS})
    found = explanation(book, case, suggest(book, case))
    told = at_a_glance(found, {"elsewhere": False})
    assert told["why"]["cites"] == ["Điều 2"]
    assert told["next"]["changes"][0]["fact"] == "quarters_excellent"
    (step,) = [one for one in found.suggestion.derived if one.formula.gives == "quarters_good_up"]
    assert (step.value, len(step.inputs)) == (4, 4)


def test_the_book_is_in_order_and_a_count_of_nothing_is_refused(tmp_path: Path) -> None:
    assert [one.expected for one in check(write_book(tmp_path / "counted", COUNTED)) if one.expected != "source"] == []
    without = COUNTED.replace("rated: [excellent, good], ", "")
    assert "count_rated" in {one.expected for one in check(write_book(tmp_path / "bare", without))}


def test_months_are_counted_by_their_score(tmp_path: Path) -> None:
    text = COUNTED.replace(
        "special_cases:",
        '    - {gives: months_excellent, count: month_scores, scored_from: 90, cite: "Điều 6"}\n'
        '    - {gives: months_failed, count: month_scores, scored_below: 50, cite: "Điều 6"}\nspecial_cases:',
    )
    book = load(write_book(tmp_path / "months", text))
    formulas = book.profiles[Subject.OFFICIAL, False].formulas
    facts = {SCORE_OF[name]: score for name, score in zip(MONTHS, [90, 89.99, 49.99, 50, *[95] * 8], strict=True)}
    known, _ = derive(formulas, facts)
    assert (known["months_excellent"], known["months_failed"]) == (9, 1)


@pytest.mark.parametrize(
    ("service", "worked"),
    [
        (
            Service(
                leaves=(Leave(LeaveKind.SICK, *(_ for _ in (period(2026, "m07").first, period(2026, "m08").last))),)
            ),
            1,
        ),
        (Service(joined=period(2026, "m09").first), 1),
        (Service(joined=period(2026, "m08").first), 2),
    ],
)
def test_time_worked_in_a_quarter(service: Service, worked: int) -> None:
    """Up to one month is carried over; more is rated in the quarter."""
    assert circumstances(service, period(2026, "q3"))["period_months"] == worked
