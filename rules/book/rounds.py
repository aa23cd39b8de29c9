"""Rounds as a rulebook prescribes them: which drafts are sent round, to whom, how long before, with or without names."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rules.book.remarks import Remarked
from rules.nouns.conditions import When, holds
from rules.nouns.people import Person, traits
from rules.nouns.values import Verdict


class Drafted(StrEnum):
    """What is sent round."""

    REVIEW = "review"  # a form filled in by a person or a body
    LIST = "list"  # the list of proposed ratings
    SHEET = "sheet"  # no draft: those asked write about somebody, on a form of their own


class Reaches(StrEnum):
    """To whom it goes by the text. Whoever sends it may choose others."""

    CHOSEN = "chosen"  # whoever sends it says
    UNIT = "unit"
    OFFICE = "office"
    BELOW = "below"  # those directly under the person it is about
    PEERS = "peers"  # tập thể lãnh đạo cùng cấp: who leads the unit with them
    SUPERIOR = "superior"  # cấp trên trực tiếp: who leads the unit above
    BODIES = "bodies"  # the bodies that the text names, each by who speaks for it


#: Recipients that only a sheet about somebody can have.
OF_SHEETS = frozenset({Reaches.BELOW, Reaches.PEERS, Reaches.SUPERIOR, Reaches.BODIES})

EVERYBODY = When(())


@dataclass(frozen=True, slots=True)
class RoundRule(Remarked):
    """A draft that the text requires to be sent round."""

    key: str
    title: str
    draft: Drafted
    to: Reaches
    cite: str
    #: The sentence of the text.
    quote: str
    #: The forms concerned; empty: all.
    forms: tuple[str, ...] = ()
    #: The people concerned.
    when: When = EVERYBODY
    #: The least number of days before the draft is discussed.
    days: int = 0
    #: Whether answers are given without names.
    unnamed: bool = False
    #: What the text says happens if there is nobody to ask or nobody answers; "": nothing.
    without: str = ""
    #: For a SHEET: the form that each recipient fills in.
    form: str = ""
    #: For a SHEET: the form on which all of them together make their proposal.
    then: str = ""
    #: For a SHEET: the rounds whose results the recipients see.
    shows: tuple[str, ...] = ()
    #: For BODIES: their names in the text.
    bodies: tuple[str, ...] = ()


def rule_for(
    rules: Iterable[RoundRule], draft: Drafted, form: str = "", person: Person | None = None
) -> RoundRule | None:
    """The first rule that concerns such a draft; None: the text is silent, and the round is held with names."""
    for one in rules:
        fits = one.draft is draft and (not one.forms or form in one.forms)
        if fits and (person is None or holds(one.when, traits(person)) is Verdict.MET):
            return one
    return None
