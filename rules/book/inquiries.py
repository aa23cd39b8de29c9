"""What a rulebook says of opinions that are asked of a body outside the office, by link or on paper: of whom, of which body, on which form."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.nouns.conditions import When, holds
from rules.nouns.people import Person, traits
from rules.nouns.values import BODIES, Verdict

EVERYBODY = When(())


@dataclass(frozen=True, slots=True)
class InquiryRule:
    """An opinion that the text wants of a body outside (`asked`, as the text calls it) about somebody. `quote`: its line; `form`: the form it is
    given on ("": the text names none); `place`: where it lies in a dossier ("": the text puts it into none); `by`: the milestone by which it is
    asked; `without`: what happens without it, by the text ("": it does not say).
    """

    key: str
    title: str
    asked: str
    cite: str
    quote: str
    when: When = EVERYBODY
    form: str = ""
    place: str = ""
    by: str = ""
    without: str = ""
    note: str = ""
    unverified: bool = False
    desk_note: str = ""

    def is_about(self, person: Person) -> bool:
        """Whether such an opinion is asked about somebody like that."""
        return person.subject not in BODIES and holds(self.when, traits(person)) is Verdict.MET


def rule_of(rules: Iterable[InquiryRule], key: str) -> InquiryRule | None:
    """The rule of that key."""
    return next((one for one in rules if one.key == key), None)
