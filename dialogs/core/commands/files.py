"""Commands about files that people hand in."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class KeepUpload:
    """Store the file of this event in place of the file that this person handed in before."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DropUpload:
    """Discard the file that this person handed in."""


@dataclass(frozen=True, slots=True)
class ImportRoster:
    """Replace the roster of that revision with the one that this person handed in."""

    sha256: str
    revision: int
    #: Roster key → the first day (ISO) of its changes, where the file gives none; "" for a correction of what was wrong
    #: before.
    days: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChooseTemplate:
    """From now on print this form with the Word template that was handed in and looked at."""

    form: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LetTemplateGo:
    """From now on print this form with the generic template."""

    form: str


@dataclass(frozen=True, slots=True)
class KeepEnclosure:
    """Store a file for one place of a dossier: of a unit, a person, or the office. The earlier file is kept."""

    campaign: int
    rulebook: str
    place: str
    unit: int | None
    person: int | None
    sha256: str
    size: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class KeepOwnTable:
    """Use a file of the office in place of a summary table. The file that was `seen` (0: the generated table) is kept."""

    campaign: int
    rulebook: str
    table: str
    seen: int
    sha256: str
    size: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class TakeOutOwnTable:
    """Use the generated summary table again. The file that was `seen` is kept."""

    campaign: int
    rulebook: str
    table: str
    seen: int


FileCommand = (
    KeepUpload
    | DropUpload
    | ImportRoster
    | ChooseTemplate
    | LetTemplateGo
    | KeepEnclosure
    | KeepOwnTable
    | TakeOutOwnTable
)
