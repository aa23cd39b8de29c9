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
    PEERS = "peers"  # tập thể lãnh đạo cùng cấp: who leads the unit with them
    SUPERIOR = "superior"  # cấp trên trực tiếp: who leads the unit above
    BODIES = "bodies"  # the bodies that the text names, each by who speaks for it


#: Whom only a sheet about somebody goes to.
OF_SHEETS = frozenset({Reaches.BELOW, Reaches.PEERS, Reaches.SUPERIOR, Reaches.BODIES})

EVERYBODY = When(())


@dataclass(frozen=True, slots=True)
class RoundRule(Remarked):
    """A draft that the text has sent round. `quote`: its line; `forms`: of which forms (none: of all); `when`: of whom; `days`: at least so
    many before it is looked at; `unnamed`: without names; `without`: what happens where there is nobody to ask, or nobody answers, by the
    text ("": it does not say). Of a SHEET: `form`: what each fills; `then`: on which form all of them together say what they propose;
    `shows`: the rounds whose outcome those asked look at; `bodies`: those of BODIES, as the text calls them.
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
    form: str = ""
    then: str = ""
    shows: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


def rule_for(
    rules: Iterable[RoundRule], draft: Drafted, form: str = "", person: Person | None = None
) -> RoundRule | None:
    """The rule for such a draft: the first that speaks of it; None: the text is silent, and it goes with names."""
    for one in rules:
        fits = one.draft is draft and (not one.forms or form in one.forms)
        if fits and (person is None or holds(one.when, traits(person)) is Verdict.MET):
            return one
    return None
