"""Who fills which form, and until when: the plan of the provincial office."""

import datetime as dt

import pytest

from rules.book.clauses import Due
from rules.book.dossier import Of
from rules.book.milestones import last_day, timetable
from rules.book.rulebook import NoFormError, choose_form, further_forms
from rules.nouns.people import Person
from rules.nouns.values import OwedBy, Subject
from rules.reading.load import load

OFFICE = load("quang-ngai-office-2020")


def person(subject: Subject, *, party_member: bool = False) -> Person:
    return Person(1, "Trần Thị Thử", "Chuyên viên", 1, "Phòng Thử", "Văn phòng", subject, party_member=party_member)


@pytest.mark.parametrize(
    ("subject", "form"),
    [(Subject.OFFICIAL, "mau-02"), (Subject.WORKER, "mau-02"), (Subject.EMPLOYEE, "mau-03")],
)
def test_who_is_no_party_member_fills_the_form_of_point_c(subject: Subject, form: str) -> None:
    choice = choose_form(OFFICE, person(subject))
    assert (choice.form.id, choice.cite) == (form, "Kế hoạch, mục 3 điểm c")


def test_a_party_member_fills_the_same_form_by_point_b() -> None:
    choice = choose_form(OFFICE, person(Subject.OFFICIAL, party_member=True))
    assert (choice.form.id, choice.cite) == ("mau-02", "Kế hoạch, mục 3 điểm b và điểm c")


@pytest.mark.parametrize("subject", [Subject.OFFICIAL, Subject.WORKER, Subject.EMPLOYEE])
def test_a_party_member_also_fills_the_form_of_the_party(subject: Subject) -> None:
    further = further_forms(OFFICE, person(subject, party_member=True))
    assert [(choice.form.id, choice.cite) for choice in further] == [("mau-02-hd-2019", "Kế hoạch, mục 3 điểm b")]
    assert further_forms(OFFICE, person(subject)) == ()


def test_a_room_reports_by_the_form_of_point_a() -> None:
    choice = choose_form(OFFICE, person(Subject.COLLECTIVE))
    assert (choice.form.id, choice.cite) == ("mau-01-hd-2019", "Kế hoạch, mục 3 điểm a")


def test_who_has_no_form_is_told_so() -> None:
    with pytest.raises(NoFormError):
        choose_form(OFFICE, person(Subject.CADRE))


def test_the_dates_of_the_plan_in_its_own_year() -> None:
    assert timetable(OFFICE, 2020) == {
        "criteria": dt.date(2020, 11, 14),
        "self_review": dt.date(2020, 12, 4),
        "unit_review": dt.date(2020, 12, 4),
        "reports_received": dt.date(2020, 12, 4),
        "summary": dt.date(2020, 12, 9),
        "rating_decided": dt.date(2020, 12, 14),
        "leadership_meeting": dt.date(2020, 12, 15),
        "dossiers": dt.date(2020, 12, 30),
    }


def test_the_dates_move_with_the_year_of_the_campaign() -> None:
    assert timetable(OFFICE, 2026)["self_review"] == dt.date(2026, 12, 4)


def test_who_owes_what() -> None:
    owed = {milestone.key: milestone.owed_by for milestone in OFFICE.milestones}
    assert owed["self_review"] is OwedBy.PERSON
    assert owed["unit_review"] is OwedBy.HEAD
    assert owed["dossiers"] is OwedBy.DESK


def test_before_the_first_of_january_is_the_last_day_of_the_year() -> None:
    assert last_day(Due(month=1, day=1, years=1, before=True), 2026) == dt.date(2026, 12, 31)


def test_a_fixed_date_does_not_move() -> None:
    assert last_day(Due(date=dt.date(2021, 11, 28)), 2026) == dt.date(2021, 11, 28)


def test_the_dossier_of_a_unit_is_that_of_point_d() -> None:
    assert [paper.title for paper in OFFICE.dossier[Of.UNIT]] == [
        "Bản kiểm điểm",
        "Phiếu đánh giá, xếp loại chất lượng của cá nhân",
        "Báo cáo kiểm điểm của tập thể",
        "Biên bản họp kiểm điểm",
    ]
