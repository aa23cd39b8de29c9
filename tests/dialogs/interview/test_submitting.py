"""Handing in: who hears of it."""

from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.state import State
from dialogs.core.turn import Notify, Submit
from dialogs.interview.own_review import OwnReview
from dialogs.interview.review_page import DIGITS, content
from dialogs.step import step
from rules.nouns.reviews import ReviewStatus
from tests.dialogs.small_office import ANSWERS, BOOKS, HOA, LAN, MINH, NOW, review


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
