"""Ballots as a rulebook describes them: what is voted on, by whom, and how many votes decide."""

from dataclasses import dataclass
from enum import StrEnum

from rules.book.remarks import Remarked
from rules.nouns.values import Rating, Subject


class Base(StrEnum):
    """The number of which a share is taken."""

    ENTITLED = "entitled"  # everybody who has a vote, present or not
    PRESENT = "present"  # who came
    RETURNED = "returned"  # the slips that were given back


class Choices(StrEnum):
    """What may be marked for each line of a slip."""

    RATINGS = "ratings"  # one of the four ratings
    AGREE = "agree"  # agreed, or not


@dataclass(frozen=True, slots=True)
class Ballot(Remarked):
    """A vote as the rulebook prescribes it."""

    key: str
    title: str
    cite: str
    rating: Rating | None = None
    form: str = ""
    secret: bool | None = None
    #: The votes needed, as a fraction of `base`; None: the text names no share, so counting alone accepts or rejects
    #: nobody.
    share: tuple[int, int] | None = None
    #: Exactly that share is too few.
    more_than: bool = True
    #: The base in the words of the text.
    of: str = ""
    #: What happens with equal votes for the last place, in words; `tie_to` is who settles it, which is never the count.
    tie: str = ""
    base: Base = Base.ENTITLED
    choices: Choices = Choices.RATINGS
    #: The key of the round on whose result this one is based.
    after: str = ""
    #: Of the lines with enough votes only as many are taken, from the top, as the quota has room for.
    within_quota: bool = False
    tie_to: str = ""
    #: The sentence of the text.
    quote: str = ""
    #: In a meeting: the subjects as which those on the slip are rated; empty: everybody.
    about: tuple[Subject, ...] = ()
