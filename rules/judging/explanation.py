"""An explanation: why a suggestion is what it is, what a higher rating would take, what only the authority can decide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.book.profile import Profile
from rules.book.rulebook import Rulebook
from rules.book.scoring import Derivation
from rules.book.suggestion import Finding, NotRated, Suggestion
from rules.judging.reaching import Reach, smallest_changes
from rules.judging.suggest import Case
from rules.nouns.conditions import FactValue, Operator, Test
from rules.nouns.reviews import Json
from rules.nouns.values import Rating, Verdict

#: Points written with two decimals may differ so far from what the formulas make of their parts.
_ROUNDING = 0.005


@dataclass(frozen=True, slots=True)
class Explanation:
    """A suggestion with everything there is to say of it.

    `reaches`: for every rating above (in a gap: from the highest of the two on) a smallest set of changes.
    `band`: the rating that the points alone would give, where the other conditions give a lower one.
    `differing`: points that were given and are not what the formulas make of their parts.
    """

    suggestion: Suggestion
    reaches: tuple[Reach, ...]
    band: Rating | None
    differing: tuple[Derivation, ...]


def explanation(book: Rulebook, case: Case, suggestion: Suggestion) -> Explanation:
    """Everything there is to say of `suggestion`, which is that of `case`."""
    profile = book.profiles[case.subject, case.leader]
    above = tuple(Rating)[: suggestion.possible[0].rank + suggestion.gap] if suggestion.possible else ()
    return Explanation(
        suggestion=suggestion,
        reaches=tuple(smallest_changes(profile, case.facts, rating) for rating in reversed(above)),
        band=_band(suggestion),
        differing=tuple(
            step for step in suggestion.derived if step.given is not None and abs(step.given - step.value) > _ROUNDING
        ),
    )


def _band(suggestion: Suggestion) -> Rating | None:
    for rating in tuple(Rating)[:-1]:
        asked = [one for one in suggestion.findings if one.rating is rating and one.fact == "score"]
        if asked and all(one.verdict is Verdict.MET for one in asked):
            reached = suggestion.before_caps
            return rating if reached and rating.rank < reached.rank else None
    return None


# ── as templates take it ───────────────────────────────────────────────────────────────────────


def reasons(suggestion: Suggestion, profile: Profile, findings: Mapping[Rating, Sequence[Finding]]) -> dict[str, Json]:
    """The reasons of a suggestion as templates take them, in the chat and on the command line alike: why there is no
    rating, the conditions of ratings, the grounds of not completed, the caps that hold or may hold, the notes.

    `profile`: the rules of the suggestion. `findings`: which are shown, by rating in the order they are read.
    """
    return {
        "not_rated": _not_rated(suggestion.not_rated),
        "ratings": [
            {"rating": rating.value, "findings": finding_values(suggestion, shown)}
            for rating, shown in findings.items()
            if rating is not Rating.NOT_COMPLETED
        ],
        "grounds": finding_values(suggestion, findings.get(Rating.NOT_COMPLETED, ())),
        "caps": [
            {
                "at_most": applied.at_most,
                "verdict": applied.verdict.value,
                "lowered": applied.lowered,
                "cite": applied.cite,
                "note": applied.note,
                "unverified": applied.unverified,
                "because": applied.because,
                "tests": tested(line.cap.when.tests),
                "set_by": line.cap.at_most_fact,
            }
            for line, applied in zip(profile.caps, suggestion.caps, strict=True)
            if applied.verdict is not Verdict.UNMET
        ],
        "notes": list(suggestion.notes),
    }


def finding_values(suggestion: Suggestion, findings: Sequence[Finding]) -> list[Json]:
    """Findings of a suggestion as templates take them. `joined`: one of the same group as the one before it;
    `worked_out`: its value comes from formulas.
    """
    worked_out = {step.formula.gives for step in suggestion.derived if step.given is None}
    joined = (False, *(bool(one.group) and before.group == one.group for before, one in pairwise(findings)))
    return [
        {
            **_test(one.fact, one.op, one.asked),
            "value": _json(one.value),
            "verdict": one.verdict.value,
            "cite": one.cite,
            "note": one.note,
            "unverified": one.unverified,
            "group": one.group,
            "joined": is_joined,
            "worked_out": one.fact in worked_out,
        }
        for one, is_joined in zip(findings, joined, strict=False)
    ]


def tested(tests: Iterable[Test]) -> list[Json]:
    """What a cap or an exclusion rests on, as templates take it; whom it is about goes without saying."""
    return [_test(test.fact, test.op, test.value) for test in tests if test.fact not in {"subject", "leader"}]


def _not_rated(rule: NotRated | None) -> dict[str, Json] | None:
    """The clause by which there is no rating, and why."""
    if rule is None:
        return None
    return {"cite": rule.cite, "note": rule.note, "unverified": rule.unverified, "because": rule.because}


def _test(fact: str, op: Operator, asked: FactValue) -> dict[str, Json]:
    return {"fact": fact, "op": op.value, "asked": _json(asked)}


def _json(value: FactValue | None) -> Json:
    return list(value) if isinstance(value, tuple) else value
