"""The work of a whole office as one file assigns it, beside what is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rules.ledger.catalogue import Catalogue, Product
from rules.ledger.work import Giver, Origin, WorkLedger, WorkLine


@dataclass(frozen=True, slots=True)
class Assigned:
    """A row: so many of a product to somebody (key in the roster), in a period."""

    key: str
    year: int
    period: str
    product: Product
    count: int
    what: str = ""
    extra: bool = False


@dataclass(frozen=True, slots=True)
class AssignedChange:
    """What a file changes in a ledger. `lines`: to be kept; `kept`: how many stay as they are; `left`: lines of an earlier file
    that this one has no more and that stay, for something was written of how they are done. `closed`: the sheet was sent:
    nothing of it is kept.
    """

    ledger: WorkLedger
    lines: tuple[WorkLine, ...] = ()
    added: int = 0
    changed: int = 0
    gone: int = 0
    kept: int = 0
    left: tuple[WorkLine, ...] = ()
    closed: bool = False


def beside(ledger: WorkLedger, rows: Iterable[Assigned], catalogue: Catalogue) -> AssignedChange:
    """The rows of one person and period beside what is kept. A file handed in once more changes nothing: its rows are known by
    product and words again; what an earlier file had and this one has not is taken out, unless it was begun.
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
    """Rows of the same product and words are one line."""
    found: dict[_Key, Assigned] = {}
    for row in rows:
        key = row.product.code.casefold(), row.what, row.extra
        found[key] = replace(row, count=found[key].count + row.count) if key in found else row
    return found
