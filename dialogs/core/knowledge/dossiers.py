"""What DOSSIER knows."""

import datetime as dt
from dataclasses import dataclass

from dialogs.core.handed import EnclosureFile
from rules.nouns.people import Person


@dataclass(frozen=True, slots=True)
class DossierPlace:
    """A place at which a file may be handed in: `place` is its key in the rulebook; of a `person`, of a `unit`, or of the office. `needed`: the
    text asks for it of everybody there. `handed`: how the file that counts was called ("": none), with its id and kind. `stamp`
    is what buttons call it; `due`: its last day by the plan.
    """

    stamp: str
    campaign: int
    rulebook: str
    place: str
    title: str
    cite: str
    person: Person | None = None
    unit: int | None = None
    unit_name: str = ""
    needed: bool = True
    handed: str = ""
    enclosure: int = 0
    kind: str = ""
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DossierLine:
    """A paper of a dossier: the number of its line, how many are there and missing, and who owes those, in words;
    `more`: how many besides; `due`: their last day by the plan.
    """

    number: int
    title: str
    there: int
    missing: int
    owed: str = ""
    more: int = 0
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DossiersView:
    """DOSSIER. `places`: those of the dossier that is named, else this person's own. Of the desk besides: the `campaign` that is named (0: none
    that is open here), `choices` (token and name: a, u12, p34), `whose` of them and its `lines`. `campaigns`: the open ones.
    """

    places: tuple[DossierPlace, ...] = ()
    campaign: int = 0
    campaigns: frozenset[int] = frozenset()
    choices: tuple[tuple[str, str], ...] = ()
    whose: str = ""
    name: str = ""
    lines: tuple[DossierLine, ...] = ()
    handed: EnclosureFile | None = None
    most_mb: int = 20
    kinds: tuple[str, ...] = ()
