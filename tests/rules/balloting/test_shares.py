"""Shares made by npm's shamir-secret-sharing 0.0.4 (`split(secret, 3, 2)`) are put together."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from rules.balloting.shares import joined

SECRET = bytes(n * 7 + 3 & 0xFF for n in range(32))
SHARES = [
    bytes.fromhex(one)
    for one in (
        "ff006b6e6c0b7c3b143056178b51a3cffb0cd6e70728bee12caa74c3b069df7968",
        "91c0d5503246cf9b9087e4f6c1f13b5b6232252b9ec7bac915b1c5e367741fad0d",
        "7cbcb89cc093aad90eddc820f0b3183908fe9d16f4c285543de832000380631245",
    )
]


def test_any_two_give_the_secret_in_any_order() -> None:
    assert {joined(two) for two in permutations(SHARES, 2)} == {SECRET}


def test_one_alone_three_or_the_same_twice_give_none() -> None:
    assert [joined(few) for few in (SHARES[:1], SHARES, [SHARES[0], SHARES[0]])] == [None, None, None]


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_what_is_no_share_breaks_nothing(one: bytes, other: bytes) -> None:
    assert joined([one, other]) is None or len(one) == len(other)
