"""Quotas: how many may have a rating in each group, and how many too many there are. Rounded down, always.

Where no text fixes the rounding it is down, and a note of the quota says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rules.book.clauses import Quota
from rules.nouns.values import Rating, Subject


@dataclass(frozen=True, slots=True)
class Rated:
    """A person or collective in a list of ratings. `rating` None: not rated.

    In the list of a campaign that goes on, `review` is the id of the review, `subject` what the rating is of (a form
    that rates twice has a line for each), `open` says it is not decided yet (and `rating` is None).
    """

    name: str
    unit: str
    group: str
    leader: bool
    rating: Rating | None
    review: int = 0
    subject: Subject | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """One group under one quota. `key` names the group; `over` is how many have the rating beyond `allowed`."""

    quota: Quota
    key: Mapping[str, str | bool]
    base: int
    rated: int
    allowed: int

    @property
    def over(self) -> int:
        """How many too many there are."""
        return max(0, self.rated - self.allowed)


#: Who is in the base, by the name a quota gives it.
BASES: Mapping[str, frozenset[Rating | None]] = {
    "good": frozenset({Rating.GOOD}),
    "good_or_better": frozenset({Rating.GOOD, Rating.EXCELLENT}),
    "rated": frozenset(Rating),
    "staff": frozenset({*Rating, None}),
}


_BODIES = frozenset({Subject.COLLECTIVE, Subject.PARTY_CELL, Subject.PARTY_GROUP, Subject.ORGANISATION})


def shares(
    quotas: Iterable[Quota],
    ratings: Sequence[Rated],
    stage: str = "decision",
    *,
    by_decision: bool = False,
    subject: Subject | None = None,
) -> tuple[Share, ...]:
    """Every group of every quota of `stage`. `by_decision`: the authority granted the higher share. `subject`: the list
    is one of such subjects, and quotas about others are left out.
    """
    return tuple(
        share
        for quota in quotas
        if quota.stage == stage and _about_list(quota, subject)
        for share in _shares(quota, ratings, by_decision=by_decision)
    )


def _about_list(quota: Quota, subject: Subject | None) -> bool:
    """A list of no said subject is one of people: shares of bodies alone are not about it."""
    if subject is None:
        return not quota.subject or not _BODIES.issuperset(quota.subject)
    return not quota.subject or subject in quota.subject


def allowed(quota: Quota, base: int, *, by_decision: bool = False) -> int:
    """How many of a group with such a base may have the rating."""
    pct = quota.by_decision_pct if by_decision and quota.by_decision_pct else quota.at_most_pct
    number = int(Decimal(base) * Decimal(str(pct)) / 100)
    if base < quota.when_below:
        number = quota.allow
    return number if quota.at_most_count is None else min(number, quota.at_most_count)


def _shares(quota: Quota, ratings: Sequence[Rated], *, by_decision: bool) -> Iterator[Share]:
    concerned = [one for one in ratings if quota.leader is None or one.leader is quota.leader]
    for division in quota.per:
        groups: dict[tuple[str, ...], list[Rated]] = {}
        for one in concerned:
            groups.setdefault(_key(division, one), []).append(one)
        for key, members in groups.items():
            base = sum(one.rating in BASES[quota.of] for one in members)
            rated = sum(one.rating is quota.rating for one in members)
            named = dict(zip(_names(division), key, strict=True)) | _about(quota)
            yield Share(quota, named, base, rated, allowed(quota, base, by_decision=by_decision))


def _names(division: str) -> tuple[str, ...]:
    return () if division == "office" else tuple(division.split("+"))


def _key(division: str, one: Rated) -> tuple[str, ...]:
    return tuple({"unit": one.unit, "group": one.group}[name] for name in _names(division))


def _about(quota: Quota) -> dict[str, str | bool]:
    return {} if quota.leader is None else {"leader": quota.leader}
