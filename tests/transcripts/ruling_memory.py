"""The part of the shell and the database after a decision, in memory: responses, petitions, plans."""

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import singledispatch
from typing import Protocol

from dialogs.core.commands.improvement import AddImprovement, EndImprovement
from dialogs.core.commands.refusals import Refuse
from dialogs.core.commands.rulings import AnswerPetition, FilePetition, Respond
from dialogs.core.knowledge.results import Results
from dialogs.result.decided_review import is_confirmed
from rules.nouns.people import Person
from rules.nouns.reviews import Review, ReviewStatus
from rules.nouns.rulings import Acknowledgement, Improvement, Petition, PetitionOutcome
from rules.nouns.workdays import workdays_after
from tests.transcripts.cast import BOOKS
from tests.transcripts.months_memory import with_scores


@dataclass
class Afterwards:
    """Everything stored besides the reviews."""

    petitions: dict[int, Petition] = field(default_factory=dict)
    improvements: dict[int, Improvement] = field(default_factory=dict)


class Keeping(Protocol):
    """The part of the memory that is used here."""

    now: dt.datetime
    reviews: dict[int, Review]
    afterwards: Afterwards


def results(memory: Keeping, person: Person) -> Results:
    """Knowledge of the rooms RESULT and PLAN for this person."""
    mine = tuple(_followed(review, memory) for review in memory.reviews.values() if review.person.id == person.id)
    return Results(
        mine=mine,
        petitions=tuple(one for one in memory.afterwards.petitions.values() if one.by == person.id),
        improvements=tuple(one for one in memory.afterwards.improvements.values() if one.person == person.id),
        confirmed=tuple(review for review in mine if is_confirmed(review)),
        petition_due={review.id: due for review in mine if (due := _due(memory, review))},
    )


def _followed(review: Review, memory: Keeping) -> Review:
    """The decided review of a year, with the present scores of its months."""
    return with_scores(review, memory.reviews.values()) if review.rulings and review.campaign.last_month else review


@singledispatch
def carry_out(command, memory: Keeping, by: Person) -> str:
    """Carry a command out. Returns its line in the transcript."""
    raise NotImplementedError(type(command).__name__)


@carry_out.register
def _(command: Respond, memory: Keeping, by: Person) -> str:
    review = memory.reviews[command.review]
    said = Acknowledgement(command.number, command.response, memory.now, command.text)
    waits = review.status is ReviewStatus.APPEALED
    status = review.status if waits else ReviewStatus.FINAL
    memory.reviews[review.id] = replace(review, acknowledged=said, status=status)
    return f"{command.response} ruling {command.number} | {command.text}"


@carry_out.register
def _(command: FilePetition, memory: Keeping, by: Person) -> str:
    kept = memory.afterwards.petitions
    petition = Petition(
        len(kept) + 1,
        command.review,
        command.number,
        by.id,
        command.text,
        memory.now,
        command.due,
        command.cite,
    )
    kept[petition.id] = petition
    memory.reviews[command.review] = replace(memory.reviews[command.review], status=ReviewStatus.APPEALED)
    return f"petition against ruling {command.number}, due {command.due} | {command.text}"


@carry_out.register
def _(command: AnswerPetition, memory: Keeping, by: Person) -> str:
    kept = memory.afterwards.petitions
    kept[command.petition] = replace(
        kept[command.petition],
        outcome=command.outcome,
        answer=command.answer,
        answered_by=by.id,
        answered_at=memory.now,
    )
    review = memory.reviews[command.review]
    open_again = command.outcome is PetitionOutcome.WITHDRAWN and review.acknowledged is None
    status = ReviewStatus.DECIDED if open_again else ReviewStatus.FINAL
    if review.status is not ReviewStatus.APPEALED:
        status = review.status  # a changed ruling must be acknowledged again
    memory.reviews[review.id] = replace(review, status=status)
    return f"petition {command.petition} {command.outcome} | {command.answer}"


@carry_out.register
def _(command: AddImprovement, memory: Keeping, by: Person) -> str:
    kept = memory.afterwards.improvements
    kept[len(kept) + 1] = Improvement(len(kept) + 1, by.id, command.year, command.what, command.by, memory.now)
    return f"plan of {command.year} by {command.by} | {command.what}"


@carry_out.register
def _(command: EndImprovement, memory: Keeping, by: Person) -> str:
    kept = memory.afterwards.improvements
    if command.done:
        kept[command.improvement] = replace(kept[command.improvement], done_on=memory.now.date())
        return f"plan line {command.improvement} done"
    del kept[command.improvement]
    return f"plan line {command.improvement} taken out"


@carry_out.register
def _(command: Refuse, memory: Keeping, by: Person) -> str:
    return f"refused {command.action}: {command.reason}"


def _due(memory: Keeping, review: Review) -> dt.date | None:
    rule = BOOKS[review.campaign.edition].procedure.petitions
    return workdays_after(memory.now.date(), rule.answer_within) if rule and rule.answer_within else None
