"""What only the desk reads stays with the desk; why a rule holds is said in its own words."""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from rules.book.rulebook import Rulebook
from rules.nouns.errors import RulebookErrors
from rules.reading.folders import shipped
from rules.reading.load import load, load_editions
from templates.rulebook.text import text_of
from tests.rules.books import RATINGS, write_book

#: What makers of rulebooks say to each other.
OF_MAKERS = re.compile(
    r"chưa (xác minh|đối chiếu|đọc|thấy|có bản\b)|nguyên văn|bản quét|tạm theo|người soạn", re.IGNORECASE
)
#: The same, in talk: a person may well be asked to use their own words again ("nguyên văn").
IN_TALK = re.compile(r"chưa (xác minh|đối chiếu|có bản\b)|bản quét|tạm theo|văn bản gốc", re.IGNORECASE)
#: Fields that only the desk reads, and the parts that do (`tusoi rulebook show`).
OF_THE_DESK = {
    "desk_note",
    "desk_notes",
    "issued",
    "amended",
    "dossier",
    "summary_tables",
    "quotas",
    "meetings",
    "ballots",
    "since",
    "until",
}


def read_by_citizens(part: object) -> Iterator[str]:
    """Every text of a rulebook but those of the desk."""
    if isinstance(part, str):
        yield part
    for inside in parts_of(part):
        yield from read_by_citizens(inside)


def parts_of(part: object) -> Iterable[object]:
    if dataclasses.is_dataclass(part):
        return (getattr(part, one.name) for one in dataclasses.fields(part) if one.name not in OF_THE_DESK)
    if isinstance(part, dict):
        return part.values()
    return part if isinstance(part, tuple) else ()


def of_citizens(book: Rulebook) -> Iterator[str]:
    parts = (book.choose_form, book.also_fill, book.ratings, book.caps, book.not_rated, book.milestones)
    for part in (*parts, book.procedure, dict(book.forms), dict(book.tables), book.scores):
        yield from read_by_citizens(part)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_no_note_of_the_makers_reaches_a_citizen(name: str) -> None:
    for book in load_editions(name).values():
        assert [text for text in of_citizens(book) if OF_MAKERS.search(text)] == []


def test_no_talk_that_was_written_down_says_them() -> None:
    """Every form walked through, explanations, petitions: the transcripts of the conversation."""
    talks = sorted((Path(__file__).parents[2] / "transcripts").glob("*.txt"))
    talks.remove(
        next(talk for talk in talks if talk.stem == "du-lieu-cua-toi")
    )  # its clauses are marked where they are read
    assert len(talks) > 60
    for talk in talks:
        said = [line for line in talk.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert [line for line in said if IN_TALK.search(line)] == [], talk.name


def test_the_desk_reads_all_of_them_in_one_place() -> None:
    shown = text_of(load("party-2023"))
    _, desk = shown.split("DÀNH CHO BỘ PHẬN TỔ CHỨC")
    assert "Tiêu chí xếp loại ở Điều 12 QĐ 124-QĐ/TW chưa xác minh" in desk
    assert "Chưa có nguyên văn Mẫu 02A-HD KĐ.ĐG 2023" in desk
    assert desk.count("- QĐ 124-QĐ/TW, Điều 12 [chưa đối chiếu nguyên văn]") == 1


def test_a_book_of_which_all_was_seen_has_no_such_place() -> None:
    assert "DÀNH CHO BỘ PHẬN TỔ CHỨC" not in text_of(load("decree-335-2025"))


CAP = 'caps: [{key: leave, at_most: good, when: {leave_months: {at_least: 3}}, %scite: "Điều 6"}]\n'


@pytest.mark.parametrize(
    ("because", "expected"),
    [
        ("", "missing"),
        ("because: '', ", "not_empty"),
        ("because: vì nghỉ dài, ", "sayable"),
        ("because: Do nghỉ dài, ", "sayable"),
        ("because: nghỉ dài., ", "sayable"),
        ('because: "nghỉ dài,", ', "sayable"),
    ],
)
def test_a_rule_without_a_reason_one_can_say_does_not_load(tmp_path: Path, because: str, expected: str) -> None:
    with pytest.raises(RulebookErrors) as error:
        load(write_book(tmp_path / "b", RATINGS + CAP % because))
    assert [(one.field, one.expected) for one in error.value.mistakes] == [("caps[0].because", expected)]
