"""Quotas while a campaign is being decided: where a group stands, and what one more rating would make of it.

What is not decided yet may still come into the base: a group is over its quota only when it is so whatever the others
are rated.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.book.clauses import Quota
from rules.book.procedure import UNIT_STEPS
from rules.book.quota import BASES, Rated, Share, allowed, counted_together, once, shares
from rules.book.rulebook import Rulebook
from rules.campaign.deciding.judgement import Judgement
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating, Subject


def is_proposed(one: ReviewLine) -> bool:
    """Whether it is past the steps of its unit."""
    return not one.owed and (one.ready or one.approver_role not in UNIT_STEPS)


@dataclass(frozen=True, slots=True)
class QuotaState:
    """A group under a quota. `open`: how many of it are not decided; `allowed_at_most`: how many may have the rating
    if all of these come into the base; `by_decision_at_most`: the same where the authority grants the greater share.
    """

    share: Share
    open: int
    allowed_at_most: int
    by_decision_at_most: int

    @property
    def over(self) -> int:
        """How many too many there surely are."""
        return max(0, self.share.rated - self.allowed_at_most)

    @property
    def granted(self) -> bool:
        """Whether the greater share that the authority may grant suffices."""
        return self.over > 0 and self.share.rated <= self.by_decision_at_most


@dataclass(frozen=True, slots=True)
class GroupState:
    """A group under a quota, with everybody who is of it."""

    state: QuotaState
    members: tuple[Rated, ...]


def quota_states(book: Rulebook, judged: Judgement, ratings: Sequence[Rated]) -> tuple[QuotaState, ...]:
    """The groups this review belongs to, under every quota of the decision about such a rating."""
    if judged.profile is None:
        return ()
    mine = _line(judged, None)
    quotas = (quota for quota in book.quotas if quota.stage == "decision")
    return tuple(state for quota in quotas for state in _of_quota(quota, judged.subject, mine, ratings))


def proposed_states(book: Rulebook, mine: Rated, ratings: Sequence[Rated]) -> tuple[QuotaState, ...]:
    """The groups of one line of a list of what is proposed: under the quotas of the proposal, where the rulebook has such, else
    under those of the decision.
    """
    subject = mine.subject
    if subject is None:
        return ()
    return tuple(state for quota in _proposed(book, subject) for state in _of_quota(quota, subject, mine, ratings))


def proposed_with(
    book: Rulebook, review: int, rating: Rating | None, ratings: Sequence[Rated], subject: Subject | None = None
) -> tuple[QuotaState, ...]:
    """The same of a review of the list, as if it had `rating` already, where there is one; who is of no group is no group of their own.
    `subject`: as what they are rated, where a form rates somebody twice; else the form's own rating.
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
    """Every group of a list of what is proposed, under the same quotas, as they stand in the rulebook; who is of no group is no group of
    their own.
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
    """The groups that this very rating puts, or leaves, over their quota. A lower rating may make the base too small
    for those who have the rating already; that is seen where the quotas are shown and stands in nobody's way.
    """
    after = quota_states(book, judged, with_rating(judged, rating, ratings))
    return tuple(state for state in after if state.over and state.share.quota.rating is rating)


def with_rating(judged: Judgement, rating: Rating | None, ratings: Sequence[Rated]) -> tuple[Rated, ...]:
    """The list once this review has `rating`, in place of what it had."""
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
        return  # they count at another of their posts
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
