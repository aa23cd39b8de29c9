"""A suggestion explained in plain words, for the command line and whoever else wants text."""

import html
import re

from rules.book.profile import Profile
from rules.book.scores import Operation
from rules.book.scoring import Derivation
from rules.book.suggestion import Finding, Suggestion
from rules.judging.explanation import Explanation, reasons, tested
from rules.judging.reaching import Reach
from rules.nouns.values import Rating
from templates.wording import environment, message

_TAGS = re.compile(r"</?(?:b|i|u|s|code|blockquote)>")


def told(found: Explanation, profile: Profile, language: str = "vi") -> str:
    """The explanation as plain text. `profile` is that of the case."""
    text = message("explained", values(found, profile, language), language)
    return html.unescape(_TAGS.sub("", text)) + "\n"


def values(found: Explanation, profile: Profile, language: str) -> dict[str, object]:
    """What `explained.j2` shows."""
    suggestion = found.suggestion
    return {
        **reasons(suggestion, profile, {rating: _of(suggestion, rating) for rating in Rating}),
        "suggested": {
            "rating": suggestion.rating,
            "possible": suggestion.possible,
            "gap": suggestion.gap,
            "missing": suggestion.missing,
            "elsewhere": False,
        },
        "steps": [_step(step, language) for step in suggestion.derived],
        "reaches": [_reach(reach) for reach in found.reaches],
        "band": found.band,
        "differing": [
            {"gives": step.formula.gives, "given": step.given, "value": step.value} for step in found.differing
        ],
    }


def _of(suggestion: Suggestion, rating: Rating) -> tuple[Finding, ...]:
    return tuple(finding for finding in suggestion.findings if finding.rating is rating)


def _reach(reach: Reach) -> dict[str, object]:
    changes = reach.changes
    told = [{"fact": c.fact, "now": c.now, "to": c.to, "asked": tested(c.asked)} for c in changes or ()]
    return {"rating": reach.rating, "changes": None if changes is None else told}


def _step(step: Derivation, language: str) -> dict[str, object]:
    formula = step.formula
    return {
        "gives": formula.gives,
        "sum": arithmetic(step, language),
        "value": step.value,
        "limited": step.limited,
        "cite": formula.cite,
        "unverified": formula.unverified,
    }


def arithmetic(step: Derivation, language: str) -> str:
    """`(80 + 90 + 100) / 3 = 90`, in the numbers of the reader."""
    shown = environment(language).filters["number"]
    numbers = [shown(number) for _, parts in step.inputs for number in parts]
    parts = " + ".join(numbers)
    match step.formula.operation:
        case Operation.SUM:
            left = parts
        case Operation.MEAN | Operation.MEAN_OWED:
            left = f"({parts}) / {len(numbers)}"
        case Operation.PERCENT:
            left = f"{parts}% × {shown(step.formula.of)}"
        case Operation.RATIO:
            left = " / ".join(numbers)
    return left if step.limited else f"{left} = {shown(step.value)}"
