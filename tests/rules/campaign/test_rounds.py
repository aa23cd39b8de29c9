"""Whom a sheet about somebody goes to by the text."""

import pytest

from rules.book.rounds import Reaches
from rules.campaign.rounds import reached
from rules.campaign.tree import tree_of
from tests.rules.campaign.test_tree import (
    CHIEF,
    CLERK,
    DEPUTY,
    HEAD,
    OFFICE,
    PEOPLE,
    ROOM,
    TEAM,
    VICE,
    person,
    seat,
)

SEATS = (
    seat(OFFICE, "Văn phòng", None),
    seat(ROOM, "Phòng", OFFICE, in_charge=VICE),
    seat(TEAM, "Tổ", ROOM),
)
BY_ID = {one.id: one for one in PEOPLE}


@pytest.mark.parametrize(
    ("about", "peers", "superior"),
    [
        (HEAD, (DEPUTY,), (CHIEF, VICE)),
        (DEPUTY, (HEAD,), (CHIEF, VICE)),
        (VICE, (CHIEF,), ()),
        (CHIEF, (VICE,), ()),  # nobody stands above the whole office: the step ends with the leadership beside them
    ],
)
def test_peers_and_the_level_above(about, peers, superior):
    tree = tree_of(SEATS, PEOPLE)
    assert reached(Reaches.PEERS, tree, BY_ID[about], PEOPLE) == peers
    assert reached(Reaches.SUPERIOR, tree, BY_ID[about], PEOPLE) == superior


def test_nobody_judges_themself():
    """Who leads the unit and the one above, or is in charge of their own unit, is not their own superior."""
    double = (*PEOPLE, person(VICE, ROOM, head=True))
    people = tuple(one for one in double if one.id != HEAD)
    tree = tree_of(SEATS, people)
    (vice_of_room,) = [one for one in people if one.id == VICE and one.unit_id == ROOM]
    assert reached(Reaches.SUPERIOR, tree, vice_of_room, people) == (CHIEF,)
    assert VICE not in reached(Reaches.PEERS, tree, vice_of_room, people)


def test_a_head_without_deputies_has_no_peers_and_others_are_chosen():
    people = tuple(one for one in PEOPLE if one.id != DEPUTY)
    tree = tree_of(SEATS, people)
    assert reached(Reaches.PEERS, tree, BY_ID[HEAD], people) == ()
    assert reached(Reaches.CHOSEN, tree, BY_ID[HEAD], people) == ()
    assert reached(Reaches.BELOW, tree, BY_ID[HEAD], people) == (CLERK,)


def test_who_is_gone_is_not_asked():
    tree = tree_of(SEATS, PEOPLE)
    here = [one for one in PEOPLE if one.id != VICE]
    assert reached(Reaches.SUPERIOR, tree, BY_ID[HEAD], here) == (CHIEF,)
