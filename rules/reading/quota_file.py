"""The border of a list of ratings (`tusoi quota`): a CSV file with a header, separated by commas or semicolons.

A column `key` may give the person's key on the roster; of several lines with one key the first counts. A column
`subject` may give the subject; without it, a group with the name of a subject (`official`, or a word for it) consists
of such people.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rules.book.quota import Rated
from rules.nouns.errors import Mistake, WrongCaseError
from rules.nouns.text import folded
from rules.nouns.values import Rating, Subject

COLUMNS = ("person", "unit", "group", "leader", "rating")
SUBJECT = "subject"
KEY = "key"
_CODES = {subject.value: subject for subject in Subject}
_YES_NO = {"true": True, "false": False}


def read_ratings(
    text: str, file: str, words: Mapping[str, Subject] = _CODES, *, groups_named: bool = True
) -> tuple[Rated, ...]:
    """The rows of the file. Raises WrongCaseError with every mistake, by line.

    `words`: what people call subjects, besides the codes. `groups_named`: a group with such a name consists of such
    people.
    """
    known = {folded(word): subject for word, subject in words.items()} | {
        folded(code): subject for code, subject in _CODES.items()
    }
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
    if mistakes := tuple(one for line, row in lines for one in _mistakes(file, line, row, known)):
        raise WrongCaseError(mistakes)
    keys: dict[str, int] = {}
    posts: dict[int, int] = {}
    found = []
    for _, row in lines:
        key = str(row.get(KEY) or "").strip()
        person = keys.setdefault(key, len(keys) + 1) if key else 0
        rated = replace(_rated(row, known, groups_named=groups_named), person=person, post=posts.get(person, 0))
        posts[person] = rated.post + 1
        found.append(rated)
    return tuple(found)


_Row = Mapping[str | None, str | list[str] | None]


def _mistakes(file: str, line: int, row: _Row, subjects: Mapping[str, Subject]) -> Iterator[Mistake]:
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
    told = _subject(row)
    if told and folded(told) not in subjects:
        yield Mistake(file, line, SUBJECT, "one_of", {"given": told, "expected": ", ".join(_CODES)})


def _subject(row: _Row) -> str:
    return str(row.get(SUBJECT) or "").strip()


def _rated(row: _Row, subjects: Mapping[str, Subject], *, groups_named: bool) -> Rated:
    given = {column: str(row[column]).strip() for column in COLUMNS}
    told = _subject(row) or (given["group"] if groups_named else "")
    return Rated(
        name=given["person"],
        unit=given["unit"],
        group=given["group"],
        leader=_YES_NO[given["leader"]],
        rating=Rating(given["rating"]) if given["rating"] else None,
        subject=subjects.get(folded(told)),
    )
