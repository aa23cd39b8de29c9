"""Ledgers: work lines, the catalogue they are counted in."""

from dataclasses import dataclass

from rules.ledger.work import WorkLine


@dataclass(frozen=True, slots=True)
class KeepWork:
    """Lines of somebody's ledger of a period: new ones, and others as they are from now on. When one of them was written by
    somebody else meanwhile, the event is taken again.
    """

    person: int
    year: int
    period: str
    lines: tuple[WorkLine, ...]


@dataclass(frozen=True, slots=True)
class KeepCatalogue:
    """Keep the catalogue this person handed in, after the one of the number `seen`."""

    sha256: str
    seen: int


@dataclass(frozen=True, slots=True)
class ImportWork:
    """Keep the work of the office this person handed in, if it changes just what `stamp` says."""

    sha256: str
    stamp: str


LedgerCommand = KeepWork | KeepCatalogue | ImportWork
