"""Ballots as a rulebook has them: what is voted on, by whom, and how many votes decide."""

from dataclasses import dataclass
from enum import StrEnum

from rules.book.remarks import Remarked
from rules.nouns.values import Rating, Subject


class Base(StrEnum):
    """Of whom a share is counted."""

    ENTITLED = "entitled"  # everybody who has a vote, present or not
    PRESENT = "present"  # who came
    RETURNED = "returned"  # the slips that were given back


class Choices(StrEnum):
    """What may be marked for each line of a slip."""

    RATINGS = "ratings"  # one of the four ratings
    AGREE = "agree"  # agreed, or not


@dataclass(frozen=True, slots=True)
class Ballot(Remarked):
    """A vote: what on, with which form, and how many votes decide.

    `share` is a fraction of `base` (`of` says it in the words of the text); `more_than`: the share itself is too few. No share: the
    text names none, so nobody is in or out by counting alone. `after`: the key of the round whose result this one goes by;
    `within_quota`: of those with votes enough the highest are taken, as many as the quota leaves room for. `tie` says in words what
    happens with equal votes at the last place, `tie_to` who settles it: never the count. `quote`: the sentence of the text. `about`: as what
    those on the slip are rated, of what is gone through in a meeting; none: everybody.
    """

    key: str
    title: str
    cite: str
    rating: Rating | None = None
    form: str = ""
    secret: bool | None = None
    share: tuple[int, int] | None = None
    more_than: bool = True
    of: str = ""
    tie: str = ""
    base: Base = Base.ENTITLED
    choices: Choices = Choices.RATINGS
    after: str = ""
    within_quota: bool = False
    tie_to: str = ""
    quote: str = ""
    about: tuple[Subject, ...] = ()
