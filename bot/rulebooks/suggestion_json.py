"""A suggestion as `tusoi rate` prints it (docs: the commands)."""

from bot.rulebooks.score_json import step
from rules.book.clauses import GapRule
from rules.book.suggestion import AppliedCap, Finding, Suggestion
from rules.nouns.reviews import Json
from rules.nouns.values import Rating


def as_json(suggestion: Suggestion, *, findings: bool = True) -> dict[str, Json]:
    """The suggestion as JSON keeps it. `note` and `unverified` stand only where there is something to say.

    Without `findings` their list is left empty.
    """
    shown: dict[str, Json] = {
        "rulebook": suggestion.rulebook,
        "rating": suggestion.rating,
        "before_caps": suggestion.before_caps,
        "possible": list(suggestion.possible),
        "gap": suggestion.gap,
        "score": suggestion.score,
        "not_rated": suggestion.not_rated.cite if suggestion.not_rated else None,
        "missing": list(suggestion.missing),
        "findings": [finding_json(finding) for finding in suggestion.findings if findings],
        "caps": [_cap(cap) for cap in suggestion.caps if cap.lowered],
    }
    more: dict[str, Json] = {}
    if suggestion.derived:
        more["derived"] = [step(one) for one in suggestion.derived]
    if suggestion.otherwise:
        more["otherwise"] = {"cite": suggestion.otherwise.cite, **_remarks(suggestion.otherwise)}
    if suggestion.notes:
        more["notes"] = list(suggestion.notes)
    return shown | more


def finding_json(finding: Finding) -> dict[str, Json]:
    """One finding."""
    shown: dict[str, Json] = {
        "rating": finding.rating,
        "condition": finding.condition,
        "value": list(finding.value) if isinstance(finding.value, tuple) else finding.value,
        "verdict": finding.verdict,
        "cite": finding.cite,
    }
    grouped: dict[str, Json] = {}
    if finding.group:
        grouped["together" if finding.rating is Rating.NOT_COMPLETED else "one_of"] = finding.group
    return shown | grouped | _remarks(finding)


def _cap(cap: AppliedCap) -> dict[str, Json]:
    shown: dict[str, Json] = {"at_most": cap.at_most, "condition": cap.condition, "cite": cap.cite}
    return shown | _remarks(cap)


def _remarks(said: Finding | AppliedCap | GapRule) -> dict[str, Json]:
    remarks: dict[str, Json] = {}
    if said.note:
        remarks["note"] = said.note
    if said.unverified:
        remarks["unverified"] = True
    return remarks
