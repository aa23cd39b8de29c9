"""Files that people hand in, and what is made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class KeepUpload:
    """Keep the file of this event, in place of what this person handed in before."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DropUpload:
    """What this person handed in is not wanted any more."""


@dataclass(frozen=True, slots=True)
class ImportRoster:
    """Keep the roster this person handed in, whole, in place of the one of that revision. `days`: since when what it
    changes is so, where the file does not say: roster key → an ISO day, "" for what was written wrongly before.
    """

    sha256: str
    revision: int
    days: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChooseTemplate:
    """What is sent of a form from now on is printed with the Word file that was handed in and looked at."""

    form: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LetTemplateGo:
    """What is sent of a form from now on is printed with the generic template."""

    form: str


@dataclass(frozen=True, slots=True)
class KeepEnclosure:
    """A file handed in at a place of a dossier: of a unit, of a person, or of the office. What was there before stays kept."""

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
    """A file of the office stands for a summary table from now on, in place of the one that was `seen` (0: of ours), which stays kept."""

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
    """Ours stands for a summary table again, in place of the file that was `seen`, which stays kept."""

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
