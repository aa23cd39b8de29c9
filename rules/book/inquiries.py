"""Inquiries as a rulebook describes them: opinions asked of a body outside the office, by link or on paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.nouns.conditions import When, holds
from rules.nouns.people import Person, traits
from rules.nouns.values import BODIES, Verdict

EVERYBODY = When(())


@dataclass(frozen=True, slots=True)
class InquiryRule:
    """An opinion that the text requires from a body outside."""

    key: str
    title: str
    #: The body, as the text calls it.
    asked: str
    cite: str
    #: The sentence of the text.
    quote: str
    when: When = EVERYBODY
    #: The form on which the opinion is given; "": the text names none.
    form: str = ""
    #: Its place in a dossier; "": the text gives none.
    place: str = ""
    #: The milestone by which it is asked.
    by: str = ""
    #: What the text says happens without it; "": nothing.
    without: str = ""
    note: str = ""
    unverified: bool = False
    desk_note: str = ""

    def is_about(self, person: Person) -> bool:
        """Whether such an opinion is asked about such a person."""
        return person.subject not in BODIES and holds(self.when, traits(person)) is Verdict.MET


def rule_of(rules: Iterable[InquiryRule], key: str) -> InquiryRule | None:
    """The rule with that key."""
    return next((one for one in rules if one.key == key), None)
