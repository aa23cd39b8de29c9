"""The score of a ledger as printed by `tusoi score`, and the arithmetic of points as stored JSON."""

from rules.book.ledger import PERCENTAGES, CountedProduct, Score
from rules.book.rulebook import Rulebook
from rules.book.scoring import Derivation
from rules.nouns.reviews import Json

#: The other components of the points, in the order of the arithmetic.
_PARTS = ("unit_result_pct", "organising_pct", "uniting_pct", "general_points", "result_points", "score")


def as_json(book: Rulebook, score: Score) -> dict[str, Json]:
    """The score as JSON. Unknown values are null, and `insufficient` names the percentages without a base."""
    parts: dict[str, Json] = {name: _plain(score.facts.get(name)) for name in PERCENTAGES}
    parts |= {name: _plain(score.facts[name]) for name in _PARTS[:-1] if name in score.facts}
    rule = book.scores.ledger
    return {
        "rulebook": book.id,
        "period": score.ledger.period,
        "assigned_units": score.assigned,
        **parts,
        "score": _plain(score.facts.get("score")),
        "insufficient": list(score.insufficient),
        "products": [_product(product) for product in score.products],
        "steps": [step(one) for one in score.steps],
        "cite": rule.cite if rule else None,
    }


def step(one: Derivation) -> dict[str, Json]:
    """One step of the arithmetic."""
    formula = one.formula
    told: dict[str, Json] = {
        "gives": formula.gives,
        "value": one.value,
        "operation": formula.operation.value,
        "inputs": {name: numbers[0] if len(numbers) == 1 else list(numbers) for name, numbers in one.inputs},
        "cite": formula.cite,
    }
    remarks: dict[str, Json] = {
        "of": formula.of or None,
        "limited_to": one.value if one.limited else None,
        "given": one.given,
        "note": formula.note or None,
        "unverified": formula.unverified or None,
    }
    return told | {name: value for name, value in remarks.items() if value is not None}


def _product(one: CountedProduct) -> dict[str, Json]:
    product = one.product
    told: dict[str, Json] = {
        "name": product.name,
        "group": product.group,
        "assigned": one.assigned,
        "done": one.done,
        "quality": one.quality,
        "progress": one.progress,
    }
    return told | ({"extra": True} if product.extra else {})


def _plain(value: object) -> Json:
    return value if isinstance(value, int | float) else None
