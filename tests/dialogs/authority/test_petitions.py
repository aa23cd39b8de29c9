"""The authority answers petitions: once, with reasons, and only who decided; or rates anew."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from dialogs.authority.petitions import TEXTS, VERBS
from dialogs.core.buttons import Button
from dialogs.core.commands.refusals import Refuse
from dialogs.core.commands.rulings import AnswerPetition, Decide
from dialogs.core.events import Commanded, Said
from dialogs.core.paging import ON_A_PAGE
from dialogs.core.state import State
from dialogs.core.turn import Notify, Turn
from dialogs.step import step
from rules.nouns.reviews import Json, Review, ReviewStatus
from rules.nouns.rulings import Petition, PetitionOutcome
from rules.nouns.values import Rating
from tests.dialogs.deciding import QUY, THU, agreed, button_of, focus_of, keys, of_kind, ruled, sees
from tests.dialogs.deciding import press as pressed_on
from tests.dialogs.small_office import BOOKS, HOA, LAN, NOW, TAM

APPEALED = ruled(agreed(), status=ReviewStatus.APPEALED)
OPEN = Petition(7, 100, 1, LAN.id, "Đề nghị xem lại.", NOW, dt.date(2020, 12, 12), "Điều thử 22")


def state_with(
    *petitions: Petition, focus: Mapping[str, Json] | None = None, of: Review = APPEALED, **more: object
) -> State:
    kept = petitions or (OPEN,)
    return sees(of, focus=focus, petitions=kept, days_left={one.id: 3 for one in kept}, **more)


def press(state: State, button: Button) -> Turn:
    return VERBS[button.verb](BOOKS, state, button)


def card() -> Turn:
    return press(state_with(), Button("petition_card", 100, ("7",)))


def confirm(text: str = "Kết quả phù hợp.") -> Turn:
    asked = press(state_with(), button_of(card(), "petition/keep"))
    return TEXTS["petition_answer"](BOOKS, state_with(focus=focus_of(asked)), text)


def test_the_list_has_the_open_petitions_the_most_urgent_first() -> None:
    later = replace(OPEN, id=8, due=dt.date(2020, 12, 20), review=101)
    never = replace(OPEN, id=9, due=None, review=102)
    done = replace(OPEN, id=6, outcome=PetitionOutcome.KEPT)
    mine = tuple(replace(APPEALED, id=number) for number in (100, 101, 102))
    state = sees(None, *mine, petitions=(never, done, later, OPEN), days_left={7: -1, 8: 5})
    turn = step(BOOKS, state, Commanded("kiennghi"))
    assert [key.button.about for key in keys(turn)] == [("7",), ("8",), ("9",)]
    assert (turn.replies[0].values["count"], turn.replies[0].values["late"]) == (3, 1)


def test_a_long_list_has_pages() -> None:
    mine = tuple(replace(APPEALED, id=1000 + number) for number in range(20))
    petitions = tuple(replace(OPEN, id=number, review=1000 + number) for number in range(20))
    state = sees(None, *mine, petitions=petitions)
    first = press(state, Button("petition_list"))
    assert len([key for key in keys(first) if key.label == "petition/open"]) == ON_A_PAGE
    last = press(state, Button("petition_list", 0, ("16",)))
    assert last.replies[0].values["last"] == 20


def test_the_card_shows_text_clock_and_decision() -> None:
    values = card().replies[0].values
    assert (values["text"], values["due"], values["days"], values["cite"]) == (
        "Đề nghị xem lại.",
        "2020-12-12",
        3,
        "Điều thử 22",
    )
    assert values["ruled"] == [
        {"about": "", "rating": Rating.GOOD, "words": "Hoàn thành tốt nhiệm vụ", "why": {}, "cites": []}
    ]


def test_the_answer_is_shown_before_it_is_sent_and_the_person_is_told() -> None:
    shown = confirm()
    assert of_kind(shown, AnswerPetition) == []
    turn = press(state_with(focus=focus_of(shown)), button_of(shown, "petition/send"))
    assert of_kind(turn, AnswerPetition) == [AnswerPetition(7, 100, PetitionOutcome.KEPT, "Kết quả phù hợp.")]
    (notice,) = of_kind(turn, Notify)
    assert (notice.person, notice.reply.template) == (LAN.id, "notice/petition_kept")
    assert notice.reply.keyboard[0][0].button == Button("result_show", 100, ("1",))


def test_another_text_than_the_one_shown_is_not_sent() -> None:
    first, again = confirm("Một."), confirm("Hai.")
    turn = press(state_with(focus=focus_of(again)), button_of(first, "petition/send"))
    assert of_kind(turn, AnswerPetition) == []
    assert turn.replies[0].template == "petition/ask"


@pytest.mark.parametrize(("text", "template"), [("", "head/expected"), ("ă" * 2001, "head/too_long")])
def test_an_answer_that_is_none_is_not_taken(text: str, template: str) -> None:
    assert confirm(text).replies[0].template == template


def test_answered_before_says_so() -> None:
    answered = replace(OPEN, outcome=PetitionOutcome.KEPT, answer="Giữ.", answered_at=NOW)
    turn = press(state_with(answered), button_of(card(), "petition/keep"))
    assert (turn.replies[0].values["reason"], turn.replies[0].values["outcome"]) == ("answered", "kept")


def test_rating_anew_answers_the_petition_with_the_reason() -> None:
    chosen = press(state_with(), button_of(card(), "petition/rate"))
    state = state_with(focus=focus_of(chosen))
    asked = pressed_on(state, button_of(chosen, "review/rating", rating="excellent"))
    assert asked.replies[0].values["what"] == "reason"
    kept = step(BOOKS, state_with(focus=focus_of(asked)), Said("Đã xem lại minh chứng."))
    turn = pressed_on(state_with(focus=focus_of(kept)), button_of(kept, "decide/confirm"))
    (decide,) = of_kind(turn, Decide)
    assert (decide.number, decide.ratings, decide.reason) == (2, {"self": Rating.EXCELLENT}, "Đã xem lại minh chứng.")
    assert of_kind(turn, AnswerPetition) == [AnswerPetition(7, 100, PetitionOutcome.CHANGED, "Đã xem lại minh chứng.")]
    (notice,) = of_kind(turn, Notify)
    assert notice.reply.values["answers"] is True


@pytest.mark.parametrize("verb", ["petition_card", "petition_keep", "petition_send", "petition_rate"])
@pytest.mark.parametrize(
    ("person", "reason"), [(HOA, "not_yours"), (TAM, "not_yours"), (THU, "not_yours"), (LAN, "own")]
)
def test_who_has_no_right_to_is_refused_and_it_is_kept(verb: str, person: object, reason: str) -> None:
    turn = press(state_with(person=person), Button(verb, 100, ("7", "x")))
    assert turn.replies[0].values["reason"] == reason
    assert of_kind(turn, Refuse) == [Refuse("answer_petition", reason, review=100)]
    assert of_kind(turn, AnswerPetition) == []


def test_the_desk_answers_for_an_authority_outside() -> None:
    outside = replace(APPEALED, decider_id=None)
    turn = press(state_with(of=outside, person=THU), Button("petition_card", 100, ("7",)))
    assert turn.replies[0].template == "petition/card"


@pytest.mark.parametrize("about", [(), ("8",), ("x",), ("7", "y", "z")])
def test_a_mangled_button_answers_nothing(about: tuple[str, ...]) -> None:
    for verb in VERBS:
        assert of_kind(press(state_with(), Button(verb, 100, about)), AnswerPetition) == []


def test_a_stand_in_answers_for_the_absent_authority() -> None:
    turn = press(state_with(person=TAM, acts_for=(QUY.id,)), Button("petition_card", 100, ("7",)))
    assert turn.replies[0].values["covering"] is True
