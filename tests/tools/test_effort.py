"""The counting of what a review costs: what of a changed message is read again, and how the player finds its way."""

import pytest

from bot.rulebooks.library import Library
from tools.effort.counts import Counts, Deed
from tools.effort.person import WRITER
from tools.effort.player import Press, Reader, Say, Unanswerable, Writer
from tools.effort.screen import Message, Screen, Shown, changed, words

FORM = Library()["decree-90-2020", 2025].forms["mau-02"]


def shown(text: str, *buttons: tuple[str, str]) -> Screen:
    message = Message("1", text, tuple(Shown(label, data) for label, data in buttons))
    return Screen((message,), (message,))


def test_words_are_what_stands_between_blanks_and_holds_a_letter_or_digit() -> None:
    assert words("Câu 4/25  ▰▰▱ – Thực hiện tốt: 100%.") == 6


def test_a_new_message_is_read_whole_and_a_redrawn_one_where_it_differs() -> None:
    before = (Message("1", "Danh sách\nchưa chọn gì", (Shown("a", "tick:1"), Shown("Tiếp", "next:1"))),)
    ticked = (Message("1", "Danh sách\nđã chọn a", (Shown("✓ a", "tick:1"), Shown("Tiếp", "next:1"))),)
    assert (changed((), before).words, changed((), before).buttons) == (5, 2)
    assert (changed(before, ticked).words, changed(before, ticked).buttons) == (3, 1)
    assert changed(before, (*before, *ticked)).words == 5


def test_presses_and_texts_are_counted_and_make_minutes() -> None:
    counts = Counts(
        [
            Deed("Bắt đầu", typed=False, came=changed((), ())),
            Deed("một hai ba bốn năm", typed=True, came=changed((), ())),
        ]
    )
    assert (counts.presses, counts.texts) == (1, 1)
    assert counts.minutes == pytest.approx((0.8 + 12 + 0.8) / 60)
    assert counts.longest == pytest.approx(12.8 / 60)


def test_the_writer_presses_one_answer_or_all_of_an_item_where_the_screen_offers_it() -> None:
    one = ("Thực hiện tốt", "answer:5:c1a:good")
    assert Writer(WRITER, FORM).move(shown("a) …", ("Đáp ứng", "answer:5:c1a:met"), one)) == Press(Shown(*one), "c1a")
    every = ("Cả bốn: thực hiện tốt", "all:5:c1a:good")
    assert Writer(WRITER, FORM).move(shown("a) …", ("Cả bốn: đáp ứng", "all:5:c1a:met"), one, every)) == Press(
        Shown(*every), "c1a"
    )


def test_the_writer_names_tasks_one_by_one_or_all_at_once_where_that_is_said() -> None:
    example = ("Ví dụ", "example:5:tasks")
    assert Writer(WRITER, FORM).move(shown("Tên nhiệm vụ là gì?", example)) == Say(WRITER.tasks[0].name, "tasks")
    listed = Writer(WRITER, FORM).move(shown("Gõ cả danh sách, mỗi việc một dòng.", example))
    assert isinstance(listed, Say)
    assert len(listed.text.splitlines()) == 6


def test_a_screen_that_nobody_would_know_what_to_do_with_fails_with_its_words() -> None:
    with pytest.raises(Unanswerable, match="Xin chào"):
        Writer(WRITER, FORM).move(shown("Xin chào", ("Mục lục", "outline:5")))


def test_the_head_opens_and_agrees_until_nothing_waits() -> None:
    reader = Reader()
    card = ("Trần Thị Hoa Mai", "head_card:5:1")
    assert reader.move(shown("Có 1 bản", card)) == Press(Shown(*card))
    assert reader.move(shown("Hết")) is None
