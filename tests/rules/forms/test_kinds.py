"""Every kind of question is known wherever kinds are told apart: what mypy cannot see is listed here."""

import datetime as dt

import pytest
from pydantic import ValidationError

from dialogs.interview.question_page import TAKING_OVER, problem
from rules.forms.answers import said
from rules.forms.form import Field, Option, Question, QuestionKind
from rules.forms.kinds import CODES, KINDS, WHYS, Problem, accept
from rules.nouns.reviews import Answer
from rules.reading.form.schema import _Field
from templates.documents.sheets.answering import PRINTED
from templates.wording import environment, message

NAME = Field("name", QuestionKind.TEXT, "?", "Việc")

#: A kept value of every kind, and what is read of it in the chat.
WORDS = {
    QuestionKind.CHOICE: ("good", "Tốt", "Good"),
    QuestionKind.TEXT: ("Việc tốt.", "Việc tốt.", "Việc tốt."),
    QuestionKind.NUMBER: (7.5, "7,5", "7.5"),
    QuestionKind.DATE: ("1980-03-05", "05/3/1980", "5 March 1980"),
    QuestionKind.ITEMS: ({"items": [{"name": "Báo cáo"}], "closed": True}, "1 việc", "1 việc"),
    QuestionKind.RATING: ("good", "Tốt", "Good"),
}
#: What was typed and is no answer, for every kind that can be wrong, and what is said to it.
PROBLEMS = {
    "5/3": "“5/3” chưa có năm. Xin anh/chị ghi đủ ngày, tháng, năm, ví dụ 05/3/1980.",
    "đầu tháng 3": "“đầu tháng 3” chưa có ngày và năm. Xin anh/chị ghi đủ ngày, tháng, năm, ví dụ 05/3/1980.",
    "mùng 5 tháng 3": "“mùng 5 tháng 3” có thể là ngày âm lịch. Xin anh/chị ghi đủ ngày, tháng, năm, ví dụ 05/3/1980.",
    "5/3/80": "Xin anh/chị ghi năm đủ bốn chữ số, ví dụ 05/3/1980.",
    "hôm nọ": "“hôm nọ” không phải là một ngày. Xin anh/chị ghi đủ ngày, tháng, năm, ví dụ 05/3/1980.",
    "1/1/2030": "Ngày 01/01/2030 sau ngày 28/11/2026. Xin anh/chị ghi một ngày từ 01/01/1900 đến 28/11/2026.",
}
BIRTH = Question("b", QuestionKind.DATE, "?", not_before="1900-01-01", not_after="today")
#: What every problem brings along.
BRINGS = {
    "empty": {},
    "too_long": {"limit": 20, "length": 21},
    "number_alone": {"said": "90"},
    "not_a_number": {"minimum": None, "maximum": None, "unit": "", "said": "tốt", "why": "words"},
    "out_of_range": {"minimum": 0, "maximum": 12, "unit": "tháng", "said": 13, "why": "above"},
    "not_an_option": {"options": ["Tốt"]},
    "not_a_date": {"said": "5/3", "why": "year"},
    "short_year": {"said": "5/3/80", "why": ""},
    "no_such_day": {"said": "31/2/1980", "why": ""},
    "date_out_of_range": {"first": "1900-01-01", "last": "", "said": "1899-12-31", "why": "early"},
}
NOT_IN_A_LIST = (QuestionKind.ITEMS, QuestionKind.RATING)


@pytest.mark.parametrize("kind", QuestionKind)
def test_every_kind_has_a_class_of_its_own(kind):
    assert [other for other in QuestionKind if type(KINDS[other]) is type(KINDS[kind])] == [kind]


def test_every_kind_says_how_it_takes_over_what_was_said_elsewhere():
    assert set(TAKING_OVER) == set(QuestionKind)


def test_every_kind_but_the_rating_is_printed():
    assert set(PRINTED) == set(QuestionKind) - {QuestionKind.RATING}


@pytest.mark.parametrize("kind", [kind for kind in QuestionKind if kind not in NOT_IN_A_LIST])
def test_every_plain_kind_may_be_a_part_of_an_item(kind):
    assert _Field(key="f", kind=kind, text="?", label="L").kind is kind


@pytest.mark.parametrize("kind", NOT_IN_A_LIST)
def test_no_list_stands_in_a_list(kind):
    with pytest.raises(ValidationError):
        _Field(key="f", kind=kind, text="?", label="L")


@pytest.mark.parametrize("kind", QuestionKind)
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("template", ["question/_words.j2", "head/_words.j2"])
def test_an_answer_of_every_kind_has_words(kind, language, template):
    value, *words = WORDS[kind]
    question = Question("q", kind, "?", options=(Option("good", "Tốt"),), fields=(NAME,), item_name="Việc")
    words_of = environment(language).get_template(template).module
    assert words_of.answer(said(question, Answer(value))).strip() == words[language == "en"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_problem_has_a_sentence_of_its_own_and_an_unknown_one_borrows_none(language):
    lines = [problem(Problem(code, BRINGS[code])) for code in CODES]
    told = [message("question/news/problem", {"line": line}, language) for line in lines]
    assert all(told)
    assert len(set(told)) == len(CODES)
    assert not message("question/news/problem", {"line": problem(Problem("unheard"))}, language)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_was_wrong_has_a_sentence_of_its_own(language):
    values = {"minimum": 0, "maximum": 12, "unit": "tháng", "first": "1900-01-01", "last": "2026-11-28"}
    said = dict.fromkeys(WHYS, "x") | {"above": 13, "below": -1, "late": "2026-11-29", "early": "1899-12-31"}
    told = [
        message(
            "question/news/problem",
            {"line": problem(Problem("not_a_number", {**values, "said": said[why], "why": why}))},
            language,
        )
        for why in WHYS
    ]
    assert len(set(told)) == len(WHYS)
    hints = {one.partition(". ")[2] for one in told}
    assert hints == {
        "Xin anh/chị ghi một số từ 0 đến 12." if language == "vi" else "Please give a number from 0 to 12."
    }


def test_what_was_kept_before_says_what_is_expected():
    line = problem(Problem("out_of_range", {"minimum": 0, "maximum": 12, "unit": "tháng"}))
    assert message("question/news/problem", {"line": line}, "vi", kept=True) == "Xin anh/chị ghi một số từ 0 đến 12."


@pytest.mark.parametrize("typed", PROBLEMS)
def test_a_wrong_date_is_told_what_is_expected(typed):
    line = problem(accept(BIRTH, typed, dt.date(2026, 11, 28)))
    assert message("question/news/problem", {"line": line}, "vi") == PROBLEMS[typed]


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        (
            {"not_after": "2020-02-01"},
            "Ngày 02/02/2020 sau ngày 01/02/2020. Xin anh/chị ghi một ngày không sau 01/02/2020.",
        ),
        (
            {"not_before": "today"},
            "Ngày 02/02/2020 trước ngày 28/11/2026. Xin anh/chị ghi một ngày không trước 28/11/2026.",
        ),
    ],
)
def test_a_date_with_one_bound_is_told_that_one(bounds, told):
    line = problem(accept(Question("q", QuestionKind.DATE, "?", **bounds), "2/2/2020", dt.date(2026, 11, 28)))
    assert message("question/news/problem", {"line": line}, "vi") == told
