"""What is taken as an answer, and what is asked for instead."""

import pytest

from rules.forms.form import Option, Question, QuestionKind
from rules.forms.kinds import Problem, accept, accept_text, button_value
from rules.nouns.text import clean

LEVELS = (Option("good", "Thực hiện tốt"), Option("met", "Đáp ứng"), Option("unmet", "Chưa đáp ứng"))
YES_NO = (Option(value=True, label="Có"), Option(value=False, label="Không"))
CRITERION = Question("c1a", QuestionKind.CHOICE, "?", options=LEVELS)
CONSENT = Question("disciplined", QuestionKind.CHOICE, "?", options=YES_NO)
MONTHS = Question(
    "months", QuestionKind.NUMBER, "?", options=(Option(12, "Cả năm (12 tháng)"),), minimum=0, maximum=12, unit="tháng"
)
PERCENT = Question("pct", QuestionKind.NUMBER, "?", options=(Option(80, "80%"),), minimum=0, maximum=100, unit="%")
BUDGET = Question("budget", QuestionKind.NUMBER, "?", unit="đồng")
STRENGTHS = Question("strengths", QuestionKind.TEXT, "?", max_chars=20)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("6", 6),
        (" 6 ", 6),
        ("2,5", 2.5),
        ("2.5", 2.5),
        ("6 tháng", 6),
        ("6 thang", 6),
        ("06", 6),
        ("12.0", 12),
        ("６", 6),
        ("Cả năm (12 tháng)", 12),
        ("ca nam", None),
    ],
)
def test_a_number_of_months_as_people_type_it(typed, number):
    accepted = accept(MONTHS, typed)
    assert accepted == (
        Problem("not_a_number", {"minimum": 0, "maximum": 12, "unit": "tháng"}) if number is None else number
    )


@pytest.mark.parametrize(("typed", "number"), [("80%", 80), ("80 %", 80), ("80", 80), ("99,5%", 99.5), ("0", 0)])
def test_a_percentage_as_people_type_it(typed, number):
    assert accept(PERCENT, typed) == number


@pytest.mark.parametrize(("typed", "number"), [("1.500.000", 1500000), ("12 500 đồng", 12500), ("1.500,5", 1500.5)])
def test_a_point_before_three_digits_parts_thousands(typed, number):
    assert accept(BUDGET, typed) == number


@pytest.mark.parametrize("typed", ["mười hai", "1e3", "nan", "inf", "6 7", "6-7", "½", "9" * 5000, "{{ 7 }}", "👍"])
def test_what_is_not_a_number_is_told_what_is_expected(typed):
    assert accept(MONTHS, typed) == Problem("not_a_number", {"minimum": 0, "maximum": 12, "unit": "tháng"})


@pytest.mark.parametrize("typed", ["13", "-1", "12,1", "1.000", "999999999"])
def test_a_number_beyond_the_limits_is_told_them(typed):
    assert accept(MONTHS, typed) == Problem("out_of_range", {"minimum": 0, "maximum": 12, "unit": "tháng"})


@pytest.mark.parametrize("typed", ["0", "12"])
def test_the_limits_themselves_are_taken(typed):
    assert accept(MONTHS, typed) == int(typed)


def test_a_whole_number_is_kept_as_one():
    assert isinstance(accept(MONTHS, "12,0"), int)


@pytest.mark.parametrize("typed", ["met", "Đáp ứng", "đáp ứng", "ĐÁP ỨNG", "dap ung", "Đáp  ứng.", "2", " 2 "])
def test_an_option_by_value_label_or_number(typed):
    assert accept(CRITERION, typed) == "met"


def test_an_option_typed_with_letters_and_accents_apart():
    assert accept(CRITERION, "Đa\u0301p ư\u0301ng") == "met"


@pytest.mark.parametrize("typed", ["0", "4", "tốt lắm", "Đáp", "excellent", "👍"])
def test_what_is_no_option_is_told_the_options(typed):
    assert accept(CRITERION, typed) == Problem(
        "not_an_option", {"options": ["Thực hiện tốt", "Đáp ứng", "Chưa đáp ứng"]}
    )


@pytest.mark.parametrize(
    ("typed", "value"), [("true", True), ("Có", True), ("co", True), ("false", False), ("khong", False)]
)
def test_yes_and_no(typed, value):
    assert accept(CONSENT, typed) is value


def test_what_a_button_carries_is_read_back():
    assert [accept(CONSENT, button_value(option)) for option in YES_NO] == [True, False]


def test_a_label_that_only_differs_in_accents_is_not_guessed():
    question = Question("q", QuestionKind.CHOICE, "?", options=(Option("a", "Má"), Option("b", "Mà")))
    assert accept(question, "ma") == Problem("not_an_option", {"options": ["Má", "Mà"]})


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\n\t\n"])
def test_nothing_is_no_answer(typed):
    assert accept(STRENGTHS, typed) == Problem("empty")


def test_nothing_is_no_number_either():
    assert accept(MONTHS, " ") == Problem("empty", {"minimum": 0, "maximum": 12, "unit": "tháng"})


def test_a_text_of_exactly_the_limit_is_taken():
    assert accept(STRENGTHS, "a" * 20) == "a" * 20


def test_a_text_beyond_the_limit_is_told_both_lengths():
    assert accept(STRENGTHS, "a" * 21) == Problem("too_long", {"limit": 20, "length": 21})


def test_a_hundred_kilobytes_are_measured_and_not_taken():
    assert accept_text("ữ" * 100_000, 2000) == Problem("too_long", {"limit": 2000, "length": 100_000})


@pytest.mark.parametrize(
    "typed", ["{{ 7 * 7 }}", "{% raw %}", "#eval(1)", "*đậm*", "<b>x</b>", "<script>1</script>", "\\n $HOME"]
)
def test_markup_is_kept_as_typed(typed):
    assert accept_text(typed, 100) == typed


def test_a_list_is_not_answered_in_one_go():
    with pytest.raises(ValueError, match="field by field"):
        accept(Question("tasks", QuestionKind.ITEMS, "?"), "Báo cáo")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c", "abc"),
        ("dòng một\r\ndòng hai\rdòng ba", "dòng một\ndòng hai\ndòng ba"),
        ("cột\tcột", "cột\tcột"),
        ("một\u200b\u200dhai\ufeff", "mộthai"),
        ("\u202eđảo\u202c \u2066ngược\u2069", "đảo ngược"),
        ("ngắt\u2028dòng\x0bmềm", "ngắt\ndòng\nmềm"),
        ("một\n\n\n\n\nhai", "một\n\nhai"),
        ("cuối dòng   \nđầu dòng", "cuối dòng\nđầu dòng"),
        ("hỏng\ud800 \ufffe\uffff", "hỏng"),
        ("e\u0302\u0301", "ế"),
        ("Việt Nam 👍🏽", "Việt Nam 👍🏽"),
    ],
)
def test_text_is_kept_without_what_cannot_be_seen(typed, kept):
    assert clean(typed) == kept
