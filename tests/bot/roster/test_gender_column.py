"""What a clerk's file may hold in the column “Giới tính”: it decides how somebody is addressed and nothing else, and nothing hides in it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.demo.office import DEMO_ROSTER
from bot.roster.columns import PEOPLE_SHEET
from bot.roster.read import read_roster
from bot.roster.template import write_roster
from rules.nouns.errors import RosterErrors
from rules.nouns.people import Gender
from templates import errors


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "danh-sach.xlsx"
    write_roster(path, DEMO_ROSTER)
    return path


def with_gender(file: Path, value: object) -> None:
    book = load_workbook(file)
    sheet = book[PEOPLE_SHEET]
    column = next(cell.column for cell in sheet[1] if str(cell.value).startswith("Giới tính"))
    sheet.cell(3, column).value = value
    book.save(file)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("nam", Gender.MALE),
        ("NAM", Gender.MALE),
        ("  Nữ ", Gender.FEMALE),
        ("NỮ", Gender.FEMALE),
        ("nu\u031b\u0303", Gender.FEMALE),  # as some keyboards put the letter together
        ("Nam\n", Gender.MALE),
        ("Nam\u00a0", Gender.MALE),
        ("\u2066nữ\u2069", Gender.FEMALE),  # copied from a page: what is seen is what is meant
        (None, None),
        ("   ", None),
    ],
)
def test_what_is_meant_is_understood_however_it_is_written(file, written, meant):
    with_gender(file, written)
    assert [person.gender for person in read_roster(file).people] == [None, meant, *[None] * 10]


@pytest.mark.parametrize(
    "written",
    [
        "Bà",
        "nam giới",
        "male",
        "x",
        "=1+1",
        '=HYPERLINK("https://example.invalid","nam")',
        "@SUM(1)",
        "-nam",
        "+nam",
        "<b>nam</b>",
        "{{ 7*7 }}",
        "na\u202em",
        "ոam",  # an Armenian letter that looks like n
        "nam; nữ",
        "nam" * 10_000,
        0,
        1,
        True,
        20.5,
    ],
    ids=lambda one: repr(one)[:24],
)
def test_what_is_none_is_named_with_its_cell_in_one_short_line(file, written):
    with_gender(file, written)
    with pytest.raises(RosterErrors) as caught:
        read_roster(file)
    (line,) = errors.lines(caught.value.mistakes)
    assert line.startswith("Danh sách!")
    assert "3: " in line
    assert len(line) < 400
    assert not any(sign in line for sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\n")
