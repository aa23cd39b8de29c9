"""Points as people type them, and what sheets come to."""

import datetime as dt
from decimal import Decimal

import pytest

from rules.nouns.rounds import Answer, Asked, Asks, Naming, Piece, Round, Talk
from rules.nouns.sheets import Misread, Wrong, mean, outcome, read_points, weighted
from rules.nouns.values import Rating

DAY = dt.date(2020, 12, 18)
AT = dt.datetime(2020, 12, 7, 8, 30, tzinfo=dt.UTC)
ONE = {1: Piece("Tổng điểm", "", asks=Asks.POINTS, least=0, most=100)}
ROWS = {
    1: Piece("Đạo đức", "", asks=Asks.POINTS, least=0, most=30),
    2: Piece("Kết quả", "", asks=Asks.POINTS, least=0, most=70),
}


def sheet(*pieces: Piece) -> Round:
    whole = (Piece("Phiếu", "Về ai"), *pieces)
    return Round(1, "A", "s1.peers", "Phiếu", whole, "", Naming.NAMED, DAY, 9, "Bộ phận tổ chức", 9, AT, person=8)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("85", {1: "85"}),
        ("85,5", {1: "85.5"}),
        (" 85.50 điểm ", {1: "85.5"}),
        ("８５", {1: "85"}),
        ("0", {1: "0"}),
        ("100", {1: "100"}),
        ("", Misread(Wrong.UNREAD)),
        ("tám lăm", Misread(Wrong.UNREAD)),
        ("85 tốt", Misread(Wrong.UNREAD)),
        ("-5", Misread(Wrong.UNREAD)),
        ("=85", Misread(Wrong.UNREAD)),
        ("100,01", Misread(Wrong.RANGE, 1)),
        ("80 90", Misread(Wrong.COUNT)),
    ],
)
def test_one_number(typed, kept):
    assert read_points(typed, ONE) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("28 65", {1: "28", 2: "65"}),
        ("28,5; 65", {1: "28.5", 2: "65"}),
        ("28, 65", {1: "28", 2: "65"}),
        ("28\n65 điểm", {1: "28", 2: "65"}),
        ("28", Misread(Wrong.COUNT)),
        ("31 65", Misread(Wrong.RANGE, 1)),
        ("28 71", Misread(Wrong.RANGE, 2)),
    ],
)
def test_a_number_each_row(typed, kept):
    assert read_points(typed, ROWS) == kept


def test_the_mean_is_of_whole_sheets_alone():
    asked = tuple(Asked(1, who, f"Người {who}", "", "", answered=who < 4) for who in range(1, 6))
    said = {1: {1: "85.5"}, 2: {1: "90"}, 3: {1: "88"}, 4: {-1: "chỉ nhận xét"}}
    answers = {who: Answer(who, 1, who, AT, agrees=False, comments=one) for who, one in said.items()}
    found = outcome(Talk(sheet(*ONE.values()), asked, answers))
    assert (found.mean, found.sheets) == (Decimal("87.83"), 3)


def test_rows_are_added_and_ratings_counted():
    pieces = (*ROWS.values(), Piece("Mức đề xuất", "", asks=Asks.RATING))
    one = sheet(*pieces)
    assert not one.answered_by(agrees=True, comments={1: "28", 2: "65"})
    whole = {1: "28", 2: "65.5", 3: "good"}
    assert one.answered_by(agrees=False, comments=whole)
    talk = Talk(one, (Asked(1, 5, "E", "", "", answered=True),), {5: Answer(1, 1, 5, AT, agrees=False, comments=whole)})
    assert outcome(talk).mean == Decimal("93.5")
    assert outcome(talk).ratings == {Rating.GOOD: 1}


def test_halves_go_up_and_weights_want_every_mean():
    assert mean([Decimal(85), Decimal("85.01")]) == Decimal("85.01")
    assert mean([]) is None
    weights = {"peers": Decimal(60), "superior": Decimal(40)}
    assert weighted({"peers": Decimal(88), "superior": Decimal(84)}, weights) == Decimal("86.40")
    assert weighted({"peers": Decimal(88)}, weights) is None
    assert weighted({"peers": Decimal(88)}, {}) is None
