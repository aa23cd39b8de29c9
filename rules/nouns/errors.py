"""Everything Tự Soi raises on purpose.

TusoiError
├── FileErrors            one or more mistakes in files, each with its place
│   ├── RulebookErrors    of a rulebook
│   ├── RosterErrors      of a roster
│   └── WrongCaseError    of a case, a ledger, a list of ratings (a CaseError, too)
├── CaseError             a case or value given by the user
├── NamedError            whose sentence is a block of a template, by its name
│   ├── NamedCaseError    a case or value given by the user (a CaseError, too)
│   └── Trouble           what is around the program stands against it: a disk, a server, another process
└── …                     rooms add their own below TusoiError, next to the code that raises them
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


class TusoiError(Exception):
    """Base of all errors raised on purpose. Its text may be shown to a user."""


class NamedError(TusoiError):
    """An error whose sentence stands in a template.

    `name` is the block of `templates/messages/mistake/labels.j2` that says what happened and what to do; `values` fill
    it. The text of the exception itself is for logs and tests.
    """

    def __init__(self, name: str, /, **values: object) -> None:
        super().__init__(" ".join([name, *(f"{key}={value}" for key, value in values.items())]))
        self.name = name
        self.values: Mapping[str, object] = values


class Trouble(NamedError):
    """A problem outside the program: a disk, a server, another process. `text`: its own message."""

    def __init__(self, text: str, name: str, /, **values: str) -> None:
        super().__init__(name, **values)
        self.args = (text,)


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a workbook: a cell such as `C5`, or the whole sheet when `name` is empty."""

    sheet: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.sheet}!{self.name}" if self.name else self.sheet


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file: where it is and what was expected there."""

    file: str
    #: Counted from 1; 0 when the mistake has no line, e.g. when the file is missing.
    line: int
    #: The path of the field; in a workbook, the title of the column.
    field: str
    #: The block of `templates/messages/mistake/labels.j2` that says what was expected; `values` fill it.
    expected: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    #: The place in a workbook, instead of a line.
    cell: Cell | None = None

    def __str__(self) -> str:
        place = str(self.cell) if self.cell else f"{self.file}:{self.line}" if self.line else self.file
        what = " ".join([self.expected, *(f"{name}={value}" for name, value in self.values.items())])
        return ": ".join(part for part in (place, self.field, what) if part)


#: How many mistakes the text of an error lists: a column filled in wrongly from top to bottom has tens of thousands.
MOST_IN_TEXT = 100


class FileErrors(TusoiError):
    """All mistakes found in the files, together. `templates.errors` words them for people; the text here is for logs
    and tests.
    """

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes[:MOST_IN_TEXT]))
        self.mistakes = mistakes


class CaseError(TusoiError):
    """A file or value given by the user is wrong. The text says what, where, and what was expected."""


class NamedCaseError(NamedError, CaseError):
    """A wrong file or value whose sentence stands in a template."""


class RulebookErrors(FileErrors):
    """A rulebook that cannot be used."""


class WrongCaseError(FileErrors, CaseError):
    """A case that cannot be rated."""


class RosterErrors(FileErrors):
    """A roster that cannot be kept."""
