"""Slips on their way, and counts that must add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.balloting.slips import (
    AGREED,
    BLANK,
    NOT_AGREED,
    Amiss,
    Tally,
    amiss,
    differing,
    length,
    packed,
    tally,
    unpacked,
)

OPTIONS = ("excellent", "good", "completed", "not_completed")
SLIP = st.lists(st.sampled_from([*OPTIONS, BLANK]), min_size=1, max_size=200).map(tuple)


@given(SLIP)
def test_a_slip_comes_back_as_it_was_marked(slip: tuple[str, ...]) -> None:
    assert unpacked(packed(slip, OPTIONS), len(slip), OPTIONS) == slip


@given(SLIP, SLIP)
def test_slips_of_a_ballot_are_of_one_length(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    lines = min(len(one), len(other))
    assert len(packed(one[:lines], OPTIONS)) == len(packed(other[:lines], OPTIONS)) == length(lines)


@given(st.integers(1, 62), st.lists(st.integers(0, 6), max_size=63))
def test_what_is_read_as_a_slip_is_one(lines: int, marks: list[int]) -> None:
    data = bytes([1, *marks]).ljust(64, b"\0")
    slip = unpacked(data, lines, OPTIONS)
    assert slip is None or packed(slip, OPTIONS) == data
    assert (slip is None) == (any(mark > 4 for mark in marks) or any(marks[lines:]))


@given(SLIP, st.data())
def test_one_byte_changed_is_another_slip_or_none(slip: tuple[str, ...], data) -> None:
    whole = bytearray(packed(slip, OPTIONS))
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    assert unpacked(bytes(whole), len(slip), OPTIONS) != slip


def test_a_mark_that_is_no_option_is_refused() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        packed(("perhaps",), OPTIONS)


@given(st.lists(st.none() | st.lists(st.sampled_from([AGREED, NOT_AGREED, BLANK]), min_size=3, max_size=3).map(tuple)))
def test_a_count_of_slips_adds_up(slips: list[tuple[str, ...] | None]) -> None:
    count = tally(slips, len(slips), ("An", "Bình", "Cúc"), (AGREED, NOT_AGREED))
    assert list(amiss(count, len(slips))) == []
    assert count.invalid == slips.count(None)
    for place, line in enumerate(count.lines):
        assert count.blank(line) == sum(slip is not None and slip[place] == BLANK for slip in slips)


PAPER = Tally(9, 9, 1, {"An": {AGREED: 6, NOT_AGREED: 2}})


@pytest.mark.parametrize(
    ("count", "found"),
    [
        (PAPER, []),
        (Tally(10, 9, 0, {}), [Amiss("given", "", 10, 9)]),
        (Tally(8, 9, 0, {}), [Amiss("returned", "", 9, 8)]),
        (Tally(9, 8, 9, {"An": {AGREED: 1, NOT_AGREED: 0}}), [Amiss("invalid", "", 9, 8)]),
        (Tally(9, 9, 1, {"An": {AGREED: 7, NOT_AGREED: 2}}), [Amiss("line", "An", 9, 8)]),
    ],
)
def test_what_does_not_add_up_is_named(count: Tally, found: list[Amiss]) -> None:
    assert list(amiss(count, 9)) == found


def test_two_tellers_who_differ_are_told_where() -> None:
    other = Tally(9, 8, 1, {"An": {AGREED: 5, NOT_AGREED: 2}})
    assert list(differing(PAPER, PAPER)) == []
    assert list(differing(PAPER, other)) == [Amiss("returned", "", 9, 8), Amiss(AGREED, "An", 6, 5)]
