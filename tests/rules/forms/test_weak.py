"""Texts that say nearly nothing."""

import pytest

from rules.forms.form import Option, Question, QuestionKind
from rules.forms.weak import WeakText, is_weak, weak_texts
from rules.nouns.reviews import Answer


@pytest.mark.parametrize(
    "text", [".", "…", "Tốt", "Hoàn thành.", "ok", "chưa có", "Dạ không có ạ", "Không có gì!", "như năm trước", "👍"]
)
def test_a_word_is_weak(text):
    assert is_weak(text)


@pytest.mark.parametrize("text", ["Còn chậm hạn.", "Không tham gia cấp ủy.", "Hai báo cáo quý gửi sát hạn."])
def test_a_remark_is_not(text):
    assert not is_weak(text)


def test_names_and_what_may_be_left_out_may_be_short():
    remark = Question("strengths", QuestionKind.TEXT, "Ưu điểm?")
    name = Question("cell", QuestionKind.TEXT, "Chi bộ nào?", max_chars=200)
    optional = Question("explained", QuestionKind.TEXT, "Giải trình?", required=False)
    choice = Question("c1a", QuestionKind.CHOICE, "a)", options=(Option("good", "Tốt"),), illustrated=True)
    given = {
        "strengths": Answer("Tốt"),
        "cell": Answer("Chi bộ 1"),
        "explained": Answer("Không"),
        "c1a": Answer("good", note="."),
    }
    asked = (remark, name, optional, choice)
    assert list(weak_texts(asked, given)) == [
        WeakText("strengths", "Tốt", noted=False),
        WeakText("c1a", ".", noted=True),
    ]


def test_what_the_question_says_to_write_is_not_asked_about():
    told = Question("faults", QuestionKind.TEXT, "Hạn chế?", help="Kèm cách khắc phục. Không có thì ghi “Không”.")
    for text in ("Không", "dạ không có ạ"):
        assert list(weak_texts((told,), {"faults": Answer(text)})) == []
    assert list(weak_texts((told,), {"faults": Answer("Tốt")})) == [WeakText("faults", "Tốt", noted=False)]
