"""What COVER and OPINION know: who acts for this person, what others ask them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.people import Person
from rules.nouns.reviews import Review
from rules.nouns.rulings import Opinion, StandIn


@dataclass(frozen=True, slots=True)
class Cover:
    """COVER: stand-ins for this person (and, for the desk, of everybody in the office); whom they may name.

    `other`: the one a button names, when it is none of them.
    """

    stand_ins: tuple[StandIn, ...] = ()
    candidates: tuple[Person, ...] = ()
    people: Mapping[int, Person] = field(default_factory=dict)
    other: StandIn | None = None


@dataclass(frozen=True, slots=True)
class Opinions:
    """OPINION: what was asked of this person (of the desk: also what bodies outside were asked), with the review.

    `others`: asked about the review a button names, of somebody else.
    """

    opinions: tuple[Opinion, ...] = ()
    reviews: Mapping[int, Review] = field(default_factory=dict)
    others: tuple[Opinion, ...] = ()
