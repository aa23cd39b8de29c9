"""The scores of the periods that a year's form rests on, as templates take them: where each comes from, what changed since it was sent."""

from rules.campaign.months.tracking import ScoreChange, changes
from rules.nouns.reviews import Answers, Json, Review
from rules.nouns.tracking import PeriodScore, Standing

#: What needs a line of its own; a confirmed month is only counted.
_TOLD = frozenset(Standing) - {Standing.CONFIRMED, Standing.NOT_OWED, Standing.OWED}


def scores_values(answers: Answers) -> dict[str, Json] | None:
    """How many scores of the year are confirmed, and each of the others: None, where the form asks for none or nothing is known."""
    by_period = ((answer.held.year, answer.held.period, answer.held) for answer in answers.values() if answer.held)
    held = [one for *_, one in sorted(by_period, key=lambda said: said[:2])]
    if not held:
        return None
    told = [one for one in held if one.standing in _TOLD or one.body or one.typed is not None or one.of]
    return {
        "confirmed": sum(one.standing is Standing.CONFIRMED for one in held),
        "absent": [score_values(one) for one in held if one.standing is Standing.NOT_OWED],
        "lines": [score_values(one) for one in told],
    }


def score_values(one: PeriodScore) -> dict[str, Json]:
    """One score: of which period, how it stands, from where."""
    return {
        "year": one.year,
        "period": one.period,
        "standing": one.standing.value,
        "score": one.score,
        "rating": one.rating,
        "of": one.of,
        "body": one.body,
        "paper": one.paper,
        "because": one.because,
        "typed": one.typed,
    }


def changed_values(review: Review) -> list[Json]:
    """What stands otherwise now than in the version that was sent; nothing of a form that was not sent."""
    draft = review.draft
    return [change_values(one) for one in changes(draft.answers, review.held)] if draft else []


def change_values(one: ScoreChange) -> dict[str, Json]:
    """One such change."""
    return {
        "before": score_values(one.before) if one.before else None,
        "now": score_values(one.now) if one.now else None,
    }
