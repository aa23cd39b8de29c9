"""Everything Tự Soi raises on purpose.

TusoiError
├── RulebookErrors      one or more mistakes in rulebook files
├── CaseError           a case, roster or other file given by the user
│   └── WrongCaseError  the same as mistakes with file, line and field
└── …                   rooms add their own below TusoiError, next to the code that raises them
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


class TusoiError(Exception):
    """Base of all errors raised on purpose; its text may be shown to a user."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file: where it is and what was expected there.

    `line` counts from 1; 0 when the mistake has no line (a missing file, say). `expected` names the
    sentence that says what was expected (worded in `templates/errors.py`), `values` fills it.
    """

    file: str
    line: int
    field: str
    expected: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        what = " ".join([self.expected, *(f"{name}={value}" for name, value in self.values.items())])
        return f"{where}: {self.field}: {what}" if self.field else f"{where}: {what}"


class RulebookErrors(TusoiError):
    """All mistakes found in the files of a rulebook, at once."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


class CaseError(TusoiError):
    """A file or value given by the user is wrong; the text says what, where and what was expected."""


class WrongCaseError(CaseError):
    """A case that cannot be rated: all its mistakes at once."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes
