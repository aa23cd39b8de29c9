"""Who names whom as a stand-in, from when, until when; and who ends it."""

import datetime as dt
from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.refusals import Refuse
from dialogs.core.commands.stand_ins import EndStandIn, SetStandIn
from dialogs.core.events import Said
from dialogs.core.knowledge.others import Cover
from dialogs.core.state import State
from dialogs.core.turn import Notify, SetFocus, Turn
from dialogs.stand_ins.door import TEXTS, VERBS, thaymat
from dialogs.step import step
from rules.nouns.people import Person
from rules.nouns.rulings import StandIn
from rules.nouns.service import Service
from rules.nouns.values import Subject
from templates.wording import message
from tests.dialogs.small_office import BOOKS, HOA, LAN, MINH, NOW, OFFICE, TAM, UNIT

TODAY = NOW.date()
DEPUTY = Person(5, "Lý Văn Đạo", "Phó Trưởng phòng", 10, UNIT, OFFICE, Subject.OFFICIAL, leader=True, deputy=True)
DESK = Person(6, "Vũ Thu Ngân", "Chuyên viên", 12, "Phòng Hành chính", OFFICE, Subject.OFFICIAL, desk=True)
BODY = Person(7, "Tập thể Phòng Tổng hợp", "", 10, UNIT, OFFICE, Subject.COLLECTIVE)
GONE = replace(TAM, id=8, service=Service(left=TODAY - dt.timedelta(1)))
ALL = (LAN, MINH, HOA, TAM, DEPUTY, DESK, BODY, GONE)
DAYS = (TODAY.isoformat(), (TODAY + dt.timedelta(3)).isoformat())


def knows(person: Person, *stand_ins: StandIn) -> State:
    room = Cover(stand_ins, ALL, {one.id: one for one in ALL})
    return State(person, "vi", NOW, room=room)


def press(state: State, verb: str, *about: object) -> Turn:
    return VERBS[verb](BOOKS, state, Button(verb, 0, tuple(str(one) for one in about)))


def standing(number: int = 1, absent: Person = MINH, stand_in: Person = DEPUTY, days: int = 5) -> StandIn:
    return StandIn(number, absent.id, stand_in.id, TODAY, TODAY + dt.timedelta(days), absent.id)


def told(turn: Turn) -> list[tuple[int, str]]:
    return [(command.person, command.reply.template) for command in turn.commands if isinstance(command, Notify)]


def reason(turn: Turn) -> object:
    return turn.replies[0].values["reason"]


def test_a_head_is_offered_deputies_first_and_neither_bodies_nor_who_left() -> None:
    turn = press(knows(MINH), "cover_who", MINH.id)
    offered = [key.button.about[1] for row in turn.replies[0].keyboard for key in row]
    assert offered == [str(one.id) for one in (DEPUTY, LAN, TAM, HOA, DESK)]


def test_a_head_names_somebody_who_is_told() -> None:
    turn = press(knows(MINH), "cover_set", MINH.id, DEPUTY.id, *DAYS)
    assert turn.commands[0] == SetStandIn(MINH.id, DEPUTY.id, TODAY, TODAY + dt.timedelta(3))
    assert told(turn) == [(DEPUTY.id, "notice/stand_in")]


def test_the_desk_names_somebody_for_a_head_and_both_are_told() -> None:
    turn = press(knows(DESK), "cover_set", MINH.id, HOA.id, *DAYS)
    assert turn.commands[0] == SetStandIn(MINH.id, HOA.id, TODAY, TODAY + dt.timedelta(3))
    assert told(turn) == [(HOA.id, "notice/stand_in"), (MINH.id, "notice/covered")]


@pytest.mark.parametrize("verb", ["cover_who", "cover_pick", "cover_since", "cover_until", "cover_set"])
def test_nobody_names_a_stand_in_for_another(verb: str) -> None:
    turn = press(knows(HOA), verb, MINH.id, DEPUTY.id, *DAYS)
    assert reason(turn) == "not_allowed"
    assert turn.commands == (Refuse("set_stand_in", "not_allowed", person=MINH.id),)


def test_who_leads_nobody_has_nobody_to_name_a_stand_in_for() -> None:
    assert reason(press(knows(LAN), "cover_who", LAN.id)) == "not_allowed"
    assert thaymat(BOOKS, knows(LAN), "").replies[0].values["may_name"] is False


def test_only_the_desk_chooses_for_whom() -> None:
    assert reason(press(knows(MINH), "cover_absent")) == "not_allowed"
    chosen = press(knows(DESK), "cover_absent").replies[0]
    assert [key.button.about[0] for row in chosen.keyboard for key in row] == [
        str(one.id) for one in (HOA, MINH, DEPUTY)
    ]


@pytest.mark.parametrize(
    ("since", "until", "wrong"),
    [
        (-1, 3, "past"),
        (2, 1, "before"),
        (0, 366, "too_long"),
    ],
)
def test_days_that_can_not_be_are_asked_again(since: int, until: int, wrong: str) -> None:
    days = [(TODAY + dt.timedelta(n)).isoformat() for n in (since, until)]
    turn = press(knows(MINH), "cover_set", MINH.id, DEPUTY.id, *days)
    assert turn.replies[0].values["wrong"] == wrong
    assert [type(command) for command in turn.commands] == [SetFocus]


def test_a_year_less_a_day_is_not_too_long() -> None:
    until = (TODAY + dt.timedelta(365)).isoformat()
    turn = press(knows(MINH), "cover_set", MINH.id, DEPUTY.id, TODAY.isoformat(), until)
    assert isinstance(turn.commands[0], SetStandIn)


def test_confirmed_twice_it_is_named_once() -> None:
    turn = press(knows(MINH, standing()), "cover_set", MINH.id, DEPUTY.id, *DAYS)
    assert reason(turn) == "already"
    assert turn.commands == ()


def test_who_is_away_stands_in_for_nobody() -> None:
    turn = press(knows(MINH, standing(absent=DEPUTY, stand_in=HOA)), "cover_set", MINH.id, DEPUTY.id, *DAYS)
    assert turn.replies[0].values["wrong"] == "away"


def test_a_second_one_may_stand_in_on_the_same_days() -> None:
    turn = press(knows(MINH, standing()), "cover_set", MINH.id, HOA.id, *DAYS)
    assert isinstance(turn.commands[0], SetStandIn)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("đạo", None), ("Ly Van Dao", None), ("thi", [LAN, HOA]), ("Bách từ mai", [DEPUTY, LAN, TAM, HOA, DESK])],
)
def test_a_typed_name_is_whom_it_names_and_no_answer_to_one_s_own_form(
    typed: str, offered: list[Person] | None
) -> None:
    asked = press(knows(MINH), "cover_who", MINH.id)
    (focus,) = [command.focus for command in asked.commands if isinstance(command, SetFocus)]
    turn = step(BOOKS, replace(knows(MINH), focus=focus), Said(typed))
    (reply,) = turn.replies
    if offered is None:
        assert (reply.template, reply.values["stand_in"]["name"]) == ("cover/since", DEPUTY.name)
        return
    assert [key.button.about[1] for row in reply.keyboard for key in row] == [str(one.id) for one in offered]
    assert ("Tôi không thấy ai tên" in message(reply.template, reply.values, "vi")) == (len(offered) > 2)


def test_typed_days_lead_to_the_confirmation() -> None:
    state = knows(MINH)
    asked = press(state, "cover_pick", MINH.id, DEPUTY.id)
    for text in ("2/12", "04/12/2020"):
        (focus,) = [command.focus for command in asked.commands if isinstance(command, SetFocus)]
        state = replace(state, focus=focus)
        asked = TEXTS[str((focus or {})["for"])](BOOKS, state, text)
    assert asked.replies[0].template == "cover/confirm"
    assert asked.replies[0].keyboard[0][0].button.about == ("2", "5", "2020-12-02", "2020-12-04")


@pytest.mark.parametrize("text", ["", "mai", "31/02", "12/2/20", "x" * 5000])
def test_a_text_that_is_no_day_keeps_what_was_said(text: str) -> None:
    asked = press(knows(MINH), "cover_since", MINH.id, DEPUTY.id, DAYS[0])
    (focus,) = [command.focus for command in asked.commands if isinstance(command, SetFocus)]
    turn = TEXTS["cover_until"](BOOKS, replace(knows(MINH), focus=focus), text)
    assert (turn.replies[0].template, turn.replies[0].values["wrong"]) == ("cover/until", "no_day")


@pytest.mark.parametrize(
    "about",
    [
        (),
        ("x",),
        ("99",),
        ("2", "99"),
        ("2", "2"),
        ("2", "5"),
        ("2", "5", "x"),
        ("2", "5", "2020-12-01"),
        ("2", "5", "", "y"),
    ],
)
@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_mangled_button_names_nobody(verb: str, about: tuple[str, ...]) -> None:
    turn = press(knows(MINH), verb, *about)
    assert not any(isinstance(command, SetStandIn | EndStandIn) for command in turn.commands)


def test_ending_it_tells_the_other_and_is_done_once() -> None:
    turn = press(knows(MINH, standing()), "cover_ended", 1)
    assert turn.commands[0] == EndStandIn(1)
    assert told(turn) == [(DEPUTY.id, "notice/stand_in_ended")]
    again = press(knows(MINH, replace(standing(), ended_at=NOW)), "cover_ended", 1)
    assert (reason(again), again.commands) == ("over", ())


def test_the_desk_ending_it_tells_both() -> None:
    turn = press(knows(DESK, standing()), "cover_ended", 1)
    assert told(turn) == [(DEPUTY.id, "notice/stand_in_ended"), (MINH.id, "notice/covered_no_more")]


def test_who_stands_in_sees_it_but_does_not_end_it() -> None:
    state = knows(DEPUTY, standing())
    shown = thaymat(BOOKS, state, "").replies[0]
    assert [one["me"] for one in shown.values["stand_ins"]] == [True]
    assert not any(key.label == "cover/end" for row in shown.keyboard for key in row)
    assert isinstance(press(state, "cover_ended", 1).commands[0], Refuse)


def test_what_is_over_is_not_shown_and_a_long_list_has_pages() -> None:
    over = StandIn(50, MINH.id, HOA.id, TODAY - dt.timedelta(9), TODAY - dt.timedelta(1), MINH.id)
    many = [standing(number) for number in range(1, 11)]
    shown = thaymat(BOOKS, knows(DESK, over, *many), "").replies[0]
    assert (shown.values["count"], len(shown.values["stand_ins"])) == (10, 8)
    assert shown.keyboard[-1][-1].button == Button("cover_list", 0, ("8",))
