"""Explained suggestions a second on one core, for cases that all differ, with every finding, cap and clause."""

import time
from collections.abc import Iterator

from rules.judging.suggest import Case, suggest
from rules.nouns.values import Subject
from rules.reading.load import load

SECONDS = 2.0


def measure() -> str:
    """One line for `make bench`."""
    book = load("quang-ngai-office-2020")
    cases = list(_cases())
    for case in cases:
        suggest(book, case)
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < SECONDS:
        for case in cases:
            suggest(book, case)
        done += len(cases)
    return f"suggestions: {done / spent:,.0f}/s, each with all findings and clauses ({len(cases)} different cases)"


def _cases() -> Iterator[Case]:
    """A thousand complete cases, half of them of leaders."""
    for number in range(1000):
        share = 37 * number % 101
        facts = {
            "general_criteria": ("good", "met", "unmet")[number % 3],
            "tasks_done_pct": 100 - number % 2,
            "tasks_on_time": number % 5 > 0,
            "tasks_quality": number % 7 > 0,
            "tasks_efficiency": ("high", "adequate", "low")[number % 4 % 3],
            "tasks_exceeded_pct": share,
            "tasks_substandard_pct": 100 - share,
            "degradation_concluded": False,
            "disciplined": number % 50 == 0,
            "months_worked": 12 - number % 8,
            "leave_months": number % 5,
            "maternity_leave": number % 20 == 0,
        }
        leads = {
            "unit_targets_done_pct": share,
            "unit_targets_exceeded_pct": 100 - share,
            "unit_targets_on_time_pct": share,
            "subunits_completed_pct": 100 - number % 3,
            "subunits_good_pct": share,
            "subunit_corruption": False,
            "head": number % 3 == 0,
            "unit_rating": ("excellent", "good", "completed", "not_completed")[number % 4],
        }
        leader = number % 2 == 0
        yield Case(Subject.OFFICIAL, leader, facts | leads if leader else facts)


if __name__ == "__main__":
    print(measure())
