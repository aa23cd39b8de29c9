"""What the shell is to do with a file somebody handed in."""

from dataclasses import dataclass


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
    """Keep the roster this person handed in, whole, in place of the one of that revision."""

    sha256: str
    revision: int
