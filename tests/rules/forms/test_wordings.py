"""Kinds of questions and the common wordings of their answers: what each is taken for, or why it is asked back."""

import datetime as dt

import pytest

from rules.forms.form import Field, Option, Question, QuestionKind
from rules.forms.kinds import Problem, accept, accept_name
from rules.nouns.values import Rating

TODAY = dt.date(2026, 11, 29)
PLACES: dict[str, Question | Field] = {
    "yes or no": Question("q", QuestionKind.CHOICE, "?", options=(Option(value=True, label="Có"), Option(value=False, label="Không"))),
    "level": Question("q", QuestionKind.CHOICE, "?", options=(Option("good", "Thực hiện tốt"), Option("met", "Đáp ứng"), Option("unmet", "Chưa đáp ứng"))),
    "number": Question("q", QuestionKind.NUMBER, "?", minimum=0, maximum=1000),
    "months": Question("q", QuestionKind.NUMBER, "?", minimum=0, maximum=12, unit="tháng"),
    "months if any": Question("q", QuestionKind.NUMBER, "?", minimum=0, maximum=12, unit="tháng", required=False),
    "percent": Field("q", QuestionKind.NUMBER, "?", "Mức", minimum=0, maximum=100, unit="%"),
    "points": Question("q", QuestionKind.NUMBER, "?", minimum=0, maximum=100, unit="điểm"),
    "date": Question("q", QuestionKind.DATE, "?", not_before="1900-01-01", not_after="today"),
    "date of the year": Field("q", QuestionKind.DATE, "?", "Ngày", not_before="2026-01-01", not_after="2026-12-31"),
    "text": Question("q", QuestionKind.TEXT, "?", max_chars=100),
    "rating": Question("q", QuestionKind.RATING, "?", options=(Option(Rating.GOOD.value, "Hoàn thành tốt nhiệm vụ"), Option(Rating.COMPLETED.value, "Hoàn thành nhiệm vụ"))),
}  # fmt: skip
#: Of a kind of question: what is typed → what it is taken for.
TAKEN: dict[str, dict[str, object]] = {
    "yes or no": {
        "có": True, "dạ có ạ": True, "rồi": True, "ok": True, "1": True, "không": False, "dạ không ạ": False, "ko": False, "chưa": False, "Khong co": False,
    },
    "level": {"thực hiện tốt": "good", "dạ đáp ứng ạ": "met", "dap ung": "met", "3": "unmet", "Chưa đáp ứng.": "unmet"},
    "number": {
        "một trăm": 100, "95 phần trăm": 95, "chín mươi lăm phẩy năm": 95.5, "8,5": 8.5, "8.5": 8.5, "10 điểm": 10, "0": 0, "ba trăm hai mươi": 320, "1.000": 1000,
    },
    "months": {
        "cả năm": 12, "dạ cả năm ạ": 12, "ca nam": 12, "trọn năm": 12, "đủ 12 tháng": 12, "8 tháng rưỡi": 8.5, "tám rưỡi": 8.5, "nửa năm": 6, "không": 0,
        "dạ không ạ": 0, "0 tháng": 0, "8,5": 8.5, "8.5 tháng": 8.5, "12 thang": 12, "mười hai tháng": 12, "một quý": 3,
    },
    "months if any": {"cả năm": 12, "0": 0, "0 tháng": 0},
    "percent": {
        "một trăm": 100, "100": 100, "95 phần trăm": 95, "được 95%": 95, "95 %": 95, "chín mươi lăm phẩy năm": 95.5, "8,5%": 8.5, "mot tram phan tram": 100,
    },
    "points": {"10 điểm": 10, "mười điểm": 10, "8,5": 8.5, "8.5 điểm": 8.5, "tám phẩy năm điểm": 8.5, "một trăm": 100, "0 điểm": 0},
    "date": {
        "ngày 5/3/2026": "2026-03-05", "05-03-2026": "2026-03-05", "5.3.2026": "2026-03-05", "hôm 5/3/2026": "2026-03-05", "ngày 5 tháng 3 năm 2026": "2026-03-05",
        "mười lăm tháng tư năm 1980": "1980-04-15", "dạ sinh ngày 5/3/1980 ạ": "1980-03-05", "hôm nay": "2026-11-29", "dạ hôm qua ạ": "2026-11-28", "hom qua": "2026-11-28",
    },
    "date of the year": {
        "ngày 5 tháng 3": "2026-03-05", "hôm 5/3": "2026-03-05", "5/3": "2026-03-05", "5-3": "2026-03-05", "ngày mười lăm tháng ba": "2026-03-15", "5/3/2026": "2026-03-05",
    },
    "text": {"không": "không", "hôm qua": "hôm qua", "8,5": "8,5", "Chưa đổi mới cách làm việc": "Chưa đổi mới cách làm việc"},
    "rating": {"hoàn thành tốt nhiệm vụ": "good", "dạ hoàn thành nhiệm vụ ạ": "completed", "1": "good"},
}  # fmt: skip
#: What is asked back, and why.
ASKED_BACK: dict[str, dict[str, str]] = {
    "yes or no": {"có nhưng ít": "not_an_option", "không rõ": "not_an_option", "3": "not_an_option"},
    "level": {"tốt": "not_an_option", "4": "not_an_option", "không": "not_an_option"},
    "number": {"không": "none_or_nought", "năm mươi rưỡi": "many_ways", "hai mốt": "many_ways", "8 tháng": "unit", "7 hay 8": "two", "-1": "below", "1001": "above"},
    "months": {
        "khoảng 8": "about", "7-8 tháng": "two", "từ 7 đến 8": "two", "mười lăm đến hai mươi": "two", "13": "above", "8 ngày": "unit", "95 phần trăm": "unit",
        "8 tháng 15 ngày": "two", "mấy tháng": "words", "không nghỉ tháng nào": "words", "chưa": "words",
    },
    "months if any": {"không": "none_or_nought"},
    "percent": {"không": "none_or_nought", "gần 95%": "about", "101%": "above", "10 điểm": "unit", "95 hay 96%": "two"},
    "points": {"95%": "unit", "không": "none_or_nought", "101": "above", "hơn 80": "about"},
    "date": {
        "ngày 5 tháng 3": "year", "hôm 5/3": "year", "mùng 5 tháng 3": "moon", "mồng 5/3/1980": "moon", "đầu tháng 3": "day_year", "tháng 3/1980": "day", "1980": "day_month",
        "5/3 hoặc 6/3/1980": "two", "ngày mai": "words", "30/11/2026": "late", "5/3/80": "short_year", "31/2/1980": "no_such_day", "hôm kia": "words",
    },
    "date of the year": {"mùng 5 tháng 3": "moon", "đầu tháng 3": "day_year", "31/2": "no_such_day", "5/3/2025": "early"},
    "text": {"": "empty", "\u200b": "empty"},
    "rating": {"tốt": "not_an_option", "hoàn thành": "not_an_option"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [(kind, typed, value) for kind, said in TAKEN.items() for typed, value in said.items()],
)
def test_a_wording_is_taken_for_what_it_means(kind: str, typed: str, value: object) -> None:
    assert accept(PLACES[kind], typed, TODAY) == value


@pytest.mark.parametrize(
    ("kind", "typed", "why"), [(kind, typed, why) for kind, said in ASKED_BACK.items() for typed, why in said.items()]
)
def test_what_may_mean_two_things_or_none_is_asked_back(kind: str, typed: str, why: str) -> None:
    problem = accept(PLACES[kind], typed, TODAY)
    assert isinstance(problem, Problem)
    assert (problem.values.get("why") or problem.code) == why


def test_every_kind_has_its_wordings() -> None:
    assert set(TAKEN) == set(ASKED_BACK) == set(PLACES)
    assert {place.kind for place in PLACES.values()} == set(QuestionKind) - {QuestionKind.ITEMS}


@pytest.mark.parametrize("typed", ["90", "90%", "dạ 90 ạ", "8,5", "chín mươi"])
def test_a_number_alone_is_no_name(typed: str) -> None:
    assert accept_name(Field("name", QuestionKind.TEXT, "?", "Việc"), typed, TODAY) == Problem(
        "number_alone", {"said": typed}
    )


@pytest.mark.parametrize("typed", ["Đề án 06", "12 báo cáo tháng", "Nghị quyết 18-NQ/TW", "Ba công khai"])
def test_a_name_with_a_number_in_it_is_one(typed: str) -> None:
    assert accept_name(Field("name", QuestionKind.TEXT, "?", "Việc"), typed, TODAY) == typed
