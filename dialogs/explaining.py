"""/ketqua: the suggestion, every condition with its verdict and clause, and what the next higher rating lacks."""

from collections.abc import Iterable

from dialogs.buttons import Button
from dialogs.handlers import Books, OnCommand, OnPress
from dialogs.keys import go_on, key, rows
from dialogs.own import looking
from dialogs.refusing import no_review
from dialogs.self_rating import highest
from dialogs.sheet import Sheet
from dialogs.show_rating import suggested
from dialogs.show_review import about, self_rating
from dialogs.state import State
from dialogs.turn import Reply, Turn
from rules.clauses import Cap
from rules.conditions import FactValue, Test
from rules.reviews import Json
from rules.suggestion import AppliedCap, Finding, Suggestion, met_grounds, unsatisfied
from rules.values import Rating, Verdict

#: The press that asks for the conditions of every rating.
ALL = "all"


def ketqua(books: Books, state: State, _: str) -> Turn:
    """The command /ketqua."""
    return Turn((explained(Sheet(books, state), everything=False),)) if state.own else no_review()


def result(sheet: Sheet, button: Button) -> Turn:
    """The same by a button; with `all` the conditions of every rating."""
    everything = button.about[:1] == (ALL,)
    return Turn((explained(sheet, everything=everything, replaces=everything),))


def explained(sheet: Sheet, *, everything: bool, replaces: bool = False) -> Reply:
    """The suggestion and its conditions: of all ratings, or of the suggested and the next higher one."""
    found = sheet.suggestion
    told = highest(found)
    higher = _next_higher(told)
    shown = (
        tuple(Rating)[:-1] if everything else tuple(r for r in (told, higher) if r and r is not Rating.NOT_COMPLETED)
    )
    values: dict[str, Json] = {
        **about(sheet),
        "suggested": suggested(found),
        "before_caps": found.before_caps,
        "self_rating": self_rating(sheet),
        "not_rated": _not_rated(sheet),
        "ratings": [{"rating": rating.value, "findings": _of(found, rating)} for rating in shown],
        "grounds": _grounds(found, everything=everything),
        "higher": higher,
        "lacking": [_finding(f) for f in unsatisfied(found, higher)] if higher else [],
        "caps": _caps(sheet),
        "notes": list(found.notes),
        "everything": everything,
    }
    more = None if everything or found.not_rated else key("review/all_conditions", sheet.review, "result", ALL)
    return Reply("review/result", values, rows((more,), (go_on(sheet.review),)), replaces=replaces)


def _next_higher(rating: Rating | None) -> Rating | None:
    return tuple(Rating)[rating.rank - 1] if rating and rating.rank else None


def _of(found: Suggestion, rating: Rating) -> list[Json]:
    return [_finding(finding) for finding in found.findings if finding.rating is rating]


def _grounds(found: Suggestion, *, everything: bool) -> list[Json]:
    """The grounds of not completed: those that are met (each is enough), or all of them."""
    grounds = (f for f in found.findings if f.rating is Rating.NOT_COMPLETED)
    return [_finding(f) for f in (grounds if everything else met_grounds(found))]


def _finding(finding: Finding) -> dict[str, Json]:
    return {
        **_test(finding.fact, finding.op, finding.asked),
        "value": _json(finding.value),
        "verdict": finding.verdict.value,
        "cite": finding.cite,
        "note": finding.note,
        "unverified": finding.unverified,
    }


def _caps(sheet: Sheet) -> list[Json]:
    """The caps that hold or may hold, with what they rest on."""
    person = sheet.review.person
    rules = sheet.book.profiles[person.subject, person.leader].caps
    applied = zip(rules, sheet.suggestion.caps, strict=True)
    return [_cap(cap, rule.cap) for rule, cap in applied if cap.verdict is not Verdict.UNMET]


def _cap(cap: AppliedCap, rule: Cap) -> dict[str, Json]:
    return {
        "at_most": cap.at_most,
        "verdict": cap.verdict.value,
        "lowered": cap.lowered,
        "cite": cap.cite,
        "note": cap.note,
        "tests": _tests(rule.when.tests),
        "set_by": rule.at_most_fact,
    }


def _not_rated(sheet: Sheet) -> dict[str, Json] | None:
    """The clause by which there is no rating, and what it rests on."""
    found, person = sheet.suggestion.not_rated, sheet.review.person
    if found is None:
        return None
    rules = sheet.book.profiles[person.subject, person.leader].exclusions
    tests = next((line.rule.when.tests for line in rules if line.rule.cite == found.cite), ())
    return {"cite": found.cite, "note": found.note, "tests": _tests(tests)}


def _tests(tests: Iterable[Test]) -> list[Json]:
    return [_test(test.fact, test.op, test.value) for test in tests if test.fact not in {"subject", "leader"}]


def _test(fact: str, op: str, asked: FactValue) -> dict[str, Json]:
    return {"fact": fact, "op": op, "asked": _json(asked)}


def _json(value: FactValue | None) -> Json:
    return list(value) if isinstance(value, tuple) else value


VERBS: dict[str, OnPress] = {"result": looking(result)}

COMMANDS: dict[str, OnCommand] = {"ketqua": ketqua}
