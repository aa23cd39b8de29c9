"""The content of a summary table: the words, numbers and widths shared by the workbook and the PDF."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from rules.book.summaries import Contents, Shows
from rules.campaign.summarising import Cell, Group, Summary, Told
from rules.nouns.enclosures import OwnTable
from rules.nouns.reviews import Json
from rules.nouns.values import Rating
from templates.documents.blocks import Heading
from templates.documents.sheets.signing import day
from templates.documents.texts import one_line
from templates.documents.words import period_words, section
from templates.rulebook.words import SUBJECTS

#: The content of a cell: text, or a number or date that stays one in the workbook.
Shown = str | int | float | dt.date

#: Desired column widths in millimetres; they are scaled together to the width of the page.
_WIDTHS: Mapping[Shows, int] = {
    **dict.fromkeys(Shows, 28),
    Shows.NUMBER: 11,
    Shows.NAME: 44,
    Shows.POSITION: 44,
    Shows.UNIT: 48,
    Shows.WHAT: 60,
    Shows.RATING: 42,
    Shows.OWN: 42,
    Shows.PROPOSED: 42,
    Shows.MONTHS: 13,
    Shows.MEAN: 20,
    Shows.SCORE: 20,
    Shows.POINTS: 24,
    Shows.WEIGHTED: 24,
}
#: Columns with text, aligned left; all others are centred.
_LEFT = frozenset({Shows.NAME, Shows.POSITION, Shows.UNIT, Shows.SUBJECT, Shows.GROUP, Shows.WHAT, Shows.RATING})


@dataclass(frozen=True, slots=True)
class Made:
    """What all tables of a campaign have in common: the office and its superior body, the place of signature, the
    period, and the instant.
    """

    office: str
    above: str
    place: str
    year: int
    period: str
    at: dt.datetime
    #: Results of the year before are stored.
    year_before: bool = False
    #: The paper that sets the weights of points; "" for none.
    weighed_by: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: title, share of the width in millimetres, alignment `left` or `center`."""

    title: str
    width: int
    align: str


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """A table with everything around it. `strong`: the indexes of the rows with sums; `signers`: the titles on the left
    and right.
    """

    heading: Heading
    code: str
    title: str
    about: tuple[str, ...]
    heads: tuple[Head, ...]
    rows: tuple[tuple[Shown, ...], ...]
    strong: tuple[int, ...]
    below: tuple[str, ...]
    notes: tuple[str, ...]
    date: str
    signers: tuple[str, str]
    by_hand: str


def page_of(summary: Summary, made: Made) -> SummaryPage:
    """The table as a page, with the instant of its figures."""
    return with_moment(timeless(summary, made), made.at)


def with_moment(page: SummaryPage, at: dt.datetime) -> SummaryPage:
    """The page with the instant of its figures added."""
    moment = section("summaries")["moment"].format(time=f"{at:%H:%M}", day=f"{at:%d/%m/%Y}")
    return replace(page, notes=(*page.notes, moment))


def timeless(summary: Summary, made: Made) -> SummaryPage:
    """The table as a page without an instant: the same figures give the same page."""
    table, words = summary.table, section("summaries")
    fixed = section("heading.administrative")
    signed = [one_line(title).upper() for title in table.signed]
    about = [
        one_line(period_words(made.year, made.period)).capitalize(),
        words["unit"].format(unit=one_line(summary.unit)) if summary.unit else "",
        words["to"].format(to=one_line(table.to)) if table.to else "",
    ]
    return SummaryPage(
        Heading(one_line(made.above).upper(), one_line(made.office).upper(), fixed["first"], fixed["second"]),
        one_line(table.code),
        one_line(table.title).upper(),
        tuple(filter(None, about)),
        tuple(
            Head(one_line(column.title), _WIDTHS[column.shows], "left" if column.shows in _LEFT else "center")
            for column in summary.columns
        ),
        tuple(tuple(shown(cell) for cell in line.cells) for line in summary.lines),
        tuple(number for number, line in enumerate(summary.lines) if line.total),
        tuple(_below(summary)),
        tuple(_notes(summary, made)),
        day("", made.place),
        (words["made_by"], signed[0] if signed else "") if len(signed) < 2 else (signed[0], signed[1]),
        words["by_hand"],
    )


def own_page(summary: Summary, own: OwnTable, made: Made) -> SummaryPage:
    """The page in place of a table that an office replaced by its own file: which file, and when it was handed in. It
    says nothing of what we say about our own tables.
    """
    words, page = section("summaries"), page_of(summary, made)
    heads, rows = (Head(words["own_head"], 1, "left"),), ((own_words(own, made),),)
    return replace(page, heads=heads, rows=rows, strong=(), below=(), notes=(), date="", signers=("", ""))


def own_words(own: OwnTable, made: Made) -> str:
    """Which file of the office replaces a table, and when it was handed in."""
    at = own.at.astimezone(made.at.tzinfo)
    told = {"time": f"{at:%H:%M}", "day": f"{at:%d/%m/%Y}"}
    return section("summaries")["own_file"].format(name=one_line(own.name), **told)


def shown(cell: Cell) -> Shown:
    """The content of a cell; "" when empty."""
    words = section("summaries")
    match cell:
        case None:
            return ""
        case Rating():
            return section("ratings")[cell.value]
        case Told():
            return words[cell.value]
        case Group():
            return _group(cell)
        case tuple():
            return ", ".join(SUBJECTS[one] for one in cell).capitalize()
        case str():
            return one_line(cell)
        case _:
            return cell


def _group(group: Group) -> str:
    words = section("summaries")
    named = {"unit": one_line(group.unit), "group": one_line(group.group) or words["no_group"]}
    whose = [named[one] for one in group.of] or [words["office"]]
    if group.leader is not None:
        whose.append(words["leaders" if group.leader else "not_leaders"])
    return ", ".join(whose)


def _below(summary: Summary) -> list[str]:
    """The totals."""
    words, table = section("summaries"), summary.table
    if table.contents in {Contents.SHARES, Contents.MONTHS}:
        return [] if summary.lines else [words["nothing"]]
    count = sum(summary.tally.values()) + summary.open
    if not count:
        return [words["nothing"]]
    if table.contents is Contents.COUNTS:
        return [words["counts_open"].format(count=summary.open)] if summary.open else []
    named = {**section("ratings"), "": words["not_rated"]}
    each = [
        words["tally_each"].format(rating=named[rating or ""].lower(), count=summary.tally[rating])
        for rating in (*Rating, None)
        if summary.tally.get(rating)
    ]
    if summary.open:
        each.append(words["tally_open_proposal" if table.proposal else "tally_open"].format(count=summary.open))
    return [words["tally"].format(count=count, each="; ".join(each))]


def _notes(summary: Summary, made: Made) -> list[str]:
    """The small notes below: the clause, and whether the text prescribes such a table."""
    words, table = section("summaries"), summary.table
    first = words["source"].format(cite=table.cite)
    if table.unverified:
        first += f" {words['own_form'].format(code=table.code)}"
    elif not table.printed:
        first += f" {words['not_printed']}"
    asks = any(column.shows is Shows.COUNT_BEFORE for column in table.columns)
    weighs = [weighing(made)] if any(column.shows is Shows.WEIGHTED for column in table.columns) else []
    return [first, *weighs, *([words["no_year_before"]] if asks and not made.year_before else [])]


def weighing(made: Made) -> str:
    """The weights that combine the points, and the paper that sets them; or that the text prescribes none."""
    words = section("summaries")
    return words["weighed"].format(source=one_line(made.weighed_by)) if made.weighed_by else words["not_weighed"]


# ── kept as a value ──


def page_value(page: SummaryPage) -> dict[str, Json]:
    """The page as JSON, for storing it where it must never be computed anew."""
    return {**asdict(page), "rows": [[_kept(cell) for cell in row] for row in page.rows]}


def page_kept(value: Mapping[str, Any]) -> SummaryPage:
    """The page from its JSON."""
    lists = {name: tuple(value[name]) for name in ("about", "strong", "below", "notes", "signers")}
    rows = tuple(tuple(_of_kept(cell) for cell in row) for row in value["rows"])
    return SummaryPage(
        **{
            **value,
            **lists,
            "heading": Heading(**value["heading"]),
            "heads": tuple(Head(**one) for one in value["heads"]),
            "rows": rows,
        }
    )


def _kept(cell: Shown) -> Json:
    return {"day": cell.isoformat()} if isinstance(cell, dt.date) else cell


def _of_kept(cell: Any) -> Shown:
    return dt.date.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell
