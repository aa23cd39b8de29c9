"""What a rulebook says of drafts that are sent round: of which, to whom, how long before, with or without names."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rules.book.remarks import Remarked
from rules.nouns.conditions import When, holds
from rules.nouns.people import Person, traits
from rules.nouns.values import Verdict


class Drafted(StrEnum):
    """What goes round."""

    REVIEW = "review"  # a form that somebody, or a collective, fills
    LIST = "list"  # the ratings that are proposed
    SHEET = "sheet"  # nothing drafted: those asked write of somebody, on a form of their own


class Reaches(StrEnum):
    """Whom it goes to by the text; who sends it may choose others."""

    CHOSEN = "chosen"  # whoever sends it says
    UNIT = "unit"
    OFFICE = "office"
    BELOW = "below"  # those directly under the person it is about


EVERYBODY = When(())


@dataclass(frozen=True, slots=True)
class RoundRule(Remarked):
    """A draft that the text has sent round. `quote`: its line; `forms`: of which forms (none: of all); `when`: of whom; `days`: at least so
    many before it is looked at; `unnamed`: without names; `without`: what happens without an answer, by the text ("": it does not say).
    """

    key: str
    title: str
    draft: Drafted
    to: Reaches
    cite: str
    quote: str
    forms: tuple[str, ...] = ()
    when: When = EVERYBODY
    days: int = 0
    unnamed: bool = False
    without: str = ""
    form: str = ""  # of a SHEET: the form it stands for


def rule_for(
    rules: Iterable[RoundRule], draft: Drafted, form: str = "", person: Person | None = None
) -> RoundRule | None:
    """The rule for such a draft: the first that speaks of it; None: the text is silent, and it goes with names."""
    for one in rules:
        fits = one.draft is draft and (not one.forms or form in one.forms)
        if fits and (person is None or holds(one.when, traits(person)) is Verdict.MET):
            return one
    return None
