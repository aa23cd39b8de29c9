"""The texts of the law beside the rulebooks: word for word, and found by the clause a question or a rule cites."""

import re

import pytest

from rules.book.texts import LawText, texts_for
from rules.nouns.errors import RulebookErrors
from rules.reading.folders import shipped
from rules.reading.load import load
from templates.rulebook.text import text_of
from tests.rules.books import RATINGS, write_book


def test_an_article_is_found_by_any_part_of_it_that_is_cited() -> None:
    """NĐ 335/2025, Điều 22, word for word."""
    (found,) = texts_for(load("decree-335-2025").texts, "NĐ 335/2025, Điều 22 khoản 1")
    assert found.clause == "NĐ 335/2025, Điều 22"
    assert "07 ngày làm việc" in found.text


def test_of_two_clauses_of_one_plan_the_second_is_named_by_its_end() -> None:
    one, two, three = (LawText(f"Kế hoạch, {name}", "", name, "") for name in ("mục 3 điểm b", "mục 3 điểm c", "mục 5"))
    assert texts_for((one, two, three), "Kế hoạch, mục 3 điểm b và điểm c") == (one, two)
    assert texts_for((one, two, three), "Kế hoạch, mục 3 điểm c và mục 5") == (two, three)
    assert texts_for((one, two), "Kế hoạch, mục 3 điểm c và mục 5") == (two,)
    article = LawText("NĐ 335/2025, Điều 12", "", "", "")
    assert texts_for((article,), "NĐ 335/2025, Điều 12 khoản 1 và khoản 2") == (article,)


def test_a_number_that_begins_alike_is_another_article() -> None:
    one = LawText("Điều 2", "", "hai", "")
    assert texts_for((one,), "Điều 22") == ()
    assert texts_for((one,), "Điều 7; Điều 2 khoản 3") == (one,)


@pytest.mark.parametrize(
    ("name", "decree"),
    [("decree-335-2025", "NĐ 335/2025, Điều"), ("decree-233-2026", "NĐ 233/2026, Điều")],
)
def test_every_rule_of_the_decrees_of_2026_has_its_text(name: str, decree: str) -> None:
    book = load(name)
    rules = [*book.caps, *book.not_rated, *book.procedure.special_cases]
    rules += [one for ratings in book.ratings for every in ratings.conditions.values() for one in every]
    assert [rule.cite for rule in rules if rule.cite.startswith(decree) and not texts_for(book.texts, rule.cite)] == []


def test_what_is_extended_lends_its_texts_and_a_plan_names_its_own_documents_first() -> None:
    book = load("son-duong-2020")
    assert book.texts[0].clause == "Căn cứ"
    assert "Hướng dẫn số 21-HD/BTCTW" in book.texts[0].text
    assert texts_for(book.texts, "NĐ 90/2020, Điều 13 khoản 2 điểm d")


@pytest.mark.parametrize("name", sorted(shipped()))
def test_no_text_is_empty_or_held_twice(name: str) -> None:
    texts = load(name).texts
    assert len({one.clause for one in texts}) == len(texts)
    assert all(one.text.strip() and one.source and one.title for one in texts)


#: What a scan leaves behind: marks no decree has, a full stop by itself, a sign after a space. (“KĐ.ĐG” is in the names of forms.)
STRAY = re.compile(r"[|\\›°_œ¿&]| [:;'](\s|$)|(?<!\.) \.(\s|$)|\w\.(?!KĐ|ĐG)\w{2,}")


@pytest.mark.parametrize("name", sorted(shipped()))
def test_no_text_carries_the_marks_of_a_scan(name: str) -> None:
    lines = [line for one in load(name).texts for line in (one.title, *one.text.split("\n"))]
    assert [line for line in lines if STRAY.search(line)] == []


def test_a_heading_of_two_lines_is_one_title() -> None:
    """NĐ 233/2026, Điều 8: the heading runs over two lines of the paper."""
    (found,) = texts_for(load("decree-233-2026").texts, "NĐ 233/2026, Điều 8")
    assert found.title == "Thẩm quyền công nhận kết quả xếp loại chất lượng đơn vị sự nghiệp công lập"
    assert found.text.startswith("1. Bộ trưởng")


def test_the_desk_reads_them_with_the_rulebook() -> None:
    shown = text_of(load("decree-335-2025"))
    assert "VĂN BẢN LÀM CĂN CỨ" in shown
    assert "NĐ 335/2025, Điều 11. Trường hợp đặc biệt" in shown


def test_a_text_without_its_source_is_refused(tmp_path) -> None:
    folder = write_book(tmp_path / "b", RATINGS)
    (folder / "texts").mkdir()
    (folder / "texts" / "a.yaml").write_text("texts:\n  - {clause: Điều 1, title: Một, text: Lời}\n", encoding="utf-8")
    with pytest.raises(RulebookErrors) as error:
        load(folder)
    assert [(one.field, one.expected) for one in error.value.mistakes] == [("source", "missing")]
