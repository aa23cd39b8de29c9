"""Phiếu chấm điểm, phiếu nhận xét: what sheets about somebody say, and what all of them come to."""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from rules.nouns.rounds import Answer, Asks, Piece, Round, Talk
from rules.nouns.values import Rating

_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,4})?", re.ASCII)
#: What may stand between typed points and behind them.
_BETWEEN = re.compile(r"[\s;/|+]+|điểm|đ\b|,(?=\s)")


class Wrong(StrEnum):
    """Why typed points are not kept."""

    UNREAD = "unread"  # no number, or a word beside it
    COUNT = "count"  # more or fewer than are asked
    RANGE = "range"  # one is below or above what is allowed
    SUM = "sum"  # weights that do not come to 100


@dataclass(frozen=True, slots=True)
class Misread:
    """Points that were typed and are not kept. `place`: of which section, where one is out of range."""

    why: Wrong
    place: int = -1


def read_points(text: str, pieces: Mapping[int, Piece]) -> dict[int, str] | Misread:
    """The points typed for these sections, in their order: a number each, as people write it ("85", "85,5 điểm", "20 18; 15")."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = [one for one in _BETWEEN.split(plain) if one and not one.isspace()]
    if not words or not all(_NUMBER.fullmatch(one) for one in words):
        return Misread(Wrong.UNREAD)
    if len(words) != len(pieces):
        return Misread(Wrong.COUNT)
    found = dict[int, str]()
    for word, (place, piece) in zip(words, pieces.items(), strict=True):
        number = Decimal(word.replace(",", "."))
        if not Decimal(str(piece.least)) <= number <= Decimal(str(piece.most)):
            return Misread(Wrong.RANGE, place)
        found[place] = plainly(number)
    return found


def plainly(number: Decimal) -> str:
    """A number as it is kept: without a zero that says nothing."""
    return f"{number.normalize():f}"


def total(sheet: Round, answer: Answer) -> Decimal | None:
    """The points of one sheet, those of its rows together; None while one is missing."""
    rows = [answer.comments.get(place) for place in sheet.asking(Asks.POINTS)]
    if not rows or None in rows:
        return None
    return sum((Decimal(one) for one in rows if one), Decimal())


def proposed(sheet: Round, answer: Answer) -> Rating | None:
    """The rating one sheet proposes."""
    said = [answer.comments.get(place) for place in sheet.asking(Asks.RATING)]
    return Rating(said[0]) if said and said[0] in set(Rating) else None


@dataclass(frozen=True, slots=True)
class SheetOutcome:
    """What the sheets of a round came to. `mean`: điểm trung bình cộng of its `sheets` with points, to two places, halves up; `ratings`: how many
    propose which.
    """

    mean: Decimal | None = None
    sheets: int = 0
    ratings: Mapping[Rating, int] | None = None


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """A paper of a sheet as it is to be signed: of who filled it (`person`), or of all of them together (None), with the words and the rating
    (None: none) they agreed on. `content`: all that is printed of it, under its `fingerprint`.
    """

    id: int
    round: int
    person: int | None
    form: str
    text: str
    rating: Rating | None
    fingerprint: str
    content: bytes
    by: int
    by_name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Weights:
    """By which weights (round → per cent) points come to one in a part of a campaign, the paper that says so, and who entered it; none: points
    stand side by side.
    """

    campaign: int
    rulebook: str
    weights: Mapping[str, Decimal]
    source: str
    by: int
    by_name: str
    at: dt.datetime


def outcome(talk: Talk) -> SheetOutcome:
    """What they came to; of who was asked and has not finished nothing counts."""
    whole = [talk.answers[one.person] for one in talk.asked if one.answered and one.person in talk.answers]
    points = [one for one in (total(talk.round, answer) for answer in whole) if one is not None]
    ratings = Counter(one for one in (proposed(talk.round, answer) for answer in whole) if one)
    return SheetOutcome(mean(points), len(points), ratings)


def mean(points: Sequence[Decimal]) -> Decimal | None:
    """The arithmetic mean to two places, halves up; None of nothing."""
    return _two_places(sum(points, Decimal()) / len(points)) if points else None


def weighted(means: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal | None:
    """What several means come to by their weights in per cent; None where one of them is missing."""
    if not weights or not set(weights) <= set(means):
        return None
    return _two_places(sum((means[key] * weight for key, weight in weights.items()), Decimal()) / 100)


def read_weights(text: str, keys: Sequence[str]) -> dict[str, Decimal] | Misread:
    """The weights typed for these rounds, in their order, in per cent; all of them come to 100."""
    plain = unicodedata.normalize("NFKC", text).replace("%", " ")
    pieces = {place: Piece("", "", asks=Asks.POINTS) for place in range(len(keys))}
    read = read_points(plain, pieces)
    if isinstance(read, Misread):
        return read
    found = {key: Decimal(read[place]) for place, key in enumerate(keys)}
    return found if sum(found.values()) == 100 else Misread(Wrong.SUM)


def _two_places(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)
