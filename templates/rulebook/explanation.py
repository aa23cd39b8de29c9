"""Explanations of suggestions in plain words, for the command line and other text output."""

import html
import re

from rules.book.profile import Profile
from rules.book.scores import Operation
from rules.book.scoring import Derivation
from rules.book.suggestion import Finding, Suggestion
from rules.judging.explanation import Explanation, at_a_glance, reach_values, reasons
from rules.nouns.reviews import Json
from rules.nouns.values import Rating
from templates.wording import environment, message

_TAGS = re.compile(r"</?(?:b|i|u|s|code|blockquote)>")


def told(found: Explanation, profile: Profile, language: str = "vi", *, full: bool = False) -> str:
    """The answer as plain text, as in the chat; with `full` followed by everything else. `profile` is that of the case."""
    shown = values(found, profile, language) if full else {"answer": _answer(found)}
    text = message("explained" if full else "answered", shown, language)
    return html.unescape(_TAGS.sub("", text)) + "\n"


def values(found: Explanation, profile: Profile, language: str) -> dict[str, object]:
    """The values for `explained.j2`."""
    suggestion = found.suggestion
    return {
        **reasons(suggestion, profile, {rating: _of(suggestion, rating) for rating in Rating}),
        "answer": _answer(found),
        "suggested": _suggested(suggestion),
        "steps": [_step(step, language) for step in suggestion.derived],
        "reaches": [reach_values(reach) for reach in found.reaches],
        "band": found.band,
        "differing": [
            {"gives": step.formula.gives, "given": step.given, "value": step.value} for step in found.differing
        ],
    }


def _of(suggestion: Suggestion, rating: Rating) -> tuple[Finding, ...]:
    return tuple(finding for finding in suggestion.findings if finding.rating is rating)


def _answer(found: Explanation) -> dict[str, Json]:
    return at_a_glance(found, _suggested(found.suggestion))


def _suggested(suggestion: Suggestion) -> dict[str, Json]:
    return {
        "rating": suggestion.rating,
        "possible": list(suggestion.possible),
        "gap": suggestion.gap,
        "missing": list(suggestion.missing),
        "elsewhere": False,
    }


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
    """A computation such as `(80 + 90 + 100) / 3 = 90`, with numbers in the reader's format."""
    shown = environment(language).filters["number"]
    numbers = [shown(number) for _, parts in step.inputs for number in parts]
    parts = " + ".join(numbers)
    match step.formula.operation:
        case Operation.SUM | Operation.COUNT:
            left = parts
        case Operation.MEAN | Operation.MEAN_OWED:
            left = f"({parts}) / {len(numbers)}"
        case Operation.PERCENT:
            left = f"{parts}% × {shown(step.formula.of)}"
        case Operation.RATIO:
            left = " / ".join(numbers)
    return left if step.limited else f"{left} = {shown(step.value)}"
