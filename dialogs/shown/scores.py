"""Scores shown beside a sheet: the period before, a leader's unit result (d), and contradictions."""

from collections.abc import Iterable

from dialogs.core.state import State
from rules.campaign.months.leading import UNIT_RESULT, LedScore, UnitResult
from rules.forms.form import Form, Question
from rules.nouns.periods import MONTHS, QUARTERS
from rules.nouns.reviews import Campaign, Json, Review
from rules.nouns.tracking import PeriodScore

#: How many people one line names; the rest are counted.
NAMES = 8


def before(scores: Iterable[PeriodScore], campaign: Campaign) -> PeriodScore | None:
    """The score of the preceding period in the same year; None: there is none."""
    for names in (MONTHS, QUARTERS):
        if campaign.period in names[1:]:
            earlier = names[names.index(campaign.period) - 1]
            return next((one for one in scores if (one.year, one.period) == (campaign.year, earlier)), None)
    return None


def asks_unit_result(question: Question) -> bool:
    """Whether the question asks for d, which results from the scores of those under management."""
    return any(rule.fact == UNIT_RESULT for rule in question.yields)


def unit_result_of(state: State, review: Review, question: Question) -> UnitResult | None:
    """The value of d, if the question asks for it and the scores are known."""
    return state.unit_results.get(review.id) if asks_unit_result(question) else None


def contradicted(state: State, form: Form, review: Review) -> UnitResult | None:
    """The value of d, if the newest draft says otherwise."""
    answers = review.draft.answers if review.draft else {}
    for question in form.questions.values():
        found, answer = unit_result_of(state, review, question), answers.get(question.key)
        if found and found.value is not None and answer and answer.value is not None and answer.value != found.value:
            return found
    return None


def unit_result_values(found: UnitResult) -> dict[str, Json]:
    """The arithmetic of d, as values of a template."""
    return {
        "value": found.value,
        "limit": found.limit,
        "count": len(found.scores),
        "known": len(found.scores) - len(found.unknown),
        "unconfirmed": sum(one.score is not None and not one.confirmed for one in found.scores),
        "below": [_said(one) for one in found.below[:NAMES]],
        "unknown": [one.name for one in found.unknown[:NAMES]],
        "more_unknown": max(0, len(found.unknown) - NAMES),
    }


def _said(one: LedScore) -> Json:
    return {"name": one.name, "score": one.score}
