"""The months over which a mean is taken: those for which a score is owed, not those that happen to have one.

Nghị định 335/2025/NĐ-CP, Điều 17 khoản 3: a quarter is the mean of three months, a half-year of six, a year of twelve,
except months of sick, maternity and unpaid leave (Điều 11 khoản 2: the time really worked). Whoever joined or left in
the year owes the months of their service; the former body sends its own scores (Điều 19 khoản 1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from rules.nouns.periods import MONTHS, QUARTERS

#: The prefix of a month's name in the fact of its score.
SCORES = "month_scores"
SCORE_OF = {month: f"{SCORES}.{month}" for month in MONTHS}
#: The prefix of a quarter's name in the fact of its rating.
RATINGS = "quarter_ratings"
RATING_OF = {quarter: f"{RATINGS}.{quarter}" for quarter in QUARTERS}
_MONTH_OF = {fact: month for month, fact in SCORE_OF.items()}


@dataclass(frozen=True, slots=True)
class OwedScores:
    """The facts on which a mean rests."""

    #: Scores that count.
    known: tuple[str, ...]
    #: Facts still to be known before the mean can be taken.
    open: tuple[str, ...]
    #: Scores that may still be added.
    may: tuple[str, ...]


def owed(inputs: Sequence[str], facts: Mapping[str, object]) -> OwedScores:
    """The facts on which the mean of `inputs`, the monthly scores of a period, rests.

    A month in `months_waiting` has a score somewhere, so the mean waits for it. Of the other months, those in
    `months_owed` (in service and at work all month) are needed, and those in `months_without` (away all month, or not
    in service) never count even if they have a score. A month in neither list counts if it has a score.

    Where these facts are unknown, the months worked give the least number of scores. With maternity leave of unknown
    length, only the given scores count.
    """
    without, waiting = _names(facts.get("months_without")), _names(facts.get("months_waiting"))
    able = tuple(name for name in inputs if _MONTH_OF.get(name) not in without)
    known = tuple(name for name in able if name in facts)
    left = tuple(name for name in able if name not in facts)
    if to_come := tuple(name for name in left if _MONTH_OF.get(name) in waiting):
        return OwedScores(known, to_come, left)
    told = facts.get("months_owed")
    if told is not None:
        needed = _names(told)
        lacking = tuple(name for name in left if _MONTH_OF.get(name) in needed)
        return OwedScores(known, lacking or (() if known else left), lacking)
    if facts.get("maternity_leave") is True:
        return OwedScores(known, () if known else left, left)
    worked = facts.get("months_worked")
    if not isinstance(worked, int | float):
        return OwedScores(known, (*left, "months_worked") if left else (), left)
    enough = len(known) >= min(floor(worked), len(able)) and known
    return OwedScores(known, () if enough else left, () if enough else left)


def _names(value: object) -> frozenset[str]:
    return frozenset(str(one) for one in value) if isinstance(value, tuple) else frozenset()
