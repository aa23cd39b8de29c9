"""What can be wrong with a roster file; and the values of a roster, for whoever reads one."""

from dataclasses import dataclass

from rules.nouns.errors import TusoiError
from rules.roster.people import Roster, RosterPerson, RosterPost, RosterUnit

__all__ = ["Roster", "RosterErrors", "RosterMistake", "RosterPerson", "RosterPost", "RosterUnit"]

#: So many mistakes are told; of a column filled wrongly all the way down nobody reads more.
MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class RosterMistake:
    """One mistake. `cell` is e.g. `Danh sách!C5`, or the name of a sheet or file."""

    cell: str
    column: str
    expected: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.cell, self.column, self.expected) if part)


class RosterErrors(TusoiError):
    """All mistakes of a roster file, at once, in Vietnamese: where, and what was expected."""

    def __init__(self, mistakes: tuple[RosterMistake, ...]) -> None:
        told = [str(mistake) for mistake in mistakes[:MOST_TOLD]]
        if len(mistakes) > MOST_TOLD:
            told.append(f"… và {len(mistakes) - MOST_TOLD} lỗi nữa")
        super().__init__("\n".join(told))
        self.mistakes = mistakes
