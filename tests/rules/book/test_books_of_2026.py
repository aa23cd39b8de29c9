"""The rules in force in 2026: who fills what, what a sheet comes to, and where the sources disagree."""

import datetime as dt

import pytest

from rules.book.milestones import timetable
from rules.book.quota import Rated, allowed, shares
from rules.book.rulebook import NoFormError, choose_form
from rules.judging.interview import case_of, facts_of
from rules.judging.suggest import Case, suggest
from rules.nouns.reviews import Answer
from rules.nouns.values import Rating, Subject
from rules.reading.load import load
from tests.rules.unanswered import unanswered

DECREE, PARTY, FRAME = load("decree-335-2025"), load("party-2025"), load("decree-233-2026")
CRITERIA = {"p11": 5, "p12": 5} | dict.fromkeys(["p21", "p22", "p23", "p24", "p31", "p32", "p33", "p34"], 2.5)
SHEET = {"quantity": 100, "quality": 90, "progress": 80}
NOT_RATED_APART = {"months_worked": 12, "maternity_leave": False, "sick_leave": False, "degradation": False}


def answers(*given: dict[str, object]) -> dict[str, Answer]:
    return {key: Answer(value) for values in given for key, value in values.items()}


# --- who fills what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("period", ["month", "quarter"])
def test_an_official_is_tracked_by_the_month_or_the_quarter_on_form_01(person, period):
    assert choose_form(DECREE, person(), period).form.id == "mau-01-335"


def test_an_official_is_rated_for_the_year_on_form_02(person):
    assert choose_form(DECREE, person()).form.id == "mau-02-335"


def test_the_decree_has_no_form_for_an_organisation(person):
    with pytest.raises(NoFormError):
        choose_form(DECREE, person(subject=Subject.ORGANISATION))


def test_an_office_supplies_its_own_forms_under_decree_233(person):
    with pytest.raises(NoFormError):
        choose_form(FRAME, person(subject=Subject.EMPLOYEE))


def test_02a_is_of_leaders_since_2025_and_02b_of_those_who_do_not_lead(person):
    assert choose_form(PARTY, person(party_member=True, leader=True)).form.code == "Mẫu 02A-HD KĐ.ĐG 2025"
    assert choose_form(PARTY, person(party_member=True)).form.code == "Mẫu 02B-HD KĐ.ĐG 2025"


def test_a_member_outside_the_political_system_fills_02c(person):
    retired = person(subject=Subject.PARTY_MEMBER, party_member=True)
    assert choose_form(PARTY, retired).form.code == "Mẫu 02C-HD KĐ.ĐG 2025"


def test_who_is_no_member_fills_no_party_form(person):
    with pytest.raises(NoFormError):
        choose_form(PARTY, person())


def test_a_collective_reports_on_form_01(person):
    assert choose_form(PARTY, person(subject=Subject.COLLECTIVE)).form.code == "Mẫu 01-HD KĐ.ĐG 2025"


# --- the sheet of the decree ------------------------------------------------------------------------------------------


def test_the_general_criteria_have_ten_rows_that_make_thirty():
    # Mẫu số 01: 5, 5, then eight of 2,5; "Tổng cộng 30"
    rows = [question for _, item, question in DECREE.forms["mau-01-335"].walk() if item.layout == "points"]
    assert [row.maximum for row in rows] == [5, 5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5]


def test_the_rows_add_up_and_the_three_percentages_make_seventy(person):
    form = DECREE.forms["mau-01-335"]
    facts = facts_of(form, person(), answers(CRITERIA | {"p31": 0.5}, SHEET))
    assert facts["general_points"] == 28
    # (100 + 90 + 80) / 3 = 90 %; 28 + 63
    assert suggest(DECREE, Case(Subject.OFFICIAL, facts=facts)).score == 91


def test_only_a_leader_is_asked_for_the_three_percentages_of_leaders(person):
    form = DECREE.forms["mau-01-335"]
    asked = set(unanswered(form, person(), {}))
    of_leaders = set(unanswered(form, person(leader=True), {}))
    assert of_leaders - asked == {"unit_result", "organising", "uniting"}


def test_the_year_is_the_mean_of_the_months_that_were_worked(person):
    months = {f"m{month:02}": Answer(90) for month in range(3, 12)} | {"m03": Answer(81)}
    skipped = {key: Answer(None, skipped=True) for key in ("m01", "m02", "m12")}
    given = {**months, **skipped, **answers(NOT_RATED_APART, {"disciplined": False})}
    # (81 + 8 × 90) / 9 = 89
    assert suggest(DECREE, case_of(DECREE.forms["mau-02-335"], person(), given)).score == 89


def test_discipline_is_followed_by_the_question_whether_it_is_for_public_duty(person):
    form = DECREE.forms["mau-02-335"]
    keys = unanswered(form, person(), answers({"disciplined": True}))
    assert "discipline_in_duty" in keys
    unpunished = unanswered(form, person(), answers({"disciplined": False}))
    assert "discipline_in_duty" not in unpunished


# --- the sources disagree ---------------------------------------------------------------------------------------------


def test_ninety_points_are_excellent_for_the_official_and_not_for_the_member_without_thirty_percent_exceeded():
    facts = {"score": 92, "degradation_concluded": False, "disciplined": False, "tasks_exceeded_pct": 29}
    official = {"months_worked": 12, "maternity_leave": False, "sick_leave": False}
    tasks = {"tasks_done_pct": 100, "tasks_on_time": True, "tasks_quality": True, "tasks_efficiency": "adequate"}
    member = tasks | {"tasks_late_pct": 0, "faults_fixed_pct": 100, "months_since_joined": 60}
    assert suggest(DECREE, Case(Subject.OFFICIAL, facts=facts | official)).rating is Rating.EXCELLENT
    assert suggest(PARTY, Case(Subject.PARTY_MEMBER, facts=facts | member)).rating is Rating.GOOD


@pytest.mark.parametrize(
    ("book", "clauses"),
    [
        ("decree-335-2025", {"NĐ 335/2025, Điều 19", "NĐ 335/2025, Điều 17 khoản 3"}),  # before 15/12, yet 12 months
        ("decree-335-2025", {"NĐ 90/2020, Điều 2 khoản 3", "NĐ 335/2025, Điều 11 khoản 2"}),  # long leave
        ("party-2025", {"KH 16-KH/HU ngày 12/11/2020, II.2", "QĐ 366-QĐ/TW, Điều 5 khoản 2"}),  # new members
        ("party-2025", {"QĐ 366-QĐ/TW, Điều 7 khoản 3", "KH 170-KH/CB ngày 24/11/2021"}),  # order of the meetings
        ("party-2025", {"QĐ 366-QĐ/TW, Điều 11 khoản 1", "NĐ 335/2025, Điều 20 khoản 1"}),  # 30 % exceeded
    ],
)
def test_a_contradiction_is_told_with_the_clauses_of_both_sides(book, clauses):
    assert any(clauses == set(note.cites) for note in load(book).notes)


# --- quotas and dates -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("good", "may"), [(4, 0), (5, 1), (9, 1), (10, 2), (14, 2), (15, 3)])
@pytest.mark.parametrize("book", [DECREE, PARTY, FRAME], ids=lambda book: book.id)
def test_excellent_is_a_fifth_of_the_good_rounded_down_without_a_minimum(book, good, may):
    assert allowed(book.quotas[0], good) == may


def test_an_outstanding_organisation_may_be_granted_a_quarter():
    assert [allowed(DECREE.quotas[0], good, by_decision=True) for good in (3, 4, 8)] == [0, 1, 2]


def test_the_decree_counts_in_the_office_and_in_each_group_of_similar_tasks():
    good = [
        Rated(f"Thử {n}", "Phòng", "chuyên viên" if n < 6 else "văn thư", leader=False, rating=Rating.GOOD)
        for n in range(10)
    ]
    best = [Rated("Mẫu", "Phòng", "văn thư", leader=False, rating=Rating.EXCELLENT)]
    over = {tuple(share.key.values()): share.over for share in shares(DECREE.quotas, [*good, *best])}
    # the office: 10 good, 2 allowed; the clerks: 4 good, none allowed
    assert sorted(over.values()) == [0, 0, 1]


def test_the_rating_is_decided_before_the_fifteenth_of_december_by_special_bodies_a_month_later():
    days = timetable(DECREE, 2026)
    assert days["rating_decided"] == dt.date(2026, 12, 14)
    assert days["rating_decided_special"] == dt.date(2027, 1, 15)


def test_all_of_the_frame_that_rates_is_marked_unverified():
    rules = [condition for rules in FRAME.ratings for found in rules.conditions.values() for condition in found]
    assert all(rule.unverified for rule in (*rules, *FRAME.caps, *FRAME.quotas, *FRAME.scores.formulas))


def test_the_form_of_leaders_says_that_its_text_was_not_seen():
    assert PARTY.forms["mau-02a-hd-2025"].unverified
    assert not PARTY.forms["mau-02b-hd-2025"].unverified
