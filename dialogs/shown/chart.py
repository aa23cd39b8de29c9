"""Biểu đồ điểm năm: a person's twelve months, how far each is settled, and their mean so far."""

from collections.abc import Sequence

from dialogs.core.buttons import Button
from dialogs.core.paging import as_number
from dialogs.core.turn import Key
from rules.nouns.reviews import Json, Review
from rules.nouns.tracking import COUNTS, PeriodScore

#: Decimal places that only remove floating-point noise. What is displayed is not rounded (templates/numbers.py).
EXACT = 10

#: The years that a button may name.
_YEARS = range(2000, 2200)


def chart_values(scores: Sequence[PeriodScore]) -> dict[str, Json]:
    """The months as values of a template, with the mean of those that count (Nghị định 335/2025/NĐ-CP, Điều 17 khoản
    3).
    """
    counted = [one.score for one in scores if one.standing in COUNTS and one.score is not None]
    return {
        "months": [month_values(one) for one in scores],
        "counted": len(counted),
        "mean": round(sum(counted) / len(counted), EXACT) if counted else None,
    }


def month_values(one: PeriodScore) -> Json:
    """A month: its number, score, standing, and the quarter for which it stands."""
    return {
        "number": as_number(one.period.removeprefix("m")),
        "score": one.score,
        "standing": one.standing.value,
        "quarter": as_number(one.of.removeprefix("q")) if one.of else 0,
    }


def year_named(word: str, otherwise: int) -> int:
    """The year that a button names, or `otherwise`."""
    year = as_number(word)
    return year if year in _YEARS else otherwise


def year_key(review: Review) -> Key | None:
    """The button to the chart of the review's year; None: its form does not depend on monthly scores."""
    has = bool(review.held) or not review.campaign.span.whole
    year = review.campaign.year
    return Key("result/year", Button("result_year", 0, (str(year),)), {"year": year}) if has else None
