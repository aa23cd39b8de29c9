"""Over which months a mean is: those that are owed, not those that happen to be filled.

Nghị định 335/2025/NĐ-CP, Điều 17 khoản 3: the quarter is the mean of three months, the half-year of six, the year of twelve, but for
those of Điều 11 khoản 2 (sick, maternity and unpaid leave: the time really worked). Who came or left in the year owes the months of
their service (the former body sends its own: Điều 19 khoản 1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from rules.nouns.periods import MONTHS, QUARTERS

#: Before the name of a month: the fact of its score.
SCORES = "month_scores"
SCORE_OF = {month: f"{SCORES}.{month}" for month in MONTHS}
#: Before the name of a quarter: the fact of its rating.
RATINGS = "quarter_ratings"
RATING_OF = {quarter: f"{RATINGS}.{quarter}" for quarter in QUARTERS}
_MONTH_OF = {fact: month for month, fact in SCORE_OF.items()}


@dataclass(frozen=True, slots=True)
class OwedScores:
    """`known`: the facts that count, all of them scores; `open`: what is still to be known before they make the mean; `may`: the
    scores that may yet join them.
    """

    known: tuple[str, ...]
    open: tuple[str, ...]
    may: tuple[str, ...]


def owed(inputs: Sequence[str], facts: Mapping[str, object]) -> OwedScores:
    """What the mean of `inputs`, the scores of the months of a period, rests on.

    A month whose score is somewhere and may still come to count (`months_waiting`) is waited for. The others are told by `months_owed` (in service and at work all month: needed) and `months_without` (away all month, or not in
    service: never counted, whatever stands there); a month that is in neither counts where it has a score. Where these are not
    known, the months worked tell how many scores there must be at least; with maternity leave of unknown months, none but those given.
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
