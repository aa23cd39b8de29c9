"""Who may do what: every cell of the table, written out by hand, and who is what to a review."""

import datetime as dt
from dataclasses import replace

import pytest

from rules.campaign.permissions import (
    ALLOWED,
    Action,
    Relation,
    may,
    relations,
    relations_to_office,
    relations_to_person,
    relations_to_unit,
)
from rules.nouns.devices import CodeGiven
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Draft, Review, ReviewStatus, Step
from rules.nouns.rulings import Endorsement
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Subject

COLUMNS = (
    "self",
    "unit_head",
    "earlier_step",
    "in_charge",
    "other_step",
    "authority",
    "stand_in",
    "stand_in_authority",
    "old_unit",
    "desk",
    "colleague",
    "other_office",
    "code_giver",
    "desk_code_giver",
    "told",
    "asked",
    "drafter",
    "writer",
    "author",
    "chair",
    "secretary",
    "member",
    "deputy",
    "cell_leader",
    "handed_on",
)

#: Action, then one mark a column: `x` allowed, `.` not.
#:                      self head earl char step auth st.i st.a old  desk coll othr givr d.gv told askd draf writ auth chai secr memb dpty cell hdon
EXPECTED = """
    read_draft           x    x    x    x    .    x    x    x    .    .    .    .    x    .    .    .    x    x    x    .    .    .    .    .    x
    read_papers          x    x    x    x    .    x    x    x    .    x    .    .    x    x    .    .    x    x    x    .    .    x    .    .    x
    answer               x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    x    x    .    .    .    .    .    .    .
    submit               x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .
    withdraw             x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .
    ask_anew             x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    answer_anew          .    x    .    .    .    x    x    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    comment              .    x    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    return               .    x    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    approve              .    x    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    decide               .    .    .    .    .    x    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    redecide             .    .    .    .    .    x    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    read_rating          x    .    .    .    .    x    .    x    .    x    .    .    .    x    x    .    x    .    .    .    .    .    .    .    x
    read_plan            x    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    acknowledge          x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    x
    petition             x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    x
    answer_petition      .    .    .    .    .    x    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    give_opinion         .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    set_stand_in         x    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    open_campaign        .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    move_dates           .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    close_campaign       .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    import_roster        .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    invite               .    x    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    untie                .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    broadcast            .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    read_ledger          x    x    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    write_ledger         x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    assign_work          .    x    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    keep_catalogue       .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    import_work          .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    read_progress        .    x    x    x    x    x    x    x    .    x    .    .    x    x    .    .    .    .    x    .    .    .    .    .    x
    record_outside       .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    read_data            x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    answer_data          .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    read_audit           .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    hasten               .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    agree_haste          .    x    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    hand_in              x    x    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    read_part            x    x    x    x    .    x    x    x    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    start_round          x    x    .    .    .    .    .    .    .    x    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .
    read_round           x    x    .    .    .    .    .    .    .    x    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .
    answer_round         .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .
    read_answers         x    x    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    settle_round         x    x    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    name_drafter         .    x    .    .    .    .    .    .    .    x    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .
    give_part            .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .
    call_meeting         .    x    .    .    .    .    x    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    x    x    .
    chair_meeting        .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    x    .    .    .    .    .
    write_minutes        .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    x    x    .    .    .    .
    speak                .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    x    x    x    .    .    .
    read_meeting         .    x    .    .    .    .    x    .    .    x    .    .    .    .    .    .    .    .    .    x    x    x    x    x    .
    hold_poll            .    x    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    ask_outside          x    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    receive_outside      .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    weigh_points         .    .    .    .    .    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    send_up              .    x    .    .    .    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    send_out             .    .    .    .    .    x    .    x    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    read_sent            .    x    .    x    .    x    x    x    .    x    .    .    .    .    .    .    .    .    .    .    .    .    x    .    .
    return_sent          .    .    .    .    .    x    .    x    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
    consult              .    .    .    .    .    x    .    x    .    x    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
"""
CELLS = [
    (column, action, mark)
    for action, *marks in (line.split() for line in EXPECTED.split("\n") if line.strip())
    for column, mark in zip(COLUMNS, marks, strict=True)
]


@pytest.mark.parametrize(("relation", "action", "mark"), CELLS)
def test_every_cell_is_as_written(relation, action, mark):
    assert may({Relation(relation)}, Action(action)) is (mark == "x")


def test_the_table_has_every_action_and_every_relation():
    assert {action for _, action, _ in CELLS} == set(Action)
    assert {relation for relation, _, _ in CELLS} == set(Relation)
    assert len(CELLS) == len(set(CELLS)) == len(Action) * len(Relation)


def test_nothing_is_allowed_besides():
    assert {(relation, action) for relation, action in ALLOWED} == {
        (relation, action) for relation, action, mark in CELLS if mark == "x"
    }


def test_several_relations_allow_what_one_of_them_does():
    assert may({Relation.COLLEAGUE, Relation.UNIT_HEAD}, Action.APPROVE)
    assert not may({Relation.COLLEAGUE, Relation.OLD_UNIT}, Action.APPROVE)
    assert not may((), Action.READ_DRAFT)


# ── who is what ────────────────────────────────────────────────────────────────────────────────

NOW = dt.datetime(2020, 12, 1, 9, tzinfo=dt.UTC)
OFFICE, ELSEWHERE = "Văn phòng Sông Trăng", "Sở Bến Mơ"
LAN = Person(1, "Nguyễn Thị Lan", "Chuyên viên", 10, "Phòng Tổng hợp", OFFICE, Subject.OFFICIAL)
MINH = replace(LAN, id=2, name="Trần Văn Minh", position="Trưởng phòng", head=True)
HOA = replace(LAN, id=3, name="Lê Thị Hòa", position="Phó Chánh Văn phòng")
QUY = replace(LAN, id=4, name="Đỗ Ngọc Quý", position="Chánh Văn phòng")
TAM = replace(LAN, id=5, name="Phạm Minh Tâm")
THU = replace(LAN, id=6, name="Bùi Anh Thư", desk=True)
XA = replace(LAN, id=7, name="Cao Xuân Xá", office=ELSEWHERE)
CAMPAIGN = Campaign(1, "decree-90-2020", 2020, OFFICE)
CHAIN = (Step("unit_head", MINH.id), Step("in_charge", HOA.id))
REVIEW = Review(
    100, LAN, CAMPAIGN, "mau-02", ReviewStatus.SUBMITTED, {}, MINH.id, "unit_head", steps=CHAIN, decider_id=QUY.id
)
WITH_HOA = replace(REVIEW, approver_id=HOA.id, approver_role="in_charge", step=1)

WHO = [
    (LAN, REVIEW, (), {Relation.SELF}),
    (MINH, REVIEW, (), {Relation.UNIT_HEAD, Relation.COLLEAGUE}),
    (MINH, WITH_HOA, (), {Relation.EARLIER_STEP, Relation.COLLEAGUE}),
    (HOA, REVIEW, (), {Relation.IN_CHARGE, Relation.COLLEAGUE}),
    (HOA, WITH_HOA, (), {Relation.UNIT_HEAD, Relation.COLLEAGUE}),
    (QUY, REVIEW, (), {Relation.AUTHORITY, Relation.COLLEAGUE}),
    (TAM, REVIEW, (), {Relation.COLLEAGUE}),
    (TAM, REVIEW, (MINH.id,), {Relation.STAND_IN, Relation.COLLEAGUE}),
    (TAM, REVIEW, (QUY.id,), {Relation.STAND_IN_AUTHORITY, Relation.COLLEAGUE}),
    (TAM, WITH_HOA, (MINH.id,), {Relation.OTHER_STEP, Relation.COLLEAGUE}),
    (THU, REVIEW, (), {Relation.DESK, Relation.COLLEAGUE}),
    (XA, REVIEW, (), {Relation.OTHER_OFFICE}),
    (replace(XA, desk=True), REVIEW, (), {Relation.OTHER_OFFICE}),
    (replace(XA, id=QUY.id), REVIEW, (), {Relation.OTHER_OFFICE, Relation.AUTHORITY}),
]


#: Sent from a device whose code was given anew: by the head, by the authority, by the desk.
GIVEN = {
    one.id: replace(
        REVIEW,
        drafts=(Draft(1, "s", {}, None, None, NOW, CodeGiven(one.id, one.name, one.position, NOW)),),
    )
    for one in (MINH, HOA, QUY, TAM, THU)
}


@pytest.mark.parametrize(
    ("person", "acts_for", "expected"),
    [
        (MINH, (), {Relation.CODE_GIVER, Relation.COLLEAGUE}),
        (HOA, (), {Relation.IN_CHARGE, Relation.COLLEAGUE}),
        (QUY, (), {Relation.CODE_GIVER, Relation.COLLEAGUE}),
        (TAM, (MINH.id,), {Relation.CODE_GIVER, Relation.COLLEAGUE}),
        (THU, (), {Relation.DESK_CODE_GIVER, Relation.COLLEAGUE}),
    ],
)
def test_who_gave_the_code_of_the_device_never_acts_on_what_was_sent_from_it(person, acts_for, expected):
    given = GIVEN[person.id]
    assert relations(person, given, acts_for) == expected
    acts = (Action.APPROVE, Action.RETURN, Action.COMMENT, Action.DECIDE, Action.REDECIDE, Action.RECORD_OUTSIDE)
    assert not may(relations(person, given, acts_for), *acts, Action.ANSWER_PETITION, Action.ANSWER_ANEW)
    assert Relation.OLD_UNIT not in relations(person, given, acts_for, asked=True)
    back = replace(given, status=ReviewStatus.RETURNED)
    assert relations(person, back, acts_for) == relations(person, replace(back, drafts=()), acts_for)


def test_others_act_on_it_as_ever():
    assert relations(MINH, GIVEN[THU.id]) == relations(MINH, REVIEW)
    assert relations(TAM, GIVEN[MINH.id], (MINH.id,)) == {Relation.STAND_IN, Relation.COLLEAGUE}
    assert relations(LAN, GIVEN[MINH.id]) == {Relation.SELF}


@pytest.mark.parametrize(("person", "review", "acts_for", "expected"), WHO)
def test_who_is_what_to_a_review(person, review, acts_for, expected):
    assert relations(person, review, acts_for) == expected


def test_whoever_was_asked_for_an_opinion():
    assert relations(TAM, REVIEW, asked=True) == {Relation.OLD_UNIT, Relation.COLLEAGUE}


@pytest.mark.parametrize("acts_for", [(), (MINH.id,), (QUY.id,), (MINH.id, QUY.id)])
def test_nobody_acts_on_their_own_review(acts_for):
    own = relations(replace(LAN, desk=True), replace(REVIEW, approver_id=LAN.id, decider_id=LAN.id), acts_for)
    assert own == {Relation.SELF}
    assert not any(may(own, action) for action in (Action.APPROVE, Action.DECIDE, Action.RECORD_OUTSIDE))


def test_a_standing_tells_the_same_but_the_other_steps():
    line = ReviewLine(100, LAN, CAMPAIGN, "mau-02", ReviewStatus.SUBMITTED, MINH.id, "unit_head", QUY.id, started=True)
    assert relations(MINH, line) == {Relation.UNIT_HEAD, Relation.COLLEAGUE}
    assert relations(QUY, line) == {Relation.AUTHORITY, Relation.COLLEAGUE}
    assert relations(HOA, line) == {Relation.COLLEAGUE}


@pytest.mark.parametrize(
    ("person", "office", "expected"),
    [
        (THU, OFFICE, {Relation.DESK, Relation.COLLEAGUE}),
        (THU, ELSEWHERE, {Relation.OTHER_OFFICE}),
        (LAN, OFFICE, {Relation.COLLEAGUE}),
    ],
)
def test_who_is_what_to_an_office(person, office, expected):
    assert relations_to_office(person, office) == expected


@pytest.mark.parametrize(
    ("person", "other", "expected"),
    [
        (LAN, LAN, {Relation.SELF}),
        (THU, THU, {Relation.SELF}),
        (MINH, LAN, {Relation.UNIT_HEAD, Relation.COLLEAGUE}),
        (MINH, replace(LAN, unit_id=11), {Relation.COLLEAGUE}),
        (MINH, replace(LAN, office=ELSEWHERE), {Relation.OTHER_OFFICE}),
        (THU, LAN, {Relation.DESK, Relation.COLLEAGUE}),
        (LAN, MINH, {Relation.COLLEAGUE}),
    ],
)
def test_who_is_what_to_somebody(person, other, expected):
    assert relations_to_person(person, other) == expected


def test_the_head_of_a_unit_is_that_to_all_of_it():
    assert relations_to_unit(MINH, OFFICE, MINH.unit_id) == {Relation.UNIT_HEAD, Relation.COLLEAGUE}
    assert relations_to_unit(MINH, OFFICE, 11) == {Relation.COLLEAGUE}


def test_of_several_actions_one_is_enough():
    assert may({Relation.UNIT_HEAD}, Action.UNTIE, Action.INVITE)
    assert not may({Relation.UNIT_HEAD}, Action.UNTIE, Action.BROADCAST)


def test_who_agreed_before_their_days_ended_hears_where_the_draft_is():
    agreed = Endorsement(1, 0, "unit_head", TAM.id, TAM.name, TAM.position, NOW, "", MINH.id)
    of = replace(WITH_HOA, drafts=(Draft(1, "f" * 64, {}, None, None, NOW),), endorsements=(agreed,))
    assert relations(TAM, of) == {Relation.OTHER_STEP, Relation.COLLEAGUE}


@pytest.mark.parametrize("leads", [{"head": True}, {"deputy": True}, {}])
def test_who_leads_a_body_acts_on_its_review_for_nobody_absent(leads):
    """NĐ 335/2025, Điều 5 with Điều 9 khoản 2: a body is recognised by somebody else than whoever speaks for it."""
    body = Person(70, "Phòng Tổng hợp", "", 7, "Phòng Tổng hợp", "Văn phòng", Subject.ORGANISATION)
    leader = Person(71, "Người đứng đầu", "", 7, "Phòng Tổng hợp", "Văn phòng", Subject.OFFICIAL, **leads)
    campaign = Campaign(1, "decree-335-2025", 2026, "Văn phòng")
    about = ReviewLine(1, body, campaign, "phieu", ReviewStatus.APPROVED, None, "authority", 80, started=True)
    held = relations(leader, about, acts_for=(80,))
    assert may(held, Action.DECIDE) is not bool(leads)
