"""Questions that are rows of one table on the form: points with their maximum, the months of a year."""

from collections.abc import Sequence
from decimal import Decimal

from rules.forms.form import Item, Question
from rules.judging.filing import Filing
from templates.documents.blocks import Run, Table, TableColumn
from templates.documents.texts import bare
from templates.documents.values import shown
from templates.documents.words import word

#: Millimetres.
_RUNNING, _POINTS = 12, 24
_TEXT = 160 - _RUNNING - 2 * _POINTS


def points_table(items: Sequence[tuple[Item, Sequence[Question]]], filing: Filing) -> Table:
    """TT | criterion | maximum | own points: the items as heads with their sums, their questions as rows."""
    rows: list[tuple[str, ...]] = []
    for item, asked in items:
        rows.append(_head(item, asked, filing))
        rows += [(one.number, bare(one.printed_as or one.text), _most(one), _given(one, filing)) for one in asked]
    columns = (
        TableColumn(word("row_number"), _RUNNING, "center"),
        TableColumn(word("criterion"), _TEXT, "left"),
        TableColumn(word("most_points"), _POINTS, "center"),
        TableColumn(word(f"own_points_{filing.form.heading}"), _POINTS, "center"),
    )
    return Table(columns, tuple(rows))


def months_table(asked: Sequence[Question], means: Sequence[Item], filing: Filing) -> Table:
    """Month | total | remarks: a row a month, the remarks beside the first; last the mean, which `means` shows."""
    months = [one for one in asked if one.number]
    remarks = " ".join(str(filing.answers[one.key].value) for one in asked if not one.number and _is_told(one, filing))
    rows = tuple((one.number, _given(one, filing), remarks if place == 0 else "") for place, one in enumerate(months))
    last = tuple(
        (bare(item.title), "".join(run.text for run in worked_out(item, filing)).strip(), "") for item in means
    )
    columns = (
        TableColumn(word("month"), 44, "center"),
        TableColumn(word("month_points"), 52, "center"),
        TableColumn(word("remarks"), 64, "left"),
    )
    return Table(columns, (*rows, *last))


def worked_out(item: Item, filing: Filing) -> tuple[Run, ...]:
    """What an item with `shows` says: the number the formulas give, nothing when a part of it is missing."""
    value = filing.worked_out.get(item.shows)
    return (Run(f" {shown(value)}", bold=True),) if value is not None else ()


def _head(item: Item, asked: Sequence[Question], filing: Filing) -> tuple[str, ...]:
    """The group's own row. An item that only shows a total takes its number from the formulas."""
    if item.shows:
        value = filing.worked_out.get(item.shows)
        said = "".join(char for char in item.hint if char.isdecimal())
        return ("", bare(item.title), said, "" if value is None else shown(value))
    most = sum(one.maximum or 0 for one in asked)
    given = [filing.answers[one.key].value for one in asked if _is_told(one, filing)]
    points = [Decimal(str(value)) for value in given if isinstance(value, (int, float))]
    total = shown(float(sum(points))) if len(points) == len(asked) else ""
    return (item.number, bare(item.title), shown(most), total)


def _most(question: Question) -> str:
    return "" if question.maximum is None else shown(question.maximum)


def _given(question: Question, filing: Filing) -> str:
    return shown(filing.answers[question.key].value) if _is_told(question, filing) else ""


def _is_told(question: Question, filing: Filing) -> bool:
    answer = filing.answers.get(question.key)
    return answer is not None and not answer.skipped and answer.value is not None
