"""What came of looking at a paper that somebody holds in their hands."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """All that a stranger learns of a paper."""

    GENUINE = "genuine"  # as it was kept, and in force
    REPLACED = "replaced"  # as it was kept; another version or decision is in force, or it was returned or taken back
    ALTERED = "altered"  # it is not as it was kept
    UNKNOWN = "unknown"  # nothing is kept under its code, or it carries none


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where a file says something else than what was kept: `before` → `after`, either of them "" for nothing. `lead`: the words
    before it; `page`: of the file, from 1 on.
    """

    before: str
    after: str
    lead: str
    page: int


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who agreed or decided, as what, when."""

    name: str
    position: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class PaperTold:
    """Whose paper it is, for who may read it. `in_force`: which version is (0: none); `ruled`: the newest decision about any version, with
    the `ruling`'s number and its ratings in words; `decided`: it is about this very version.
    """

    review: int
    name: str
    key: str
    unit: str
    office: str
    code: str
    period: str
    version: int
    in_force: int
    sent_at: dt.datetime
    agreed: tuple[Agreed, ...] = ()
    ruling: int = 0
    ruled: Agreed | None = None
    ratings: tuple[str, ...] = ()
    by_paper: str = ""
    decided: bool = False


@dataclass(frozen=True, slots=True)
class SheetTold:
    """Whom a sheet of a round is about, for who may read it. `by`: who filled it, "" of what all who were asked propose together; `body`:
    for which body they did.
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
    """How a paper stands; `told` whose it is (None: nothing is known, or not for whoever asks); `differences` the first places, of so
    `many`; `beside`: what else is not as it was kept, by name (the sentences are `templates/pages/_verdict.html`'s and those of
    `tusoi verify`), with the pages it is about. `paper`: the fingerprint of what a file was compared with; nobody is shown it.
    """

    standing: Standing
    told: PaperTold | SheetTold | None = None
    differences: tuple[Difference, ...] = ()
    many: int = 0
    beside: tuple[tuple[str, tuple[int, ...]], ...] = ()
    paper: str = ""
