"""What is missing for the next higher rating: a view of the findings, never a second computation."""

from dataclasses import dataclass

from rules.suggestion import AppliedCap, Finding, Suggestion, met_grounds, unsatisfied
from rules.values import Rating, Verdict


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
