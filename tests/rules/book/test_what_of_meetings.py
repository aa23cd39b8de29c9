"""What each rulebook says of a meeting, as its text has it; where a plan is silent, what it extends says."""

from functools import cache

import pytest

from rules.book.meeting import MeetingRules
from rules.reading.folders import shipped
from rules.reading.load import load_editions

_COLLECTIVE, _HEAD = "collective>individual", ("head>deputy", "head>staff")
#: Rulebook → its order, who it says attends, what is written down.
SAID = {
    "party-2025": ((_COLLECTIVE, *_HEAD, "civil+collective>party+collective"), (), ()),
    "son-duong-2020": (
        (_COLLECTIVE, "party_group>party_cell", "civil+individual>party+individual"),
        ("unit",),
        ("comments", "adopted"),
    ),
    "quang-ngai-office-2020": ((_COLLECTIVE,), ("unit",), ("comments", "adopted")),
    "quang-ngai-ethnic-2023": (("leader>others",), ("invited", "unit"), ("comments", "adopted")),
    "son-la-rehab-2021": (
        (_COLLECTIVE, *_HEAD, "party+collective>civil+collective", "party_group>party_cell"),
        ("unit",),
        ("comments", "adopted"),
    ),
}


@cache
def _meeting(name: str) -> MeetingRules:
    return [*load_editions(name).values()][-1].meeting


@pytest.mark.parametrize("name", SAID)
def test_a_meeting_goes_by_its_own_plan_and_else_by_what_that_extends(name: str) -> None:
    rules = _meeting(name)
    orders = tuple("+".join(one.first) + ">" + "+".join(one.then) for one in rules.orders)
    assert (orders, tuple(one.who for one in rules.attended), tuple(one.what for one in rules.written)) == SAID[name]


def test_no_text_of_these_names_a_quorum() -> None:
    assert [name for name in shipped() if _meeting(name).quorum] == []


def test_what_nobody_could_compare_is_marked() -> None:
    """Of QĐ 366-QĐ/TW Điều 7 the wording is not known here, of the party's plan of 2020 it is."""
    assert all(one.unverified for one in _meeting("party-2025").lines)
    assert not any(one.unverified for one in _meeting("son-duong-2020").orders)
