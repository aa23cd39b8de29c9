"""A decided review as its owner sees it: the decision in force, their response, their petitions."""

from dataclasses import dataclass

from dialogs.core.knowledge.results import Results
from dialogs.core.state import State
from rules.nouns.reviews import Review, ReviewStatus
from rules.nouns.rulings import Acknowledgement, Petition, Response, Ruling


@dataclass(frozen=True, slots=True)
class DecidedReview:
    """A decided review of the person."""

    review: Review
    ruling: Ruling
    #: All petitions about the review, oldest first.
    petitions: tuple[Petition, ...] = ()

    @property
    def acknowledgement(self) -> Acknowledgement | None:
        """The response to the ruling in force. A result decided anew has to be acknowledged again."""
        newest = self.review.acknowledged
        return newest if newest and newest.number == self.ruling.number else None

    @property
    def reserved(self) -> bool:
        """Whether an opinion is reserved. That is still possible after an acknowledgement."""
        return self.acknowledgement is not None and self.acknowledgement.response is Response.RESERVED

    @property
    def petition(self) -> Petition | None:
        """The petition about the ruling in force. There is at most one, even if it was withdrawn."""
        return next((one for one in self.petitions if one.number == self.ruling.number), None)

    @property
    def pending(self) -> Petition | None:
        """The petition that waits for an answer."""
        return next((one for one in self.petitions if one.outcome is None), None)


def results(state: State) -> Results:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, Results) else Results()


def decided_reviews(state: State) -> tuple[DecidedReview, ...]:
    """Every decided review of the person, the newest period first, in the order in which they are filled."""
    mine = (_decided(review, results(state).petitions) for review in results(state).mine)
    return tuple(sorted((one for one in mine if one), key=lambda one: newest_first(one.review)))


def newest_first(review: Review) -> tuple[int, int, int]:
    """The sort key of results: the newest period first, and a whole year before its last month."""
    span = review.campaign.span
    return -span.last.toordinal(), span.first.toordinal(), review.id


def is_confirmed(review: Review) -> bool:
    """Whether it is a sheet without a rating to which the chain has agreed."""
    return review.status is ReviewStatus.FINAL and not review.rulings and review.draft is not None


def confirmed_sheets(state: State) -> tuple[Review, ...]:
    """The person's own confirmed sheets, the newest period first."""
    mine = (one for one in results(state).confirmed if state.person and one.person.id == state.person.id)
    return tuple(sorted(mine, key=newest_first))


def decided_review(state: State, review: int) -> DecidedReview | None:
    """The decided review with this id, if it is the person's."""
    return next((one for one in decided_reviews(state) if one.review.id == review), None)


def _decided(review: Review, petitions: tuple[Petition, ...]) -> DecidedReview | None:
    about = tuple(sorted((one for one in petitions if one.review == review.id), key=lambda one: one.at))
    return DecidedReview(review, review.ruling, about) if review.ruling else None
