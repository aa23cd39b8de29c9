"""Who is asked what, and how far they are."""

from rules.forms.form import Form, Item, Question, QuestionKind, Section, Yield
from rules.judging.filing import Filing, comment_place
from rules.judging.interview import asked, case_of
from rules.nouns.reviews import Answer
from rules.nouns.values import Subject
from rules.reading.conditions import read_when
from tests.rules.unanswered import unanswered

FIRST = ["months_worked", "leave_months", "maternity_leave"]
CRITERIA = ["c1a", "c1b", "c1c", "c1d", "c2a", "c2b", "c2c", "c2d"]
CRITERIA += ["c3a", "c3b", "c3c", "c3d", "c4a", "c4b", "c4c", "c4d"]
LEADERS_PART = ["targets", "subunits", "c5a1", "c5a2", "c5a3", "c5a4", "leading", "uniting"]
LAST = ["strengths", "shortcomings", "self_rating"]
ONE_TASK = {
    "name": "Báo cáo",
    "done_pct": 100,
    "on_time": True,
    "quality": True,
    "efficiency": "high",
    "exceeded": False,
}


def test_someone_without_a_post_answers_twenty_five_questions(official_form, person):
    assert keys(official_form, person()) == [*FIRST, *CRITERIA, "tasks", "disciplined", "degradation", *LAST]


def test_who_serves_the_public_is_also_asked_item_6(official_form, person):
    added = set(keys(official_form, person(serves_public=True))) - set(keys(official_form, person()))
    assert added == {"c6"}


def test_a_leader_is_asked_the_leaders_part_before_the_rulings(official_form, person):
    expected = [*FIRST, *CRITERIA, "tasks", *LEADERS_PART, "disciplined", "degradation", *LAST]
    assert keys(official_form, person(leader=True)) == expected


def test_a_head_is_also_asked_how_the_unit_was_rated(employee_form, person):
    added = set(keys(employee_form, person(leader=True, head=True))) - set(keys(employee_form, person(leader=True)))
    assert added == {"unit_rating"}


def test_the_self_rating_comes_last(official_form, person):
    assert keys(official_form, person(leader=True, head=True, serves_public=True))[-1] == "self_rating"


def test_at_the_beginning_everything_is_open(official_form, person):
    assert still_open(official_form, person(), {}) == [*FIRST, *CRITERIA, "tasks", "disciplined", "degradation", *LAST]


def test_only_the_questions_that_are_asked_count(official_form, person):
    answers = {"months_worked": Answer(12), "leave_months": Answer(0), "c6": Answer("good")}
    opened = ["maternity_leave", *CRITERIA, "tasks", "disciplined", "degradation", *LAST]
    assert still_open(official_form, person(), answers) == opened


def test_a_question_keeps_its_place_when_it_is_answered(official_form, person):
    answers = {"months_worked": Answer(12), "leave_months": Answer(0)}
    assert keys(official_form, person(), answers) == keys(official_form, person())


def test_a_list_stays_open_until_that_is_all(official_form, person):
    answers = {"tasks": Answer({"items": [ONE_TASK], "closed": False})}
    assert "tasks" in still_open(official_form, person(), answers)


def test_a_closed_list_is_answered(official_form, person):
    answers = {"tasks": Answer({"items": [ONE_TASK], "closed": True})}
    assert "tasks" not in still_open(official_form, person(), answers)


def test_a_list_that_needs_an_item_cannot_be_closed_empty(official_form, person):
    answers = {"tasks": Answer({"items": [], "closed": True})}
    assert "tasks" in still_open(official_form, person(), answers)


def test_a_list_with_an_unfinished_item_stays_open(official_form, person):
    answers = {"tasks": Answer({"items": [{"name": "Báo cáo"}], "closed": True})}
    assert "tasks" in still_open(official_form, person(), answers)


def test_what_may_be_skipped_is_settled_by_skipping(official_form, person):
    answers = {"unit_rating": Answer(None, skipped=True)}
    assert "unit_rating" not in still_open(official_form, person(leader=True, head=True), answers)


def test_what_must_be_answered_stays_open_when_skipped(official_form, person):
    assert "strengths" in still_open(official_form, person(), {"strengths": Answer(None, skipped=True)})


def test_an_answer_the_form_no_longer_offers_is_asked_again(official_form, person):
    assert "c1a" in still_open(official_form, person(), {"c1a": Answer("excellent")})


def test_a_question_joins_when_an_earlier_answer_calls_for_it(person):
    answers = {"months_worked": Answer(5.5)}
    assert keys(form_with_a_reason_below_six_months(), person(), answers) == ["months_worked", "why"]


def test_a_question_does_not_join_at_the_boundary(person):
    answers = {"months_worked": Answer(6)}
    assert keys(form_with_a_reason_below_six_months(), person(), answers) == ["months_worked"]


def test_a_question_does_not_join_while_the_fact_is_unknown(person):
    assert keys(form_with_a_reason_below_six_months(), person(), {}) == ["months_worked"]


def test_a_case_is_of_the_subject_and_the_post(employee_form, person):
    case = case_of(employee_form, person(subject=Subject.EMPLOYEE, leader=True), {"months_worked": Answer(12)})
    assert (case.subject, case.leader, case.facts["months_worked"]) == (Subject.EMPLOYEE, True, 12)


def test_the_unit_heads_comment_on_an_official_stands_in_section_iii(official_form, person):
    assert place_of(official_form, person(), "unit_head") == ("iii", "")


def test_the_authoritys_comment_on_an_official_stands_in_section_iv(official_form, person):
    assert place_of(official_form, person(), "authority") == ("iv", "iv1")


def test_section_iii_of_form_03_is_for_deputies(employee_form, person):
    assert place_of(employee_form, person(leader=True, deputy=True), "unit_head") == ("iii", "")


def test_the_comment_on_any_other_employee_stands_in_section_iv(employee_form, person):
    assert place_of(employee_form, person(), "unit_head") == ("iv", "iv1")


def keys(form, who, answers=None):
    return [place.key for place in asked(form, who, answers or {})]


def still_open(form, who, answers):
    return unanswered(form, who, answers)


def place_of(form, who, role):
    place = comment_place(Filing(form, who, 2020, {}, "0" * 64, approver_role=role))
    return place.section, place.item


def form_with_a_reason_below_six_months():
    months = Question("months_worked", QuestionKind.NUMBER, "?", yields=(Yield("months_worked"),))
    why = Question("why", QuestionKind.TEXT, "?", when=read_when({"months_worked": {"below": 6}}))
    section = Section("i", "I", items=(Item("i1", "1", "Năm", questions=(months, why)),))
    questions = {"months_worked": months, "why": why}
    return Form("m", "M", "x", "1", "T", "administrative", (), (section,), questions=questions)
