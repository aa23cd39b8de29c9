"""The lists of papers a rulebook asks for: line by line as the text has them, and where each paper comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.book.remarks import Remarked
from rules.nouns.conditions import When, holds
from rules.nouns.people import Person, traits
from rules.nouns.text import folded
from rules.nouns.values import OwedBy, Verdict


class Of(StrEnum):
    """Whose a dossier is: of a unit, of one person, of what goes to (or is kept by) the authority."""

    UNIT = "unit"
    PERSON = "person"
    AUTHORITY = "authority"


class Per(StrEnum):
    """Whose place a file from outside lies at: of each person, of each unit, of the office as a whole."""

    PERSON = "person"
    UNIT = "unit"
    OFFICE = "office"


class Kept(StrEnum):
    """What of the acts on what was sent is a paper of its own."""

    RULINGS = "rulings"  # what was decided, as it stands on the document
    PETITIONS = "petitions"  # petitions, and what was answered
    OPINIONS = "opinions"  # opinions of other bodies


EVERYBODY = When(())


@dataclass(frozen=True, slots=True)
class DossierPart:
    """One kind of paper within a line of a dossier, and where it comes from: documents of `forms`, a summary table, something that
    is `kept` (of `forms`, where it names some), or from `outside`: a file that is handed in at the place `key`, by whoever owes it. `of_office`: only those of the
    office itself, not of the units below it. `if_any`: nothing is missing without it. `only_for`: of whom the text wants it, where the
    roster does not know that; nobody is asked for it then. `by`: the milestone by which it is due, where that is not the list's own.
    `meeting`: the minutes of the unit's meeting are it, where they were adopted here, `cell`: those of the party cell's; `ballots`: the records of counts of these ballots; `round`: the table of the round of this rule is, once that ended;
    `points`: what all sheets with points about somebody came to is it;
    `own_tables`: the office's files that stand for these summary tables are, for whoever has none of their own.
    """

    title: str
    key: str = ""
    forms: tuple[str, ...] = ()
    table: str = ""
    kept: Kept | None = None
    outside: bool = False
    owed_by: OwedBy | None = None
    per: Per | None = None
    when: When = EVERYBODY
    of_office: bool = False
    if_any: bool = False
    only_for: str = ""
    by: str = ""
    meeting: bool = False
    round: str = ""
    points: bool = False
    own_tables: tuple[str, ...] = ()
    cell: bool = False
    ballots: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[OwedBy | None, Per | None]:
        """What two lists that share a key must agree on."""
        return self.owed_by, self.per

    def asks(self, person: Person) -> bool:
        """Whether somebody like that has such a paper."""
        return holds(self.when, traits(person)) is Verdict.MET


@dataclass(frozen=True, slots=True)
class DossierItem(Remarked):
    """One line of a dossier, as the text has it, with the papers it names."""

    title: str
    cite: str
    parts: tuple[DossierPart, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms it wants documents of."""
        return tuple(form for part in self.parts for form in part.forms)


@dataclass(frozen=True, slots=True)
class DossierSets(Remarked):
    """In how many sets a dossier is made, and what becomes of them. `positions`: only of those whose post holds one of these words;
    the first that matches is it.
    """

    of: Of
    copies: int
    cite: str
    positions: tuple[str, ...] = ()


#: Whose a dossier is → its lines.
Dossiers = Mapping[Of, tuple[DossierItem, ...]]


def sets_for(sets: tuple[DossierSets, ...], of: Of, position: str = "") -> DossierSets | None:
    """The rule that says in how many sets the dossier is made of somebody in that post; None: the text does not say."""
    words = folded(position)
    fits = (
        one for one in sets if one.of is of and (not one.positions or any(folded(a) in words for a in one.positions))
    )
    return next(fits, None)


def handed_in(items: tuple[DossierItem, ...]) -> tuple[DossierPart, ...]:
    """The parts of a list that come from outside."""
    return tuple(part for item in items for part in item.parts if part.outside)
