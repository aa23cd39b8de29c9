"""The scores of a year's periods, as a card tells them."""

from dialogs.shown.year_scores import scores_values
from rules.nouns.reviews import Answer
from rules.nouns.tracking import PeriodScore, Standing


def test_the_months_stand_in_the_order_of_the_year_whichever_was_answered_first() -> None:
    # the person types December, which is not over, before any other month is laid over their answers
    said = {
        "m12": Answer(82.5, held=PeriodScore(2026, "m12", Standing.PROVISIONAL, 82.5)),
        "m01": Answer(None, held=PeriodScore(2026, "m01", Standing.SENT, 80)),
        "m10": Answer(None, held=PeriodScore(2026, "m10", Standing.SENT, 80)),
    }
    told = scores_values(said)
    assert told
    assert [one["period"] for one in told["lines"]] == ["m01", "m10", "m12"]
