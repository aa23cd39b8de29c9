"""Through whom a review goes in an office, and who decides it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.book.procedure import DECIDERS, ApprovalRule, Role
from rules.campaign.tree import OUTSIDE, PartyBody, Seat, Tree, tree_of
from rules.nouns.conditions import When
from rules.nouns.people import Person
from rules.nouns.reviews import Step
from rules.nouns.service import Service
from rules.nouns.values import BODIES, Subject

OFFICE, ROOM, TEAM = 1, 2, 3
CHIEF, VICE, HEAD, DEPUTY, CLERK, DRIVER = 10, 11, 12, 13, 14, 15


def person(id_: int, unit: int, **post: bool) -> Person:
    return Person(id_, f"Người {id_}", "Chuyên viên", unit, "", "Văn phòng", Subject.OFFICIAL, **post)


PEOPLE = (
    person(CHIEF, OFFICE, head=True),
    person(VICE, OFFICE, deputy=True),
    person(HEAD, ROOM, head=True),
    person(DEPUTY, ROOM, deputy=True),
    person(CLERK, ROOM),
    person(DRIVER, TEAM),  # a team without a head
)


def seat(id_: int, name: str, parent: int | None, **named: int | None) -> Seat:
    return Seat(id_, name, parent, desk=False, **{"in_charge": None, "authority": None, **named})


def tree(of_office: int | None = None, of_room: int | None = None, in_charge: int | None = VICE) -> Tree:
    seats = (
        seat(OFFICE, "Văn phòng", None, authority=of_office),
        seat(ROOM, "Phòng Tổng hợp", OFFICE, in_charge=in_charge, authority=of_room),
        seat(TEAM, "Tổ Lái xe", ROOM),
    )
    return tree_of(seats, PEOPLE)


def someone(id_: int) -> Person:
    return next(one for one in PEOPLE if one.id == id_)


def rule(*steps: Role) -> ApprovalRule:
    return ApprovalRule("rule", When(()), steps, "Điều 1")


@pytest.mark.parametrize(
    ("who", "steps", "through"),
    [
        (CLERK, (Role.UNIT_HEAD,), [("unit_head", HEAD)]),
        (CLERK, (Role.UNIT_HEAD, Role.IN_CHARGE), [("unit_head", HEAD), ("in_charge", VICE)]),
        (HEAD, (Role.DEPUTY, Role.IN_CHARGE), [("deputy", DEPUTY), ("in_charge", VICE)]),
        (HEAD, (Role.UNIT_HEAD,), [("authority", CHIEF)]),  # nobody agrees to their own: the next head above
        (DRIVER, (Role.UNIT_HEAD,), [("authority", HEAD)]),  # a unit without a head
        (DEPUTY, (Role.DEPUTY,), [("authority", HEAD)]),  # the only deputy is the person themself
        (CHIEF, (Role.UNIT_HEAD,), []),  # nobody is above
    ],
)
def test_the_chain_leaves_out_who_is_not_there_and_the_person_themself(who, steps, through):
    assert tree().chain(someone(who), rule(*steps)) == tuple(Step(role, one) for role, one in through)


def test_one_person_takes_one_step_as_what_comes_first():
    chain = tree(in_charge=HEAD).chain(someone(CLERK), rule(Role.UNIT_HEAD, Role.IN_CHARGE))
    assert chain == (Step("unit_head", HEAD),)


@pytest.mark.parametrize(
    ("who", "decider"), [(CLERK, CHIEF), (HEAD, CHIEF), (DRIVER, CHIEF), (VICE, CHIEF), (CHIEF, None)]
)
def test_the_head_of_the_office_decides_and_an_authority_outside_decides_about_them(who, decider):
    assert tree().decider(someone(who)) == decider


def test_an_authority_named_for_a_unit_decides_there_and_below_but_not_about_themself():
    named = tree(of_room=VICE)
    assert [named.decider(someone(who)) for who in (CLERK, DRIVER, VICE)] == [VICE, VICE, CHIEF]
    assert tree(of_room=HEAD).decider(someone(HEAD)) == CHIEF


def test_an_authority_outside_decides_about_the_people_of_that_unit_only():
    outside = tree(of_office=OUTSIDE)
    assert [outside.decider(someone(who)) for who in (CHIEF, VICE, CLERK, HEAD)] == [None, None, CHIEF, CHIEF]


def test_the_units_directly_below():
    assert (tree().below(OFFICE), tree().below(TEAM)) == ((ROOM,), ())


def test_what_was_walked_stays_and_only_the_rest_is_of_today():
    """Whoever heads the room by now: the step of the head who agreed is theirs for good, and nobody takes it again."""
    rule = ApprovalRule("both", When(()), (Role.UNIT_HEAD, Role.IN_CHARGE), "Điều 1")
    clerk = person(CLERK, ROOM)
    walked = (Step("unit_head", 77),)
    assert tree().chain(clerk, rule, walked) == (*walked, Step("in_charge", VICE))
    assert tree(in_charge=None).chain(clerk, rule, walked) == walked


def test_who_agreed_is_not_asked_again_at_another_step():
    rule = ApprovalRule("both", When(()), (Role.UNIT_HEAD, Role.IN_CHARGE), "Điều 1")
    walked = (Step("unit_head", VICE),)
    assert tree().chain(person(CLERK, ROOM), rule, walked) == walked


@given(
    heads=st.permutations([CHIEF, VICE, HEAD, DEPUTY]),
    roles=st.lists(st.sampled_from(list(Role)), unique=True, min_size=1),
    at=st.integers(0, 4),
)
def test_however_often_the_office_changes_no_walked_step_is_rewritten(heads, roles, at):
    rule = ApprovalRule("any", When(()), tuple(roles), "Điều 1")
    clerk = person(CLERK, ROOM)
    before = tree().chain(clerk, rule)
    walked = before[:at]
    seats = (
        seat(OFFICE, "Văn phòng", None, authority=heads[0]),
        seat(ROOM, "Phòng Tổng hợp", OFFICE, in_charge=heads[1]),
    )
    after = tree_of(seats, [person(heads[2], ROOM, head=True), person(heads[3], ROOM, deputy=True)]).chain(
        clerk, rule, walked
    )
    assert after[: len(walked)] == walked
    assert len({step.person for step in after}) == len(after)
    assert tree_of(seats, []).chain(clerk, rule, after) == after


LEADERS = st.sampled_from([None, CHIEF, VICE, HEAD, DEPUTY, CLERK])


@given(
    subject=st.sampled_from(list(Subject)),
    at=st.sampled_from([OFFICE, ROOM, TEAM]),
    posts=st.permutations([CHIEF, VICE, HEAD, DEPUTY]),
    named=st.lists(LEADERS, min_size=5, max_size=5),
    roles=st.lists(st.sampled_from(list(Role)), unique=True),
    decides=st.sampled_from(DECIDERS),
)
def test_nobody_has_a_part_in_their_own_review_or_in_that_of_a_body_they_lead(
    subject, at, posts, named, roles, decides
):
    """NĐ 335/2025, Điều 5, 9, 10: a body is recognised, a person rated, by somebody else. Whoever leads it, by what post ever."""
    head, deputy, secretary, second, authority = posts[0], posts[1], *named[:3]
    seats = (
        seat(OFFICE, "Văn phòng", None, authority=named[3]),
        seat(ROOM, "Phòng Tổng hợp", OFFICE, in_charge=named[4], authority=authority),
        seat(TEAM, "Tổ Lái xe", ROOM),
    )
    people = [
        person(posts[2], OFFICE, head=True),
        person(posts[3], OFFICE, deputy=True),
        person(head, ROOM, head=True),
        person(deputy, ROOM, deputy=True),
        replace(person(head, TEAM, head=True), post=9),
    ]
    cell = PartyBody("Chi bộ 1", "Đảng ủy", secretary, second, authority)
    above = PartyBody("Đảng ủy", "", named[3], named[4], None)
    office = tree_of(seats, people, (cell, above))
    who = Person(CLERK, "Chi bộ 1", "", at, "", "Văn phòng", subject, service=Service(party_cell="Chi bộ 1"))
    rule = ApprovalRule("any", When(()), tuple(roles), "Điều 1", decides)
    part = {office.decider(who, rule), *(step.person for step in office.chain(who, rule))}
    leads = {one.id for one in people if one.unit_id == at} if subject in BODIES - {Subject.PARTY_CELL} else set()
    assert not part & {CLERK, *leads}
    if subject is Subject.PARTY_CELL:
        assert not part & ({secretary, second} - {None})
