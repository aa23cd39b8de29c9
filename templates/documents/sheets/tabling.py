"""Prints a list answered item by item as a ruled table with totals."""

from collections.abc import Mapping
from typing import assert_never

from rules.forms.form import Field, Question, QuestionKind
from rules.nouns.reviews import Json
from templates.documents.blocks import Block, Paragraph, Run, Table, TableColumn
from templates.documents.sheets.values import date, label, shown
from templates.documents.texts import lowered, number
from templates.documents.words import word

#: In millimetres: the width between the margins, and that of a running number.
_WIDTH, _RUNNING = 160, 10

#: In millimetres: the width of a letter, and the padding of a cell.
_LETTER, _FREE = 2.2, 2.5
#: Minimum and maximum width of a value column in millimetres: enough for a number with its unit, or for half of the
#: longest names.
_NARROWEST, _WIDEST = 13, 34
#: Number of letters of a date, which stays on one line.
_DAY = 10

Row = Mapping[str, Json]


def listed(question: Question, value: Json) -> tuple[Block, ...]:
    """The table and the line below it; nothing when the list is empty."""
    rows = _rows(value)
    if not rows:
        return ()
    cells = tuple(
        (str(place), *(_cell(field, row.get(field.key)) for field in question.fields))
        for place, row in enumerate(rows, start=1)
    )
    return (Table(_columns(question.fields), cells), _total(question, rows))


def _rows(value: Json) -> list[Row]:
    items = value.get("items") if isinstance(value, dict) else None
    return [row for row in items if isinstance(row, dict)] if isinstance(items, list) else []


def _columns(fields: tuple[Field, ...]) -> tuple[TableColumn, ...]:
    """The columns: values take the width they need, texts share the rest."""
    texts = sum(field.kind is QuestionKind.TEXT for field in fields) or 1
    values = {field.key: _value_width(field) for field in fields if field.kind is not QuestionKind.TEXT}
    left = (_WIDTH - _RUNNING - sum(values.values())) // texts
    return (
        TableColumn(word("row_number"), _RUNNING, "center"),
        *(
            TableColumn(field.label, values.get(field.key, left), "center" if field.key in values else "left")
            for field in fields
        ),
    )


def _value_width(field: Field) -> int:
    """The width of a value column: heading and values may take two lines each; the rest is left for the name, which is
    written in full.
    """
    letters = max(map(_on_two_lines, (field.label, *(option.label for option in field.options))))
    needed = max(letters, _DAY if field.kind is QuestionKind.DATE else 0) * _LETTER + _FREE
    return min(max(round(needed), _NARROWEST), _WIDEST)


def _on_two_lines(text: str) -> int:
    """The length of the longer line when the text is broken at a blank into two lines as equal as possible."""
    words = text.split()
    return min(
        (max(len(" ".join(words[:at])), len(" ".join(words[at:]))) for at in range(1, len(words))), default=len(text)
    )


def _cell(field: Field, value: Json) -> str:
    match field.kind:
        case QuestionKind.NUMBER:
            return "" if value is None else f"{shown(value)}{field.unit}"
        case QuestionKind.DATE:
            return date(value)
        case QuestionKind.CHOICE | QuestionKind.TEXT | QuestionKind.ITEMS | QuestionKind.RATING:
            return label(field.options, value)
        case _:
            assert_never(field.kind)


def _total(question: Question, rows: list[Row]) -> Paragraph:
    """The number of items and their outcomes, from which the percentages in the rules follow."""
    total = word("total", count=len(rows), name=lowered(question.item_name))
    tallies = "; ".join(tally for field in question.fields for tally in _tallies(field, rows))
    return Paragraph("body", (Run(f"{total}: {tallies}." if tallies else f"{total}."),))


def _tallies(field: Field, rows: list[Row]) -> list[str]:
    values = [row.get(field.key) for row in rows]
    if field.kind is QuestionKind.NUMBER and field.maximum is not None:
        full = sum(isinstance(value, (int, float)) and value >= field.maximum for value in values)
        return [_tally(f"{field.label} {number(field.maximum)}{field.unit}", full, len(rows))]
    if any(isinstance(option.value, bool) for option in field.options):
        return [_tally(field.label, sum(value is True for value in values), len(rows))]
    made = [(option.label, values.count(option.value)) for option in field.options]
    return [_tally(name, count, len(rows)) for name, count in made if count]


def _tally(what: str, count: int, of: int) -> str:
    return word("tally", what=lowered(what), count=count, of=of, share=number(100 * count / of))
