"""The border of a list of ratings (`tusoi quota`): a CSV file with a header, commas or semicolons."""

import csv
import io
from collections.abc import Iterator, Mapping

from rules.book.quota import Rated
from rules.nouns.errors import Mistake, WrongCaseError
from rules.nouns.values import Rating

COLUMNS = ("person", "unit", "group", "leader", "rating")
_YES_NO = {"true": True, "false": False}


def read_ratings(text: str, file: str) -> tuple[Rated, ...]:
    """The rows of the file. Raises WrongCaseError with every mistake, by line."""
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in reader.fieldnames or ()]
        if missing := [column for column in COLUMNS if column not in header]:
            raise WrongCaseError(tuple(Mistake(file, 1, column, "missing_column") for column in missing))
        reader.fieldnames = header
        lines = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise WrongCaseError((Mistake(file, reader.reader.line_num, "", "csv", {"problem": str(error)}),)) from error
    if mistakes := tuple(one for line, row in lines for one in _mistakes(file, line, row)):
        raise WrongCaseError(mistakes)
    return tuple(_rated(row) for _, row in lines)


def _mistakes(file: str, line: int, row: Mapping[str | None, str | list[str] | None]) -> Iterator[Mistake]:
    if None in row or None in row.values():
        yield Mistake(file, line, "", "columns", {"expected": ", ".join(COLUMNS)})
        return
    given = {column: str(row[column]).strip() for column in COLUMNS}
    if not given["person"]:
        yield Mistake(file, line, "person", "not_empty")
    for column, known in (("leader", tuple(_YES_NO)), ("rating", (*Rating, ""))):
        if given[column] not in known:
            expected = ", ".join(word for word in known if word)
            yield Mistake(file, line, column, "one_of", {"given": given[column], "expected": expected})


def _rated(row: Mapping[str | None, str | list[str] | None]) -> Rated:
    given = {column: str(row[column]).strip() for column in COLUMNS}
    return Rated(
        name=given["person"],
        unit=given["unit"],
        group=given["group"],
        leader=_YES_NO[given["leader"]],
        rating=Rating(given["rating"]) if given["rating"] else None,
    )
