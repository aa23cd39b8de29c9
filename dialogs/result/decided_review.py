"""A decided review as its owner sees it: the decision in force, their response, their petitions."""

from dataclasses import dataclass

from dialogs.core.knowledge.results import Results
from dialogs.core.state import State
from rules.nouns.reviews import Review, ReviewStatus
from rules.nouns.rulings import Acknowledgement, Petition, Response, Ruling


@dataclass(frozen=True, slots=True)
class DecidedReview:
    """A decided review of the person. `petitions`: all about it, oldest first."""

    review: Review
    ruling: Ruling
    petitions: tuple[Petition, ...] = ()

    @property
    def acknowledgement(self) -> Acknowledgement | None:
        """What the person said to the ruling in force; a result decided anew is to be acknowledged again."""
        newest = self.review.acknowledged
        return newest if newest and newest.number == self.ruling.number else None

    @property
    def reserved(self) -> bool:
        """Whether an opinion is reserved; it can still be, after notice was taken."""
        return self.acknowledgement is not None and self.acknowledgement.response is Response.RESERVED

    @property
    def petition(self) -> Petition | None:
        """The petition about the ruling in force: there is one at most, also when it was withdrawn."""
        return next((one for one in self.petitions if one.number == self.ruling.number), None)

    @property
    def pending(self) -> Petition | None:
        """The petition that waits for its answer."""
        return next((one for one in self.petitions if one.outcome is None), None)


def results(state: State) -> Results:
    """What the room knows; nothing, when the shell loaded none."""
    return state.room if isinstance(state.room, Results) else Results()


def decided_reviews(state: State) -> tuple[DecidedReview, ...]:
    """Every decided review of the person, the newest period first, in the order they are filled."""
    mine = (_decided(review, results(state).petitions) for review in results(state).mine)
    return tuple(sorted((one for one in mine if one), key=lambda one: newest_first(one.review)))


def newest_first(review: Review) -> tuple[int, int, int]:
    """The place of a review among results: the newest period first, the whole year before its last month."""
    span = review.campaign.span
    return -span.last.toordinal(), span.first.toordinal(), review.id


def is_confirmed(review: Review) -> bool:
    """Whether it is a sheet without a rating that was agreed to."""
    return review.status is ReviewStatus.FINAL and not review.rulings and review.draft is not None


def confirmed_sheets(state: State) -> tuple[Review, ...]:
    """The person's own sheets that were agreed to, the newest period first."""
    mine = (one for one in results(state).confirmed if state.person and one.person.id == state.person.id)
    return tuple(sorted(mine, key=newest_first))


def decided_review(state: State, review: int) -> DecidedReview | None:
    """The decided review of this number, if it is the person's."""
    return next((one for one in decided_reviews(state) if one.review.id == review), None)


def _decided(review: Review, petitions: tuple[Petition, ...]) -> DecidedReview | None:
    about = tuple(sorted((one for one in petitions if one.review == review.id), key=lambda one: one.at))
    return DecidedReview(review, review.ruling, about) if review.ruling else None
