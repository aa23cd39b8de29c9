"""A suggestion explained in plain words, for the command line and whoever else wants text."""

import html
import re

from rules.book.clauses import Cap
from rules.book.profile import Profile
from rules.book.scores import Operation
from rules.book.scoring import Derivation
from rules.book.suggestion import AppliedCap, Finding, NotRated, Suggestion
from rules.judging.explain import Explanation
from rules.judging.reaching import Reach
from rules.nouns.conditions import FactValue, Test
from rules.nouns.values import Rating, Verdict
from templates.wording import environment, message

_TAGS = re.compile(r"</?(?:b|i|u|s|code|blockquote)>")


def told(found: Explanation, profile: Profile, language: str = "vi") -> str:
    """The explanation as plain text. `profile` is that of the case."""
    text = message("explained", values(found, profile, language), language)
    return html.unescape(_TAGS.sub("", text)) + "\n"


def values(found: Explanation, profile: Profile, language: str) -> dict[str, object]:
    """What `explained.j2` shows."""
    said = found.suggestion
    return {
        "suggested": {
            "rating": said.rating,
            "possible": said.possible,
            "gap": said.gap,
            "missing": said.missing,
            "elsewhere": False,
        },
        "not_rated": _not_rated(said.not_rated, profile) if said.not_rated else None,
        "steps": [_step(step, language) for step in said.derived],
        "ratings": [_group(rating, said) for rating in tuple(Rating)[:-1]],
        "grounds": _findings(Rating.NOT_COMPLETED, said),
        "caps": [
            _cap(cap, line.cap)
            for line, cap in zip(profile.caps, said.caps, strict=True)
            if cap.verdict is not Verdict.UNMET
        ],
        "reaches": [_reach(one) for one in found.reaches],
        "band": found.band,
        "differing": [{"gives": one.formula.gives, "given": one.given, "value": one.value} for one in found.differing],
        "notes": said.notes,
    }


def _group(rating: Rating, said: Suggestion) -> dict[str, object]:
    return {"rating": rating, "findings": _findings(rating, said)}


def _findings(rating: Rating, said: Suggestion) -> list[dict[str, object]]:
    worked_out = {step.formula.gives for step in said.derived if step.given is None}
    return [_finding(one) | {"worked_out": one.fact in worked_out} for one in said.findings if one.rating is rating]


def _finding(one: Finding) -> dict[str, object]:
    return {
        **_test(Test(one.fact, one.op, one.asked)),
        "value": one.value,
        "verdict": one.verdict,
        "cite": one.cite,
        "note": one.note,
        "unverified": one.unverified,
        "group": one.group,
    }


def _cap(cap: AppliedCap, rule: Cap) -> dict[str, object]:
    return {
        "at_most": cap.at_most,
        "verdict": cap.verdict,
        "cite": cap.cite,
        "note": cap.note,
        "unverified": cap.unverified,
        "set_by": rule.at_most_fact,
        "tests": _tests(rule.when.tests),
    }


def _not_rated(said: NotRated, profile: Profile) -> dict[str, object]:
    tests = next((line.rule.when.tests for line in profile.exclusions if line.rule.cite == said.cite), ())
    return {"cite": said.cite, "note": said.note, "unverified": said.unverified, "tests": _tests(tests)}


def _reach(reach: Reach) -> dict[str, object]:
    changes = reach.changes
    told = [{"fact": c.fact, "now": c.now, "to": c.to, "asked": _tests(c.asked)} for c in changes or ()]
    return {"rating": reach.rating, "changes": None if changes is None else told}


def _tests(tests: tuple[Test, ...]) -> list[dict[str, FactValue]]:
    return [_test(test) for test in tests if test.fact not in {"subject", "leader"}]


def _test(test: Test) -> dict[str, FactValue]:
    return {"fact": test.fact, "op": test.op, "asked": test.value}


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
        case Operation.MEAN:
            left = f"({parts}) / {len(numbers)}"
        case Operation.PERCENT:
            left = f"{parts}% × {shown(step.formula.of)}"
        case Operation.RATIO:
            left = " / ".join(numbers)
    return left if step.limited else f"{left} = {shown(step.value)}"
