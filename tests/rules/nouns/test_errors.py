"""Errors raised on purpose."""

from rules.nouns.errors import MOST_IN_TEXT, Mistake, RosterErrors


def test_the_text_of_an_error_stays_short_however_much_is_wrong() -> None:
    column = tuple(Mistake("danh-sach.xlsx", line, "Đơn vị", "missing") for line in range(1, 50_001))
    error = RosterErrors(column)
    assert len(str(error).splitlines()) == MOST_IN_TEXT
    assert error.mistakes == column, "all are there to be worded"
