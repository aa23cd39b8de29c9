"""Why a suggestion is what it is, what a higher rating would take, and what only the authority can decide."""

from dataclasses import dataclass

from rules.book.rulebook import Rulebook
from rules.book.scoring import Derivation
from rules.book.suggestion import AppliedCap, Finding, Suggestion, met_grounds, unsatisfied
from rules.judging.reaching import Reach, smallest_changes
from rules.judging.suggest import Case
from rules.nouns.values import Rating, Verdict

#: Points written with two decimals may differ so far from what the formulas make of their parts.
_ROUNDING = 0.005


@dataclass(frozen=True, slots=True)
class NextHigher:
    """The next higher rating and what stands between: conditions not met (or not known), caps below it,
    and the grounds of `not_completed` that are met.
    """

    rating: Rating
    findings: tuple[Finding, ...]
    caps: tuple[AppliedCap, ...]
    grounds: tuple[Finding, ...]


def next_higher(suggestion: Suggestion) -> NextHigher | None:
    """What is missing for the rating above the highest possible one; None above `excellent` or when not rated."""
    if not suggestion.possible or suggestion.possible[0] is Rating.EXCELLENT:
        return None
    rating = tuple(Rating)[suggestion.possible[0].rank - 1]
    return NextHigher(
        rating=rating,
        findings=unsatisfied(suggestion, rating),
        caps=tuple(cap for cap in suggestion.caps if _below(cap, rating)),
        grounds=met_grounds(suggestion),
    )


def _below(cap: AppliedCap, rating: Rating) -> bool:
    return cap.verdict is not Verdict.UNMET and (cap.at_most is None or cap.at_most.rank > rating.rank)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A suggestion with everything there is to say of it.

    `reaches`: for every rating above (in a gap: from the highest of the two on) a smallest set of changes.
    `band`: the rating that the points alone would give, where the other conditions give a lower one.
    `differing`: points that were given and are not what the formulas make of their parts.
    """

    suggestion: Suggestion
    caps: tuple[AppliedCap, ...]
    reaches: tuple[Reach, ...]
    band: Rating | None
    differing: tuple[Derivation, ...]


def explanation(book: Rulebook, case: Case, suggestion: Suggestion) -> Explanation:
    """Everything there is to say of `suggestion`, which is that of `case`."""
    profile = book.profiles[case.subject, case.leader]
    return Explanation(
        suggestion=suggestion,
        caps=tuple(cap for cap in suggestion.caps if cap.verdict is not Verdict.UNMET),
        reaches=tuple(smallest_changes(profile, case.facts, rating) for rating in _above(suggestion)),
        band=_band(suggestion),
        differing=tuple(one for one in suggestion.derived if _differs(one)),
    )


def _above(suggestion: Suggestion) -> tuple[Rating, ...]:
    """The ratings above the highest that is possible, nearest first."""
    if not suggestion.possible:
        return ()
    highest = suggestion.possible[0].rank
    return tuple(Rating)[: highest + suggestion.gap][::-1]


def _band(suggestion: Suggestion) -> Rating | None:
    for rating in tuple(Rating)[:-1]:
        asked = [one for one in suggestion.findings if one.rating is rating and one.fact == "score"]
        if asked and all(one.verdict is Verdict.MET for one in asked):
            reached = suggestion.before_caps
            return rating if reached and rating.rank < reached.rank else None
    return None


def _differs(one: Derivation) -> bool:
    return one.given is not None and abs(one.given - one.value) > _ROUNDING
