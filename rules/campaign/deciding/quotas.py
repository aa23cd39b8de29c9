"""Quotas during a campaign: how full a group's quota is, and what one more rating would do.

Undecided reviews may still enlarge the base. So a group is over its quota only if that is certain however the others
are rated.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.book.clauses import Quota
from rules.book.procedure import UNIT_STEPS
from rules.book.quota import BASES, Rated, Share, allowed, counted_together, once, shares
from rules.book.rulebook import Rulebook
from rules.campaign.deciding.judgement import Judgement
from rules.nouns.reviews import ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating, Subject


def is_proposed(one: ReviewLine) -> bool:
    """Whether the review has passed the steps of its unit."""
    return not one.owed and (one.ready or one.approver_role not in UNIT_STEPS)


def waits_in_unit(one: ReviewLine) -> bool:
    """Whether it was handed in and a step of its unit has still to agree: no decision can be taken on it before."""
    return one.status is ReviewStatus.SUBMITTED and not is_proposed(one)


@dataclass(frozen=True, slots=True)
class QuotaState:
    """A group under a quota."""

    share: Share
    #: How many of the group are not decided.
    open: int
    #: How many may have the rating if all of these enter the base.
    allowed_at_most: int
    #: The same if the authority grants the greater share.
    by_decision_at_most: int

    @property
    def over(self) -> int:
        """How many have the rating beyond the quota for certain."""
        return max(0, self.share.rated - self.allowed_at_most)

    @property
    def granted(self) -> bool:
        """Whether the greater share that the authority may grant is enough."""
        return self.over > 0 and self.share.rated <= self.by_decision_at_most


@dataclass(frozen=True, slots=True)
class GroupState:
    """A group under a quota, with all its members."""

    state: QuotaState
    members: tuple[Rated, ...]


def quota_states(book: Rulebook, judged: Judgement, ratings: Sequence[Rated]) -> tuple[QuotaState, ...]:
    """The groups of this review under every quota of the decision that concerns such a rating."""
    if judged.profile is None:
        return ()
    mine = _line(judged, None)
    quotas = (quota for quota in book.quotas if quota.stage == "decision")
    return tuple(state for quota in quotas for state in _of_quota(quota, judged.subject, mine, ratings))


def proposed_states(book: Rulebook, mine: Rated, ratings: Sequence[Rated]) -> tuple[QuotaState, ...]:
    """The groups of one line of a list of proposals, under the quotas for proposals or, if the rulebook has none, those
    for decisions.
    """
    subject = mine.subject
    if subject is None:
        return ()
    return tuple(state for quota in _proposed(book, subject) for state in _of_quota(quota, subject, mine, ratings))


def proposed_with(
    book: Rulebook, review: int, rating: Rating | None, ratings: Sequence[Rated], subject: Subject | None = None
) -> tuple[QuotaState, ...]:
    """The same for a review in the list, as if it already had `rating`. Lines without a group do not form one.

    `subject`: as what they are rated, if the form rates twice; otherwise that of the form's own rating.
    """
    of_it = (one for one in reversed(ratings) if one.review == review)
    mine = next((one for one in of_it if subject is None or one.subject is subject), None)
    if mine is None:
        return ()
    listed: Sequence[Rated] = ratings
    if rating is not None:
        proposed = replace(mine, rating=rating, open=False)
        listed, mine = tuple(proposed if one is mine else one for one in ratings), proposed
    return tuple(one for one in proposed_states(book, mine, listed) if one.share.key.get("group") != "")


def all_states(book: Rulebook, ratings: Sequence[Rated]) -> tuple[GroupState, ...]:
    """Every group of a list of proposals under the same quotas, in the order of the rulebook. Lines without a group do
    not form one.
    """
    subjects = dict.fromkeys(one.subject for one in ratings if one.subject is not None)
    quotas: dict[Quota, dict[tuple[Subject, ...], Subject]] = {}
    for subject in subjects:
        for quota in _proposed(book, subject):
            quotas.setdefault(quota, {}).setdefault(counted_together(quota, subject), subject)
    return tuple(
        state
        for quota in book.quotas
        for together, subject in quotas.get(quota, {}).items()
        for state in _groups(quota, subject, [one for one in ratings if one.subject in together])
    )


def _proposed(book: Rulebook, subject: Subject) -> list[Quota]:
    for stage in ("proposal", "decision"):
        quotas = [one for one in book.quotas if one.stage == stage and counted_together(one, subject)]
        if quotas:
            return quotas
    return []


def _groups(quota: Quota, subject: Subject, concerned: Sequence[Rated]) -> Iterator[GroupState]:
    lines = once(concerned)
    members: dict[tuple[str, ...], dict[tuple[str | bool, ...], list[Rated]]] = {}
    for share in shares((quota,), lines, quota.stage, subject=subject):
        names = tuple(share.key)
        if names not in members:
            members[names] = {}
            for one in lines:
                members[names].setdefault(tuple(_known(one)[name] for name in names), []).append(one)
        if share.key.get("group") != "":
            of = members[names][tuple(share.key.values())]
            yield GroupState(_state(share, of), tuple(of))


def over(book: Rulebook, judged: Judgement, rating: Rating, ratings: Sequence[Rated]) -> tuple[QuotaState, ...]:
    """The groups whose quota is exceeded by or despite this very rating.

    A lower rating can shrink the base below what others already have. That is visible where quotas are shown, but it
    prevents nothing.
    """
    after = quota_states(book, judged, with_rating(judged, rating, ratings))
    return tuple(state for state in after if state.over and state.share.quota.rating is rating)


def with_rating(judged: Judgement, rating: Rating | None, ratings: Sequence[Rated]) -> tuple[Rated, ...]:
    """The list with `rating` for this review in place of the one it had."""
    others = (line for line in ratings if (line.review, line.subject) != (judged.review.id, judged.subject))
    return (*others, _line(judged, rating))


def _line(judged: Judgement, rating: Rating | None) -> Rated:
    person = judged.review.person
    return Rated(
        person.name,
        person.unit,
        person.group,
        judged.leader,
        rating,
        judged.review.id,
        judged.subject,
        person=person.id,
        post=person.post,
    )


def _of_quota(quota: Quota, subject: Subject, mine: Rated, ratings: Sequence[Rated]) -> Iterator[QuotaState]:
    together = counted_together(quota, subject)
    concerned = once([line for line in ratings if line.subject is None or line.subject in together])
    counted = [line.review for line in concerned if (line.person, line.subject) == (mine.person, mine.subject)]
    if counted and mine.review not in counted:
        return  # the person is counted at another of their posts
    for share in shares((quota,), concerned, quota.stage, subject=subject):
        if _belongs(share, mine):
            yield _state(share, [line for line in concerned if _belongs(share, line)])


def _state(share: Share, members: Sequence[Rated]) -> QuotaState:
    quota, staff = share.quota, len(members)
    still_open = sum(line.open for line in members)
    may_join = 0 if None in BASES[quota.of] else still_open
    # More in the base never means fewer, but where a small group has a number of its own: then the least base gives it.
    bases = (share.base, share.base + may_join)
    return QuotaState(
        share,
        still_open,
        max(allowed(quota, base, staff=staff) for base in bases),
        max(allowed(quota, base, by_decision=True, staff=staff) for base in bases),
    )


def _belongs(share: Share, line: Rated) -> bool:
    known = _known(line)
    return all(known[name] == value for name, value in share.key.items())


def _known(line: Rated) -> Mapping[str, str | bool]:
    return {"unit": line.unit, "group": line.group, "leader": line.leader}
