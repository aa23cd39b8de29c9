"""Tổng hợp kết quả chấm điểm of one person: their own points, the mean of each conference, what these come to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from templates.documents.blocks import Heading
from templates.documents.sheets.signing import day
from templates.documents.summaries.page import Head, Made, SummaryPage, weighing
from templates.documents.texts import one_line
from templates.documents.words import period_words, section


@dataclass(frozen=True, slots=True)
class PointsTold:
    """What is told of somebody: who, their own points (None: none were sent), of each sheet its title, how many, and the mean; what they come to."""

    who: str
    own: float | None
    sheets: Sequence[tuple[str, int, float | None]]
    weighted: float | None
    cite: str = ""


def points_page(told: PointsTold, made: Made, on: dt.date) -> SummaryPage:
    """The table in words; `on`: the day it is made."""
    words, fixed, summaries = section("points"), section("heading.party"), section("summaries")
    heads = (
        Head(section("rounds")["number"], 11, "center"),
        Head(words["what"], 100, "left"),
        Head(words["sheets"], 30, "center"),
        Head(words["points"], 40, "center"),
    )
    lines: list[tuple[str, str | int, str | float]] = [(words["own"], "", "" if told.own is None else told.own)]
    lines += [(one_line(title), count or "", "" if mean is None else mean) for title, count, mean in told.sheets]
    lines.append((words["together"], "", "" if told.weighted is None else told.weighted))
    return SummaryPage(
        Heading(one_line(made.above).upper(), one_line(made.office).upper(), fixed["first"], fixed["second"]),
        "",
        words["title"],
        (one_line(told.who), one_line(period_words(made.year, made.period)).capitalize()),
        heads,
        tuple((number, *line) for number, line in enumerate(lines, start=1)),
        (),
        (),
        (
            summaries["source"].format(cite=one_line(told.cite)),
            weighing(made),
            words["own_form"],
            summaries["moment"].format(time=f"{made.at:%H:%M}", day=f"{made.at:%d/%m/%Y}"),
        ),
        day(on.isoformat(), made.place),
        (summaries["made_by"], ""),
        summaries["by_hand"],
    )
