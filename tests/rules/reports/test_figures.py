"""Figures that a body's report may take over: counts and means, none of fewer than five people."""

from collections import Counter
from pathlib import Path

import pytest

from rules.nouns.reviews import Answer
from rules.nouns.values import Rating
from rules.reading.library import library
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
