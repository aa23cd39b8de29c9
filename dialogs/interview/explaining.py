"""/ketqua before a decision: the suggestion, every condition with its verdict and clause, and what the next higher rating lacks."""

from collections.abc import Iterable
from itertools import pairwise

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import go_on, key, rows
from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from dialogs.interview.own_review import OwnReview
from dialogs.interview.position import looking, no_review
from dialogs.interview.review_page import about, totals
from dialogs.shown.self_rating import highest
from dialogs.shown.suggestion import suggested
from rules.book.clauses import Cap
from rules.book.profile import Profile
from rules.book.suggestion import AppliedCap, Finding, Suggestion, met_grounds, needed, unsatisfied
from rules.judging.rated import rating_questions
from rules.judging.self_ratings import rules_of
from rules.nouns.conditions import FactValue, Test
from rules.nouns.reviews import Json
from rules.nouns.values import Rating, Verdict

#: The press that asks for the conditions of every rating.
ALL = "all"


def ketqua(books: Books, state: State, _: str) -> Turn:
    """The command /ketqua, as long as nothing is decided."""
    return results(OwnReview.of(books, state)) if state.own else no_review()


def result(sheet: OwnReview, button: Button) -> Turn:
    """The same by a button; with `all` every condition of one rating."""
    word, question, *_ = (*button.about, "", "")
    if word != ALL:
        return results(sheet)
    named = question if question in sheet.suggestions else next(iter((*sheet.suggestions,)[-1:]), "")
    return Turn((explained(sheet, named, everything=True, replaces=True),)) if named else results(sheet)


def results(sheet: OwnReview) -> Turn:
    """A message for each rating that is suggested; of a form without one, the points so far."""
    if not sheet.suggestions:
        values: dict[str, Json] = {**about(sheet), "totals": totals(sheet)}
        return Turn((Reply("review/points", values, ((go_on(sheet.review),),)),))
    *before, last = sheet.suggestions
    shown = (explained(sheet, key, everything=False, is_last=False) for key in before)
    return Turn((*shown, explained(sheet, last, everything=False)))


def explained(
    sheet: OwnReview, question: str, *, everything: bool, replaces: bool = False, is_last: bool = True
) -> Reply:
    """The suggestion for one rating and its conditions: of all ratings, or of the suggested and the next higher one."""
    found = sheet.suggestions[question]
    values = explained_values(sheet, question, everything=everything)
    more = (
        None if everything or found.not_rated else key("review/all_conditions", sheet.review, "result", ALL, question)
    )
    keyboard = rows((more,), (go_on(sheet.review) if is_last else None,))
    return Reply("review/result", values, keyboard, replaces=replaces)


def explained_values(sheet: OwnReview, question: str, *, everything: bool) -> dict[str, Json]:
    """What the explanation of one rating shows."""
    found = sheet.suggestions[question]
    asked_for = sheet.form.questions[question]
    told = highest(found)
    higher = _next_higher(told)
    near = tuple(r for r in (told, higher) if r and r is not Rating.NOT_COMPLETED)
    answer = sheet.answer(question)
    return {
        **about(sheet),
        "about": asked_for.about if len(rating_questions(sheet.form)) > 1 else "",
        "suggested": suggested(found, sheet.form),
        "before_caps": found.before_caps,
        "self_rating": answer.value if answer and not answer.skipped else None,
        "not_rated": _not_rated(sheet, question),
        "ratings": [
            {"rating": rating.value, "findings": _of(found, rating)}
            for rating in (tuple(Rating)[:-1] if everything else near)
        ],
        "grounds": _grounds(found, everything=everything),
        "higher": higher,
        "lacking": _findings(unsatisfied(found, higher)) if higher else [],
        "caps": _caps(sheet, question),
        "totals": totals(sheet),
        "notes": list(found.notes),
        "everything": everything,
    }


def _next_higher(rating: Rating | None) -> Rating | None:
    return tuple(Rating)[rating.rank - 1] if rating and rating.rank else None


def _of(found: Suggestion, rating: Rating) -> list[Json]:
    return _findings(needed(found, rating))


def _grounds(found: Suggestion, *, everything: bool) -> list[Json]:
    """The grounds of not completed: those that are met (each is enough), or all of them."""
    grounds = (f for f in found.findings if f.rating is Rating.NOT_COMPLETED)
    return _findings(grounds if everything else met_grounds(found))


def _findings(found: Iterable[Finding]) -> list[Json]:
    """Findings as templates take them; `joined` is one that belongs to the same group as the one before it."""
    listed = tuple(found)
    joined = (False, *(bool(one.group) and before.group == one.group for before, one in pairwise(listed)))
    return [{**_finding(one), "joined": is_joined} for one, is_joined in zip(listed, joined, strict=False)]


def _finding(finding: Finding) -> dict[str, Json]:
    return {
        **_test(finding.fact, finding.op, finding.asked),
        "value": _json(finding.value),
        "verdict": finding.verdict.value,
        "cite": finding.cite,
        "note": finding.note,
        "unverified": finding.unverified,
    }


def _profile(sheet: OwnReview, question: str) -> Profile:
    """The rules of the rating that a question asks for."""
    found = rules_of(sheet.book, sheet.form, sheet.review.person, sheet.form.questions[question])
    assert found is not None, "what is suggested rests on rules"
    return found


def _caps(sheet: OwnReview, question: str) -> list[Json]:
    """The caps that hold or may hold, with what they rest on."""
    applied = zip(_profile(sheet, question).caps, sheet.suggestions[question].caps, strict=True)
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


def _not_rated(sheet: OwnReview, question: str) -> dict[str, Json] | None:
    """The clause by which there is no rating, and what it rests on."""
    found = sheet.suggestions[question].not_rated
    if found is None:
        return None
    exclusions = _profile(sheet, question).exclusions
    tests = next((line.rule.when.tests for line in exclusions if line.rule.cite == found.cite), ())
    return {"cite": found.cite, "note": found.note, "tests": _tests(tests)}


def _tests(tests: Iterable[Test]) -> list[Json]:
    return [_test(test.fact, test.op, test.value) for test in tests if test.fact not in {"subject", "leader"}]


def _test(fact: str, op: str, asked: FactValue) -> dict[str, Json]:
    return {"fact": fact, "op": op, "asked": _json(asked)}


def _json(value: FactValue | None) -> Json:
    return list(value) if isinstance(value, tuple) else value


VERBS: dict[str, OnPress] = {"result": looking(result)}
