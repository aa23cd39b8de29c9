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
    assert [one["period"] for run in told["runs"] for one in run] == ["m01", "m10", "m12"]


def test_months_of_one_source_after_each_other_stand_in_one_line() -> None:
    def said(period: str, standing: Standing, score: float, paper: str = "", typed: float | None = None) -> Answer:
        body = "UBND xã" if paper else ""
        return Answer(score, held=PeriodScore(2026, period, standing, score, body=body, paper=paper, typed=typed))

    answers = {
        "1": said("m01", Standing.OUTSIDE, 90, "45/UBND"),
        "2": said("m02", Standing.OUTSIDE, 91.5, "45/UBND"),
        "3": said("m03", Standing.OUTSIDE, 88, "46/UBND"),
        "5": said("m05", Standing.OUTSIDE, 88, "46/UBND"),
        "6": said("m06", Standing.DECLARED, 90),
        "7": said("m07", Standing.DECLARED, 91),
        "8": said("m08", Standing.OUTSIDE, 92, "46/UBND", typed=80),
        "9": said("m09", Standing.SENT, 92),
        "10": said("m10", Standing.SENT, 92),
        "11": Answer(None, held=PeriodScore(2026, "m11", Standing.OWED, None, body="UBND xã")),
        "12": Answer(None, held=PeriodScore(2026, "m12", Standing.OWED, None, body="UBND xã")),
    }
    told = scores_values(answers)
    assert told
    runs = [[one["period"] for one in run] for run in told["runs"]]
    assert runs == [["m01", "m02"], ["m03"], ["m05"], ["m06", "m07"], ["m08"], ["m09"], ["m10"], ["m11", "m12"]]
