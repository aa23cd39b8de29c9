"""Mistakes in files, in words: every name that code can give has its sentence, in both languages."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from bot.roster.columns import SHEETS
from rules.book.dossier import Of
from rules.nouns.errors import Cell, Mistake, RosterErrors, RulebookErrors, WrongCaseError
from rules.reading.border import _NAMES
from templates.errors import MOST_TOLD, first_of, lines, word, worded
from templates.wording import LANGUAGES, catalog, environment

ROOT = Path(__file__).parents[2]

#: Where in a call the name of a mistake stands: after so many others, or (None) at the end of the positional ones.
NAMED_AT = {"refuse": 0, "_wrong": 0, "WrongValue": 0, "of_all": 0, "Mistake": 3, "mistake": None, "against": 2}
NAMED_AT |= dict.fromkeys(
    ("NamedError", "NamedCaseError", "SeveralCampaigns", "RosterChangedMeanwhile", "LedgerChangedMeanwhile"), 0
)

#: Sentences of templates/errors.py itself, and one that another says.
AROUND = {
    "look_again",
    "whole_sheet",
    "with_given",
    "and_more",
    "further",
    "unit_people",
    "campaigns_known",
    "dossiers_known",
} | {f"dossier_of_{one.value}" for one in Of}

#: Where a name stands beside a path and values, to become a mistake later, and not in a call.
PASSED_ON = (
    *(ROOT / "rules/checks").glob("*.py"),
    *(ROOT / "bot/roster").glob("*.py"),
    ROOT / "rules/reading/border.py",
    ROOT / "bot/troubles.py",
    *(ROOT / "bot/reading").glob("*.py"),
    *(ROOT / "storage").glob("*.py"),
)

#: Where names are given short: of an office's own Word template, without the word before them.
OF_TEMPLATES = tuple((ROOT / "templates/documents/word").glob("template*.py"))


def names_in(file: Path) -> Iterator[str]:
    """Every name of a mistake that is given in a file."""
    text = file.read_text(encoding="utf-8")
    if not any(f"{name}(" in text for name in NAMED_AT):
        return
    for call in ast.walk(ast.parse(text)):
        if not isinstance(call, ast.Call):
            continue
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        place = NAMED_AT.get(called, -1)
        given = call.args[-1:] if place is None else call.args[place : place + 1] if place >= 0 else []
        for each in given:
            yield from (part.value for part in ast.walk(each) if isinstance(part, ast.Constant) and part.value)


def named() -> set[str]:
    """Every name that code can give, those of pydantic's own errors and of what a column takes, too."""
    files = [file for room in ("rules", "bot") for file in (ROOT / room).rglob("*.py")]
    given = {name for file in files for name in names_in(file) if isinstance(name, str)}
    given |= sentences() & words_of(PASSED_ON)
    short = words_of(OF_TEMPLATES)
    given |= {f"template_{leading}{one}" for one in short for leading in ("", "without_")} & sentences()
    return given | set(_NAMES.values()) | {column.wanted[0] for sheet in SHEETS.values() for column in sheet}


def words_of(files: Iterable[Path]) -> set[str]:
    """Every constant that is a text in these files."""
    parts = (part for file in files for part in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    return {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def sentences() -> set[str]:
    return set(environment("vi").get_template("mistake/labels.j2").blocks)


def test_every_name_of_a_mistake_has_its_sentence_and_every_sentence_a_name() -> None:
    assert len(named()) > 120
    assert {"one_of", "known_unit", "cell_leaves", "groups_at_most", "csv", "unit_vanished", "scenario"} <= named()
    assert named() - sentences() == set()
    assert sentences() - named() - AROUND == set()


@pytest.mark.parametrize("folder", ["mistake", "roster"])
def test_every_sentence_is_said_in_both_languages(folder: str) -> None:
    source = (ROOT / f"templates/messages/{folder}/labels.j2").read_text(encoding="utf-8")
    english = catalog("en")
    for block in environment("vi").parse(source).find_all(nodes.Block):
        calls = [call for call in block.find_all(nodes.Call) if isinstance(call.node, nodes.Name)]
        texts = [call.args[0].value for call in calls if call.node.name in {"gettext", "ngettext"}]
        in_context = [[arg.value for arg in call.args[:2]] for call in calls if call.node.name == "pgettext"]
        assert texts or in_context or block.name == "unit_people", block.name
        assert [
            text for text in texts if english.gettext(text) == text and english.ngettext(text, text, 2) == text
        ] == []
        assert [text for context, text in in_context if english.pgettext(context, text) == text] == []


def test_a_mistake_says_where_what_and_what_stands_there() -> None:
    mistake = Mistake("book.yaml", 12, "caps[0].at_most", "one_of", {"expected": "good, completed", "given": "best"})
    assert word(mistake) == "book.yaml:12: caps[0].at_most: cần một trong: good, completed (đang ghi: best)"
    assert word(mistake, "en") == "book.yaml:12: caps[0].at_most: one of these is needed: good, completed (now: best)"


@pytest.mark.parametrize(
    ("language", "whole", "cell"),
    [
        ("vi", "trang “Danh sách”: chưa có người nào", "Danh sách!C5: Mã số: “7” đã có ở dòng 2"),
        ("en", "sheet “Danh sách”: there is nobody yet", "Danh sách!C5: Mã số: “7” is in row 2 already"),
    ],
)
def test_a_mistake_of_a_workbook_says_its_sheet_or_cell(language: str, whole: str, cell: str) -> None:
    assert word(Mistake("", 0, "", "some_people", {}, Cell("Danh sách")), language) == whole
    values = {"key": "7", "row": "2"}
    assert word(Mistake("", 0, "Mã số", "person_once", values, Cell("Danh sách", "C5")), language) == cell


def test_a_line_break_in_a_file_name_does_not_break_the_line() -> None:
    assert word(Mistake("a\nb.yaml", 0, "", "utf8")) == "a b.yaml: tệp phải lưu bằng mã UTF-8"


def test_a_value_is_said_as_it_is_written() -> None:
    hostile = "<b>{{ 7*7 }}</b> %(limit)s {limit}  100%"
    assert word(Mistake("b.yaml", 1, "id", "one_of", {"expected": "x", "given": hostile})).endswith(
        f"(đang ghi: {hostile})"
    )


def test_a_value_that_was_forgotten_and_a_name_of_another_library_still_say_where() -> None:
    assert word(Mistake("b.yaml", 1, "", "too_deep")).startswith("b.yaml:1: lồng nhau quá sâu (trên ")
    assert word(Mistake("b.yaml", 1, "id", "a_new_kind")) == "b.yaml:1: id: a_new_kind"


def test_many_mistakes_on_one_line_tell_how_many_more_there_are() -> None:
    one = Mistake("b.yaml", 1, "id", "missing")
    assert worded(RulebookErrors((one, one, one))) == "b.yaml:1: id: thiếu mục bắt buộc này (và 2 lỗi khác)"
    assert worded(WrongCaseError((one,))) == "b.yaml:1: id: thiếu mục bắt buộc này"
    assert first_of((one, one), "en") == "b.yaml:1: id: this required entry is missing (and 1 other mistake)"


def test_mistakes_of_a_roster_are_all_told_and_of_very_many_the_first() -> None:
    one = Mistake("", 0, "", "some_people", {}, Cell("Danh sách"))
    assert (
        worded(RosterErrors((one, one))) == "trang “Danh sách”: chưa có người nào trang “Danh sách”: chưa có người nào"
    )
    told = {language: lines((one,) * (MOST_TOLD + 7), language) for language in LANGUAGES}
    assert {language: (len(said), said[-1]) for language, said in told.items()} == {
        "vi": (MOST_TOLD + 1, "… và 7 lỗi nữa"),
        "en": (MOST_TOLD + 1, "… and 7 more mistakes"),
    }
