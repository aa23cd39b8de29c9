"""Tổng hợp kết quả chấm điểm of one person: their own points, the mean of each conference, and the combined result."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from templates.documents.blocks import Heading
from templates.documents.sheets.signing import day
from templates.documents.summaries.page import Head, Made, SummaryPage, weighing
from templates.documents.texts import one_line
from templates.documents.words import period_words, section


class Missing(StrEnum):
    """The reason why a sheet has no mean."""

    NOT_ASKED = "not_asked"
    RUNNING = "running"  # the round is not over
    NO_POINTS = "no_points"  # it is over, and nobody gave points


@dataclass(frozen=True, slots=True)
class SheetMean:
    """A sheet: its title, the number of people who gave points, and their mean or why there is none. `without`: what
    the text provides when nobody is asked.
    """

    title: str
    sheets: int = 0
    mean: float | None = None
    missing: Missing = Missing.NOT_ASKED
    without: str = ""


@dataclass(frozen=True, slots=True)
class PointsTold:
    """The points of a person: who it is, their own points (None: none were sent), each sheet, and the combined result."""

    who: str
    own: float | None
    sheets: Sequence[SheetMean]
    weighted: float | None
    cite: str = ""


def _without(told: PointsTold) -> Iterator[str]:
    """What the text provides when nobody was asked."""
    for one in told.sheets:
        if one.mean is None and one.missing is Missing.NOT_ASKED and one.without:
            yield section("points")["without"].format(title=one_line(one.title), quote=one_line(one.without))


def points_page(told: PointsTold, made: Made, on: dt.date) -> SummaryPage:
    """The table as a page. `on`: the day it is made."""
    words, fixed, summaries = section("points"), section("heading.party"), section("summaries")
    heads = (
        Head(section("rounds")["number"], 11, "center"),
        Head(words["what"], 100, "left"),
        Head(words["sheets"], 30, "center"),
        Head(words["points"], 40, "center"),
    )
    lines: list[tuple[str, str | int, str | float]] = [
        (words["own"], "", words["no_own"] if told.own is None else told.own)
    ]
    lines += [
        (one_line(one.title), one.sheets or "", words[one.missing] if one.mean is None else one.mean)
        for one in told.sheets
    ]
    why = words["one_missing" if made.weighed_by else "no_weights"]
    lines.append((words["together"], "", why if told.weighted is None else told.weighted))
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
            *_without(told),
            words["own_form"],
            summaries["moment"].format(time=f"{made.at:%H:%M}", day=f"{made.at:%d/%m/%Y}"),
        ),
        day(on.isoformat(), made.place),
        (summaries["made_by"], ""),
        summaries["by_hand"],
    )
