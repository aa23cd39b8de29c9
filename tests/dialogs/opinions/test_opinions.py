"""An opinion is asked of one person, given once, and read by who needs it next."""

import datetime as dt
from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.drafts import GiveOpinion
from dialogs.core.commands.refusals import Refuse
from dialogs.core.knowledge.others import Opinions
from dialogs.core.state import State
from dialogs.core.turn import Notify, SetFocus, Turn
from dialogs.opinions.door import TEXTS, VERBS, ykien
from rules.nouns.people import Person
from rules.nouns.reviews import Review, ReviewStatus
from rules.nouns.rulings import Opinion, OpinionKind
from rules.nouns.values import Subject
from tests.dialogs.small_office import BOOKS, HOA, LAN, MINH, NOW, OFFICE, draft, review

DESK = Person(6, "Vũ Thu Ngân", "Chuyên viên", 12, "Phòng Hành chính", OFFICE, Subject.OFFICIAL, desk=True)
DECIDER = 9
SENT = replace(review(draft()), decider_id=DECIDER)
ASKED = Opinion(1, SENT.id, OpinionKind.OLD_UNIT, "Phòng Quản trị", HOA.id, NOW, "Điều thử", dt.date(2020, 12, 5))
OUTSIDE = replace(ASKED, id=2, of="Sở Thử", asked=None)
GIVEN = replace(ASKED, text="Tốt.", by=HOA.id, by_name=HOA.name, given_at=NOW)


def knows(person: Person, *opinions: Opinion, about: Review = SENT) -> State:
    return State(person, "vi", NOW, about=about, room=Opinions(opinions, {about.id: about}))


def press(state: State, verb: str, *about: str) -> Turn:
    return VERBS[verb](BOOKS, state, Button(verb, SENT.id, about))


def written(state: State, text: str, opinion: str = "1") -> tuple[State, Turn]:
    """The state and the turn after the text was typed."""
    asked = press(state, "opinion_write", opinion)
    state = replace(state, focus=_focus(asked))
    turn = TEXTS["opinion_text"](BOOKS, state, text)
    return replace(state, focus=_focus(turn)), turn


def _focus(turn: Turn) -> dict:
    (focus,) = [command.focus for command in turn.commands if isinstance(command, SetFocus)]
    return dict(focus or {})


def given(state: State, text: str, opinion: str = "1") -> Turn:
    state, shown = written(state, text, opinion)
    button = shown.replies[0].keyboard[0][0].button
    return press(state, "opinion_give", *button.about)


def notices(turn: Turn) -> list[tuple[int, str]]:
    return [(command.person, command.key) for command in turn.commands if isinstance(command, Notify)]


def test_it_is_written_shown_and_given() -> None:
    turn = given(knows(HOA, ASKED), "  Làm tốt. ")
    assert turn.commands[0] == GiveOpinion(1, SENT.id, "Làm tốt.")
    assert notices(turn) == [(MINH.id, "opinion:1")]


@pytest.mark.parametrize(
    ("status", "reader"),
    [
        (ReviewStatus.DRAFTING, MINH.id),
        (ReviewStatus.RETURNED, MINH.id),
        (ReviewStatus.APPROVED, DECIDER),
        (ReviewStatus.DECIDED, DECIDER),
    ],
)
def test_who_needs_it_next_is_told(status: ReviewStatus, reader: int) -> None:
    turn = given(knows(HOA, ASKED, about=replace(SENT, status=status)), "Tốt.")
    assert notices(turn) == [(reader, "opinion:1")]


def test_an_authority_outside_is_told_by_the_desk() -> None:
    turn = given(knows(HOA, ASKED, about=replace(SENT, status=ReviewStatus.APPROVED, decider_id=None)), "Tốt.")
    assert notices(turn) == []
    assert turn.replies[0].values["told"] is False


def test_the_desk_records_what_a_body_outside_wrote() -> None:
    assert given(knows(DESK, OUTSIDE), "Số 1: tốt.", "2").commands[0] == GiveOpinion(2, SENT.id, "Số 1: tốt.")


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {"opinion_list"}))
@pytest.mark.parametrize(
    ("who", "which"), [(MINH, ASKED), (DESK, ASKED), (HOA, OUTSIDE), (LAN, replace(ASKED, asked=1))]
)
def test_nobody_gives_it_for_another_and_nobody_about_themself(who: Person, which: Opinion, verb: str) -> None:
    turn = press(knows(who, which), verb, str(which.id))
    assert turn.replies[0].values["reason"] == "not_yours"
    assert turn.commands == (Refuse("give_opinion", "not_yours", review=SENT.id),)


def test_given_it_is_not_given_again() -> None:
    turn = press(knows(HOA, GIVEN), "opinion_write", "1")
    assert (turn.replies[0].values["reason"], turn.commands) == ("given", ())
    assert press(knows(HOA, GIVEN), "opinion_card", "1").replies[0].values["text"] == "Tốt."


def test_given_while_the_text_was_being_typed_it_stays_as_it_is() -> None:
    state, _ = written(knows(HOA, ASKED), "Tốt.")
    turn = TEXTS["opinion_text"](BOOKS, replace(knows(HOA, GIVEN), focus=state.focus), "Khác")
    assert turn.replies[0].values["reason"] == "given"


def test_a_button_of_another_text_shows_the_present_one_first() -> None:
    state, shown = written(knows(HOA, ASKED), "Bản một")
    old = shown.replies[0].keyboard[0][0].button
    state, _ = written(state, "Bản hai")
    turn = press(state, "opinion_give", *old.about)
    assert (turn.replies[0].template, turn.replies[0].values["text"]) == ("opinion/confirm", "Bản hai")
    assert not any(isinstance(command, GiveOpinion) for command in turn.commands)


def test_without_a_text_it_is_asked_for() -> None:
    assert press(knows(HOA, ASKED), "opinion_give", "1", "abcdef").replies[0].template == "opinion/ask"


@pytest.mark.parametrize("text", ["", " \n", "á" * 3001])
def test_nothing_and_too_much_are_no_opinion(text: str) -> None:
    asked = press(knows(HOA, ASKED), "opinion_write", "1")
    turn = TEXTS["opinion_text"](BOOKS, replace(knows(HOA, ASKED), focus=_focus(asked)), text)
    assert (turn.replies[0].template, turn.commands) == ("opinion/unusable", ())


def test_what_is_still_to_be_said_comes_first() -> None:
    later = replace(ASKED, id=3, due=None)
    shown = ykien(BOOKS, knows(HOA, replace(GIVEN, id=4), later, ASKED), "").replies[0]
    assert [key.button.about[0] for row in shown.keyboard for key in row] == ["1", "3", "4"]
    assert (shown.values["open"], shown.values["count"]) == (2, 3)
