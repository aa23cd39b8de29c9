"""Questions printed as rows of one table: points with their maximum, or the months of a year."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rules.forms.form import Item, Question
from rules.judging.filing import Filing
from rules.nouns.tracking import PeriodScore, Standing
from templates.documents.blocks import Run, Table, TableColumn, TotalCell
from templates.documents.sheets.values import shown
from templates.documents.texts import bare, one_line
from templates.documents.words import period_words, section, word

#: Column widths in millimetres.
_RUNNING, _POINTS = 12, 24
_TEXT = 160 - _RUNNING - 2 * _POINTS

#: Remarks about a month by the standing of its score; none for scores that are confirmed or were entered by the person.
_REMARKED = {
    Standing.SENT: "month_sent",
    Standing.OWED: "month_open",
    Standing.UNSETTLED: "month_open",
    Standing.PROVISIONAL: "month_provisional",
    Standing.DECLARED: "month_declared",
}


def points_table(items: Sequence[tuple[Item, Sequence[Question]]], filing: Filing) -> Table:
    """TT | criterion | maximum | own points: items as group heads with their sums, their questions as rows, the total
    last.
    """
    groups = [(item, asked) for item, asked in items if not item.shows]
    rows: list[tuple[str, ...]] = []
    for item, asked in groups:
        rows.append((item.number, one_line(item.title), shown(_most(asked)), _sum(asked, filing)))
        rows += [
            (one.number, one_line(one.printed_as or one.text), shown(_most([one])), _given(one, filing))
            for one in asked
        ]
    columns = (
        TableColumn(word("row_number"), _RUNNING, "center"),
        TableColumn(word("criterion"), _TEXT, "left"),
        TableColumn(word("most_points"), _POINTS, "center"),
        TableColumn(word(f"own_points_{filing.form.heading}"), _POINTS, "center"),
    )
    most = shown(sum(_most(asked) for _, asked in groups))
    totals = [
        TotalCell(text, width, span, "center")
        for item, _ in items
        if item.shows
        for text, width, span in (
            (bare(item.title), _RUNNING + _TEXT, 2),
            (most, _POINTS, 1),
            (_total(item, filing), _POINTS, 1),
        )
    ]
    numbers = tuple(f"({place})" for place in range(1, len(columns) + 1)) if filing.form.annexed else ()
    return Table(
        columns, tuple(rows), numbers=numbers, strong=tuple(item.number for item, _ in groups), total=tuple(totals)
    )


def months_table(asked: Sequence[Question], means: Sequence[Item], filing: Filing) -> Table:
    """Month | total | remarks: a row for each month with the standing of its score. Written remarks are printed beside
    the first row; the last row is the mean, which `means` shows.
    """
    months = [one for one in asked if one.number]
    written = " ".join(str(filing.answers[one.key].value) for one in asked if not one.number and _is_told(one, filing))
    remarks = [_remark(one, filing) for one in months]
    if written and remarks:
        remarks[0] = ". ".join(part for part in (remarks[0], one_line(written)) if part)
    columns = (
        TableColumn(word("month"), 54, "center"),
        TableColumn(word("month_points"), 54, "center"),
        TableColumn(word("remarks"), 52, "left"),
    )
    rows = tuple((one.number, _points_of(one, filing), remark) for one, remark in zip(months, remarks, strict=True))
    totals = tuple(
        TotalCell(text, column.width, 1, column.align)
        for item in means
        for text, column in zip((bare(item.title), _total(item, filing), ""), columns, strict=True)
    )
    return Table(columns, rows, total=totals)


def worked_out(item: Item, filing: Filing) -> tuple[Run, ...]:
    """The value of an item with `shows`: the number its formulas give, or nothing when a part of it is missing."""
    value = filing.worked_out.get(item.shows)
    return (Run(f" {shown(value)}", bold=True),) if value is not None else ()


def _total(item: Item, filing: Filing) -> str:
    value = filing.worked_out.get(item.shows)
    return "" if value is None else shown(value)


def _most(asked: Sequence[Question]) -> float:
    return sum(one.maximum or 0 for one in asked)


def _sum(asked: Sequence[Question], filing: Filing) -> str:
    """The points of a group, once all of them are given."""
    given = [filing.answers[one.key].value for one in asked if _is_told(one, filing)]
    points = [Decimal(str(value)) for value in given if isinstance(value, (int, float))]
    return shown(float(sum(points))) if len(points) == len(asked) else ""


def _points_of(question: Question, filing: Filing) -> str:
    """The score of a month. For a score that was sent but not confirmed it is the one sent, and the remark says so."""
    answer = filing.answers.get(question.key)
    held = answer.held if answer else None
    sent = held.score if held and held.standing is Standing.SENT else None
    return _given(question, filing) if sent is None else shown(sent)


def _remark(question: Question, filing: Filing) -> str:
    """The standing of a month's score, unless it is simply confirmed."""
    answer = filing.answers.get(question.key)
    held = answer.held if answer else None
    return _standing(held) if held else ""


def _standing(held: PeriodScore) -> str:
    said = [word(_REMARKED[held.standing])] if held.standing in _REMARKED else []
    if held.standing is Standing.NOT_OWED:
        said.append(_away(section("away"), held.because))
    if held.body:
        said.append(word("month_of", body=one_line(held.body)))
    if held.paper:
        said.append(one_line(held.paper))
    if held.of:
        said.append(word("month_of_quarter", quarter=period_words(held.year, held.of)))
    return ", ".join(said)


def _away(kinds: Mapping[str, str], because: str) -> str:
    return kinds.get(because, kinds["other"])


def _given(question: Question, filing: Filing) -> str:
    return shown(filing.answers[question.key].value) if _is_told(question, filing) else ""


def _is_told(question: Question, filing: Filing) -> bool:
    answer = filing.answers.get(question.key)
    return answer is not None and not answer.skipped and answer.value is not None
