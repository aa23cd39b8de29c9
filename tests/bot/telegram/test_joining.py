"""Pieces of a long text become one again."""

from bot.telegram.joining import joined, may_go_on


def test_only_a_text_of_half_the_limit_or_more_can_be_a_piece():
    assert not may_go_on("a" * 2047)
    assert may_go_on("a" * 2048)
    assert may_go_on("😀" * 1024)


def test_a_piece_of_exactly_the_limit_was_cut_anywhere():
    assert joined(["a" * 4096, "b"]) == "a" * 4096 + "b"


def test_a_shorter_piece_was_cut_at_white_space():
    assert joined(["a" * 3000 + ".", "b", "c"]) == "a" * 3000 + ".\nb c"
