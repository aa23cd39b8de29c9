"""Scores sent by the former body of a person who moved: a line that is typed, and the content of a file.

Nghị định 335/2025/NĐ-CP, Điều 19 khoản 1; Nghị định 233/2026/NĐ-CP, Điều 15 khoản 1 điểm a.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.nouns.periods import MONTHS, QUARTERS
from rules.nouns.reviews import Json
from rules.nouns.text import clean, shorten
from rules.nouns.tracking import OutsideScore, PeriodScore, Standing

#: What a file of months says of itself.
KIND, SCHEMA = "tusoi-months", 1
#: `t1 90`, `tháng 2: 91,5`, `q2 88`, `quý II = 88,5`
_ONE = re.compile(
    r"\s*(?:(?P<month>t|thang|tháng)|q|quy|quý)\s*(?P<number>1[0-2]|[1-9]|iv|i{1,3})\s*[:=]?\s+(?P<score>\d{1,3}(?:[.,]\d{1,4})?)\s*",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
#: The greatest length of a paper's number and of a body's name, in characters.
CHARS = 120
MOST = 100
#: The years that a file may contain; no others are years of service.
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class WrongMonths:
    """The part of a line or file that was not understood, and what was expected (`paper`, `score`, `twice`, `none`,
    `body`).
    """

    part: str
    expected: str


def typed(text: str, person: int, year: int, body: str) -> tuple[OutsideScore, ...] | WrongMonths:
    """The number of the paper and the scores in a line such as `45/CV-CCTL; t1 90; t2 91,5; q2 88`."""
    paper, *parts = [part.strip() for part in re.split(r"[;\n]", clean(text)) if part.strip()] or [""]
    if not paper or len(paper) > CHARS or _ONE.fullmatch(paper):
        return WrongMonths(paper, "paper")
    given: list[tuple[str, float]] = []
    for part in parts:
        found = _ONE.fullmatch(part)
        number = _number(found["number"]) if found else 0
        names = (MONTHS if found["month"] else QUARTERS) if found else ()
        score = float(found["score"].replace(",", ".")) if found else -1
        if not found or not 1 <= number <= len(names) or score > MOST:
            return WrongMonths(part, "score")
        given.append((names[number - 1], score))
    return _made(given, person, year, body, paper)


def filed(value: object, person: int, paper: str) -> tuple[OutsideScore, ...] | WrongMonths:
    """The content of a file made by `file_of`, with the number of the paper it came with."""
    if not isinstance(value, Mapping) or value.get("kind") != KIND or value.get("schema") != SCHEMA:
        return WrongMonths("", "file")
    year, office, rows = value.get("year"), value.get("office"), value.get("periods")
    if type(year) is not int or year not in _YEARS or not isinstance(office, str) or not isinstance(rows, list):
        return WrongMonths("", "file")
    body, paper = clean(office), clean(paper)
    if not body or len(body) > CHARS:
        return WrongMonths("", "file")
    if not paper or len(paper) > CHARS:
        return WrongMonths(paper, "paper")
    given: list[tuple[str, float]] = []
    for row in rows:
        period, score = (row.get("period"), row.get("score")) if isinstance(row, Mapping) else (None, None)
        is_score = isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= MOST
        if not isinstance(period, str) or period not in {*MONTHS, *QUARTERS} or not is_score:
            return WrongMonths(shorten(str(period or "")), "score")
        given.append((period, float(score)))  # type: ignore[arg-type]  # a number, seen above
    return _made(given, person, year, body, paper)


def file_of(office: str, name: str, year: int, scores: Iterable[PeriodScore]) -> dict[str, Json]:
    """The file for the new body: the periods confirmed here, and those that an earlier body had sent."""
    known = [one for one in scores if one.standing in {Standing.CONFIRMED, Standing.OUTSIDE} and one.score is not None]
    rows: dict[str, Json] = {
        one.of or one.period: {
            "period": one.of or one.period,
            "score": one.score,
            "from": one.body or office,
            "paper": one.paper,
        }
        for one in known
    }
    return {"kind": KIND, "schema": SCHEMA, "office": office, "name": name, "year": year, "periods": [*rows.values()]}


def _made(
    given: list[tuple[str, float]], person: int, year: int, body: str, paper: str
) -> tuple[OutsideScore, ...] | WrongMonths:
    if not given:
        return WrongMonths("", "none")
    names = [name for name, _ in given]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        return WrongMonths(twice, "twice")
    return tuple(OutsideScore(person, year, name, score, body, paper) for name, score in given)


def _number(text: str) -> int:
    return _ROMAN.get(text.lower()) or (int(text) if text.isdecimal() else 0)
