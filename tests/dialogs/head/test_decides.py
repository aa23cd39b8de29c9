"""The approver agrees, comments, returns: what is kept, who is told, what is shown next."""

from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.drafts import Approve, KeepComment, Return
from dialogs.core.events import Commanded, Event, Pressed, Said, Sent
from dialogs.core.state import State
from dialogs.core.turn import Notify, Papers, SetFocus, Turn
from dialogs.head.door import TEXTS, VERBS
from dialogs.step import step
from rules.nouns.reviews import Json, ReviewStatus
from rules.nouns.values import Rating
from tests.dialogs.small_office import BOOKS, LAN, MINH, TAM, draft, head_sees, pressed, review, with_comment

WAITING = review(draft())
OTHER = review(draft(), person=TAM, review_id=101)
PLAIN = review(replace(draft(), self_rating=Rating.GOOD, suggested=Rating.GOOD))
COMMENTED = with_comment(WAITING, "Đồng chí Lan làm tốt.")


def press(state: State, button: Button) -> Turn:
    return VERBS[button.verb](BOOKS, state, button)


def button_of(turn: Turn, label: str) -> Button:
    keys = [key for reply in turn.replies for row in reply.keyboard for key in row]
    return next(key.button for key in keys if key.label == label)


def focus_after(turn: Turn) -> dict[str, Json]:
    (set_focus,) = [c for c in turn.commands if isinstance(c, SetFocus)]
    return dict(set_focus.focus or {})


def kinds(turn: Turn) -> list[str]:
    return [type(command).__name__ for command in turn.commands]


def test_agreeing_asks_once_more_and_decides_nothing_yet() -> None:
    turn = press(head_sees(WAITING), pressed("head_agree", WAITING))
    assert turn.replies[0].template == "head/confirm"
    assert turn.commands == ()


def test_the_confirmed_agreement_names_the_version() -> None:
    asked = press(head_sees(WAITING), pressed("head_agree", WAITING))
    turn = press(head_sees(WAITING), button_of(asked, "head/approve_plain"))
    assert turn.commands[0] == Approve(100, 1, "")


def test_the_person_is_told_who_agreed_when_and_with_which_comment() -> None:
    asked = press(head_sees(COMMENTED), pressed("head_agree", COMMENTED))
    turn = press(head_sees(COMMENTED), button_of(asked, "head/approve_with_comment"))
    notice = turn.commands[1]
    assert isinstance(notice, Notify)
    assert (notice.person, notice.key) == (LAN.id, "approved:100:1")
    assert notice.reply.values["by"] == "Trần Văn Minh"
    assert notice.reply.values["at"] == "2020-12-01T09:30:00+07:00"
    assert notice.reply.values["comment"] == "Đồng chí Lan làm tốt."
    assert notice.reply.attached == Papers(100, 1, ("docx", "pdf"))


def test_a_comment_rewritten_elsewhere_is_shown_before_it_is_signed() -> None:
    asked = press(head_sees(COMMENTED), pressed("head_agree", COMMENTED))
    rewritten = with_comment(WAITING, "Cần cố gắng hơn.")
    turn = press(head_sees(rewritten), button_of(asked, "head/approve_with_comment"))
    assert turn.replies[0].template == "head/confirm"
    assert turn.replies[0].values["comment"] == "Cần cố gắng hơn."
    assert turn.commands == ()


def test_after_an_agreement_the_next_waiting_draft_stands_in_its_place() -> None:
    asked = press(head_sees(WAITING, WAITING, OTHER), pressed("head_agree", WAITING))
    turn = press(head_sees(WAITING, WAITING, OTHER), button_of(asked, "head/approve_plain"))
    (card,) = turn.replies
    assert (card.template, card.replaces, card.values["name"]) == ("head/card", True, "Phạm Minh Tâm")
    assert card.values["agreed"]["name"] == "Nguyễn Thị Lan"
    assert (focus_after(turn)["for"], focus_after(turn)["review"]) == ("head_card", 101)


def test_a_draft_without_anything_to_look_at_twice_is_agreed_to_by_the_press_on_its_card() -> None:
    card = press(head_sees(PLAIN), pressed("head_card", PLAIN)).replies[0]
    turn = press(head_sees(PLAIN), button_of(Turn((card,)), "head/agree"))
    assert kinds(turn) == ["Approve", "Notify"]
    assert turn.replies[0].template == "head/approved"


def test_a_comment_that_came_since_the_card_was_drawn_is_shown_before_it_is_signed() -> None:
    card = press(head_sees(PLAIN), pressed("head_card", PLAIN)).replies[0]
    agree = button_of(Turn((card,)), "head/agree")
    turn = press(head_sees(with_comment(PLAIN, "Làm tốt.")), agree)
    assert turn.replies[0].template == "head/confirm"
    assert turn.commands == ()


def test_a_rating_above_the_suggestion_is_asked_about_once_more_and_said_so() -> None:
    above = review(replace(draft(), self_rating=Rating.EXCELLENT, suggested=Rating.GOOD))
    card = press(head_sees(above), pressed("head_card", above)).replies[0]
    turn = press(head_sees(above), button_of(Turn((card,)), "head/agree"))
    assert turn.replies[0].template == "head/confirm"
    assert turn.replies[0].values["above"] is True
    assert turn.commands == ()


def test_a_comment_is_kept_and_stands_on_the_card() -> None:
    asked = press(head_sees(WAITING), pressed("head_comment", WAITING))
    state = head_sees(WAITING, focus=focus_after(asked))
    turn = TEXTS["head_comment"](BOOKS, state, "  Làm tốt.  ")
    assert turn.commands == (KeepComment(100, "Làm tốt."), SetFocus(None))
    assert [reply.template for reply in turn.replies] == ["head/comment_kept", "head/card"]
    assert turn.replies[1].values["comment"] == "Làm tốt."


def test_a_comment_written_on_the_way_to_agreeing_goes_back_to_agreeing() -> None:
    confirm = press(head_sees(WAITING), pressed("head_agree", WAITING))
    asked = press(head_sees(WAITING), button_of(confirm, "head/comment_first"))
    turn = TEXTS["head_comment"](BOOKS, head_sees(WAITING, focus=focus_after(asked)), "Làm tốt.")
    assert turn.replies[-1].template == "head/confirm"
    assert turn.replies[-1].values["comment"] == "Làm tốt."


def test_a_comment_may_be_taken_away() -> None:
    turn = press(head_sees(COMMENTED), pressed("head_uncomment", COMMENTED))
    assert turn.commands == (KeepComment(100, ""),)
    assert turn.replies[1].values["comment"] == ""


def test_returning_first_asks_for_a_reason() -> None:
    turn = press(head_sees(WAITING), pressed("head_return", WAITING))
    assert turn.replies[0].template == "head/ask_reason"
    assert focus_after(turn)["for"] == "head_reason"


def test_a_reason_then_items_then_the_return() -> None:
    asked = press(head_sees(WAITING), pressed("head_return", WAITING))
    reasoned = TEXTS["head_reason"](BOOKS, head_sees(WAITING, focus=focus_after(asked)), "Xem lại mục 5")
    pointed = press(head_sees(WAITING, focus=focus_after(reasoned)), pressed("head_part", WAITING, "i5"))
    sent = press(head_sees(WAITING, focus=focus_after(pointed)), pressed("head_send", WAITING))
    assert sent.commands[0] == Return(100, 1, "Xem lại mục 5", ("i5",))
    assert kinds(sent) == ["Return", "Notify", "SetFocus"]


def test_the_person_gets_reason_items_and_a_way_straight_on() -> None:
    focus: dict[str, Json] = {
        "for": "head_reason",
        "review": 100,
        "version": 1,
        "reason": "Thiếu số liệu",
        "parts": ["ii1"],
    }
    sent = press(head_sees(WAITING, focus=focus), pressed("head_send", WAITING))
    notice = sent.commands[1]
    assert isinstance(notice, Notify)
    assert (notice.person, notice.key) == (LAN.id, "returned:100:1")
    assert notice.reply.values["reason"] == "Thiếu số liệu"
    assert notice.reply.values["parts"] == [{"number": "II.1", "title": "Ưu điểm"}]
    assert notice.reply.keyboard[0][0].button == Button("next", 100)


def test_an_item_pressed_twice_is_no_longer_pointed_at() -> None:
    focus: dict[str, Json] = {"for": "head_reason", "review": 100, "version": 1, "reason": "Sửa", "parts": ["i5"]}
    turn = press(head_sees(WAITING, focus=focus), pressed("head_part", WAITING, "i5"))
    assert focus_after(turn)["parts"] == []


def test_only_items_the_person_filled_can_be_pointed_at() -> None:
    focus: dict[str, Json] = {"for": "head_reason", "review": 100, "version": 1, "digits": draft().stamp[:12]}
    turn = TEXTS["head_reason"](BOOKS, head_sees(WAITING, focus=focus), "Sửa")
    toggles = [key.values["number"] for row in turn.replies[0].keyboard for key in row if key.label == "head/part"]
    assert toggles == ["I.1", "I.5", "II.1", "II.2"]


def test_sending_without_a_reason_asks_for_it() -> None:
    turn = press(head_sees(WAITING), pressed("head_send", WAITING))
    assert turn.replies[0].template == "head/ask_reason"
    assert kinds(turn) == ["SetFocus"]


def test_a_reason_for_another_draft_is_not_taken_for_this_one() -> None:
    focus: dict[str, Json] = {"for": "head_reason", "review": 101, "version": 1, "reason": "Của người khác"}
    turn = press(head_sees(WAITING, focus=focus), pressed("head_send", WAITING))
    assert turn.replies[0].template == "head/ask_reason"


def test_a_thousand_characters_are_a_reason_and_one_more_is_too_long() -> None:
    asked = press(head_sees(WAITING), pressed("head_return", WAITING))
    state = head_sees(WAITING, focus=focus_after(asked))
    assert TEXTS["head_reason"](BOOKS, state, "á" * 1000).replies[0].template == "head/parts"
    too_long = TEXTS["head_reason"](BOOKS, state, "á" * 1001)
    assert too_long.replies[0].template == "head/too_long"
    assert too_long.commands == ()


def test_a_blank_reason_is_none() -> None:
    asked = press(head_sees(WAITING), pressed("head_return", WAITING))
    turn = TEXTS["head_reason"](BOOKS, head_sees(WAITING, focus=focus_after(asked)), " \n ")
    assert turn.replies[0].template == "head/expected"


def test_opening_another_card_lets_go_of_an_awaited_reason() -> None:
    focus = focus_after(press(head_sees(WAITING), pressed("head_return", WAITING)))
    turn = press(head_sees(OTHER, focus=focus), Button("head_card", 101))
    looked_at = {"for": "head_card", "review": 101, "version": "1", "digits": OTHER.draft.stamp[:12]}
    assert turn.commands == (SetFocus(looked_at),)


@pytest.mark.parametrize(
    "event", [Pressed(Button("language", 0, ("en",))), Commanded("trogiup"), Pressed(None)], ids=str
)
def test_anything_elsewhere_lets_go_of_an_awaited_reason(event: Event) -> None:
    focus = focus_after(press(head_sees(WAITING), pressed("head_return", WAITING)))
    assert SetFocus(None) in step(BOOKS, head_sees(WAITING, focus=focus), event).commands


def test_a_photo_while_a_reason_is_awaited_gets_one_line_and_the_reason_is_still_awaited() -> None:
    focus = focus_after(press(head_sees(WAITING), pressed("head_return", WAITING)))
    turn = step(BOOKS, head_sees(WAITING, focus=focus), Sent("photo"))
    assert len(turn.replies) == 1
    assert turn.commands == ()


def test_text_without_an_awaited_reason_belongs_to_the_head_s_own_review() -> None:
    own = review(person=MINH, status=ReviewStatus.DRAFTING, review_id=55, approver=None)
    turn = step(BOOKS, replace(head_sees(None, WAITING), own=own), Said("Đáp ứng"))
    assert turn.replies[0].template.startswith("question/")


def test_looking_at_the_pages_keeps_an_awaited_reason() -> None:
    focus = focus_after(press(head_sees(WAITING), pressed("head_return", WAITING)))
    turn = press(head_sees(WAITING, focus=focus), pressed("head_papers", WAITING, "pages"))
    assert turn.replies[0].attached == Papers(100, 1, ("pages",))
    assert turn.commands == ()
