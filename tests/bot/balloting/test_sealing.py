"""What is sealed opens with any two tellers' keys, and with nothing else."""

from dataclasses import replace
from itertools import combinations

import pytest

from bot.balloting import sealing
from rules.balloting.poll import Poll
from rules.balloting.slips import packed
from tests.bot.balloting.voters import a_poll, seal, seal_bytes, split, teller_key

KEYS = {number: teller_key() for number in (1, 2, 3)}
SLIP = ("yes", "no")


@pytest.fixture
def poll() -> Poll:
    """Three tellers have made their keys."""
    poll = replace(a_poll(1, 1, [1, 2, 3, 4], lines=2), id=17)
    taking = tuple(replace(one, public=KEYS[one.teller][1]) if one.teller else one for one in poll.taking)
    return replace(poll, taking=taking)


def _private(*numbers: int) -> dict[int, bytes]:
    return {number: KEYS[number][0] for number in numbers}


def test_any_two_tellers_open_it_and_the_third_may_be_gone(poll: Poll) -> None:
    sealed = seal(poll, SLIP)
    assert len(sealed) == sealing.sealed_length(2, 3)
    opened = {sealing.opened(17, sealed, 2, _private(*two)) for two in combinations((1, 2, 3), 2)}
    assert opened == {packed(SLIP, poll.options)}


def test_one_teller_alone_opens_nothing(poll: Poll) -> None:
    sealed = seal(poll, SLIP)
    assert [sealing.opened(17, sealed, 2, _private(one)) for one in (1, 2, 3)] == [None, None, None]


def test_nothing_sealed_for_one_poll_opens_in_another(poll: Poll) -> None:
    assert sealing.opened(18, seal(poll, SLIP), 2, _private(1, 2)) is None


def test_each_byte_that_is_changed_is_noticed(poll: Poll) -> None:
    sealed = seal(poll, SLIP)
    for place in range(sealing.sealed_length(2, 2)):  # the third teller's share is not looked at
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert sealing.opened(17, bytes(changed), 2, _private(1, 2)) is None


def test_a_teller_whose_key_is_another_one_opens_nothing(poll: Poll) -> None:
    assert sealing.opened(17, seal(poll, SLIP), 2, {**_private(1), 2: teller_key()[0]}) is None


def test_shares_of_different_secrets_are_an_invalid_ballot(poll: Poll) -> None:
    one, other = seal(poll, SLIP), seal(poll, SLIP)
    mixed = one[: sealing.sealed_length(2, 1)] + other[sealing.sealed_length(2, 1) :]
    assert sealing.opened(17, mixed, 2, _private(1, 2)) is None


def test_two_ballots_that_say_the_same_have_nothing_in_common(poll: Poll) -> None:
    one, other = seal(poll, SLIP), seal(poll, SLIP)
    pieces = {one[place : place + 6] for place in range(len(one) - 5)}
    assert not any(other[place : place + 6] in pieces for place in range(len(other) - 5))
    assert sealing.tracker(17, b"a", one) != sealing.tracker(17, b"a", other)


def test_what_is_no_slip_comes_out_as_it_was_sealed(poll: Poll) -> None:
    assert sealing.opened(17, seal_bytes(poll, bytes(64)), 2, _private(2, 3)) == bytes(64)


def test_keys_of_nonsense_are_none() -> None:
    assert not sealing.is_key(b"")
    assert not sealing.is_key(bytes(32))
    assert sealing.is_key(KEYS[1][1])
    assert not sealing.belongs(b"short", KEYS[1][1])
    assert sealing.belongs(*KEYS[1])


def test_a_share_has_its_place_behind_it() -> None:
    assert len({share[-1] for share in split(bytes(32), 5)}) == 5
