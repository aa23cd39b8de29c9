"""The scores on which a yearly form depends, as templates take them: their sources, and what changed since it was sent."""

from collections.abc import Sequence

from rules.campaign.months.tracking import ScoreChange, changes
from rules.nouns.periods import MONTHS
from rules.nouns.reviews import Answers, Json, Review
from rules.nouns.tracking import PeriodScore, Standing

#: Standings of scores that were given rather than worked out here.
_GIVEN = frozenset({Standing.OUTSIDE, Standing.DECLARED})
#: Standings that have a line of their own; a confirmed month is only counted.
_TOLD = frozenset(Standing) - {Standing.CONFIRMED, Standing.NOT_OWED, Standing.OWED}


def scores_values(answers: Answers) -> dict[str, Json] | None:
    """How many scores of the year are confirmed, and each of the others; None: the form asks for none, or nothing is
    known.
    """
    by_period = ((answer.held.year, answer.held.period, answer.held) for answer in answers.values() if answer.held)
    held = [one for *_, one in sorted(by_period, key=lambda said: said[:2])]
    if not held:
        return None
    told = [one for one in held if one.standing in _TOLD or one.body or one.typed is not None or one.of]
    return {
        "confirmed": sum(one.standing is Standing.CONFIRMED for one in held),
        "absent": [score_values(one) for one in held if one.standing is Standing.NOT_OWED],
        "runs": [[score_values(one) for one in run] for run in _runs(told)],
    }


def _runs(told: Sequence[PeriodScore]) -> list[list[PeriodScore]]:
    """Consecutive months whose scores come from the same place share a line; all others stand alone."""
    runs: list[list[PeriodScore]] = []
    for one in told:
        if runs and _goes_with(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _goes_with(before: PeriodScore, one: PeriodScore) -> bool:
    plain = all(_is_plain(each) for each in (before, one))
    same = (before.year, before.standing, before.body, before.paper) == (one.year, one.standing, one.body, one.paper)
    said = before.typed is None and one.typed is None and not before.rating and not one.rating
    return plain and same and said and MONTHS.index(one.period) - MONTHS.index(before.period) == 1


def _is_plain(one: PeriodScore) -> bool:
    """Whether it is a month with a score from elsewhere, or one awaited from there."""
    awaited = one.standing is Standing.OWED and bool(one.body)
    return one.period in MONTHS and not one.of and (awaited or (one.standing in _GIVEN and one.score is not None))


def score_values(one: PeriodScore) -> dict[str, Json]:
    """One score: its period, standing and source."""
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
    """What differs now from the version sent; empty if the form was not sent."""
    draft = review.draft
    return [change_values(one) for one in changes(draft.answers, review.held)] if draft else []


def change_values(one: ScoreChange) -> dict[str, Json]:
    """A change, as values of a template."""
    return {
        "before": score_values(one.before) if one.before else None,
        "now": score_values(one.now) if one.now else None,
    }
