"""What is said and decided beside a review about the same person and time, as values (`rules.campaign.deciding.truth` finds it)."""

from dataclasses import dataclass, field

from rules.nouns.conditions import Facts, FactValue
from rules.nouns.reviews import RULED, Review
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class ReviewsAround:
    """The reviews around one: `mine` the person's others of the same time, `bodies` those of the bodies of their unit, `under` those of
    the bodies of each unit directly under it; of a body `heads` those of who heads its unit; `last_year` the person's of the year
    before. Also of closed campaigns.
    """

    mine: tuple[Review, ...] = ()
    bodies: tuple[Review, ...] = ()
    under: tuple[tuple[Review, ...], ...] = ()
    heads: tuple[Review, ...] = ()
    last_year: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One fact of which two sources speak differently. `question`: the one of this form that asks it; `said`: what is answered there, `word`
    what the person says to it. `other`: what the other source says: `source` is that review, decided or not; None: the roster.
    """

    fact: str
    question: str
    said: FactValue
    other: FactValue
    source: Review | None
    word: str = ""

    @property
    def decided(self) -> bool:
        """Whether the authority decided on what the other form says."""
        return self.source is not None and self.source.status in RULED


@dataclass(frozen=True, slots=True)
class RatedElsewhere:
    """A rating that is decided in another review, or will be (`rating` None: not decided, or not rated). `fact`: `civil_rating`,
    `unit_rating`. `declared`: what the person says it is, as long as nothing is decided.
    """

    fact: str
    review: Review | None
    rating: Rating | None = None
    declared: Rating | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is known of a review from beside it. `facts` win over what is written in it, `unsettled` ones are not known."""

    facts: Facts = field(default_factory=dict)
    unsettled: frozenset[str] = frozenset()
    contradictions: tuple[Contradiction, ...] = ()
    ratings: tuple[RatedElsewhere, ...] = ()

    def over(self, said: Facts) -> Facts:
        """The facts that hold, of those that are said."""
        return {**{fact: value for fact, value in said.items() if fact not in self.unsettled}, **self.facts}

    def of(self, question: str) -> tuple[Contradiction, ...]:
        """What contradicts the answer to a question."""
        return tuple(one for one in self.contradictions if one.question == question)


NOTHING_ELSE = Elsewhere()
