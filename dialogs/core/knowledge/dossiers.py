"""Knowledge of the room DOSSIER."""

import datetime as dt
from dataclasses import dataclass

from dialogs.core.handed import EnclosureFile
from rules.nouns.people import Person


@dataclass(frozen=True, slots=True)
class DossierPlace:
    """A place of a dossier at which a file may be handed in: for a `person`, a `unit`, or the office."""

    #: What buttons call it.
    stamp: str
    campaign: int
    rulebook: str
    #: Its key in the rulebook.
    place: str
    title: str
    cite: str
    person: Person | None = None
    unit: int | None = None
    unit_name: str = ""
    #: Who answers for the `unit`: its head, else the secretary of its party cell.
    answers: int | None = None
    #: Whether the text requires it of everybody there.
    needed: bool = True
    #: The name of the file that counts ("": none); `enclosure` is its id and `kind` its type.
    handed: str = ""
    enclosure: int = 0
    kind: str = ""
    #: The last day by the plan.
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One line of a dossier."""

    #: The number of the line.
    number: int
    title: str
    #: How many papers are present; `missing`: how many are not.
    there: int
    missing: int
    #: Who owes the missing ones, in words; `more`: how many people besides.
    owed: str = ""
    more: int = 0
    #: Their last day by the plan.
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DossiersView:
    """Knowledge of DOSSIER."""

    #: The places of the dossier that is named, otherwise the person's own.
    places: tuple[DossierPlace, ...] = ()
    #: For the desk: the campaign that is named; 0: none that is open here.
    campaign: int = 0
    #: For the desk: the open campaigns.
    campaigns: frozenset[int] = frozenset()
    #: For the desk: token and name of each dossier: a, u12, p34.
    choices: tuple[tuple[str, str], ...] = ()
    #: The token of the dossier that is shown, with its `name` and `lines`.
    whose: str = ""
    name: str = ""
    lines: tuple[DossierLine, ...] = ()
    handed: EnclosureFile | None = None
    most_mb: int = 20
    kinds: tuple[str, ...] = ()
