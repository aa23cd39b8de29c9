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

DECREE, PARTY, EMPLOYEES = load("decree-335-2025"), load("party-2025"), load("decree-233-2026")
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


def test_the_form_for_an_organisation_says_that_the_decree_annexes_none(person):
    # Điều 9.2.a: the body reviews itself; Phụ lục II has forms for officials only
    form = choose_form(DECREE, person(subject=Subject.ORGANISATION)).form
    assert form.id == "to-chuc-335"
    assert "Nghị định không kèm mẫu" in form.opening


@pytest.mark.parametrize("subject", [Subject.EMPLOYEE, Subject.WORKER])
def test_an_employee_is_rated_for_the_year_on_the_form_of_annex_two(person, subject):
    # Điều 15.2.a and 15.3.a: “theo mẫu phiếu tại Phụ lục II”; contract workers where the head so decides (Điều 20.2)
    assert choose_form(EMPLOYEES, person(subject=subject)).form.id == "phu-luc-ii-233"


@pytest.mark.parametrize("period", ["month", "quarter"])
def test_how_employees_are_tracked_is_for_the_units_own_rules(person, period):
    # Điều 12.5, 18.3.c: by the month or the quarter, as the unit's Quy chế says
    with pytest.raises(NoFormError):
        choose_form(EMPLOYEES, person(subject=Subject.EMPLOYEE), period)


@pytest.mark.parametrize(
    ("period", "form"), [("year", "mau-02-335"), ("quarter", "mau-01-335"), ("month", "mau-01-335")]
)
def test_a_contract_worker_fills_the_officials_forms_where_the_office_so_decides(person, period, form):
    # Điều 28.2
    assert choose_form(DECREE, person(subject=Subject.WORKER), period).form.id == form


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
    sick = {"months_worked": Answer(9), "sick_leave": Answer(value=True)}
    # (81 + 8 × 90) / 9 = 89 of who was sick for three months; who worked twelve owes twelve (Điều 17 khoản 3; Điều 11 khoản 2)
    assert suggest(DECREE, case_of(DECREE.forms["mau-02-335"], person(), {**given, **sick})).score == 89
    whole = suggest(DECREE, case_of(DECREE.forms["mau-02-335"], person(), given))
    assert (whole.score, whole.missing) == (None, ("month_scores.m01", "month_scores.m02", "month_scores.m12"))


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
    # Good is “từ 70 đến dưới 90 điểm” (QĐ 366, Điều 11 khoản 2): of 92 points the text says nothing.
    came = suggest(PARTY, Case(Subject.PARTY_MEMBER, facts=facts | member))
    assert (came.rating, came.possible, came.gap) == (None, (Rating.GOOD, Rating.COMPLETED), True)


@pytest.mark.parametrize(
    ("book", "clauses"),
    [
        (
            "decree-335-2025",
            {"NĐ 335/2025, Điều 19 khoản 2", "NĐ 335/2025, Điều 17 khoản 3"},
        ),  # before 15/12, yet 12 months
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
@pytest.mark.parametrize("book", [DECREE, PARTY, EMPLOYEES], ids=lambda book: book.id)
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
    # Điều 19.2: “trước ngày 15 tháng 01 năm sau”
    assert days["rating_decided_special"] == dt.date(2027, 1, 14)


def test_the_calendar_of_decree_233():
    days = timetable(EMPLOYEES, 2026)
    # Điều 18.3.a “chậm nhất đến ngày 30 tháng 11 năm 2026”; Điều 9.1.a “trước ngày 15 tháng 12”, “trước ngày 15 tháng 01 năm sau”
    assert days["own_rules"] == dt.date(2026, 11, 30)
    assert days["units_rated"] == dt.date(2026, 12, 14)
    assert days["rating_decided_special"] == dt.date(2027, 1, 14)
    # Điều 15.1.b: the scan reads “trước ngày 5 tháng 12”; employees come after their unit, so the 15th, and marked
    decided = next(one for one in EMPLOYEES.milestones if one.key == "rating_decided")
    assert (days["rating_decided"], decided.unverified) == (dt.date(2026, 12, 14), True)


@pytest.mark.parametrize("book", [DECREE, EMPLOYEES], ids=lambda book: book.id)
def test_what_the_texts_settle_is_not_marked_unverified(book):
    rules = [condition for rules in book.ratings for found in rules.conditions.values() for condition in found]
    forms = [place for form in book.forms.values() for place in (form, *form.questions.values())]
    procedure = (
        *book.procedure.special_cases,
        *book.procedure.orders,
        *book.procedure.approvals,
        book.procedure.petitions,
    )
    settled = (*rules, *book.caps, *book.not_rated, *book.quotas, *book.scores.formulas, *forms, *procedure)
    assert [one for one in settled if one.unverified] == []


#: How a note speaks that was written for whoever made the rulebook, not for those it rates.
_OF_THE_WORKSHOP = ("chưa đối chiếu", "chưa đọc được", "chưa xác minh", "người soạn", "Tự Soi", "tệp")


@pytest.mark.parametrize("book", [DECREE, EMPLOYEES], ids=lambda book: book.id)
def test_no_note_of_the_workshop_reaches_a_citizen(book):
    rules = [condition for rules in book.ratings for found in rules.conditions.values() for condition in found]
    procedure = (
        *book.procedure.special_cases,
        *book.procedure.orders,
        *book.procedure.approvals,
        book.procedure.petitions,
    )
    noted = (*rules, *book.caps, *book.not_rated, *book.quotas, *book.scores.formulas, *procedure, *book.milestones)
    said = [one.note for one in noted] + [note.text for note in book.notes] + [n for r in book.ratings for n in r.notes]
    asked = [text for form in book.forms.values() for one in form.questions.values() for text in (one.text, one.help)]
    assert [text for text in (*said, *asked) if any(words in text for words in _OF_THE_WORKSHOP)] == []


# --- decree 233: units, quotas, the form ------------------------------------------------------------------------------


def test_the_form_of_annex_two_stands_as_it_is_printed():
    form = EMPLOYEES.forms["phu-luc-ii-233"]
    printed = [section for section in form.sections if section.printed]
    assert form.title == "PHIẾU XẾP LOẠI CHẤT LƯỢNG VIÊN CHỨC"
    assert [line.label for line in form.person_lines] == ["Họ và tên", "Chức vụ, chức danh", "Đơn vị công tác"]
    assert [f"{section.number}. {section.title}" for section in printed] == [
        "I. TỔNG HỢP KẾT QUẢ THEO DÕI, ĐÁNH GIÁ",
        "II. VIÊN CHỨC TỰ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG",
        "III. KẾT QUẢ XẾP LOẠI CHẤT LƯỢNG VIÊN CHỨC CỦA CẤP CÓ THẨM QUYỀN",
        "IV. Ý KIẾN NHẬN XÉT CỦA CẤP CÓ THẨM QUYỀN VÀ ĐỀ XUẤT PHƯƠNG ÁN XỬ LÝ",
    ]
    assert [f"{item.number}. {item.title} {item.hint}" for item in printed[0].items] == [
        "1. Kết quả theo dõi, đánh giá theo tiêu chí chung (tối đa 30 điểm)",
        "2. Kết quả theo dõi, đánh giá theo tiêu chí kết quả thực hiện nhiệm vụ (tối đa 70 điểm)",
    ]
    signatures = [section.signature for section in printed if section.signature]
    assert [(one.title, one.note) for one in signatures] == [
        ("VIÊN CHỨC TỰ XẾP LOẠI", "(Ký tên, ghi rõ họ tên)"),
        ("CẤP CÓ THẨM QUYỀN XẾP LOẠI", "(Ký tên, ghi rõ họ tên)"),
    ]
    assert printed[3].note == "Việc đề xuất phương án xử lý căn cứ quy định tại Điều 16 Nghị định này."


def test_section_three_of_the_officials_form_is_word_for_word():
    sections = {section.number: section for section in DECREE.forms["mau-02-335"].sections if section.number}
    assert sections["III"].title == "KẾT QUẢ XẾP LOẠI CHẤT LƯỢNG CỦA CẤP CÓ THẨM QUYỀN CÔNG CHỨC"
    assert sections["III"].note == "Việc xếp loại chất lượng công chức căn cứ vào quy định tại Điều 20 Nghị định này."
    assert sections["IV"].title == "ĐỀ XUẤT PHƯƠNG ÁN XỬ LÝ"
    assert sections["IV"].note == "Việc đề xuất phương án xử lý căn cứ quy định tại Điều 23 Nghị định này."
    assert sections["IV"].signature.note == "(Ký tên, ghi rõ họ tên)"


def test_the_two_totals_of_annex_two_make_the_points_of_the_year(person):
    given = answers({"general_points": 26.5, "result_points": 63.5}, NOT_RATED_APART, {"disciplined": False})
    employee = person(subject=Subject.EMPLOYEE)
    suggestion = suggest(EMPLOYEES, case_of(EMPLOYEES.forms["phu-luc-ii-233"], employee, given))
    assert (suggestion.score, suggestion.rating) == (90, Rating.EXCELLENT)  # Điều 12.1: “từ 90 điểm trở lên”


@pytest.mark.parametrize(("book", "form"), [("decree-335-2025", "mau-02-335"), ("decree-233-2026", "phu-luc-ii-233")])
def test_it_is_asked_where_a_discipline_for_duty_counts(person, book, form):
    # Điều 11.3 of 335, Điều 14.3 of 233: once, in one year, and at the old body what was done there
    asked = load(book).forms[form]
    subject = Subject.OFFICIAL if book == "decree-335-2025" else Subject.EMPLOYEE
    given = answers({"disciplined": True, "discipline_in_duty": True})
    assert "discipline_counted" in unanswered(asked, person(subject=subject), given)
    other = answers({"disciplined": True, "discipline_in_duty": False})
    assert "discipline_counted" not in unanswered(asked, person(subject=subject), other)


def _units(good: int, excellent: int = 0) -> list[Rated]:
    ratings = [Rating.GOOD] * good + [Rating.EXCELLENT] * excellent
    return [Rated(f"Trạm {n}", "Chi cục", "", leader=False, rating=rating) for n, rating in enumerate(ratings)]


@pytest.mark.parametrize(
    ("book", "good", "may", "granted"),
    [
        # Điều 8.5 of 335: a fifth of the good, up to a quarter by decision; nothing is said of fewer than five
        (DECREE, 4, 0, 1),
        (DECREE, 5, 1, 1),
        (DECREE, 8, 1, 2),
        # Điều 7.7 of 233: the same, and of fewer than five units at most one
        (EMPLOYEES, 3, 1, 1),
        (EMPLOYEES, 4, 1, 1),
        (EMPLOYEES, 8, 1, 2),
        (EMPLOYEES, 10, 2, 2),
    ],
)
def test_the_share_of_excellent_bodies(book, good, may, granted):
    (share,) = shares(book.quotas, _units(good), subject=Subject.ORGANISATION)
    (by_decision,) = shares(book.quotas, _units(good), subject=Subject.ORGANISATION, by_decision=True)
    assert (share.allowed, by_decision.allowed) == (may, granted)


# Điều 7.7.c of 233: “dưới 05 đơn vị sự nghiệp công lập trực thuộc”, however many of them are good
@pytest.mark.parametrize(("units", "good", "may"), [(4, 3, 1), (4, 0, 1), (6, 4, 0), (6, 5, 1), (5, 4, 0)])
def test_fewer_than_five_units_not_fewer_than_five_good_ones(units, good, may):
    completed = [Rated(f"Trạm {n}", "Chi cục", "", leader=False, rating=Rating.COMPLETED) for n in range(units - good)]
    (share,) = shares(EMPLOYEES.quotas, [*_units(good), *completed], subject=Subject.ORGANISATION)
    assert share.allowed == may


@pytest.mark.parametrize("book", [DECREE, EMPLOYEES], ids=lambda book: book.id)
def test_bodies_and_people_have_shares_of_their_own(book):
    (of_bodies, of_people) = (
        {share.quota.key for share in shares(book.quotas, _units(5), subject=subject)}
        for subject in (Subject.ORGANISATION, Subject.OFFICIAL if book is DECREE else Subject.EMPLOYEE)
    )
    assert of_bodies.isdisjoint(of_people)
    assert of_people == {"excellent"}


def test_the_form_of_leaders_says_that_its_text_was_not_seen():
    assert PARTY.forms["mau-02a-hd-2025"].unverified
    assert not PARTY.forms["mau-02b-hd-2025"].unverified
