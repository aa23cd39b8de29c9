"""A text that a room awaits about one person, written as a reply to the message about another: it is kept about nobody."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Said
from dialogs.core.knowledge.others import Opinions
from dialogs.core.state import State
from dialogs.core.turn import Turn
from dialogs.step import step
from rules.nouns.reviews import Json
from rules.nouns.rulings import Opinion, OpinionKind
from tests.dialogs.authority.test_petitions import state_with
from tests.dialogs.deciding import agreed, sees
from tests.dialogs.small_office import BOOKS, HOA, LAN, NOW, draft, review

OF_LAN, OF_ANOTHER = agreed(), replace(agreed(), id=101)
ASKED = Opinion(1, 100, OpinionKind.OLD_UNIT, "Phòng Quản trị", HOA.id, NOW, "Điều thử", None)


def decides(focus: Mapping[str, Json]) -> State:
    return sees(OF_LAN, OF_LAN, OF_ANOTHER, focus=focus)


def answers(focus: Mapping[str, Json]) -> State:
    return state_with(focus=focus)


def gives(focus: Mapping[str, Json]) -> State:
    about = review(draft())
    return State(HOA, "vi", NOW, about=about, focus=focus, room=Opinions((ASKED,), {about.id: about}))


AWAITED = [
    pytest.param(decides, {"for": "decide_remarks", "review": 100, "version": 1, "number": 1}, id="decide"),
    pytest.param(answers, {"for": "petition_answer", "review": 100, "petition": 7}, id="petition"),
    pytest.param(gives, {"for": "opinion_text", "review": 100, "opinion": 1, "text": ""}, id="opinion"),
]


def said(state: State, *under: Button) -> Turn:
    return step(BOOKS, state, Said("Cần cố gắng hơn.", under=under))


@pytest.mark.parametrize(("state", "focus"), AWAITED)
@pytest.mark.parametrize(
    "card",
    [
        (Button("decide_choose", 101, ("1:1", "abcd")), Button("decide_papers", 101, ("1:1", "abcd", "pdf"))),
        (Button("petition_keep", 101, ("8",)),),
        (Button("opinion_write", 101, ("2",)),),
    ],
    ids=["decide", "petition", "opinion"],
)
def test_a_reply_under_the_card_of_another_is_kept_about_nobody(state, focus, card):
    turn = said(state(focus), *card)
    assert [reply.template for reply in turn.replies] == ["question/of_another"]
    assert turn.replies[0].values == {"piece": "Cần cố gắng hơn.", "name": LAN.name}
    assert turn.commands == ()  # what was awaited is awaited still


@pytest.mark.parametrize(("state", "focus"), AWAITED)
@pytest.mark.parametrize(
    "under",
    [
        (),
        (Button("decide_choose", 100, ("1:1", "abcd")), Button("decide_card", 101)),
        (Button("decide_card", 101), Button("decide_list")),
    ],
    ids=["none", "the card itself, with the way to the next", "a list"],
)
def test_what_answers_that_very_message_or_a_list_is_taken_as_before(state, focus, under):
    assert said(state(focus), *under) == said(state(focus))
    assert said(state(focus)).replies[0].template != "question/of_another"
