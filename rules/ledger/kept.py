"""Lines and products as JSON, in the format in which they are stored for good."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast

from rules.ledger.catalogue import Product
from rules.ledger.work import Giver, HandedWork, Origin, Slip, SlipKind, WorkLedger, WorkLine
from rules.nouns.reviews import Json

Value = dict[str, Json]


def product_json(product: Product) -> Value:
    """The JSON of a product."""
    return asdict(product)


def product_of(kept: Mapping[str, Any]) -> Product:
    """The product from its JSON."""
    return Product(**kept)


def line_json(line: WorkLine) -> Value:
    """The JSON of a line. Its place and version are columns of the row."""
    value = cast("Value", asdict(line))
    for name in ("line", "version"):
        del value[name]
    return value


def line_of(kept: Mapping[str, Any], line: int, version: int) -> WorkLine:
    """The line from its JSON."""
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
    """The JSON of a ledger, as stored with the sheet with which it was sent."""
    lines: list[Json] = [{"line": one.line, "version": one.version, "content": line_json(one)} for one in ledger.lines]
    return {"year": ledger.year, "period": ledger.period, "lines": lines}


def lines_of(kept: Mapping[str, Any]) -> tuple[WorkLine, ...]:
    """The lines from a ledger's JSON."""
    return tuple(line_of(one["content"], one["line"], one["version"]) for one in kept["lines"])
