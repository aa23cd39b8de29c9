"""A question typed where a room awaits a reason, a comment, a plea: answered or asked back, and never kept as what was awaited."""

from dataclasses import replace

import pytest

from dialogs.core.commands.drafts import KeepComment
from dialogs.core.events import Said
from dialogs.core.state import State
from dialogs.core.turn import SetFocus
from dialogs.step import step
from templates.wording import message
from tests.dialogs.small_office import BOOKS, LAN, MINH, NOW, draft, head_sees, review

WAITING = review(draft())
OF_HEAD = {"review": 100, "version": "1", "digits": draft().stamp[:12]}
QUESTIONS = ("Bao giờ phải nộp?", "Ai quyết định cho tôi?", "ai duyet cho toi")


def words(turn):
    return message(turn.replies[-1].template, turn.replies[-1].values, "vi")


def focus(turn):
    return [one.focus for one in turn.commands if isinstance(one, SetFocus)][-1]


@pytest.mark.parametrize("purpose", ["head_comment", "head_reason"])
@pytest.mark.parametrize("text", QUESTIONS)
def test_a_heads_question_is_no_comment_and_no_reason(purpose, text):
    state = head_sees(WAITING, focus={**OF_HEAD, "for": purpose})
    turn = step(BOOKS, state, Said(text))
    assert "giống một câu hỏi nên tôi chưa ghi" in words(turn)
    assert not [one for one in turn.commands if not isinstance(one, SetFocus)]
    assert focus(turn)["for"] == purpose  # it is still awaited


@pytest.mark.parametrize(
    "purpose",
    ["result_opinion", "result_plea", "petition_answer", "decide_remarks", "decide_reason", "anew_reason", "opinion_text", "plan_what", "work_lines", "desk_place"],
)  # fmt: skip
def test_so_is_it_wherever_a_text_is_awaited(purpose):
    turn = step(BOOKS, State(LAN, "vi", NOW, focus={"for": purpose, "review": 100}), Said(QUESTIONS[0]))
    assert [one.template for one in turn.replies] == ["question/asked_in_a_room"]
    assert [type(one) for one in turn.commands] == [SetFocus]


def test_what_the_program_knows_it_tells():
    own = review(person=MINH, approver=LAN.id, review_id=7)
    state = replace(head_sees(WAITING, focus={**OF_HEAD, "for": "head_comment"}), own=own, approver=LAN)
    assert "Nguyễn Thị Lan" in words(step(BOOKS, state, Said("Ai quyết định cho tôi?")))


def test_the_same_text_sent_once_more_is_what_was_awaited():
    state = head_sees(WAITING, focus={**OF_HEAD, "for": "head_comment"})
    text = "Vì sao chưa có số liệu quý II?"
    first = step(BOOKS, state, Said(text))
    again = step(BOOKS, replace(state, focus=focus(first)), Said(text))
    assert KeepComment(100, text, None) in again.commands


def test_what_is_no_question_is_kept_at_once():
    state = head_sees(WAITING, focus={**OF_HEAD, "for": "head_comment"})
    turn = step(BOOKS, state, Said("Hoàn thành tốt; ai cũng ghi nhận."))
    assert any(isinstance(one, KeepComment) for one in turn.commands)
