"""`doubts`: an exception that is told in a help or note and asked as no fact."""

from pathlib import Path

import pytest

from rules.checks.exceptions import doubts
from rules.reading.folders import shipped
from templates.rulebook.words import EXCEPTIONS
from tests.rules.books import RATINGS, write_book

GROUND = '{fact: disciplined, is: true, cite: "Điều 4"}'


def places(folder: Path) -> list[tuple[int, str]]:
    return [(one.line, one.field) for one in doubts(folder, EXCEPTIONS)]


@pytest.mark.parametrize("book", shipped())
def test_the_shipped_rulebooks_ask_their_exceptions(book: str) -> None:
    assert doubts(book, EXCEPTIONS) == ()


def test_an_exception_in_a_note_alone(tmp_path) -> None:
    noted = GROUND.replace("}", ", note: Trừ trường hợp đã tính ở năm trước}")
    folder = write_book(tmp_path / "b", RATINGS.replace(GROUND, noted))
    assert places(folder) == [(18, "ratings[0].not_completed.any[0].note")]


def test_beside_a_fact_that_says_whether_it_is_so(tmp_path) -> None:
    noted = """all:
            - {fact: disciplined, is: true, cite: "Điều 4"}
            - {fact: discipline_counted_before, is: false, cite: "Điều 4", note: Trừ trường hợp đã tính ở năm trước}"""
    assert places(write_book(tmp_path / "b", RATINGS.replace(GROUND, noted))) == []


def test_a_cap_and_the_help_of_a_question(tmp_path) -> None:
    cap = 'caps: [{key: c, at_most: good, when: {leave_months: {at_least: 3}%s}, because: nghỉ lâu, cite: "Điều 6", '
    cap += "note: Không áp dụng với người nghỉ thai sản}]\n"
    assert places(write_book(tmp_path / "a", RATINGS + cap % "")) == [(19, "caps[0].note")]
    assert places(write_book(tmp_path / "b", RATINGS + cap % ", maternity_leave: false")) == []
    folder = write_book(tmp_path / "c")
    (folder / "forms").mkdir()
    form = Path("rules/books/decree-90-2020/forms/mau-02.yaml").read_text(encoding="utf-8")
    help_ = "Ai cũng được hỏi câu này. Chỉ tính khi"
    assert help_ in form
    spoiled = form.replace(help_, "Trừ trường hợp tự phát hiện. Chỉ tính khi")
    (folder / "forms" / "mau-02.yaml").write_text(spoiled, encoding="utf-8")
    assert [field.rpartition(".")[2] for _, field in places(folder)] == ["help"]
