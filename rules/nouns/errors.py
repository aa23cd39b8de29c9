"""Everything Tự Soi raises on purpose.

TusoiError
├── FileErrors            one or more mistakes in files, each with its place
│   ├── RulebookErrors    of a rulebook
│   ├── RosterErrors      of a roster
│   └── WrongCaseError    of a case, a ledger, a list of ratings (a CaseError, too)
├── CaseError             a case or value given by the user, with a text of its own
├── Trouble               what is around the program stands against it: a disk, a server, another process
└── …                     rooms add their own below TusoiError, next to the code that raises them
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


class TusoiError(Exception):
    """Base of all errors raised on purpose; its text may be shown to a user."""


class Trouble(TusoiError):
    """What is around the program stands against it. `name` names the sentence that says what and what to do
    (a block of `templates/messages/mistake/labels.j2`), `values` fill it; the text here is for logs and tests.
    """

    def __init__(self, text: str, name: str, /, **values: str) -> None:
        super().__init__(text)
        self.name = name
        self.values: Mapping[str, str] = values


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a workbook: a cell of a sheet, `C5`; without a name the sheet as a whole."""

    sheet: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.sheet}!{self.name}" if self.name else self.sheet


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file: where it is and what was expected there.

    `line` counts from 1; 0 when the mistake has no line (a missing file, say). A workbook has a `cell` instead, and its
    `field` is the title of the column. `expected` names the sentence that says what was expected
    (a block of `templates/messages/mistake/labels.j2`), `values` fills it.
    """

    file: str
    line: int
    field: str
    expected: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    cell: Cell | None = None

    def __str__(self) -> str:
        place = str(self.cell) if self.cell else f"{self.file}:{self.line}" if self.line else self.file
        what = " ".join([self.expected, *(f"{name}={value}" for name, value in self.values.items())])
        return ": ".join(part for part in (place, self.field, what) if part)


#: So many mistakes stand in the text of an error: a column filled wrongly all the way down has tens of thousands.
MOST_IN_TEXT = 100


class FileErrors(TusoiError):
    """All mistakes found in files, at once. `templates.errors` words them; the text here is for logs and tests."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes[:MOST_IN_TEXT]))
        self.mistakes = mistakes


class CaseError(TusoiError):
    """A file or value given by the user is wrong; the text says what, where and what was expected."""


class RulebookErrors(FileErrors):
    """A rulebook that cannot be used."""


class WrongCaseError(FileErrors, CaseError):
    """A case that cannot be rated."""


class RosterErrors(FileErrors):
    """A roster that cannot be kept."""
