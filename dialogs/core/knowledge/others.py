"""Knowledge of the rooms COVER and OPINION."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.people import Person
from rules.nouns.reviews import Review
from rules.nouns.rulings import Opinion, StandIn


@dataclass(frozen=True, slots=True)
class Cover:
    """Knowledge of COVER."""

    #: The stand-ins of this person; for the desk those of everybody in the office.
    stand_ins: tuple[StandIn, ...] = ()
    #: The people whom they may name.
    candidates: tuple[Person, ...] = ()
    people: Mapping[int, Person] = field(default_factory=dict)
    #: The stand-in that a button names, if it is none of these.
    other: StandIn | None = None


@dataclass(frozen=True, slots=True)
class Opinions:
    """Knowledge of OPINION."""

    #: What this person was asked; for the desk also what bodies outside were asked. `reviews` are the reviews
    #: concerned.
    opinions: tuple[Opinion, ...] = ()
    reviews: Mapping[int, Review] = field(default_factory=dict)
    #: Opinions on the review that a button names that were asked of somebody else.
    others: tuple[Opinion, ...] = ()
