"""Dossiers: the lists of papers that a rulebook requires, line by line as in the text, and the source of each paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.book.remarks import Remarked
from rules.nouns.conditions import When, holds
from rules.nouns.people import Person, traits
from rules.nouns.text import folded
from rules.nouns.values import OwedBy, Verdict


class Of(StrEnum):
    """Whose dossier it is: a unit's, a person's, or the authority's (sent to it or kept by it)."""

    UNIT = "unit"
    PERSON = "person"
    AUTHORITY = "authority"


class Per(StrEnum):
    """To whom the place of a file from outside belongs: each person, each unit, or the whole office."""

    PERSON = "person"
    UNIT = "unit"
    OFFICE = "office"


class Kept(StrEnum):
    """The acts on a submitted review that are papers of their own."""

    RULINGS = "rulings"  # what was decided, as it stands on the document
    PETITIONS = "petitions"  # petitions, and what was answered
    OPINIONS = "opinions"  # opinions of other bodies


EVERYBODY = When(())


@dataclass(frozen=True, slots=True)
class DossierPart:
    """One kind of paper within a line of a dossier, and its source.

    The source is a document of one of `forms`, a summary table, a `kept` act, or a file from `outside` handed in at the
    place `key`.
    """

    title: str
    key: str = ""
    forms: tuple[str, ...] = ()
    table: str = ""
    #: An act that is kept; where `forms` are named, only on those.
    kept: Kept | None = None
    outside: bool = False
    #: Who owes a file from outside.
    owed_by: OwedBy | None = None
    per: Per | None = None
    when: When = EVERYBODY
    #: Only the papers of the office itself, not of the units below it.
    of_office: bool = False
    #: Nothing is missing if there is none.
    if_any: bool = False
    #: Whom the text requires it of, where the roster cannot tell; nobody is asked for it then.
    only_for: str = ""
    #: The milestone at which it is due, if that differs from the list's own.
    by: str = ""
    #: The adopted minutes of the unit's meeting serve as this paper; with `cell`, those of the party cell's meeting.
    meeting: bool = False
    #: The table of the ended round of this rule serves as this paper.
    round: str = ""
    #: The combined result of all sheets with points serves as this paper.
    points: bool = False
    #: The office's files for these summary tables serve as this paper for anybody who has none of their own.
    own_tables: tuple[str, ...] = ()
    cell: bool = False
    #: The records of these ballots' counts serve as this paper.
    ballots: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[OwedBy | None, Per | None]:
        """What two lists with the same key must agree on."""
        return self.owed_by, self.per

    def asks(self, person: Person) -> bool:
        """Whether the text requires the paper of such a person."""
        return holds(self.when, traits(person)) is Verdict.MET


@dataclass(frozen=True, slots=True)
class DossierItem(Remarked):
    """One line of a dossier as in the text, with the papers it names."""

    title: str
    cite: str
    parts: tuple[DossierPart, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms whose documents it requires."""
        return tuple(form for part in self.parts for form in part.forms)


@dataclass(frozen=True, slots=True)
class DossierSets(Remarked):
    """The number of copies of a dossier, and what becomes of them."""

    of: Of
    copies: int
    cite: str
    #: Only for posts with one of these words in their name; the first rule that matches applies.
    positions: tuple[str, ...] = ()


#: Whose dossier → its lines.
Dossiers = Mapping[Of, tuple[DossierItem, ...]]


def sets_for(sets: tuple[DossierSets, ...], of: Of, position: str = "") -> DossierSets | None:
    """The rule on copies for a person in that post; None: the text does not say."""
    words = folded(position)
    fits = (
        one for one in sets if one.of is of and (not one.positions or any(folded(a) in words for a in one.positions))
    )
    return next(fits, None)


def handed_in(items: tuple[DossierItem, ...]) -> tuple[DossierPart, ...]:
    """The parts of a list that come from outside."""
    return tuple(part for item in items for part in item.parts if part.outside)
