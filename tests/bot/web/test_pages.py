"""How the page lays out what was said: blocks instead of blank lines, answers apart from the ways about."""

import pytest

from bot.door.channel import WordedKey
from bot.web.pages import in_parts, laid_out


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
