"""Which self-ratings the rules allow, and which of them ask for a reason."""

from dataclasses import dataclass

from rules.book.suggestion import Suggestion, met_grounds
from rules.nouns.values import Rating, Verdict


@dataclass(frozen=True, slots=True)
class Excluded:
    """A rule excludes a rating. `why`: `not_rated`, `ground` (a ground of not completed is met: `fact`)
    or `cap` (rated no higher than `at_most`).
    """

    why: str
    cite: str
    fact: str = ""
    at_most: Rating | None = None


def refusal(suggestion: Suggestion | None, rating: Rating) -> Excluded | None:
    """The rule that excludes this rating, if any holds for certain. Without a suggestion nothing is excluded."""
    if suggestion is None:
        return None
    if suggestion.not_rated:
        return Excluded("not_rated", suggestion.not_rated.cite)
    return _by_ground(suggestion, rating) or _by_cap(suggestion, rating)


def needs_reason(suggestion: Suggestion | None, rating: Rating) -> bool:
    """Whether this rating is above the suggestion (above the highest that is still possible)."""
    limit = highest(suggestion) if suggestion else None
    return limit is not None and rating.rank < limit.rank


def stands(suggestion: Suggestion | None, rating: Rating, reason: str) -> bool:
    """Whether a chosen rating is still allowed, with a reason where it is above the suggestion."""
    return refusal(suggestion, rating) is None and (bool(reason) or not needs_reason(suggestion, rating))


def highest(suggestion: Suggestion) -> Rating | None:
    """The suggested rating, or the highest that is still possible."""
    return suggestion.rating or (suggestion.possible[0] if suggestion.possible else None)


def _by_ground(suggestion: Suggestion, rating: Rating) -> Excluded | None:
    if rating is Rating.NOT_COMPLETED:
        return None
    ground = next(iter(met_grounds(suggestion)), None)
    return Excluded("ground", ground.cite, ground.fact, Rating.NOT_COMPLETED) if ground else None


def _by_cap(suggestion: Suggestion, rating: Rating) -> Excluded | None:
    for cap in suggestion.caps:
        if cap.verdict is Verdict.MET and cap.at_most and rating.rank < cap.at_most.rank:
            return Excluded("cap", cap.cite, at_most=cap.at_most)
    return None
