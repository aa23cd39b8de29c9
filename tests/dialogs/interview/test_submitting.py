"""Handing in: who hears of it."""

from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAsked
from dialogs.core.commands.drafts import Submit
from dialogs.core.events import Pressed
from dialogs.core.state import State
from dialogs.core.turn import Notify
from dialogs.interview.own_review import OwnReview
from dialogs.interview.review_page import DIGITS, content
from dialogs.step import step
from rules.nouns.reviews import Answer, ReviewStatus
from tests.dialogs.small_office import ANSWERS, BOOKS, HOA, LAN, MINH, NOW, draft, review


@pytest.mark.parametrize(
    ("approver", "decider", "told"),
    [
        (MINH.id, HOA.id, [(MINH.id, "submitted:100:1")]),
        (None, HOA.id, [(HOA.id, "todecide:100:1")]),
        (None, None, []),
    ],
)
def test_who_has_it_next_hears_of_it(approver: int | None, decider: int | None, told: list) -> None:
    drafting = review(status=ReviewStatus.DRAFTING, approver=approver)
    state = State(LAN, "vi", NOW, own=replace(drafting, answers=ANSWERS, decider_id=decider))
    digits = content(OwnReview.of(BOOKS, state))[:DIGITS]
    turn = step(BOOKS, state, Pressed(Button("send", 100, (digits,))))
    assert [command for command in turn.commands if isinstance(command, Submit)]
    assert [(one.person, one.key) for one in turn.commands if isinstance(one, Notify)] == told


def test_a_weak_text_is_asked_about_once_and_then_goes_as_it_is() -> None:
    weak = {**ANSWERS, "self": Answer("excellent", ".")}
    state = State(LAN, "vi", NOW, own=replace(review(status=ReviewStatus.DRAFTING), answers=weak))
    send = Pressed(Button("send", 100, (content(OwnReview.of(BOOKS, state))[:DIGITS],)))
    turn = step(BOOKS, state, send)
    (asked,) = turn.commands
    assert isinstance(asked, KeepAsked)
    assert turn.replies[0].template == "review/weak"
    again = replace(state, own=replace(state.own, asked=asked.stamps))
    assert any(isinstance(one, Submit) for one in step(BOOKS, again, send).commands)


def test_what_was_sent_before_as_it_is_is_not_asked_about() -> None:
    weak = {**ANSWERS, "self": Answer("excellent", ".")}
    own = replace(review(draft(answers=weak)), status=ReviewStatus.DRAFTING)
    state = State(LAN, "vi", NOW, own=own)
    turn = step(BOOKS, state, Pressed(Button("send", 100, (content(OwnReview.of(BOOKS, state))[:DIGITS],))))
    assert any(isinstance(one, Submit) for one in turn.commands)
