"""A ledger as templates take it: its lines, and the score with its clauses."""

import datetime as dt
from decimal import Decimal

from dialogs.core.handlers import Books
from rules.book.ledger import PERCENTAGES, Score
from rules.book.rulebook import Rulebook
from rules.book.scoring import plain
from rules.ledger.work import Origin, WorkLedger, WorkLine, counted, units
from rules.nouns.reviews import Json


def line_values(line: WorkLine, number: int) -> dict[str, Json]:
    """A line: the product, its count, its progress, and what was said about it."""
    return {
        "number": number,
        "name": line.product.name,
        "unit": line.product.unit,
        "group": line.product.group,
        "coefficient": line.product.coefficient,
        "count": line.count,
        "note": line.what,
        "origin": line.origin.value,
        "giver": line.giver.value,
        "done": line.done,
        "mine": line.own,
        "taken_from": line.taken_from,
        "handed": [{"count": one.count, "name": one.name} for one in line.handed],
        "slips": [
            {
                "kind": slip.kind.value,
                "times": slip.times,
                "reason": slip.reason,
                "objective": slip.objective,
                "by": slip.by,
            }
            for slip in line.slips
        ],
    }


def score_values(
    books: Books, edition: tuple[str, dt.date] | None, ledger: WorkLedger, *, whole: bool = False
) -> dict[str, Json]:
    """The units, and if a rulebook counts them, the percentages and points. `whole`: with the share and clause of each
    line.
    """
    assigned, extra = units(ledger.shown)
    values: dict[str, Json] = {"units": assigned, "extra_units": extra, "percentages": [], "points": None}
    if edition is None or books[edition].scores.ledger is None:
        return {**values, "counted": [], "steps": [], "cite": "", "leader": ledger.person.leader} if whole else values
    book = books[edition]
    score = counted(book, ledger)
    values |= {"percentages": percentages(score), "points": _known(score, "result_points")}
    return {**values, **_arithmetic(book, ledger, score)} if whole else values


def percentages(score: Score) -> list[Json]:
    """The percentages a, b and c, as far as they are known."""
    return [{"fact": name, "value": _known(score, name)} for name in PERCENTAGES if name in score.facts]


def _known(score: Score, name: str) -> Json:
    value = score.facts.get(name)
    return value if isinstance(value, int | float) else None


def in_short(book: Rulebook, ledger: WorkLedger) -> dict[str, Json]:
    """The totals of a ledger, for the card of a sheet."""
    score = counted(book, ledger)
    done = plain(sum((Decimal(str(one.done)) for one in score.products), Decimal()))
    return {"units": score.assigned, "done": done, "lines": len(ledger.shown), "percentages": percentages(score)}


def _arithmetic(book: Rulebook, ledger: WorkLedger, score: Score) -> dict[str, Json]:
    """The units of each line, how each percentage results, and the formulas up to the points out of 70."""
    rule = book.scores.ledger
    counted_lines: list[Json] = [
        {
            "number": number,
            "name": line.product.name,
            "extra": line.origin is not Origin.ASSIGNED,
            "assigned": one.assigned,
            "done": one.done,
            "quality": one.quality,
            "progress": one.progress,
        }
        for number, (line, one) in enumerate(zip(ledger.shown, score.products, strict=True), 1)
    ]
    sums: dict[str, Json] = {
        name: plain(sum((Decimal(str(getattr(one, name))) for one in score.products), Decimal()))
        for name in ("assigned", "done", "quality", "progress")
    }
    steps: list[Json] = [
        {"gives": one.formula.gives, "value": one.value, "cite": one.formula.cite, "limited": one.limited}
        for one in score.steps
    ]
    return {
        "counted": counted_lines,
        "sums": sums,
        "steps": steps,
        "cite": rule.cite if rule else "",
        "leader": ledger.person.leader,
    }
