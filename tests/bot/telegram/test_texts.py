"""Long messages in parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.texts import joined, may_go_on, split
from tests.standins.telegram_html import parse, units


def test_a_short_message_stays_as_it_is():
    assert split("Câu <b>7</b>/23\n\nAnh/chị chọn mức nào?") == ("Câu <b>7</b>/23\n\nAnh/chị chọn mức nào?",)


@pytest.mark.parametrize("blank", ["", "  \n ", "<b> </b>"])
def test_a_blank_message_has_no_parts(blank):
    assert split(blank) == ()


def test_exactly_the_limit_is_one_part_and_one_more_are_two():
    assert [len(part) for part in split("x" * 4096)] == [4096]
    assert [len(part) for part in split("x" * 4097)] == [4096, 1]


def test_an_emoji_counts_two_and_an_entity_one():
    assert split("😀😀😀", most=4) == ("😀😀", "😀")
    assert split("&lt;&amp;&lt;", most=2) == ("&lt;&amp;", "&lt;")


def test_it_is_cut_between_paragraphs_before_lines_before_sentences_before_words():
    assert split("một hai\n\nba\nbốn. năm sáu", most=16) == ("một hai", "ba\nbốn. năm sáu")
    assert split("một hai. ba\nbốn", most=13) == ("một hai. ba", "bốn")
    assert split("một hai. ba bốn", most=13) == ("một hai.", "ba bốn")
    assert split("một hai ba bốn", most=12) == ("một hai ba", "bốn")


def test_tags_open_at_the_cut_are_closed_and_opened_again():
    assert split("<b>một <i>hai ba</i></b> bốn", most=8) == ("<b>một <i>hai</i></b>", "<b><i>ba</i></b> bốn")


def test_a_mark_stays_with_its_letter():
    assert split("aaaa" + "e\u0323\u0302", most=6) == ("aaaa", "e\u0323\u0302")


@given(
    st.lists(
        st.sampled_from(["Nội dung ", "dài. ", "\n", "\n\n", "😀", "&amp;", "<b>đậm</b>", "<i><u>hai lớp</u> </i>"])
    ),
    st.integers(10, 60),
)
def test_every_part_fits_and_nothing_but_white_space_is_lost(pieces, most):
    html = "".join(pieces)
    parts = [parse(part)[0] for part in split(html, most)]
    assert all(0 < units(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(parse(html)[0].split())


def test_only_a_text_of_half_the_limit_or_more_can_be_a_piece():
    assert not may_go_on("a" * 2047)
    assert may_go_on("a" * 2048)
    assert may_go_on("😀" * 1024)


def test_a_piece_of_exactly_the_limit_was_cut_anywhere():
    assert joined(["a" * 4096, "b"]) == "a" * 4096 + "b"


def test_a_shorter_piece_was_cut_at_white_space():
    assert joined(["a" * 3000 + ".", "b", "c"]) == "a" * 3000 + ".\nb c"
