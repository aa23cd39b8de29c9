"""Commands about ledgers: their work lines, and the catalogue of products."""

from dataclasses import dataclass

from rules.ledger.work import WorkLine


@dataclass(frozen=True, slots=True)
class KeepWork:
    """Add or change lines of a person's ledger. If somebody else changed one of them meanwhile, the event is handled
    again.
    """

    person: int
    year: int
    period: str
    lines: tuple[WorkLine, ...]


@dataclass(frozen=True, slots=True)
class KeepCatalogue:
    """Store the catalogue that this person handed in, as the successor of number `seen`."""

    sha256: str
    seen: int


@dataclass(frozen=True, slots=True)
class ImportWork:
    """Store the office's work that this person handed in, provided that it changes exactly what `stamp` covers."""

    sha256: str
    stamp: str


LedgerCommand = KeepWork | KeepCatalogue | ImportWork
