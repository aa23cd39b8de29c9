"""Sheets about a person (phiếu chấm điểm, phiếu nhận xét): what they say, and their combined result."""

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
#: What may stand between typed points and after them.
_BETWEEN = re.compile(r"[\s;/|+]+|điểm|đ\b|,(?=\s)")


class Wrong(StrEnum):
    """Why typed points are not accepted."""

    UNREAD = "unread"  # not a number, or with another word
    COUNT = "count"  # more or fewer than asked for
    RANGE = "range"  # one is out of range
    SUM = "sum"  # weights that do not add up to 100


@dataclass(frozen=True, slots=True)
class Misread:
    """Typed points that are not accepted. `place`: the section that is out of range."""

    why: Wrong
    place: int = -1


def read_points(text: str, pieces: Mapping[int, Piece]) -> dict[int, str] | Misread:
    """The points typed for these sections, in order, as people write numbers ("85", "85,5 điểm", "20 18; 15")."""
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
    """A number as it is stored, without a meaningless zero."""
    return f"{number.normalize():f}"


def total(sheet: Round, answer: Answer) -> Decimal | None:
    """The sum of one sheet's points; None while one is missing."""
    rows = [answer.comments.get(place) for place in sheet.asking(Asks.POINTS)]
    if not rows or None in rows:
        return None
    return sum((Decimal(one) for one in rows if one), Decimal())


def proposed(sheet: Round, answer: Answer) -> Rating | None:
    """The rating that one sheet proposes."""
    said = [answer.comments.get(place) for place in sheet.asking(Asks.RATING)]
    return Rating(said[0]) if said and said[0] in set(Rating) else None


@dataclass(frozen=True, slots=True)
class SheetOutcome:
    """The combined result of a round's sheets."""

    #: Điểm trung bình cộng of the sheets with points, to two decimals, halves rounded up.
    mean: Decimal | None = None
    sheets: int = 0
    #: Rating → how many propose it.
    ratings: Mapping[Rating, int] | None = None


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """A paper to be signed: one person's sheet, or (`person` None) the joint proposal of all of them."""

    id: int
    round: int
    person: int | None
    form: str
    text: str
    #: The joint rating; None: none.
    rating: Rating | None
    fingerprint: str
    #: Everything that is printed, identified by `fingerprint`.
    content: bytes
    by: int
    by_name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights by which points are combined in a part of a campaign, and the paper that sets them. Without weights
    the points are only listed.
    """

    campaign: int
    rulebook: str
    #: Round → percent.
    weights: Mapping[str, Decimal]
    source: str
    #: Who entered them.
    by: int
    by_name: str
    at: dt.datetime


def outcome(talk: Talk) -> SheetOutcome:
    """The combined result. Unfinished sheets do not count."""
    whole = [talk.answers[one.person] for one in talk.asked if one.answered and one.person in talk.answers]
    points = [one for one in (total(talk.round, answer) for answer in whole) if one is not None]
    ratings = Counter(one for one in (proposed(talk.round, answer) for answer in whole) if one)
    return SheetOutcome(mean(points), len(points), ratings)


def mean(points: Sequence[Decimal]) -> Decimal | None:
    """The arithmetic mean to two decimals, halves rounded up; None of nothing."""
    return _two_places(sum(points, Decimal()) / len(points)) if points else None


def weighted(means: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal | None:
    """The combination of several means by their weights in percent; None if one is missing."""
    if not weights or not set(weights) <= set(means):
        return None
    return _two_places(sum((means[key] * weight for key, weight in weights.items()), Decimal()) / 100)


def read_weights(text: str, keys: Sequence[str]) -> dict[str, Decimal] | Misread:
    """The weights typed for these rounds, in order, in percent. They must add up to 100."""
    plain = unicodedata.normalize("NFKC", text).replace("%", " ")
    pieces = {place: Piece("", "", asks=Asks.POINTS) for place in range(len(keys))}
    read = read_points(plain, pieces)
    if isinstance(read, Misread):
        return read
    found = {key: Decimal(read[place]) for place, key in enumerate(keys)}
    return found if sum(found.values()) == 100 else Misread(Wrong.SUM)


def _two_places(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)
