"""Lines and products as JSON, as they are kept for ever."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast

from rules.ledger.catalogue import Product
from rules.ledger.work import Giver, HandedWork, Origin, Slip, SlipKind, WorkLedger, WorkLine
from rules.nouns.reviews import Json

Value = dict[str, Json]


def product_json(product: Product) -> Value:
    """A product."""
    return asdict(product)


def product_of(kept: Mapping[str, Any]) -> Product:
    """The product that was kept."""
    return Product(**kept)


def line_json(line: WorkLine) -> Value:
    """A line, without its place and version: these are the row's."""
    value = cast("Value", asdict(line))
    for name in ("line", "version"):
        del value[name]
    return value


def line_of(kept: Mapping[str, Any], line: int, version: int) -> WorkLine:
    """The line that was kept."""
    return WorkLine(
        product=product_of(kept["product"]),
        catalogue=kept["catalogue"],
        count=kept["count"],
        origin=Origin(kept["origin"]),
        what=kept["what"],
        done=kept["done"],
        slips=tuple(Slip(**{**one, "kind": SlipKind(one["kind"])}) for one in kept["slips"]),
        handed=tuple(HandedWork(**one) for one in kept["handed"]),
        giver=Giver(kept["giver"]),
        taken_from=kept["taken_from"],
        removed=kept["removed"],
        line=line,
        version=version,
    )


def ledger_json(ledger: WorkLedger) -> Value:
    """A ledger, as it is kept with the sheet it was sent with."""
    lines: list[Json] = [{"line": one.line, "version": one.version, "content": line_json(one)} for one in ledger.lines]
    return {"year": ledger.year, "period": ledger.period, "lines": lines}


def lines_of(kept: Mapping[str, Any]) -> tuple[WorkLine, ...]:
    """The lines of a ledger that was kept."""
    return tuple(line_of(one["content"], one["line"], one["version"]) for one in kept["lines"])
