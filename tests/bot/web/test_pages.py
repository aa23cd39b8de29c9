"""How the page lays out what was said: blocks instead of blank lines, answers apart from the ways about."""

import datetime as dt

import pytest

from bot.clock import ZONE
from bot.door.channel import Worded, WordedKey
from bot.door.front import Exchange
from bot.web.pages import in_parts, is_way, laid_out, redraws
from dialogs.core.turn import Papers

NOW = dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)


def rows(*given: str) -> list[list[WordedKey]]:
    """Rows of buttons by their data; what stands on them is of no concern."""
    return [[WordedKey(data, data) for data in row.split()] for row in given]


def shown(*given: str) -> list[tuple[str, bool]]:
    """The same rows as the page has them, and which of them are ways about."""
    return [(" ".join(key.data for key in one.row), one.about) for one in laid_out(rows(*given))]


def test_what_leads_about_is_one_row_apart_from_the_answers():
    assert shown("answer:5:q:a answer:5:q:b", "example:5:q", "go:5:p outline:5 draft:5 later:5") == [
        ("answer:5:q:a answer:5:q:b", False),
        ("example:5:q go:5:p outline:5 draft:5 later:5", True),
    ]


def test_a_row_with_an_answer_in_it_stays_an_answer():
    assert shown("skip:5:q example:5:q", "outline:5 later:5") == [
        ("skip:5:q example:5:q", False),
        ("outline:5 later:5", True),
    ]


def test_buttons_that_nobody_understands_are_shown_as_answers():
    assert shown("???") == [("???", False)]


@pytest.mark.parametrize(
    ("html", "drawn"),
    [
        ("Một dòng", "<div>Một dòng</div>"),
        ("Một\nhai\n\n<b>Ba</b>", "<div>Một\nhai\n</div><div><b>Ba</b></div>"),
        ("<blockquote>Một\n\nhai</blockquote>", "<div><blockquote>Một\n\nhai</blockquote></div>"),
        ("<b>Một</b>\n \nhai", "<div><b>Một</b>\n</div><div>hai</div>"),
        ("<script>x</script>\n\nhai", "<div>&lt;script&gt;x&lt;/script&gt;\n</div><div>hai</div>"),
    ],
)
def test_between_blank_lines_stands_a_block_and_no_tag_is_cut(html, drawn):
    assert in_parts(html) == drawn


def said(number: int, pressed: str, *labels: str, replaces: bool = False, attached: Papers | None = None) -> Exchange:
    """An exchange in which something was pressed, with the buttons that came of it."""
    keyboard = (tuple(WordedKey(label, "answer:5:q:1") for label in labels),)
    reply = Worded("Một tin", keyboard, attached=attached, replaces=replaces)
    return Exchange(number, NOW, "web", pressed, (reply,))


def test_what_comes_of_a_button_takes_the_place_of_its_message():
    the_list = said(1, "/viec", "1. Báo cáo", "2. Kế hoạch")
    assert redraws(the_list, said(2, "1. Báo cáo", "Sửa tên", "◀ Về danh sách", replaces=True))


def test_what_comes_of_a_button_further_up_leaves_the_message_above_it():
    newest = said(3, "Câu sau", "Thực hiện tốt")
    assert not redraws(newest, said(4, "1. Báo cáo", "Sửa tên", replaces=True))


def test_an_answer_stays_above_what_comes_next_and_pages_stay():
    assert not redraws(said(1, "/tieptuc", "Có", "Không"), said(2, "Có", "Có", "Không"))
    pages = said(1, "Xem các trang", "Gửi", attached=Papers(5, 1, ("pages",)))
    assert not redraws(pages, said(2, "Gửi", "Có", replaces=True))


def test_a_way_about_is_known_in_a_row_of_answers():
    assert [is_way(key) for key in rows("one:5:q example:5:q not_me:0")[0]] == [False, True, True]
