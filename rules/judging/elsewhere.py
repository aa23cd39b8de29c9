"""What is said and decided in other reviews of the same person and time, as values. `rules.campaign.deciding.truth`
finds it.
"""

from dataclasses import dataclass, field

from rules.nouns.conditions import Facts, FactValue
from rules.nouns.reviews import RULED, Review
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class ReviewsAround:
    """The reviews around one review, including those of closed campaigns."""

    #: The person's other reviews of the same time.
    mine: tuple[Review, ...] = ()
    #: Those of the bodies of their unit.
    bodies: tuple[Review, ...] = ()
    #: For each unit directly below: those of its bodies.
    under: tuple[tuple[Review, ...], ...] = ()
    #: For a body: those of the head of its unit.
    heads: tuple[Review, ...] = ()
    #: The person's reviews of the previous year.
    last_year: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One fact on which two sources differ."""

    fact: str
    #: The question of this form that asks for it.
    question: str
    #: What was answered there.
    said: FactValue
    #: What the other source says.
    other: FactValue
    #: The review that says so, decided or not; None: the roster.
    source: Review | None
    #: The person's comment on it.
    word: str = ""

    @property
    def decided(self) -> bool:
        """Whether the authority decided on the basis of the other form."""
        return self.source is not None and self.source.status in RULED


@dataclass(frozen=True, slots=True)
class RatedElsewhere:
    """A rating that is given in another review."""

    #: `civil_rating` or `unit_rating`.
    fact: str
    review: Review | None
    #: None: not decided yet, or not rated.
    rating: Rating | None = None
    #: What the person says it is, while nothing is decided.
    declared: Rating | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other reviews contribute to a review."""

    #: They take precedence over what the review itself says.
    facts: Facts = field(default_factory=dict)
    #: Facts that count as unknown.
    unsettled: frozenset[str] = frozenset()
    contradictions: tuple[Contradiction, ...] = ()
    ratings: tuple[RatedElsewhere, ...] = ()

    def over(self, said: Facts) -> Facts:
        """The stated facts, corrected by what is known elsewhere."""
        return {**{fact: value for fact, value in said.items() if fact not in self.unsettled}, **self.facts}

    def of(self, question: str) -> tuple[Contradiction, ...]:
        """The contradictions with the answer to a question."""
        return tuple(one for one in self.contradictions if one.question == question)


NOTHING_ELSE = Elsewhere()
