"""The units somebody is in charge of: who may read how far they are, and what of it."""

import datetime as dt
from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Pressed
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.state import State
from dialogs.step import step
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Subject
from templates.wording import message
from tests.dialogs.small_office import BOOKS, CAMPAIGN, HOA, LAN, MINH, NOW, OFFICE, TAM

DEPUTY = Person(9, "Đỗ Thị Phó", "Phó Chánh Văn phòng", 1, OFFICE, OFFICE, Subject.OFFICIAL, leader=True, deputy=True)
#: LAN has sent to MINH, TAM has begun nothing, HOA is of a unit that is not theirs.
SENT = ReviewLine(100, LAN, CAMPAIGN, "mau-thu", ReviewStatus.SUBMITTED, MINH.id, "unit_head", None, started=True)
OWED = ReviewLine(101, TAM, CAMPAIGN, "mau-thu", ReviewStatus.DRAFTING, MINH.id, "", None, started=False)
ELSEWHERE = ReviewLine(102, HOA, CAMPAIGN, "mau-thu", ReviewStatus.DRAFTING, None, "", None, started=False)
OWN = replace(OWED, review=103, person=replace(DEPUTY, unit_id=LAN.unit_id, unit=LAN.unit))
KNOWN = Sheets(
    in_charge={LAN.unit_id: LAN.unit},
    standings=(SENT, OWED, ELSEWHERE, OWN),
    readable=frozenset({SENT.review}),
    names={MINH.id: MINH.name},
)
UNIT = Pressed(Button("head_charge_unit", 0, (str(CAMPAIGN.id), str(LAN.unit_id))))


def sees(room=KNOWN, person=DEPUTY, **more):
    return State(person, "vi", NOW, room=room, **more)


def words(turn):
    return message(turn.replies[-1].template, turn.replies[-1].values, "vi")


def labels(turn):
    return [key.label for row in turn.replies[-1].keyboard for key in row]


def test_the_list_of_what_waits_leads_to_the_units_of_who_is_in_charge_of_any():
    assert "head/charge" in labels(step(BOOKS, sees(), Commanded("choduyet")))
    assert "head/charge" not in labels(step(BOOKS, sees(Sheets()), Commanded("choduyet")))


def test_a_unit_shows_who_has_sent_and_with_whom_it_is_without_ones_own():
    listed = step(BOOKS, sees(), Pressed(Button("head_charge")))
    assert "Phòng Tổng hợp: đã gửi 1/2, chờ duyệt 1" in words(listed)
    assert "Phòng Quản trị" not in words(listed)
    turn = step(BOOKS, sees(), UNIT)
    assert "Nguyễn Thị Lan (Mẫu thử, năm 2020): chờ duyệt: người đứng đầu đơn vị (Trần Văn Minh)" in words(turn)
    assert "Phạm Minh Tâm (Mẫu thử, năm 2020): chưa bắt đầu" in words(turn)
    assert DEPUTY.name not in words(turn)
    assert labels(turn).count("head/read") == 1


@pytest.mark.parametrize("person", [LAN, HOA, replace(DEPUTY, office="Sở khác")])
def test_who_is_in_charge_of_nothing_here_is_shown_nobody(person):
    room = KNOWN if person.office != OFFICE else replace(KNOWN, in_charge={})
    assert LAN.name not in words(step(BOOKS, sees(room, person), UNIT))


def test_many_units_and_people_are_turned_over():
    many = tuple(replace(OWED, review=n, person=replace(TAM, id=n)) for n in range(200, 230))
    turn = step(BOOKS, sees(replace(KNOWN, standings=many)), UNIT)
    assert "trong 30," in words(turn)
    campaigns = tuple(replace(OWED, campaign=Campaign(n, CAMPAIGN.rulebook, 2020, OFFICE, {})) for n in range(1, 20))
    assert "trong 19." in words(step(BOOKS, sees(replace(KNOWN, standings=campaigns)), Pressed(Button("head_charge"))))


LATE = Campaign(1, CAMPAIGN.rulebook, 2020, OFFICE, {"self_review": dt.date(2020, 11, 1)})
#: For the check of words: every message and button of the units in charge.
TURNS = [
    (sees(), Commanded("choduyet")),
    (sees(), Pressed(Button("head_charge"))),
    (sees(replace(KNOWN, standings=())), Pressed(Button("head_charge"))),
    (
        sees(replace(KNOWN, standings=(replace(OWED, campaign=LATE),) * 20)),
        Pressed(Button("head_charge")),
    ),
    (sees(), UNIT),
]
