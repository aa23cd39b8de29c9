"""Quotas while a campaign is being decided: where a group stands, and what one more rating would make of it.

What is not decided yet may still come into the base: a group is over its quota only when it is so whatever the others
are rated.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.book.clauses import Quota
from rules.book.quota import BASES, Rated, Share, allowed, shares
from rules.book.rulebook import Rulebook
from rules.forms.form import Question
from rules.judging.rated import rated
from rules.judging.self_ratings import rules_of
from rules.nouns.reviews import Review
from rules.nouns.values import Rating, Subject

#: Subjects whose ratings make one list.
_CIVIL = frozenset({Subject.CADRE, Subject.OFFICIAL, Subject.EMPLOYEE, Subject.WORKER})


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


def standings(book: Rulebook, review: Review, question: Question, ratings: Sequence[Rated]) -> tuple[QuotaState, ...]:
    """The groups this review belongs to, under every quota of the decision about such a rating."""
    if rules_of(book, book.forms[review.form], review.person, question) is None:
        return ()
    subject, leader = rated(book.forms[review.form], review.person, question)
    mine = _line(review, subject, leader, None)
    quotas = (quota for quota in book.quotas if quota.stage == "decision")
    return tuple(one for quota in quotas for one in _of_quota(quota, subject, mine, ratings))


def over(
    book: Rulebook, review: Review, question: Question, rating: Rating, ratings: Sequence[Rated]
) -> tuple[QuotaState, ...]:
    """The groups that this very rating puts, or leaves, over their quota. A lower rating may make the base too small
    for those who have the rating already; that is seen where the quotas are shown and stands in nobody's way.
    """
    after = standings(book, review, question, with_rating(book, review, question, rating, ratings))
    return tuple(one for one in after if one.over and one.share.quota.rating is rating)


def with_rating(
    book: Rulebook, review: Review, question: Question, rating: Rating | None, ratings: Sequence[Rated]
) -> tuple[Rated, ...]:
    """The list once this review has `rating`, in place of what it had."""
    subject, leader = rated(book.forms[review.form], review.person, question)
    others = (one for one in ratings if (one.review, one.subject) != (review.id, subject))
    return (*others, _line(review, subject, leader, rating))


def _line(review: Review, subject: Subject, leader: bool, rating: Rating | None) -> Rated:  # noqa: FBT001 - as Rated
    person = review.person
    return Rated(person.name, person.unit, person.group, leader, rating, review.id, subject)


def _of_quota(quota: Quota, subject: Subject, mine: Rated, ratings: Sequence[Rated]) -> Iterator[QuotaState]:
    concerned = [one for one in ratings if one.subject is None or one.subject in _list_of(quota, subject)]
    for share in shares((quota,), concerned, subject=subject):
        if _belongs(share, mine):
            yield _standing(share, concerned)


def _list_of(quota: Quota, subject: Subject) -> frozenset[Subject]:
    """Whose ratings are counted together: those of civil servants that the quota names; every other kind on its own."""
    if subject not in _CIVIL:
        return frozenset({subject})
    return _CIVIL.intersection(quota.subject) if quota.subject else _CIVIL


def _belongs(share: Share, one: Rated) -> bool:
    known = {"unit": one.unit, "group": one.group, "leader": one.leader}
    return all(known[name] == value for name, value in share.key.items())


def _standing(share: Share, concerned: Sequence[Rated]) -> QuotaState:
    quota = share.quota
    still_open = sum(one.open and _belongs(share, one) for one in concerned)
    may_join = 0 if None in BASES[quota.of] else still_open
    bases = range(share.base, share.base + may_join + 1)
    return QuotaState(
        share,
        still_open,
        max(allowed(quota, base) for base in bases),
        max(allowed(quota, base, by_decision=True) for base in bases),
    )
