"""Reads the sheets of a workbook row by row: every mistake with its cell."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from pydantic import ValidationError

from bot.roster.column import clean, plain
from bot.roster.columns import OPTIONAL_SHEETS, SheetLine
from rules.nouns.errors import Cell, Mistake, RosterErrors

#: A file larger than this, or one that unpacks to more, is no roster of an office: one of 30,000 people unpacks to
#: some 30 MB. A few bytes may as well name a cell in the last row or column there can be.
MAX_BYTES, MAX_UNPACKED = 20_000_000, 300_000_000
MAX_ROWS, MAX_COLUMNS = 200_000, 100


RowT = TypeVar("RowT", bound=SheetLine)


@dataclass(frozen=True, slots=True)
class Worksheet(Generic[RowT]):
    """A parsed sheet: its good rows, and what is wrong with the others. `places`: of its columns, counted from 0."""

    name: str
    row: type[RowT]
    places: Mapping[str, int]
    rows: Sequence[RowT] = ()
    mistakes: Sequence[Mistake] = ()

    def mistake(self, row: int, key: str, expected: str, /, **values: object) -> Mistake:
        """A mistake in that column of the row of that number."""
        cell = Cell(self.name, f"{get_column_letter(self.places[key] + 1)}{row}")
        told = {name: str(value) for name, value in values.items()}
        return Mistake("", 0, self.row.columns[key].title, expected, told, cell)

    def of_all(self, expected: str, key: str = "", /, **values: str) -> Mistake:
        """A mistake of the whole sheet, or of a column of it."""
        return Mistake("", 0, self.row.columns[key].title if key else "", expected, values, Cell(self.name))


@contextmanager
def workbook_of(file: Path | bytes) -> Iterator[Workbook]:
    """The workbook, read row by row. Raises RosterErrors when the file cannot be read as one, also on the way.

    `file`: where it is, or what it holds.
    """
    name = "" if isinstance(file, bytes) else file.name
    try:
        _refuse_huge(file, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, of what else an office suite keeps in a file
            workbook = load_workbook(_source(file), read_only=True, data_only=False)
            try:
                yield workbook
            finally:
                workbook.close()
    except FileNotFoundError:
        raise RosterErrors((Mistake(name, 0, "", "no_such_file"),)) from None
    except (zipfile.error, InvalidFileException, LookupError, ValueError, OSError, EOFError, SyntaxError, TypeError):
        # openpyxl lets whatever its parts raise through; all of it means the same to a clerk
        raise RosterErrors((Mistake(name, 0, "", "workbook"),)) from None


def read_sheet(workbook: Workbook, name: str, row: type[RowT]) -> Worksheet[RowT]:
    """The sheet of that name. Empty rows are passed over."""
    absent = Worksheet(name, row, {})
    if name not in workbook.sheetnames:
        return absent if name in OPTIONAL_SHEETS else replace(absent, mistakes=[absent.of_all("sheet_missing")])
    sheet = workbook[name]
    if not hasattr(sheet, "iter_rows"):
        return replace(absent, mistakes=[absent.of_all("sheet_of_cells")])
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # what some programs write there is wrong
    lines = enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), start=1)
    _, header = next(lines, (1, ()))
    titles = {clean(cell).casefold(): place for place, cell in enumerate(header)}
    columns = row.columns.values()
    places = {column.key: titles[column.title.casefold()] for column in columns if column.title.casefold() in titles}
    missing = [column for column in columns if column.since_first and column.key not in places]
    if missing:
        return replace(absent, mistakes=[absent.of_all("sheet_column", column=column.title) for column in missing])
    return _filled(Worksheet(name, row, places), lines)


def _source(file: Path | bytes) -> Path | BinaryIO:
    return io.BytesIO(file) if isinstance(file, bytes) else file


def _refuse_huge(file: Path | bytes, name: str) -> None:
    size = len(file) if isinstance(file, bytes) else file.stat().st_size
    if size > MAX_BYTES:
        raise RosterErrors((Mistake(name, 0, "", "workbook_large", {"limit": str(MAX_BYTES // 1_000_000)}),))
    with zipfile.ZipFile(_source(file)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
            raise RosterErrors((Mistake(name, 0, "", "workbook_unpacked"),))


def _filled(sheet: Worksheet[RowT], lines: Iterator[tuple[int, Sequence[object]]]) -> Worksheet[RowT]:
    """The sheet with its rows."""
    good: list[RowT] = []
    mistakes: list[Mistake] = []
    for number, cells in lines:
        if number > MAX_ROWS:
            too_far = Mistake("", 0, "", "rows_at_most", {"limit": str(MAX_ROWS)}, Cell(sheet.name, f"A{number}"))
            raise RosterErrors((too_far,))
        if not any(cell is not None and clean(cell) for cell in cells):
            continue
        written = {
            key: text
            for key, place in sheet.places.items()
            if place < len(cells) and cells[place] is not None and (text := plain(cells[place]))
        }
        try:
            good.append(sheet.row.model_validate({**written, "number": number}))
        except ValidationError as error:
            mistakes += _mistakes(sheet, number, error)
    return replace(sheet, rows=good, mistakes=mistakes)


def _mistakes(sheet: Worksheet[RowT], number: int, error: ValidationError) -> Iterator[Mistake]:
    """All that pydantic found in a row. Our own readers named what was expected; `kind`: what the column takes at all."""
    for details in error.errors(include_url=False, include_input=False):
        key = str(details["loc"][0])
        column = sheet.row.columns[key]
        kind, wanted = column.wanted
        if details["type"] == "missing":
            yield sheet.mistake(number, key, kind if column.words else "not_empty", **wanted)
        else:
            expected = details["type"]
            yield sheet.mistake(number, key, expected, **{"kind": kind, **wanted, **details.get("ctx", {})})
