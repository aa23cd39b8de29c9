"""Finds the table in a sheet and its columns, with tolerant recognition of titles."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from bot.roster.column import Column, clean
from bot.roster.package import Merged
from rules.nouns.errors import Cell, Mistake
from rules.nouns.text import folded, without_diacritics

#: Rows above the titles may hold the name of the office, the list, and the year.
WITHIN_ROWS = 30
#: Similarity above which an unknown title is taken as a misspelling of a missing one.
ALIKE = 0.85
#: An explanation in brackets after a title: `Ngày vào Đảng (dd/mm/yyyy)`.
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_GIVEN_NAME = frozenset({"", "tên"})

Line = tuple[int, Sequence[object]]


@dataclass(frozen=True, slots=True)
class Header:
    """The titles of a table: in which row they are (`last`: the last one, where they are merged downwards), each column's
    place counted from 0, and the place of its second part where one title stands over two. `untitled`: places without one.
    """

    row: int
    last: int
    places: Mapping[str, int]
    parts: Mapping[str, int] = field(default_factory=dict)
    untitled: frozenset[int] = frozenset()
    mistakes: Sequence[Mistake] = ()


def header_of(sheet: str, lines: Sequence[Line], columns: Sequence[Column], merged: Sequence[Merged]) -> Header:
    """The row among the first lines with most of the titles, and what is doubtful about it."""
    titles = {folded(column.title): column for column in columns}
    row, cells = max(lines, key=lambda line: len(_known(line[1], titles)), default=(1, ()))
    known = _known(cells, titles)
    if not known:
        row, cells = next((line for line in lines if any(map(clean, line[1]))), (1, ()))
    over = {one.first_column - 1: one for one in merged if one.first_row <= row <= one.last_row}
    last = max([row, *(over[place].last_row for places in known.values() for place in places if place in over)])
    below = next((cells for number, cells in lines if number == last), ()) if last > row else ()
    parts = {
        key: places[0] + 1
        for key, places in known.items()
        if places[0] in over and _is_of_two_parts(titles, key, over[places[0]], below)
    }
    hidden = {place for one in over.values() for place in range(one.first_column - 1, one.last_column)}
    width = max((len(cells) for _, cells in lines), default=0)
    untitled = {place for place in range(width) if place not in hidden and not _title(cells, place)}
    mistakes = [
        *_twice(sheet, row, known, titles),
        *_missing(sheet, row, cells, known, columns),
        *_over_several(sheet, row, known, over, parts, titles),
        *_above(sheet, lines, row, known, columns),
    ]
    return Header(row, last, {key: places[0] for key, places in known.items()}, parts, frozenset(untitled), mistakes)


def _known(cells: Sequence[object], titles: Mapping[str, Column]) -> dict[str, list[int]]:
    """Column → its position, in the order of the file."""
    known: dict[str, list[int]] = {}
    for place in range(len(cells)):
        title = next((one for one in _title(cells, place) if one in titles), None)
        if title is not None:
            known.setdefault(titles[title].key, []).append(place)
    return known


def _title(cells: Sequence[object], place: int) -> tuple[str, ...]:
    """The readings of a title: with and without brackets; () when there is none."""
    text = clean(cells[place]) if place < len(cells) and cells[place] is not None else ""
    return tuple(dict.fromkeys(one for one in (folded(text), folded(_BRACKETS.sub("", text))) if one))


def _is_of_two_parts(titles: Mapping[str, Column], key: str, over: Merged, below: Sequence[object]) -> bool:
    """Whether a title spans family name and given name, in this order."""
    column = next(one for one in titles.values() if one.key == key)
    given = next(iter(_title(below, over.last_column - 1)), "")
    return column.parts and over.last_column - over.first_column == 1 and given in _GIVEN_NAME


def _twice(sheet: str, row: int, known: Mapping[str, list[int]], titles: Mapping[str, Column]) -> Iterator[Mistake]:
    for column in titles.values():
        first, *others = known.get(column.key, [0])
        for place in others:
            yield _mistake(sheet, row, place, column, "column_twice", {"first": f"{get_column_letter(first + 1)}{row}"})


def _missing(
    sheet: str, row: int, cells: Sequence[object], known: Mapping[str, list[int]], columns: Sequence[Column]
) -> Iterator[Mistake]:
    """Missing required columns, and unknown titles that were probably meant to be them."""
    taken = {place for places in known.values() for place in places}
    others = {place: title[0] for place in range(len(cells)) if place not in taken and (title := _title(cells, place))}
    for column in columns:
        if column.key in known:
            continue
        wanted = without_diacritics(folded(column.title))
        near = difflib.get_close_matches(wanted, map(without_diacritics, others.values()), 1, ALIKE)
        like = next((place for place, title in others.items() if without_diacritics(title) in near), None)
        if like is not None:
            given = clean(cells[like])
            yield _mistake(sheet, row, like, None, "column_like", {"given": given, "column": column.title})
        elif column.since_first:
            yield Mistake("", 0, "", "sheet_column", {"column": column.title, "row": str(row)}, Cell(sheet))


def _over_several(
    sheet: str,
    row: int,
    known: Mapping[str, list[int]],
    over: Mapping[int, Merged],
    parts: Mapping[str, int],
    titles: Mapping[str, Column],
) -> Iterator[Mistake]:
    for column in titles.values():
        for place in known.get(column.key, ()):
            one = over.get(place)
            if one and one.last_column > one.first_column and column.key not in parts:
                yield _mistake(sheet, row, place, column, "column_merged", {"column": column.title})


def _above(
    sheet: str, lines: Sequence[Line], row: int, known: Mapping[str, list[int]], columns: Sequence[Column]
) -> Iterator[Mistake]:
    """Rows above the titles are headings of the list, unless they are filled like its rows."""
    needed = [known[column.key][0] for column in columns if column.required and column.key in known]
    for number, cells in lines:
        if number < row and len(needed) > 1 and all(place < len(cells) and clean(cells[place]) for place in needed):
            yield _mistake(sheet, number, needed[0], None, "above_header", {"row": str(row)})


def _mistake(
    sheet: str, row: int, place: int, column: Column | None, expected: str, values: Mapping[str, str]
) -> Mistake:
    cell = Cell(sheet, f"{get_column_letter(place + 1)}{row}")
    return Mistake("", 0, column.title if column else "", expected, values, cell)
