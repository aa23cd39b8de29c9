"""Quotas: how many people of each group may have a rating, and how many have it beyond that.

Numbers are always rounded down. Where no text fixes the rounding, a note of the quota says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rules.book.clauses import Quota
from rules.nouns.conditions import verdict
from rules.nouns.values import BODIES, CIVIL, Rating, Subject, Verdict


@dataclass(frozen=True, slots=True)
class Rated:
    """A person or body in a list of ratings."""

    name: str
    unit: str
    group: str
    leader: bool
    #: None: not rated.
    rating: Rating | None
    #: In the list of a running campaign: the review. A form that rates twice has a line for each rating.
    review: int = 0
    #: As what they are rated; None: the list does not say.
    subject: Subject | None = None
    #: Not decided yet; `rating` is then None.
    open: bool = False
    #: 0: the list does not say. A person with two posts counts once.
    person: int = 0
    #: At which of their posts; 0: the first.
    post: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """One group under one quota."""

    quota: Quota
    #: What distinguishes the group.
    key: Mapping[str, str | bool]
    base: int
    rated: int
    allowed: int
    #: The subjects counted together; empty: the list does not say.
    subjects: tuple[Subject, ...] = ()
    #: Whether the greater share by decision applies: MET, UNMET, or UNKNOWN while the rating of the unit that it
    #: depends on is unknown.
    granted: Verdict = Verdict.UNMET

    @property
    def over(self) -> int:
        """How many have the rating beyond `allowed`."""
        return max(0, self.rated - self.allowed)


@dataclass(frozen=True, slots=True)
class Assumed:
    """The quotas assumed for lines without a subject, where the rulebook has different shares for civil servants and
    party members.
    """

    #: The groups of these lines.
    groups: tuple[str, ...]
    taken: tuple[Quota, ...]
    civil: tuple[Quota, ...]
    party: tuple[Quota, ...]


#: The name of a base in a quota → the ratings that are counted in it.
BASES: Mapping[str, frozenset[Rating | None]] = {
    "good": frozenset({Rating.GOOD}),
    "good_or_better": frozenset({Rating.GOOD, Rating.EXCELLENT}),
    "rated": frozenset(Rating),
    "staff": frozenset({*Rating, None}),
}


def shares(
    quotas: Iterable[Quota],
    ratings: Sequence[Rated],
    stage: str = "decision",
    *,
    by_decision: bool = False,
    subject: Subject | None = None,
    unit_rating: Rating | None = None,
) -> tuple[Share, ...]:
    """Every group of every quota of `stage`, separately for each set of subjects counted together.

    Lines without a subject are taken as people, so quotas for bodies alone do not concern them.

    `by_decision`   the authority has granted the greater share
    `subject`       of lines that do not say what they are
    `unit_rating`   of the unit whose list this is, where a greater share depends on it
    """
    return tuple(
        share
        for quota in quotas
        if quota.stage == stage
        for subjects, members in _lists(quota, ratings, subject)
        for share in _shares(quota, subjects, members, _granted(quota, unit_rating) if by_decision else Verdict.UNMET)
    )


def counted_together(quota: Quota, subject: Subject) -> tuple[Subject, ...]:
    """The subjects counted together with `subject`: those civil servants that the quota names, or the subject alone;
    none where the quota does not concern it.
    """
    if quota.subject and subject not in quota.subject:
        return ()
    if subject not in CIVIL:
        return (subject,)
    return tuple(one for one in CIVIL if not quota.subject or one in quota.subject)


def assumed(
    quotas: Iterable[Quota], ratings: Iterable[Rated], rated_subjects: Iterable[Subject], stage: str = "decision"
) -> Assumed | None:
    """The shares that `shares` assumes for lines without a subject; None where there is no such line or no alternative."""
    untold = tuple(dict.fromkeys(one.group for one in ratings if one.subject is None))
    kinds = set(rated_subjects)
    if not untold or Subject.PARTY_MEMBER not in kinds or not kinds.intersection(CIVIL):
        return None
    staged = tuple(quota for quota in quotas if quota.stage == stage)
    civil = tuple(one for one in staged if any(counted_together(one, subject) for subject in kinds.intersection(CIVIL)))
    party = tuple(one for one in staged if counted_together(one, Subject.PARTY_MEMBER))
    return Assumed(untold, tuple(one for one in staged if _of_people(one)), civil, party) if civil != party else None


def allowed(quota: Quota, base: int, *, by_decision: bool = False, staff: int | None = None) -> int:
    """How many of a group may have the rating, given its base.

    `staff`: the size of the group, rated or not, for a quota whose minimum refers to it; None: at least what the
    minimum names.
    """
    pct = quota.by_decision_pct if by_decision and quota.by_decision_pct else quota.at_most_pct
    number = int(Decimal(base) * Decimal(str(pct)) / 100)
    small = base if quota.below_of == "base" else staff
    if small is not None and small < quota.when_below:
        number = quota.allow
    return number if quota.at_most_count is None else min(number, quota.at_most_count)


def _lists(
    quota: Quota, ratings: Sequence[Rated], subject: Subject | None
) -> Iterator[tuple[tuple[Subject, ...], list[Rated]]]:
    """The lines that the quota concerns, grouped by the subjects counted together; lines without a subject come last."""
    lists: dict[tuple[Subject, ...], list[Rated]] = {}
    for one in once(ratings):
        told = one.subject or subject
        together = counted_together(quota, told) if told else ()
        if together or (told is None and _of_people(quota)):
            lists.setdefault(together, []).append(one)
    yield from sorted(lists.items(), key=lambda found: not found[0])


def once(ratings: Sequence[Rated]) -> tuple[Rated, ...]:
    """The list with everybody once for each subject they are rated as, because shares count people, not posts.

    No text we have seen names the post at which one is rated, so the first line is kept.
    """
    first: dict[tuple[int, Subject | None], Rated] = {}
    for one in ratings:
        if one.person and one.post <= first.setdefault((one.person, one.subject), one).post:
            first[one.person, one.subject] = one
    return tuple(one for one in ratings if not one.person or first[one.person, one.subject] is one)


def several_times(ratings: Iterable[Rated]) -> tuple[tuple[Rated, ...], ...]:
    """Lines with one name and subject that do not say who it is: namesakes, or one person at two posts."""
    named: dict[tuple[str, Subject | None], list[Rated]] = {}
    for one in ratings:
        if not one.person:
            named.setdefault((one.name, one.subject), []).append(one)
    return tuple(tuple(lines) for lines in named.values() if len(lines) > 1)


def _of_people(quota: Quota) -> bool:
    return not quota.subject or not BODIES.issuperset(quota.subject)


def _granted(quota: Quota, unit_rating: Rating | None) -> Verdict:
    """Whether the greater share applies, now that it was granted."""
    if not quota.by_decision_pct or quota.by_decision_when is None:
        return Verdict.MET
    return Verdict.UNKNOWN if unit_rating is None else verdict(quota.by_decision_when, unit_rating)


def _shares(quota: Quota, subjects: tuple[Subject, ...], ratings: Sequence[Rated], granted: Verdict) -> Iterator[Share]:
    concerned = [one for one in ratings if quota.leader is None or one.leader is quota.leader]
    for division in quota.per:
        groups: dict[tuple[str, ...], list[Rated]] = {}
        for one in concerned:
            groups.setdefault(_key(division, one), []).append(one)
        for key, members in groups.items():
            base = sum(one.rating in BASES[quota.of] for one in members)
            rated = sum(one.rating is quota.rating for one in members)
            named = dict(zip(_names(division), key, strict=True)) | _about(quota)
            may = allowed(quota, base, by_decision=granted is Verdict.MET, staff=len(members))
            yield Share(quota, named, base, rated, may, subjects, granted)


def _names(division: str) -> tuple[str, ...]:
    return () if division == "office" else tuple(division.split("+"))


def _key(division: str, one: Rated) -> tuple[str, ...]:
    return tuple({"unit": one.unit, "group": one.group}[name] for name in _names(division))


def _about(quota: Quota) -> dict[str, str | bool]:
    return {} if quota.leader is None else {"leader": quota.leader}
