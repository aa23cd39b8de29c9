"""Explanations: why a suggestion is what it is, what a higher rating would take, and what only the authority can
decide.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.book.profile import Profile
from rules.book.rulebook import Rulebook
from rules.book.scoring import Derivation
from rules.book.suggestion import Finding, NotRated, Suggestion, named_grounds, needed
from rules.judging.reaching import Reach, smallest_changes, worsens
from rules.judging.suggest import Case
from rules.nouns.conditions import FactValue, Operator, Test
from rules.nouns.reviews import Json
from rules.nouns.values import Rating, Verdict

#: How many grounds, open facts or changes a short explanation names.
GLANCE = 3

#: Points given with two decimals may differ by this much from the computed total of their parts.
_ROUNDING = 0.005


@dataclass(frozen=True, slots=True)
class Explanation:
    """A suggestion, with everything that can be said about it."""

    suggestion: Suggestion
    #: For every higher rating (in a gap: from the higher of the two on) a smallest set of changes. Changes for the
    #: worse alone, such as fewer points than the upper end of a band, are left out: nobody is told to do worse.
    reaches: tuple[Reach, ...]
    #: The rating by points alone, if other conditions lower it.
    band: Rating | None
    #: Given points that differ from the computed total of their parts.
    differing: tuple[Derivation, ...]


def explanation(book: Rulebook, case: Case, suggestion: Suggestion) -> Explanation:
    """The explanation of `suggestion`, which must be that of `case`."""
    profile = book.profiles[case.subject, case.leader]
    above = tuple(Rating)[: suggestion.possible[0].rank + suggestion.gap] if suggestion.possible else ()
    return Explanation(
        suggestion=suggestion,
        reaches=tuple(
            one for rating in reversed(above) if not worsens(one := smallest_changes(profile, case.facts, rating))
        ),
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


def at_a_glance(found: Explanation, suggested: Mapping[str, Json], self_rating: Json = None) -> dict[str, Json]:
    """The answer in a few lines as templates take it (`review/_answer.j2`), the same for every reader.

    It has the rating or what is open, what decided it, and what would raise it and can be changed. `suggested`: the
    suggestion as the reader's form sees it. `self_rating`: what the person gives themself, if known.
    """
    suggestion = found.suggestion
    higher = found.reaches[0] if found.reaches else None
    open_facts = () if suggestion.rating or suggested["elsewhere"] else suggestion.missing
    why = decided_by(suggestion)
    return {
        "suggested": dict(suggested),
        "not_rated": _not_rated(suggestion.not_rated),
        "self_rating": self_rating,
        "why": why,
        "open": list(open_facts[:GLANCE]),
        "more_open": len(open_facts[GLANCE:]),
        "next": _reach(higher) if higher and higher.changes != () and not suggested["elsewhere"] else None,
        "unverified": bool(why["unverified"] if why else suggestion.not_rated and suggestion.not_rated.unverified),
    }


def reach_values(reach: Reach) -> dict[str, Json]:
    """What would reach a rating, as templates take it. `changes` is None if nothing would; `more` is how many are not
    named.
    """
    changes = [
        {"fact": one.fact, "now": _json(one.now), "to": _json(one.to), "asked": tested(one.asked)}
        for one in reach.changes or ()
    ]
    return {"rating": reach.rating, "changes": None if reach.changes is None else [*changes]}


def _reach(reach: Reach) -> dict[str, Json]:
    """The first few changes that would reach a rating."""
    few = Reach(reach.rating, reach.changes and reach.changes[:GLANCE])
    return {**reach_values(few), "more": len(reach.changes or ()) - len(few.changes or ())}


def decided_by(suggestion: Suggestion) -> dict[str, Json] | None:
    """What decided the rating; None while it is open.

    It is a cap that lowers, grounds (each by one of its conditions), the conditions that are met, or the clause on a
    gap.
    """
    rating, rule = suggestion.rating, suggestion.otherwise
    if suggestion.gap and rule:
        return _decided("gap", (rule.cite,), unverified=rule.unverified) | {"note": rule.note}
    if rating is None:
        return None
    cap = next((one for one in suggestion.caps if one.lowered and one.at_most is rating), None)
    if cap:
        return _decided("cap", (cap.cite,), unverified=cap.unverified) | {"because": cap.because, "at_most": rating}
    grounds = named_grounds(suggestion) if rating is Rating.NOT_COMPLETED else ()
    if grounds:
        few = grounds[:GLANCE]
        named: dict[str, Json] = {"findings": finding_values(suggestion, few), "more": len(grounds) - len(few)}
        return _decided("ground", (one.cite for one in few), unverified=any(one.unverified for one in few)) | named
    met = needed(suggestion, rating)
    return _decided("met", (one.cite for one in met), unverified=any(one.unverified for one in met))


def _joined(before: Finding | None, one: Finding) -> bool:
    return before is not None and bool(one.group) and before.group == one.group


def _decided(kind: str, cites: Iterable[str], *, unverified: bool) -> dict[str, Json]:
    named: list[Json] = [*tuple(dict.fromkeys(cites))[:GLANCE]]
    more: dict[str, Json] = {"because": "", "at_most": None, "findings": [], "more": 0}
    return {"kind": kind, "cites": named, "unverified": unverified, **more}


def reasons(suggestion: Suggestion, profile: Profile, findings: Mapping[Rating, Sequence[Finding]]) -> dict[str, Json]:
    """The reasons of a suggestion as templates take them, in chat and on the command line: why there is no rating, the
    conditions, the grounds of "not completed", the caps that apply or may apply, the notes.

    `profile`: the rules of the suggestion. `findings`: those shown, by rating in reading order.
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
    """Findings as templates take them. `joined`: it belongs to the group of the one before; `worked_out`: its value was
    computed.
    """
    worked_out = {step.formula.gives for step in suggestion.derived if step.given is None}
    joined = (False, *(_joined(before, one) for before, one in pairwise(findings)))
    return [
        {
            **condition_values(one.fact, one.op, one.asked),
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
    """The tests of a cap or exclusion as templates take them, without those of whom it is about."""
    return [
        condition_values(test.fact, test.op, test.value) for test in tests if test.fact not in {"subject", "leader"}
    ]


def _not_rated(rule: NotRated | None) -> dict[str, Json] | None:
    """The clause by which there is no rating, and the reason."""
    if rule is None:
        return None
    return {"cite": rule.cite, "note": rule.note, "unverified": rule.unverified, "because": rule.because}


def condition_values(fact: str, op: Operator, asked: FactValue) -> dict[str, Json]:
    """A condition as templates take it."""
    return {"fact": fact, "op": op.value, "asked": _json(asked)}


def _json(value: FactValue | None) -> Json:
    return list(value) if isinstance(value, tuple) else value
