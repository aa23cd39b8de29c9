"""How an answer is repeated to the person."""

import pytest

from rules.forms.answers import said, value_said
from rules.forms.form import Field, Option, Question, QuestionKind
from rules.nouns.reviews import Answer
from rules.nouns.text import shorten

YES_NO = (Option(value=True, label="Có"), Option(value=False, label="Không"))
CHOICE = Question("c", QuestionKind.CHOICE, "Có không?", options=YES_NO)


def test_a_choice_is_repeated_by_its_label():
    assert said(CHOICE, Answer(value=True))["text"] == "Có"


def test_the_number_one_is_not_yes():
    assert value_said(CHOICE, 1) == {"what": "text", "text": "1", "unit": "", "note": "", "number": 0, "count": 0}


def test_a_number_without_a_button_keeps_its_unit():
    months = Field("m", QuestionKind.NUMBER, "Bao nhiêu?", "Tháng", unit="tháng")
    shown = value_said(months, 7.5)
    assert (shown["what"], shown["number"], shown["unit"]) == ("number", 7.5, "tháng")


def test_a_skipped_question_says_so():
    assert said(CHOICE, Answer(None, skipped=True))["what"] == "skipped"


def test_a_note_without_a_choice_is_kept_in_sight():
    assert said(CHOICE, Answer(None, note="vì sao"))["note"] == "vì sao"


def test_a_long_text_is_cut_at_a_word_and_loses_its_comma():
    assert shorten("một hai ba, bốn năm sáu", 14) == "một hai ba…"


def test_a_text_of_several_lines_becomes_one_line():
    assert shorten("một\n\nhai") == "một hai"


BIRTH = Question("b", QuestionKind.DATE, "Sinh ngày nào?")


@pytest.mark.parametrize("kept", ["1980-03-05", "5/3/1980"])
def test_a_date_is_repeated_as_a_day_however_it_was_kept(kept):
    shown = said(BIRTH, Answer(kept))
    assert (shown["what"], shown["text"]) == ("date", "1980-03-05")


def test_what_is_no_date_is_repeated_as_it_was_typed():
    shown = said(BIRTH, Answer("khoảng 1980"))
    assert (shown["what"], shown["text"]) == ("text", "khoảng 1980")
