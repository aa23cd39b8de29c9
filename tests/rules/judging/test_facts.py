"""What the answers say to the rules, at the boundaries."""

import pytest

from rules.judging.interview import facts_of
from rules.nouns.reviews import Answer

CRITERIA = ["c1a", "c1b", "c1c", "c1d", "c2a", "c2b", "c2c", "c2d"]
CRITERIA += ["c3a", "c3b", "c3c", "c3d", "c4a", "c4b", "c4c", "c4d"]
ALL_GOOD = dict.fromkeys(CRITERIA, Answer("good"))
LEADING_GOOD = dict.fromkeys(["c5a1", "c5a2", "c5a3", "c5a4"], Answer("good"))


def test_nothing_answered_says_only_whether_one_is_the_head(official_form, person):
    assert facts_of(official_form, person(), {}) == {"head": False}


def test_all_criteria_kept_well_are_good(official_form, person):
    assert facts_of(official_form, person(), ALL_GOOD)["general_criteria"] == "good"


def test_one_criterion_just_met_makes_them_all_just_met(official_form, person):
    answers = {**ALL_GOOD, "c2b": Answer("met")}
    assert facts_of(official_form, person(), answers)["general_criteria"] == "met"


def test_one_open_criterion_leaves_them_unknown(official_form, person):
    answers = {key: answer for key, answer in ALL_GOOD.items() if key != "c4d"}
    assert "general_criteria" not in facts_of(official_form, person(), answers)


def test_one_unmet_criterion_settles_them_whatever_is_still_open(official_form, person):
    assert facts_of(official_form, person(), {"c3a": Answer("unmet")})["general_criteria"] == "unmet"


def test_a_leader_also_needs_the_four_criteria_of_leading(official_form, person):
    assert "general_criteria" not in facts_of(official_form, person(leader=True), ALL_GOOD)


def test_a_leader_with_all_twenty_criteria_good(official_form, person):
    answers = {**ALL_GOOD, **LEADING_GOOD}
    assert facts_of(official_form, person(leader=True), answers)["general_criteria"] == "good"


def test_how_the_public_is_served_is_not_a_criterion_the_ratings_name(official_form, person):
    answers = {**ALL_GOOD, "c6": Answer("unmet")}
    assert facts_of(official_form, person(serves_public=True), answers)["general_criteria"] == "good"


def test_answers_of_the_leaders_part_say_nothing_of_someone_without_a_post(official_form, person):
    answers = {**ALL_GOOD, "c5a1": Answer("unmet")}
    assert facts_of(official_form, person(), answers)["general_criteria"] == "good"


def test_a_criterion_with_an_answer_that_is_not_offered_is_open(official_form, person):
    answers = {**ALL_GOOD, "c1a": Answer("excellent")}
    assert "general_criteria" not in facts_of(official_form, person(), answers)


def test_half_a_month_counts(official_form, person):
    assert facts_of(official_form, person(), {"months_worked": Answer(5.5)})["months_worked"] == 5.5


def test_a_skipped_answer_says_nothing(official_form, person):
    answers = {"unit_rating": Answer(None, skipped=True)}
    assert "unit_rating" not in facts_of(official_form, person(head=True), answers)


def test_the_rating_of_the_unit_is_known_of_a_head(official_form, person):
    facts = facts_of(official_form, person(head=True, leader=True), {"unit_rating": Answer("completed")})
    assert (facts["head"], facts["unit_rating"]) == (True, "completed")


def test_the_answers_of_the_year_and_the_rulings(official_form, person):
    answers = {"leave_months": Answer(3), "maternity_leave": Answer(value=False), "disciplined": Answer(value=True)}
    facts = facts_of(official_form, person(), {**answers, "degradation": Answer(value=False)})
    assert facts == {
        "head": False,
        "leave_months": 3,
        "maternity_leave": False,
        "disciplined": True,
        "degradation_concluded": False,
    }


def test_tasks_all_done_well_and_half_of_them_beyond_what_was_asked(official_form, person):
    assert task_facts(official_form, person, task(exceeded=True), task()) == {
        "tasks_done_pct": 100,
        "tasks_on_time": True,
        "tasks_quality": True,
        "tasks_efficiency": "high",
        "tasks_exceeded_pct": 50,
        "tasks_substandard_pct": 0,
    }


def test_a_task_done_to_99_percent_is_not_done(official_form, person):
    assert task_facts(official_form, person, task(), task(done_pct=99))["tasks_done_pct"] == 50


@pytest.mark.parametrize("weak", [{"on_time": False}, {"quality": False}, {"efficiency": "low"}])
def test_one_weakness_makes_a_task_substandard(official_form, person, weak):
    facts = task_facts(official_form, person, task(**weak), task(), task(), task(), task())
    assert facts["tasks_substandard_pct"] == 20


def test_a_task_weak_in_every_way_counts_once(official_form, person):
    facts = task_facts(official_form, person, task(on_time=False, quality=False, efficiency="low"), task())
    assert facts["tasks_substandard_pct"] == 50


def test_adequate_efficiency_is_not_a_weakness(official_form, person):
    facts = task_facts(official_form, person, task(efficiency="adequate"), task())
    assert (facts["tasks_efficiency"], facts["tasks_substandard_pct"]) == ("adequate", 0)


def test_one_late_task_of_many_is_not_all_on_time(official_form, person):
    facts = task_facts(official_form, person, task(), task(on_time=False))
    assert (facts["tasks_on_time"], facts["tasks_quality"]) == (False, True)


def test_a_third_of_the_tasks_is_not_rounded(official_form, person):
    facts = task_facts(official_form, person, task(exceeded=True), task(), task())
    assert facts["tasks_exceeded_pct"] == pytest.approx(33.3333, abs=0.0001)


def test_seven_of_ten_is_exactly_seventy(official_form, person):
    facts = task_facts(official_form, person, *[task(exceeded=True)] * 7, *[task()] * 3)
    assert facts["tasks_exceeded_pct"] == 70


def test_a_list_that_is_not_closed_says_nothing(official_form, person):
    answers = {"tasks": Answer({"items": [task()], "closed": False})}
    assert facts_of(official_form, person(), answers) == {"head": False}


def test_a_list_with_an_unfinished_item_says_nothing(official_form, person):
    answers = {"tasks": Answer({"items": [task(), {"name": "Báo cáo"}], "closed": True})}
    assert facts_of(official_form, person(), answers) == {"head": False}


def test_the_targets_of_the_unit(official_form, person):
    done = {"name": "a", "done": True, "on_time": True, "exceeded": True}
    late = {"name": "b", "done": True, "on_time": False, "exceeded": False}
    failed = {"name": "c", "done": False, "on_time": False, "exceeded": False}
    answers = {"targets": Answer({"items": [done, late, late, failed], "closed": True})}
    assert facts_of(official_form, person(leader=True), answers) == {
        "head": False,
        "unit_targets_done_pct": 75,
        "unit_targets_on_time_pct": 25,
        "unit_targets_exceeded_pct": 25,
    }


def test_the_ratings_of_the_sub_units(official_form, person):
    units = [sub_unit("excellent"), sub_unit("good"), sub_unit("completed"), sub_unit("not_completed", corruption=True)]
    answers = {"subunits": Answer({"items": units, "closed": True})}
    assert facts_of(official_form, person(leader=True), answers) == {
        "head": False,
        "subunits_completed_pct": 75,
        "subunits_good_pct": 50,
        "subunit_corruption": True,
    }


def test_without_sub_units_what_is_asked_of_them_holds(official_form, person):
    answers = {"subunits": Answer({"items": [], "closed": True})}
    assert facts_of(official_form, person(leader=True), answers) == {
        "head": False,
        "subunits_completed_pct": 100,
        "subunits_good_pct": 100,
        "subunit_corruption": False,
    }


def test_sub_units_whose_ratings_are_not_known_yet_stay_unknown(official_form, person):
    answers = {"subunits": Answer(None, skipped=True)}
    assert facts_of(official_form, person(leader=True), answers) == {"head": False}


def task(**changes):
    plain = {"name": "Báo cáo", "done_pct": 100, "on_time": True, "quality": True}
    return {**plain, "efficiency": "high", "exceeded": False, **changes}


def sub_unit(rating, *, corruption=False):
    return {"name": "Tổ", "rating": rating, "corruption": corruption}


def task_facts(form, person, *tasks):
    facts = facts_of(form, person(), {"tasks": Answer({"items": list(tasks), "closed": True})})
    return {name: value for name, value in facts.items() if name.startswith("tasks_")}
