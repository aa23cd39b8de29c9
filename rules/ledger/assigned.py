"""The work of a whole office, assigned by one file and compared with what is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rules.ledger.catalogue import Catalogue, Product
from rules.ledger.work import Giver, Origin, WorkLedger, WorkLine


@dataclass(frozen=True, slots=True)
class Assigned:
    """A row of the file: a number of one product, for a person (by roster key), in a period."""

    key: str
    year: int
    period: str
    product: Product
    count: int
    what: str = ""
    extra: bool = False


@dataclass(frozen=True, slots=True)
class AssignedChange:
    """What a file changes in one ledger."""

    ledger: WorkLedger
    #: The lines to be stored.
    lines: tuple[WorkLine, ...] = ()
    added: int = 0
    changed: int = 0
    gone: int = 0
    #: How many lines stay unchanged.
    kept: int = 0
    #: Lines of an earlier file that are missing in this one but stay, because work on them was recorded.
    left: tuple[WorkLine, ...] = ()
    #: The sheet was already sent, so nothing is stored.
    closed: bool = False


def beside(ledger: WorkLedger, rows: Iterable[Assigned], catalogue: Catalogue) -> AssignedChange:
    """The change from the rows of one person and period.

    The same file again changes nothing, because rows are recognised by product and words. A line that an earlier file
    had and this one lacks is removed unless work on it was recorded.
    """
    rows = tuple(rows)
    if ledger.closed:
        return AssignedChange(ledger, closed=True)
    from_desk = {_key(line): line for line in ledger.shown if line.giver is Giver.DESK}
    lines: list[WorkLine] = []
    added = changed = kept = 0
    for key, row in _joined(rows).items():
        before = from_desk.pop(key, None)
        if before is None:
            origin = Origin.EXTRA if row.extra else Origin.ASSIGNED
            lines.append(WorkLine(row.product, catalogue.number, row.count, origin, row.what, giver=Giver.DESK))
            added += 1
        elif before.count == row.count or before.done + sum(one.count for one in before.handed) > row.count:
            kept += 1
        else:
            lines.append(replace(before, count=row.count))
            changed += 1
    left = tuple(line for line in from_desk.values() if line.touched)
    gone = [replace(line, removed=True) for line in from_desk.values() if not line.touched]
    return AssignedChange(ledger, (*lines, *gone), added, changed, len(gone), kept, left)


_Key = tuple[str, str, bool]


def _key(line: WorkLine) -> _Key:
    return line.product.code.casefold(), line.what, line.origin is Origin.EXTRA


def _joined(rows: Iterable[Assigned]) -> Mapping[_Key, Assigned]:
    """The rows with equal products and words joined into one line each."""
    found: dict[_Key, Assigned] = {}
    for row in rows:
        key = row.product.code.casefold(), row.what, row.extra
        found[key] = replace(row, count=found[key].count + row.count) if key in found else row
    return found
