"""What is taken as an answer, and what is asked for instead."""

import datetime as dt

import pytest

from rules.forms.form import Field, Option, Question, QuestionKind
from rules.forms.kinds import Problem, accept, accept_text, button_value, fits
from rules.nouns.text import clean

TODAY = dt.date(2026, 11, 28)
LEVELS = (Option("good", "Thực hiện tốt"), Option("met", "Đáp ứng"), Option("unmet", "Chưa đáp ứng"))
YES_NO = (Option(value=True, label="Có"), Option(value=False, label="Không"))
CRITERION = Question("c1a", QuestionKind.CHOICE, "?", options=LEVELS)
CONSENT = Question("disciplined", QuestionKind.CHOICE, "?", options=YES_NO)
MONTHS = Question(
    "months", QuestionKind.NUMBER, "?", options=(Option(12, "Cả năm (12 tháng)"),), minimum=0, maximum=12, unit="tháng"
)
PERCENT = Question("pct", QuestionKind.NUMBER, "?", options=(Option(80, "80%"),), minimum=0, maximum=100, unit="%")
BUDGET = Question("budget", QuestionKind.NUMBER, "?", unit="đồng")
BIRTH = Question("birth", QuestionKind.DATE, "?", not_before="1900-01-01", not_after="today")
MEETING = Field("met_on", QuestionKind.DATE, "?", "Ngày")
MONTHS_WANTED = {"minimum": 0, "maximum": 12, "unit": "tháng"}
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
        ("ca nam", 12),
        ("dạ cả năm ạ", 12),
        ("mười hai", 12),
        ("8 tháng rưỡi", 8.5),
        ("được nửa năm", 6),
        ("khoảng 8", None),
    ],
)
def test_a_number_of_months_as_people_type_it(typed, number):
    accepted = accept(MONTHS, typed, TODAY)
    assert accepted == (
        Problem("not_a_number", {**MONTHS_WANTED, "said": typed, "why": "about"}) if number is None else number
    )


@pytest.mark.parametrize(
    ("typed", "number"),
    [("80%", 80), ("80 %", 80), ("80", 80), ("99,5%", 99.5), ("0", 0), ("được 95%", 95), ("một trăm phần trăm", 100)],
)
def test_a_percentage_as_people_type_it(typed, number):
    assert accept(PERCENT, typed, TODAY) == number


@pytest.mark.parametrize(("typed", "number"), [("1.500.000", 1500000), ("12 500 đồng", 12500), ("1.500,5", 1500.5)])
def test_a_point_before_three_digits_parts_thousands(typed, number):
    assert accept(BUDGET, typed, TODAY) == number


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("mười hai hay mười ba", "two"),
        ("mười lăm đến hai mươi", "two"),
        ("6 7", "two"),
        ("6-7", "two"),
        ("8 tháng 15 ngày", "two"),
        *((typed, "words") for typed in ("1e3", "nan", "inf", "½", "{{ 7 }}", "👍", "không rõ", "tám mấy đấy")),
        ("8 ngày", "unit"),
        ("8%", "unit"),
        ("hai mươi rưỡi", "many_ways"),
        ("hai mốt", "many_ways"),
        ("tầm tám tháng", "about"),
    ],
)
def test_what_is_not_a_number_is_told_what_is_expected(typed, why):
    assert accept(MONTHS, typed, TODAY) == Problem("not_a_number", {**MONTHS_WANTED, "said": typed, "why": why})


def test_of_what_is_said_again_not_more_than_a_line_is():
    problem = accept(MONTHS, "9" * 5000, TODAY)
    assert isinstance(problem, Problem)
    assert problem.code == "not_a_number"
    assert len(str(problem.values["said"])) <= 41


@pytest.mark.parametrize(
    ("typed", "number", "why"),
    [
        ("13", 13, "above"),
        ("-1", -1, "below"),
        ("12,1", 12.1, "above"),
        ("1.000", 1000, "above"),
        ("năm năm", 60, "above"),
    ],
)
def test_a_number_beyond_the_limits_is_told_them(typed, number, why):
    assert accept(MONTHS, typed, TODAY) == Problem("out_of_range", {**MONTHS_WANTED, "said": number, "why": why})


@pytest.mark.parametrize("typed", ["0", "12"])
def test_the_limits_themselves_are_taken(typed):
    assert accept(MONTHS, typed, TODAY) == int(typed)


def test_a_whole_number_is_kept_as_one():
    assert isinstance(accept(MONTHS, "12,0", TODAY), int)


@pytest.mark.parametrize("typed", ["không", "Không có", "dạ không ạ", "ko"])
def test_none_is_no_rating_though_its_label_begins_so(typed):
    ratings = (Option("completed", "Hoàn thành nhiệm vụ"), Option("not_completed", "Không hoàn thành nhiệm vụ"))
    labels = {"options": [one.label for one in ratings]}
    for kind in (QuestionKind.RATING, QuestionKind.CHOICE):
        assert accept(Question("r", kind, "?", options=ratings), typed, TODAY) == Problem("not_an_option", labels)
    none_taken = Question("n", QuestionKind.NUMBER, "?", options=(Option(0, "Không nghỉ"),), unit="ngày")
    assert accept(none_taken, typed, TODAY) == 0


@pytest.mark.parametrize(
    "typed", ["met", "Đáp ứng", "đáp ứng", "ĐÁP ỨNG", "dap ung", "Đáp  ứng.", "2", " 2 ", "dạ đáp ứng ạ"]
)
def test_an_option_by_value_label_or_number(typed):
    assert accept(CRITERION, typed, TODAY) == "met"


def test_an_option_typed_with_letters_and_accents_apart():
    assert accept(CRITERION, "Đa\u0301p ư\u0301ng", TODAY) == "met"


@pytest.mark.parametrize("typed", ["0", "4", "tốt lắm", "Đáp", "excellent", "👍", "không", "ko ạ", "chưa", "rồi"])
def test_what_is_no_option_is_told_the_options(typed):
    assert accept(CRITERION, typed, TODAY) == Problem(
        "not_an_option", {"options": ["Thực hiện tốt", "Đáp ứng", "Chưa đáp ứng"]}
    )


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("true", True),
        ("Có", True),
        ("co", True),
        ("false", False),
        ("khong", False),
        ("dạ không ạ", False),
        ("ko", False),
        ("chưa ạ", False),
        ("rồi", True),
        ("có ạ", True),
    ],
)
def test_yes_and_no(typed, value):
    assert accept(CONSENT, typed, TODAY) is value


def test_what_a_button_carries_is_read_back():
    assert [accept(CONSENT, button_value(option), TODAY) for option in YES_NO] == [True, False]


def test_a_label_that_only_differs_in_accents_is_not_guessed():
    question = Question("q", QuestionKind.CHOICE, "?", options=(Option("a", "Má"), Option("b", "Mà")))
    assert accept(question, "ma", TODAY) == Problem("not_an_option", {"options": ["Má", "Mà"]})


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\n\t\n"])
def test_nothing_is_no_answer(typed):
    assert accept(STRENGTHS, typed, TODAY) == Problem("empty")


def test_nothing_is_no_number_either():
    assert accept(MONTHS, " ", TODAY) == Problem("empty", {"minimum": 0, "maximum": 12, "unit": "tháng"})


@pytest.mark.parametrize(
    "typed",
    [
        "5/3/1980",
        "05/03/1980",
        "05-3-1980",
        "5.3.1980",
        "5 / 3 / 1980",
        "5 3 1980",
        "ngày 05 tháng 3 năm 1980",
        "Ngày 5 tháng 3, năm 1980.",
        "5 thang 3 nam 1980",
        "5 tháng 3, 1980",
        "5 tháng 3 1980",
        "Sinh ngày 5/3/1980",
        "５/３/１９８０",
        "1980-03-05",
        "05-03-1980",
        "dạ ngày 5/3/1980 ạ",
        "hôm 5/3/1980",
        "5/3 năm 1980",
        "5 tháng 3/1980",
        "ngày năm tháng ba năm 1980",
    ],
)
def test_a_date_as_people_type_it(typed):
    assert accept(BIRTH, typed, TODAY) == "1980-03-05"


@pytest.mark.parametrize("typed", ["5/3/80", "05-03-80", "ngày 5 tháng 3 năm 80"])
def test_a_year_of_two_digits_may_be_of_either_century(typed):
    assert accept(BIRTH, typed, TODAY) == Problem("short_year", {"said": typed, "why": ""})


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        *((typed, "day_month") for typed in ("1980", "năm 1980", "sinh năm 1980", "đầu năm 1980")),
        *((typed, "day") for typed in ("3/1980", "tháng 3 năm 1980", "đầu tháng 3/1980")),
        *((typed, "day_year") for typed in ("đầu tháng 3", "tháng ba", "cuối tháng này")),
        *((typed, "year") for typed in ("5/3", "hôm 5/3", "ngày 5 tháng 3", "5-3", "ngày mười lăm tháng ba")),
        *(
            (typed, "moon")
            for typed in ("mùng 5 tháng 3 năm 1980", "mùng 5 tháng 3", "rằm tháng giêng", "5/3/1980 âm lịch")
        ),
        *((typed, "two") for typed in ("5/3/1980 hay 6/3/1980", "từ 5/3 đến 6/3")),
        *((typed, "words") for typed in ("5/3-1980", "5/3/19800", "năm Canh Thân", "hôm nọ")),
    ],
)
def test_what_can_mean_no_day_is_no_date(typed, why):
    assert accept(BIRTH, typed, TODAY) == Problem("not_a_date", {"said": typed, "why": why})


@pytest.mark.parametrize(
    "typed", ["31/2/1980", "31/2", "29-2-1981", "3/15/1980", "ngày 31 tháng 4 năm 1980", "0/3/1980"]
)
def test_of_a_day_that_no_calendar_has_this_is_said(typed):
    assert accept(BIRTH, typed, TODAY) == Problem("no_such_day", {"said": typed, "why": ""})


def test_nothing_is_no_date_either():
    assert accept(BIRTH, " ", TODAY) == Problem("empty")


@pytest.mark.parametrize(
    ("typed", "day", "why"), [("29/11/2026", "2026-11-29", "late"), ("31/12/1899", "1899-12-31", "early")]
)
def test_nobody_is_born_tomorrow_or_in_another_age(typed, day, why):
    bounds = {"first": "1900-01-01", "last": "2026-11-28", "said": day, "why": why}
    assert accept(BIRTH, typed, TODAY) == Problem("date_out_of_range", bounds)


@pytest.mark.parametrize(("typed", "kept"), [("28/11/2026", "2026-11-28"), ("1/1/1900", "1900-01-01")])
def test_the_bounds_themselves_are_taken(typed, kept):
    assert accept(BIRTH, typed, TODAY) == kept


def test_a_date_without_bounds_may_be_any_day():
    assert accept(MEETING, "1/1/2030", TODAY) == "2030-01-01"


@pytest.mark.parametrize(
    ("kept", "counts"), [("1980-03-05", True), ("5/3/1980", True), ("5/3/80", False), ("", False), (1980, False)]
)
def test_what_was_kept_as_it_was_typed_counts_where_it_means_one_day(kept, counts):
    assert fits(BIRTH, kept) is counts


def test_a_text_of_exactly_the_limit_is_taken():
    assert accept(STRENGTHS, "a" * 20, TODAY) == "a" * 20


def test_a_text_beyond_the_limit_is_told_both_lengths():
    assert accept(STRENGTHS, "a" * 21, TODAY) == Problem("too_long", {"limit": 20, "length": 21})


def test_a_hundred_kilobytes_are_measured_and_not_taken():
    assert accept_text("ữ" * 100_000, 2000) == Problem("too_long", {"limit": 2000, "length": 100_000})


@pytest.mark.parametrize(
    "typed", ["{{ 7 * 7 }}", "{% raw %}", "#eval(1)", "*đậm*", "<b>x</b>", "<script>1</script>", "\\n $HOME"]
)
def test_markup_is_kept_as_typed(typed):
    assert accept_text(typed, 100) == typed


def test_a_list_is_not_answered_in_one_go():
    with pytest.raises(ValueError, match="field by field"):
        accept(Question("tasks", QuestionKind.ITEMS, "?"), "Báo cáo", TODAY)


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
