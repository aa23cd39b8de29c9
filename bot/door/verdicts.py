"""The verdict on a paper that somebody holds."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Everything a stranger learns about a paper."""

    GENUINE = "genuine"  # as it was kept, and in force
    REPLACED = "replaced"  # as it was kept; another version or decision is in force, or it was returned or taken back
    ALTERED = "altered"  # it is not as it was kept
    UNKNOWN = "unknown"  # nothing is kept under its code, or it carries none


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where a file differs from what was stored."""

    #: The stored text; "" for none.
    before: str
    #: The text in the file; "" for none.
    after: str
    #: The words before it.
    lead: str
    #: The page of the file, from 1 on.
    page: int


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who agreed or decided: name, capacity, and time."""

    name: str
    position: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class PaperTold:
    """Whose paper it is, for people who may read it."""

    review: int
    name: str
    key: str
    unit: str
    office: str
    code: str
    period: str
    version: int
    #: The version in force (0: none).
    in_force: int
    sent_at: dt.datetime
    agreed: tuple[Agreed, ...] = ()
    ruling: int = 0
    #: The newest decision about any version.
    ruled: Agreed | None = None
    ratings: tuple[str, ...] = ()
    by_paper: str = ""
    #: It is about this version.
    decided: bool = False


@dataclass(frozen=True, slots=True)
class SheetTold:
    """Whom a sheet of a round is about, for people who may read it. `by`: who filled it, "" for the joint proposal;
    `body`: for which body.
    """

    name: str
    key: str
    unit: str
    code: str
    by: str
    body: str
    at: dt.datetime
    counts: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on a paper."""

    standing: Standing
    #: Whose it is; None when nothing is known or may be told to whoever asks.
    told: PaperTold | SheetTold | None = None
    #: The first differences, of `many`.
    differences: tuple[Difference, ...] = ()
    many: int = 0
    #: What else differs, by name, with its pages. The sentences are in `templates/pages/_verdict.html` and in `tusoi
    #: verify`.
    beside: tuple[tuple[str, tuple[int, ...]], ...] = ()
    #: The fingerprint of what a file was compared with; it is not shown.
    paper: str = ""
