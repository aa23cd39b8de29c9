"""From the answers of a whole form to the suggested rating, under the plan of 2020."""

from rules.judging.interview import case_of
from rules.judging.suggest import suggest
from rules.nouns.reviews import Answer
from rules.nouns.values import Rating, Subject
from rules.reading.load import load
from tests.rules.unanswered import unanswered

BOOK = load("quang-ngai-office-2020")
CRITERIA = ["c1a", "c1b", "c1c", "c1d", "c2a", "c2b", "c2c", "c2d"]
CRITERIA += ["c3a", "c3b", "c3c", "c3d", "c4a", "c4b", "c4c", "c4d"]
TASK = {"done_pct": 100, "on_time": True, "quality": True, "efficiency": "high"}
TASKS = [{**TASK, "name": "Báo cáo", "exceeded": True}, {**TASK, "name": "Tiếp nhận hồ sơ", "exceeded": False}]
WHOLE_YEAR = {"months_worked": Answer(12), "leave_months": Answer(0), "maternity_leave": Answer(value=False)}
NO_RULING = {"disciplined": Answer(value=False), "degradation": Answer(value=False)}
WORDS = {"strengths": Answer("Chủ động."), "shortcomings": Answer("Còn chậm."), "self_rating": Answer("excellent")}
EXCELLENT = {
    **WHOLE_YEAR,
    **dict.fromkeys(CRITERIA, Answer("good")),
    "tasks": Answer({"items": TASKS, "closed": True}),
    **NO_RULING,
    **WORDS,
}
TARGET = {"name": "Đúng hạn 98%", "done": True, "on_time": True, "exceeded": True}
LEADING = {
    "targets": Answer({"items": [TARGET], "closed": True}),
    "subunits": Answer({"items": [], "closed": True}),
    **dict.fromkeys(["c5a1", "c5a2", "c5a3", "c5a4"], Answer("good")),
    "leading": Answer("Phân công rõ."),
    "uniting": Answer("Đoàn kết."),
}


def test_a_year_without_fault_and_half_the_tasks_exceeded_is_excellent(person):
    assert rated("mau-02", person(), EXCELLENT) == (Rating.EXCELLENT, [])


def test_the_same_of_an_employee(person):
    assert rated("mau-03", person(subject=Subject.EMPLOYEE), EXCELLENT) == (Rating.EXCELLENT, [])


def test_the_same_of_a_worker_on_the_officials_form(person):
    assert rated("mau-02", person(subject=Subject.WORKER), EXCELLENT) == (Rating.EXCELLENT, [])


def test_a_leader_without_sub_units_can_be_excellent(person):
    assert rated("mau-02", person(leader=True), {**EXCELLENT, **LEADING}) == (Rating.EXCELLENT, [])


def test_a_head_is_rated_no_higher_than_the_unit(person):
    answers = {**EXCELLENT, **LEADING, "unit_rating": Answer("good")}
    assert rated("mau-02", person(leader=True, head=True), answers) == (Rating.GOOD, [])


def test_a_head_whose_unit_is_not_rated_yet_has_no_single_rating(person):
    answers = {**EXCELLENT, **LEADING, "unit_rating": Answer(None, skipped=True)}
    assert rated("mau-02", person(leader=True, head=True), answers) == (None, [])


def test_one_criterion_just_met_lowers_it(person):
    assert rated("mau-02", person(), {**EXCELLENT, "c2b": Answer("met")}) == (Rating.GOOD, [])


def test_three_months_of_leave_cap_it(person):
    assert rated("mau-02", person(), {**EXCELLENT, "leave_months": Answer(3)}) == (Rating.COMPLETED, [])


def test_a_text_that_is_still_open_does_not_hide_the_rating(person):
    answers = {key: answer for key, answer in EXCELLENT.items() if key != "shortcomings"}
    assert rated("mau-02", person(), answers) == (Rating.EXCELLENT, ["shortcomings"])


def test_five_and_a_half_months_are_not_rated(person):
    case = case_of(BOOK.forms["mau-02"], person(), {**EXCELLENT, "months_worked": Answer(5.5)})
    assert suggest(BOOK, case).not_rated.cite == "NĐ 90/2020, Điều 2 khoản 3"


def rated(form, who, answers):
    still_open = unanswered(BOOK.forms[form], who, answers)
    return suggest(BOOK, case_of(BOOK.forms[form], who, answers)).rating, still_open
