"""The part of the shell and the database about the chain, stand-ins and opinions, in memory."""

from dataclasses import replace
from typing import Protocol

from dialogs.core.commands.drafts import Endorse, GiveOpinion
from dialogs.core.commands.stand_ins import EndStandIn, SetStandIn
from dialogs.core.events import Event, Pressed
from dialogs.core.knowledge.others import Cover, Opinions
from dialogs.core.turn import Notify
from rules.nouns.people import Person
from rules.nouns.reviews import Review
from rules.nouns.rulings import Endorsement, Opinion, StandIn
from tests.transcripts.cast import PEOPLE
from tests.transcripts.ruling_memory import Keeping, carry_out


class Chained(Keeping, Protocol):
    """The part of the memory that is used here."""

    stand_ins: dict[int, StandIn]
    opinions: dict[int, Opinion]


def acts_for(memory: Chained, person: Person) -> tuple[int, ...]:
    """The people for whom this person stands in today."""
    today = memory.now.date()
    return tuple(one.absent for one in memory.stand_ins.values() if one.stand_in == person.id and one.holds(today))


def told(memory: Chained, command: Notify, by: Person) -> tuple[int, ...]:
    """The people who get a notice: the person, and whoever stands in for them."""
    if command.cover_except is None:
        return (command.person,)
    today = memory.now.date()
    covering = [one.stand_in for one in memory.stand_ins.values() if one.absent == command.person and one.holds(today)]
    return (command.person, *(one for one in covering if one not in {command.cover_except, by.id}))


def cover(memory: Chained, person: Person) -> Cover:
    """Knowledge of the room COVER."""
    colleagues = tuple(one for one in PEOPLE.values() if one.office == person.office)
    mine = [one for one in memory.stand_ins.values() if person.desk or person.id in (one.absent, one.stand_in)]
    return Cover(tuple(mine), colleagues, {one.id: one for one in PEOPLE.values()})


def opinions(memory: Chained, person: Person, event: Event) -> Opinions:
    """Knowledge of the room OPINION, including opinions asked of others about the review that a button names."""
    mine = [one for one in memory.opinions.values() if one.asked == person.id or _recorded_by(memory, one, person)]
    named = event.button.review if isinstance(event, Pressed) and event.button else 0
    others = tuple(one for one in memory.opinions.values() if one.review == named and one not in mine)
    return Opinions(tuple(mine), {one.review: memory.reviews[one.review] for one in mine}, others)


def _recorded_by(memory: Chained, one: Opinion, person: Person) -> bool:
    """Whether this person is on the desk that records the opinion of a body outside."""
    return person.desk and one.asked is None and memory.reviews[one.review].person.office == person.office


def afresh(review: Review) -> Review:
    """The review after it was returned, with all steps still to come."""
    if not review.steps:
        return review
    return replace(review, step=0, approver_id=review.steps[0].person, approver_role=review.steps[0].role)


@carry_out.register
def _(command: Endorse, memory: Chained, by: Person) -> str:
    review = memory.reviews[command.review]
    agreed = Endorsement(
        version=command.version,
        step=review.step,
        role=review.approver_role,
        by=by.id,
        by_name=by.name,
        by_position=by.position,
        at=memory.now,
        comment=command.comment,
        for_whom=command.for_whom,
    )
    after = review.steps[review.step + 1]
    memory.reviews[review.id] = replace(
        review,
        step=review.step + 1,
        approver_id=after.person,
        approver_role=after.role,
        endorsements=(*review.endorsements, agreed),
        comment="",
    )
    return f"step {review.step + 1} agreed with version {command.version}{_for(command.for_whom)} | {command.comment}"


@carry_out.register
def _(command: SetStandIn, memory: Chained, by: Person) -> str:
    number = len(memory.stand_ins) + 1
    memory.stand_ins[number] = StandIn(number, command.absent, command.stand_in, command.since, command.until, by.id)
    return f"{_name(command.stand_in)} for {_name(command.absent)}, {command.since} to {command.until}"


@carry_out.register
def _(command: EndStandIn, memory: Chained, by: Person) -> str:
    memory.stand_ins[command.id] = replace(memory.stand_ins[command.id], ended_at=memory.now)
    return f"stand-in {command.id} ended"


@carry_out.register
def _(command: GiveOpinion, memory: Chained, by: Person) -> str:
    memory.opinions[command.opinion] = replace(
        memory.opinions[command.opinion], text=command.text, by=by.id, by_name=by.name, given_at=memory.now
    )
    return f"opinion {command.opinion} | {command.text}"


def _for(person: int | None) -> str:
    return f" for {_name(person)}" if person else ""


def _name(person: int) -> str:
    return next(one.name for one in PEOPLE.values() if one.id == person)
