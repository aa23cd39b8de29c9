"""A text that came in pieces, and one that follows an answer before anybody can have read the next question.

`chat-long-message.txt`: 5.490 characters cut at 4.096 by the app; and two messages of 900 and 40, 0,3 s apart. What is
expected: an answer is never the end of a text whose beginning was refused, nor the second half of another answer.
"""

import datetime as dt

from bot.telegram.texts import may_go_on, seam
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed, Said
from dialogs.interview.pieces import AT_ONCE, HEARD, MOST_HEARD
from tests.dialogs.texts_office import Talk

NOON = dt.datetime(2020, 12, 1, 12, tzinfo=dt.UTC)
LONG = " ".join(f"Tham mưu văn bản số {number}." for number in range(1, 230))[:5490]


def said(text: str, after: float = 0) -> Said:
    """As Telegram's reader makes it: whole seconds, and what a piece may have lost."""
    return Said(text, NOON + dt.timedelta(seconds=int(after)), seam(text) if may_go_on(text) else None)


def test_the_end_of_a_text_that_was_refused_is_no_answer() -> None:
    talk = Talk()
    talk.says(said(LONG[:4096]))
    assert talk.answers == {}
    assert "tối đa 2.000 ký tự, tin nhắn vừa rồi có 4.096" in talk.text
    talk.says(said(LONG[4096:]))
    assert talk.answers == {}
    assert "tối đa 2.000 ký tự, tin nhắn vừa rồi có 5.490" in talk.text


def test_a_text_of_two_pieces_that_fits_is_one_answer() -> None:
    talk = Talk(limit=9000)
    talk.says(said(LONG[:4096]))
    talk.says(said(LONG[4096:]))
    assert talk.answers == {"strengths": LONG}
    assert talk.current == "weaknesses"


def test_what_is_said_later_is_an_answer_of_its_own() -> None:
    talk = Talk()
    talk.says(said(LONG[:4096]))
    talk.says(said("Ngắn gọn.", after=AT_ONCE + 1))
    assert talk.answers == {"strengths": "Ngắn gọn."}


def test_two_messages_of_one_second_are_one_answer_and_it_says_so() -> None:
    talk = Talk()
    talk.says(said("Phần một"))
    talk.says(said("(tiếp) Phần hai", after=0.3))
    assert talk.answers == {"strengths": "Phần một\n(tiếp) Phần hai"}
    assert "Đã sửa câu 1: Phần một → Phần một (tiếp) Phần hai" in " ".join(talk.text.split())
    assert {"↩ Hoàn tác", "Trả lời câu 2"} <= set(talk.labels)


def test_a_third_of_them_belongs_to_it_as_well() -> None:
    talk = Talk()
    for text in ("một", "hai", "ba"):
        talk.says(said(text))
    assert talk.answers == {"strengths": "một\nhai\nba"}


def test_the_second_message_answers_the_next_question_where_its_person_says_so() -> None:
    talk = Talk()
    talk.says(said("Phần một"))
    talk.says(said("(tiếp) Phần hai"))
    talk.presses("Trả lời câu 2")
    kept = {"strengths": "Phần một", "weaknesses": "(tiếp) Phần hai"}
    assert talk.answers == kept
    talk.presses_again()
    assert talk.answers == kept


def test_the_same_words_at_once_are_no_second_answer() -> None:
    talk = Talk()
    talk.says(said("Tốt"))
    talk.says(said("tốt."))
    assert talk.answers == {"strengths": "Tốt"}
    assert talk.reply.template == "question/too_soon"
    talk.presses("Trả lời câu 2")
    assert talk.answers == {"strengths": "Tốt", "weaknesses": "tốt."}


def test_what_would_be_too_long_together_is_not_put_together() -> None:
    talk = Talk()
    talk.says(said("a" * 1990))
    talk.says(said("b" * 20))
    assert talk.answers == {"strengths": "a" * 1990}
    assert "tối đa 2.000 ký tự" in talk.text


def test_another_text_later_answers_the_question() -> None:
    talk = Talk()
    talk.says(said("Phần một"))
    talk.says(said("(tiếp) Phần hai"))
    talk.says(said("Còn chậm.", after=30))
    assert talk.answers == {"strengths": "Phần một\n(tiếp) Phần hai", "weaknesses": "Còn chậm."}


def test_a_channel_that_does_not_say_when_is_taken_at_its_word() -> None:
    talk = Talk()
    talk.says(Said("Phần một"))
    talk.says(Said("Phần hai"))
    assert talk.answers == {"strengths": "Phần một", "weaknesses": "Phần hai"}


def test_a_press_of_nobody_s_piece_changes_nothing() -> None:
    talk = Talk()
    talk.says(said("Phần một"))
    talk.says(said("(tiếp) Phần hai"))
    own = next(key for key in talk.keys if key.label == "Trả lời câu 2")
    on = Button.decode(own.data.replace("piece_off", "piece_on").replace("weaknesses", "strengths"))
    talk.presses("Trả lời câu 2")
    talk.does(Pressed(on))
    assert talk.answers == {"strengths": "Phần một", "weaknesses": "(tiếp) Phần hai"}


def test_of_a_text_that_never_ends_no_more_is_remembered_than_we_could_ever_take() -> None:
    talk = Talk()
    for number in range(20):
        talk.says(said(LONG[:4096], after=number / 4))
    assert talk.answers == {}
    assert len(talk.state.focus[HEARD]["text"]) == MOST_HEARD
