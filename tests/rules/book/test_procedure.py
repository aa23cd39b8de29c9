"""How a review goes on after it is handed in: values by hand from the sources, with their clauses."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rules.book.clauses import Cap, Quota
from rules.book.procedure import (
    PLAIN,
    Effect,
    Order,
    PetitionRule,
    Role,
    SpecialCase,
    approval_of,
    known_of,
    order_rule,
    special_cases,
)
from rules.checks.everything import check
from rules.nouns.errors import RulebookErrors
from rules.nouns.people import Person
from rules.nouns.periods import period
from rules.nouns.rulings import OpinionKind
from rules.nouns.service import Leave, LeaveKind, Leaving, Service
from rules.nouns.values import Rating, Subject
from rules.reading.folders import shipped
from rules.reading.load import load, load_editions
from tests.rules.books import RATINGS, write_book

UNIT_HEAD, DEPUTY, IN_CHARGE = Role.UNIT_HEAD, Role.DEPUTY, Role.IN_CHARGE
HERE = dt.date(2010, 1, 1)


#: The roster lists this person's times away: a day in an earlier year, and so no maternity leave in this one.
LISTED = (Leave(LeaveKind.OTHER, dt.date(2019, 5, 2), dt.date(2019, 5, 2)),)


def someone(subject: Subject = Subject.OFFICIAL, service: Service | None = None, **traits: Any) -> Person:
    """A fictional person who has been here for long."""
    kept = service or Service(joined=HERE)
    return Person(1, "Lê Thị Thử", "Chuyên viên", 1, "Phòng Thử", "Cơ quan Thử", subject, service=kept, **traits)


def service(**known: Any) -> Service:
    return Service(**({"joined": HERE} | known))


def away(kind: LeaveKind, since: str, until: str) -> Service:
    return service(leaves=(Leave(kind, dt.date.fromisoformat(since), dt.date.fromisoformat(until)),))


def cases(book: str, year: int, person: Person, subject: Subject | None = None) -> dict[str, str]:
    """The cases that hold of a person: key → effect."""
    found = special_cases(load(book, year).procedure, known_of(person, period(year), subject))
    return {case.key: case.effect.value for case in found}


def case_of(book: str, key: str) -> SpecialCase:
    return next(case for case in load(book).procedure.special_cases if case.key == key)


# who comments before the authority decides


@pytest.mark.parametrize(
    ("book", "person", "steps", "clause"),
    [
        # S000, Mẫu số 02, III: “Phần dành cho người đứng đầu đơn vị cấu thành (nếu có)”
        ("decree-90-2020", someone(), [UNIT_HEAD], "Mẫu số 02, mục III"),
        # S000, Mẫu số 03, III: “Ý kiến nhận xét, đánh giá đối với cấp phó của người đứng đầu đơn vị sự nghiệp công lập”
        ("decree-90-2020", someone(Subject.EMPLOYEE, leader=True, deputy=True), [UNIT_HEAD], "Mẫu số 03, mục III"),
        # the plan of 2020 says nothing of its own: the decree's
        ("quang-ngai-office-2020", someone(), [UNIT_HEAD], "Mẫu số 02, mục III"),
        # S002, II.2.c: “Khi kiểm điểm người đứng đầu thì phân công cấp phó chủ trì”; II.2.a: the leader in charge is invited
        ("quang-ngai-office-2023", someone(leader=True, head=True), [DEPUTY, IN_CHARGE], "II.2.c"),
        # S002, II.2.c: “người chủ trì kết luận …, đề xuất mức đánh giá xếp loại”
        ("quang-ngai-office-2023", someone(Subject.WORKER), [UNIT_HEAD], "II.2.c"),
        # S003, II.4.2.b2: “báo cáo lãnh đạo Ban để lấy ý kiến, Trưởng Ban quyết định”
        ("quang-ngai-ethnic-2023", someone(), [UNIT_HEAD, IN_CHARGE], "II.4.2.b2"),
        # S001, 3.3.2.2 and 3.3.2.3: the collective of the same level, then the direct superior
        ("son-duong-2020", someone(Subject.CADRE, leader=True, head=True), [UNIT_HEAD, IN_CHARGE], "II.3.3.2.3"),
        # S004, C.IV: “khi kiểm điểm người đứng đầu thì phân công đồng chí cấp phó chủ trì”
        ("son-la-rehab-2021", someone(Subject.EMPLOYEE, leader=True, head=True), [DEPUTY], "C.IV"),
        # S004, C.IV.1.2.1.b: “Người đứng đầu chủ trì việc kiểm điểm”
        ("son-la-rehab-2021", someone(Subject.EMPLOYEE), [UNIT_HEAD], "C.IV.1.2.1.b"),
    ],
)
def test_the_steps_before_the_decision(book: str, person: Person, steps: list[Role], clause: str) -> None:
    rule = approval_of(load(book).procedure, person)
    assert list(rule.steps) == steps
    assert clause in rule.cite


def test_who_tracks_an_official_comments_before_the_authority_of_decree_335() -> None:
    # Điều 10.1: who tracks; Điều 10.2: who rates. Of organisations Điều 9.2.a: sent straight to whoever recognises
    rule = approval_of(load("decree-335-2025").procedure, someone())
    assert (list(rule.steps), rule.decides, rule.cite) == ([UNIT_HEAD], Role.AUTHORITY, "NĐ 335/2025, Điều 10 khoản 1")
    assert approval_of(load("decree-335-2025").procedure, someone(Subject.ORGANISATION)).steps == ()


@pytest.mark.parametrize(
    ("book", "clause"),
    [
        ("party-2019", "Mẫu 02-HD KĐ.ĐG 2019"),  # S000: chi ủy nhận xét, chi bộ đề xuất; đảng ủy, chi ủy cơ sở xếp loại
        ("party-2025", "HD 43-HD/BTCTW, mục 3"),
        ("son-duong-2020", "III.1.2"),  # S001: Ban chấp hành đảng bộ xem xét quyết định xếp loại đảng viên
        ("son-la-rehab-2021", "B.III.2"),  # S004: chi bộ biểu quyết
        ("party-2023", ""),  # no text was seen: party bodies all the same, never a head of the office
        ("quang-ngai-ethnic-2023", ""),
    ],
)
@pytest.mark.parametrize("head", [True, False])
def test_the_partys_form_goes_through_the_party_whoever_fills_it(book: str, clause: str, *, head: bool) -> None:
    person = replace(someone(leader=head, head=head), party_member=True)
    rule = approval_of(load(book).procedure, person, (Subject.PARTY_MEMBER,))
    assert (list(rule.steps), rule.decides) == ([Role.CELL], Role.COMMITTEE)
    assert clause in rule.cite


@pytest.mark.parametrize("book", ["party-2019", "party-2023", "party-2025"])
def test_where_the_sources_are_silent_it_is_the_plain_way(book: str) -> None:
    assert approval_of(load(book).procedure, someone()) == PLAIN


def test_who_tracks_an_employee_comments_before_the_authority_of_decree_233() -> None:
    # Điều 13.2: the head of the constituent unit tracks; Điều 13.3: who rates is another
    rule = approval_of(load("decree-233-2026").procedure, someone(Subject.EMPLOYEE))
    assert (list(rule.steps), rule.cite) == ([UNIT_HEAD], "NĐ 233/2026, Điều 13 khoản 2")


def test_staff_of_a_public_unit_go_the_plain_way() -> None:
    # Mẫu số 03, III is about deputies only
    assert approval_of(load("decree-90-2020").procedure, someone(Subject.EMPLOYEE)) == PLAIN


# special cases


CIVIL = [
    # NĐ 90/2020, Điều 2 khoản 3: below six months no rating, but a review
    (
        "decree-90-2020",
        someone(service=service(joined=dt.date(2020, 8, 1), leaves=LISTED)),
        {"under_six_months": "not_rated"},
    ),
    # the same: three months of leave or more, not “tốt” or above
    ("decree-90-2020", someone(service=away(LeaveKind.SICK, "2020-02-01", "2020-05-31")), {"long_leave": "capped"}),
    ("decree-90-2020", someone(service=away(LeaveKind.SICK, "2020-02-01", "2020-03-31")), {}),
    # the same: maternity is rated by the time worked, whatever is left of the year
    (
        "decree-90-2020",
        someone(service=away(LeaveKind.MATERNITY, "2020-02-01", "2020-10-31")),
        {"maternity": "time_worked"},
    ),
    # NĐ 90/2020, Điều 20: absent with cause sends the self-review in
    ("decree-90-2020", someone(service=service(absent_with_cause=True)), {"absent_with_cause": "no_meeting"}),
    # NĐ 90/2020, Điều 20 khoản 1: the old body is asked from six months on
    (
        "decree-90-2020",
        someone(service=service(moved_on=dt.date(2020, 7, 1), there_since=dt.date(2020, 1, 1))),
        {"transferred": "opinion_asked"},
    ),
    ("decree-90-2020", someone(service=service(moved_on=dt.date(2020, 6, 1), there_since=dt.date(2020, 1, 1))), {}),
    # the same: who moved away is rated where they are now
    (
        "decree-90-2020",
        someone(service=service(left=dt.date(2020, 9, 30), left_as=Leaving.TRANSFERRED)),
        {"moved_away": "not_reviewed"},
    ),
    # … and of who retired after nine months' work it says nothing: no other body rates them
    ("decree-90-2020", someone(service=service(left=dt.date(2020, 9, 30), left_as=Leaving.RETIRED)), {}),
    ("decree-90-2020", someone(Subject.WORKER), {"contract_workers": "by_choice"}),
    # NĐ 335/2025, Điều 11 khoản 1: no rating below six months …
    (
        "decree-335-2025",
        someone(service=service(joined=dt.date(2026, 8, 1), leaves=LISTED)),
        {"under_six_months": "not_rated"},
    ),
    # … but khoản 2: the sick by the time worked, however short; no cap of three months any more
    (
        "decree-335-2025",
        someone(service=away(LeaveKind.SICK, "2026-01-01", "2026-09-30")),
        {"sick_leave": "time_worked"},
    ),
    (
        "decree-335-2025",
        someone(service=away(LeaveKind.MATERNITY, "2026-01-01", "2026-09-30")),
        {"maternity": "time_worked"},
    ),
    # khoản 2: unpaid leave only with six months of work
    (
        "decree-335-2025",
        someone(service=away(LeaveKind.UNPAID, "2026-01-01", "2026-04-30")),
        {"unpaid_leave": "time_worked"},
    ),
    (
        "decree-335-2025",
        someone(service=away(LeaveKind.UNPAID, "2026-01-01", "2026-08-31")),
        {"under_six_months": "not_rated"},
    ),
    # NĐ 335/2025, Điều 19 khoản 1: the old body sends its scores, however long it was
    ("decree-335-2025", someone(service=service(moved_on=dt.date(2026, 3, 1))), {"transferred": "opinion_asked"}),
    # NĐ 335/2025, Điều 19 khoản 3: absent, sick or on leave when the ratings are decided, by the time worked
    ("decree-335-2025", someone(service=service(absent_with_cause=True)), {"absent_with_cause": "time_worked"}),
    # NĐ 335/2025, Điều 28 khoản 2: by the office's choice, and then as the officials
    ("decree-335-2025", someone(Subject.WORKER), {"contract_workers": "by_choice"}),
    (
        "decree-335-2025",
        someone(Subject.WORKER, away(LeaveKind.SICK, "2026-01-01", "2026-09-30")),
        {"contract_workers": "by_choice", "sick_leave": "time_worked"},
    ),
    ("decree-335-2025", someone(), {}),
    ("decree-233-2026", someone(Subject.WORKER), {"contract_workers": "by_choice"}),
    # NĐ 233/2026, Điều 14.1: below six months no rating; Điều 14.2: the sick and the unpaid by the time worked
    (
        "decree-233-2026",
        someone(Subject.EMPLOYEE, service(joined=dt.date(2026, 11, 1), leaves=LISTED)),
        {"under_six_months": "not_rated"},
    ),
    (
        "decree-233-2026",
        someone(Subject.EMPLOYEE, away(LeaveKind.SICK, "2026-01-01", "2026-09-30")),
        {"sick_leave": "time_worked"},
    ),
    (
        "decree-233-2026",
        someone(Subject.EMPLOYEE, away(LeaveKind.MATERNITY, "2026-01-01", "2026-09-30")),
        {"maternity": "time_worked"},
    ),
    (
        "decree-233-2026",
        someone(Subject.EMPLOYEE, away(LeaveKind.UNPAID, "2026-01-01", "2026-04-30")),
        {"unpaid_leave": "time_worked"},
    ),
    (
        "decree-233-2026",
        someone(Subject.EMPLOYEE, away(LeaveKind.UNPAID, "2026-01-01", "2026-08-31")),
        {"under_six_months": "not_rated"},
    ),
    # Điều 15.1.a: the new body rates, the old one sends its results; Điều 15.1.c: absent when the ratings are decided
    (
        "decree-233-2026",
        someone(Subject.EMPLOYEE, service(moved_on=dt.date(2026, 3, 1))),
        {"transferred": "opinion_asked"},
    ),
    (
        "decree-233-2026",
        someone(Subject.EMPLOYEE, service(left=dt.date(2026, 9, 30), left_as=Leaving.TRANSFERRED)),
        {"moved_away": "not_reviewed"},
    ),
    ("decree-233-2026", someone(Subject.EMPLOYEE, service(left=dt.date(2026, 11, 30), left_as=Leaving.RETIRED)), {}),
    ("decree-335-2025", someone(service=service(left=dt.date(2026, 11, 30), left_as=Leaving.RETIRED)), {}),
    (
        "decree-233-2026",
        someone(Subject.EMPLOYEE, service(absent_with_cause=True)),
        {"absent_with_cause": "time_worked"},
    ),
]


@pytest.mark.parametrize(("book", "person", "expected"), CIVIL)
def test_special_cases_of_civil_servants(book: str, person: Person, expected: dict[str, str]) -> None:
    assert cases(book, 2026 if "2026" in book or "335" in book else 2020, person) == expected


PARTY = [
    # S001, II.2: admitted below six months ago, reviewed and not rated; QĐ 366, Điều 5 khoản 2: not reviewed
    ("party-2019", 2020, service(party_since=dt.date(2020, 8, 1)), {"member_joined_under_six_months": "not_rated"}),
    ("son-duong-2020", 2020, service(party_since=dt.date(2020, 8, 1)), {"member_joined_under_six_months": "not_rated"}),
    ("party-2025", 2026, service(party_since=dt.date(2026, 8, 1)), {"joined_under_six_months": "not_reviewed"}),
    ("party-2025", 2026, service(party_since=dt.date(2026, 7, 1)), {}),
    # S001, II.2: three months of leave cap; HD 43, 7.5: they do not
    ("party-2019", 2020, away(LeaveKind.SICK, "2020-02-01", "2020-05-31"), {"member_long_leave": "capped"}),
    ("party-2019", 2020, away(LeaveKind.UNPAID, "2020-02-01", "2020-05-31"), {}),
    ("party-2025", 2026, away(LeaveKind.SICK, "2026-02-01", "2026-05-31"), {"member_sick_leave": "time_worked"}),
    ("party-2025", 2026, away(LeaveKind.SICK, "2026-02-01", "2026-03-31"), {}),
    # S001, II.2; HD 43, 7.6; S004, D.2: the official cell rates, the other one gives its opinion
    ("son-duong-2020", 2020, service(temporary_cell="Chi bộ Hai"), {"member_temporary_cell": "opinion_asked"}),
    ("party-2025", 2026, service(temporary_cell="Chi bộ Hai"), {"member_temporary_cell": "opinion_asked"}),
    ("son-la-rehab-2021", 2021, service(temporary_cell="Chi bộ Hai"), {"member_temporary_cell": "opinion_asked"}),
    # S004, B.I; QĐ 366, Điều 5 khoản 2: suspended from party activity, no review
    (
        "son-la-rehab-2021",
        2021,
        away(LeaveKind.PARTY_SUSPENDED, "2021-11-01", "2022-01-31"),
        {"member_party_suspended": "not_reviewed"},
    ),
    (
        "party-2025",
        2026,
        away(LeaveKind.PARTY_SUSPENDED, "2026-11-01", "2027-01-31"),
        {"member_party_suspended": "not_reviewed"},
    ),
    # S004, B.I: suspended from the committee, still rated; HD 43, 7.7: of the time before
    (
        "son-la-rehab-2021",
        2021,
        away(LeaveKind.COMMITTEE_SUSPENDED, "2021-11-01", "2022-01-31"),
        {"member_suspended": "flagged"},
    ),
    ("son-la-rehab-2021", 2021, away(LeaveKind.SUSPENDED, "2021-11-01", "2022-01-31"), {}),
    # S004, B.I; QĐ 366, Điều 5 khoản 2: exempt from party work and activity, no review
    (
        "son-la-rehab-2021",
        2021,
        away(LeaveKind.PARTY_EXEMPT, "2021-01-01", "2022-01-31"),
        {"member_party_exempt": "not_reviewed"},
    ),
    (
        "party-2025",
        2026,
        away(LeaveKind.PARTY_EXEMPT, "2026-01-01", "2027-01-31"),
        {"member_party_exempt": "not_reviewed"},
    ),
    (
        "party-2025",
        2026,
        away(LeaveKind.COMMITTEE_SUSPENDED, "2026-11-01", "2027-01-31"),
        {"member_suspended": "time_worked"},
    ),
    # S001, II.2: absent, so rated as soon as possible and reported afterwards
    ("son-duong-2020", 2020, service(absent_with_cause=True), {"member_absent": "flagged"}),
    # S001, II.2: the opinion of the old cell from six months on
    (
        "son-duong-2020",
        2020,
        service(moved_on=dt.date(2020, 7, 1), there_since=dt.date(2019, 1, 1)),
        {"member_transferred": "opinion_asked"},
    ),
    (
        "party-2023",
        2023,
        service(party_since=dt.date(2023, 8, 1), temporary_cell="Chi bộ Hai"),
        {},
    ),  # the text was not seen
]


@pytest.mark.parametrize(("book", "year", "known", "expected"), PARTY)
def test_special_cases_of_party_members(book: str, year: int, known: Service, expected: dict[str, str]) -> None:
    assert cases(book, year, someone(service=known, party_member=True), Subject.PARTY_MEMBER) == expected


def test_the_party_rules_do_not_touch_the_civil_rating_of_a_member() -> None:
    joined = someone(service=service(party_since=dt.date(2020, 8, 1)), party_member=True)
    assert cases("son-duong-2020", 2020, joined) == {}
    assert "member_joined_under_six_months" in cases("son-duong-2020", 2020, joined, Subject.PARTY_MEMBER)


def test_a_head_who_came_this_year_may_stand_above_the_unit() -> None:
    # S001, II.2: “cá nhân chuyển đến là người đứng đầu mà không liên quan đến mức xếp loại của … đơn vị mới”
    known = service(moved_on=dt.date(2020, 3, 1))
    assert cases("son-duong-2020", 2020, someone(Subject.CADRE, known, leader=True, head=True)) == {
        "head_arrived": "cap_waived"
    }
    assert cases("son-duong-2020", 2020, someone(Subject.CADRE, known, leader=True)) == {}


def test_a_year_not_completed_is_flagged_with_the_clause() -> None:
    # S001, 3.6.3: “hai năm liên tiếp không hoàn thành nhiệm vụ thì xem xét miễn nhiệm …”
    known = service(ratings={2019: Rating.NOT_COMPLETED})
    assert cases("son-duong-2020", 2020, someone(Subject.CADRE, known)) == {"failed_two_years": "flagged"}
    assert case_of("son-duong-2020", "failed_two_years").cite == "II.3.6.3"


def test_whose_opinion_is_asked() -> None:
    assert case_of("party-2025", "member_temporary_cell").opinion is OpinionKind.TEMPORARY_CELL
    assert case_of("decree-90-2020", "transferred").opinion is OpinionKind.OLD_UNIT
    assert case_of("decree-90-2020", "maternity").opinion is None


def test_the_plan_goes_before_what_it_extends() -> None:
    # S004, D.2 says of absence what the decree says, and that no meeting is needed; of maternity, members too
    assert case_of("son-la-rehab-2021", "absent_with_cause").cite == "D.2 (Lưu ý)"
    assert case_of("son-la-rehab-2021", "transferred").cite == "NĐ 90/2020, Điều 20 khoản 1"
    member = someone(Subject.EMPLOYEE, away(LeaveKind.MATERNITY, "2021-02-01", "2021-07-31"), party_member=True)
    assert cases("son-la-rehab-2021", 2021, member, Subject.PARTY_MEMBER) == {"maternity": "time_worked"}


@pytest.mark.parametrize("book", shipped())
def test_what_a_case_does_to_a_rating_is_a_rule_as_well(book: str) -> None:
    for edition in load_editions(book).values():
        resting = {"not_rated": edition.not_rated, "capped": edition.caps}
        for case in edition.procedure.special_cases:
            for rule in resting.get(case.effect.value, ()):
                assert rule.key != case.key or rule.when == case.when


# petitions


@pytest.mark.parametrize(
    ("book", "days", "clause"),
    [
        ("decree-335-2025", 7, "NĐ 335/2025, Điều 22"),  # “07 ngày làm việc”
        (
            "decree-233-2026",
            None,
            "NĐ 233/2026, Điều 17 khoản 2 điểm d",
        ),  # a dossier of petitions; the text sets no time
        ("decree-90-2020", None, "NĐ 90/2020, Điều 22 khoản 5"),  # a dossier of petitions; the time was not seen
        ("quang-ngai-office-2023", None, "NĐ 90/2020, Điều 22 khoản 5"),
        ("son-duong-2020", None, "II.3.5.2"),
        ("son-la-rehab-2021", None, "D.4.2"),  # considered, concluded, told in writing; no time named
    ],
)
def test_until_when_a_petition_is_answered(book: str, days: int | None, clause: str) -> None:
    rule = load(book).procedure.petitions
    assert rule is not None
    assert (rule.answer_within, rule.cite) == (days, clause)


@pytest.mark.parametrize("book", ["party-2019", "party-2023", "party-2025"])
def test_of_petitions_that_no_source_speaks_of_nothing_is_said(book: str) -> None:
    assert load(book).procedure.petitions is None


# orders


@pytest.mark.parametrize(
    ("book", "orders"),
    [
        ("decree-90-2020", "civil_first"),  # Điều 20 khoản 2
        ("decree-335-2025", "lower_first civil_first"),  # Chương II; Điều 19 khoản 2
        ("decree-233-2026", "civil_first unit_first lower_first"),  # Điều 15.1.b, 16.3.a; 15.1.a; 9.1.a
        ("party-2019", "lower_first collective_first civil_first reviewed_first"),
        ("party-2023", ""),
        ("party-2025", "collective_first civil_first"),  # Điều 7 khoản 3; Điều 3
        ("quang-ngai-office-2023", "civil_first"),
        ("son-duong-2020", "civil_first lower_first collective_first reviewed_first"),  # II.2
        ("son-la-rehab-2021", "civil_first collective_first reviewed_first"),  # B.II.2, D.2
    ],
)
def test_what_is_decided_before_what(book: str, orders: str) -> None:
    assert [rule.order.value for rule in load(book).procedure.orders] == orders.split()


def test_the_nearest_clause_of_an_order_is_told() -> None:
    rule = order_rule(load("quang-ngai-office-2020").procedure, Order.CIVIL_FIRST)
    assert rule is not None
    assert (rule.cite, rule.unverified) == ("Kế hoạch, mục 3 điểm b", False)
    assert order_rule(load("decree-335-2025").procedure, Order.REVIEWED_FIRST) is None


# room above a limit


def test_where_the_authority_has_room() -> None:
    def roomy(book: str) -> dict[str, str]:
        loaded = load(book)
        limits: list[Cap | Quota] = [*loaded.caps, *loaded.quotas]
        return {limit.key: limit.room for limit in limits if limit.room}

    assert roomy("decree-335-2025") == {
        "excellent": "NĐ 335/2025, Điều 20 khoản 5",
        "organisation_excellent": "NĐ 335/2025, Điều 8 khoản 5",
    }
    assert roomy("decree-233-2026") == {
        "excellent": "NĐ 233/2026, Điều 12 khoản 6 điểm b",
        "unit_excellent": "NĐ 233/2026, Điều 7 khoản 7 điểm b",
    }
    assert roomy("party-2025") == {"excellent": "QĐ 366-QĐ/TW, Điều 11 khoản 1"}
    # NĐ 48/2023: an outstanding body may have more, no number named
    assert roomy("decree-90-2020") == {"civil_excellent_2025": "NĐ 90/2020, Điều 2 khoản 6 (NĐ 48/2023)"}
    assert roomy("son-duong-2020") == {"head_not_above_unit": "II.2"}
    # S003 names its own shares; the decree's of the whole office stands beside them
    assert set(roomy("quang-ngai-ethnic-2023")) == {"civil_excellent"}
    assert roomy("son-la-rehab-2021") == roomy("party-2019") == roomy("party-2023") == {}


# every book


@pytest.mark.parametrize("book", shipped())
def test_every_entry_has_its_clause_and_what_was_not_seen_says_why(book: str) -> None:
    procedure = load(book).procedure
    petitions = [procedure.petitions] if procedure.petitions else []
    for entry in (*procedure.approvals, *procedure.special_cases, *procedure.orders, *petitions):
        assert entry.cite.strip()
    assert all(rule.note or rule.desk_note for rule in petitions)


# what is refused


def mistakes(folder: Path) -> list[tuple[int, str, str]]:
    with pytest.raises(RulebookErrors) as error:
        load(folder)
    return [(one.line, one.field, one.expected) for one in error.value.mistakes]


FIRST = 5 + RATINGS.count("\n")  # the line after HEAD and RATINGS


@pytest.mark.parametrize(
    ("written", "field", "expected"),
    [
        ("approvals: [{key: a, steps: [unit_head]}]", "approvals[0].cite", "missing"),
        ('approvals: [{key: a, steps: [], decides: unit_head, cite: "Điều 5"}]', "approvals[0].decides", "one_of"),
        ("deciders: [{key: a, title: A}]", "deciders[0].cite", "missing"),
        ('approvals: [{key: a, steps: [chief], cite: "Điều 5"}]', "approvals[0].steps[0]", "one_of"),
        ('approvals: [{key: a, steps: [deputy, deputy], cite: "Điều 5"}]', "approvals[0].steps", "once"),
        ('approvals: [{key: a, when: {score: 5}, steps: [deputy], cite: "Điều 5"}]', "approvals[0].when", "known_name"),
        ('approvals: [{key: a, steps: [deputy], cite: "Điều 5", by: x}]', "approvals[0].by", "unknown_key"),
        (
            "special_cases: [{key: a, title: A, when: {leader: true}, effect: flagged}]",
            "special_cases[0].cite",
            "missing",
        ),
        ('special_cases: [{key: a, title: A, effect: flagged, cite: "Điều 5"}]', "special_cases[0].when", "missing"),
        (
            'special_cases: [{key: a, title: A, when: {ill: true}, effect: flagged, cite: "Điều 5"}]',
            "special_cases[0].when",
            "known_name",
        ),
        (
            'special_cases: [{key: a, title: A, when: {head: true}, effect: gone, cite: "Điều 5"}]',
            "special_cases[0].effect",
            "one_of",
        ),
        (
            'special_cases: [{key: a, title: A, when: {head: true}, effect: opinion_asked, cite: "Điều 5"}]',
            "special_cases[0]",
            "opinion",
        ),
        (
            'special_cases: [{key: a, title: A, when: {head: true}, effect: flagged, opinion: old_unit, cite: "Điều 5"}]',
            "special_cases[0]",
            "opinion",
        ),
        ('petitions: {cite: "Điều 5"}', "petitions.answer_within", "missing"),
        ('petitions: {answer_within: 0, cite: "Điều 5"}', "petitions.answer_within", "at_least"),
        ("petitions: {answer_within: 7}", "petitions.cite", "missing"),
        ('orders: [{order: first, cite: "Điều 5"}]', "orders[0].order", "one_of"),
    ],
)
def test_mistakes_have_their_place(tmp_path: Path, written: str, field: str, expected: str) -> None:
    folder = write_book(tmp_path / "thu", f"{RATINGS}{written}\n")
    assert mistakes(folder) == [(FIRST, field, expected)]


@pytest.mark.parametrize(
    ("part", "entry"),
    [
        ("approvals", '{key: a, steps: [unit_head], cite: "Điều 5"}'),
        ("special_cases", '{key: a, title: A, when: {leader: true}, effect: flagged, cite: "Điều 5"}'),
        ("orders", '{order: civil_first, cite: "Điều 5"}'),
    ],
)
def test_nothing_is_said_twice(tmp_path: Path, part: str, entry: str) -> None:
    folder = write_book(tmp_path / "thu", f"{RATINGS}{part}: [{entry}, {entry}]\n")
    assert mistakes(folder) == [(FIRST, part, "once")]


def found(tmp_path: Path, rest: str) -> list[tuple[int, str, str]]:
    folder = write_book(tmp_path / "thu", RATINGS + rest)
    return [(one.line, one.field, one.expected) for one in check(folder)]


CASE = 'special_cases: [{{key: a, title: A, when: {when}, effect: {effect}, cite: "Điều 5"}}]\n'


@pytest.mark.parametrize(
    "when",
    [
        "{head: true, deputy: true}",
        "{head: true, leader: false}",
        "{months_worked: {at_least: 6, below: 6}}",
        "{leave_months: {above: 12}}",
    ],
)
def test_a_case_that_can_never_hold(tmp_path: Path, when: str) -> None:
    assert found(tmp_path, CASE.format(when=when, effect="flagged")) == [
        (FIRST, "special_cases[0].when", "never_holds")
    ]


@pytest.mark.parametrize(
    "when",
    [
        "{head: true, leader: true}",
        "{months_worked: {at_least: 6, below: 7}}",
        "{transferred: true, months_there: {at_least: 6}}",
    ],
)
def test_a_case_that_can_hold(tmp_path: Path, when: str) -> None:
    assert found(tmp_path, CASE.format(when=when, effect="flagged")) == []


def test_a_case_without_the_rule_it_rests_on(tmp_path: Path) -> None:
    case = CASE.format(when="{months_worked: {below: 6}}", effect="not_rated")
    assert found(tmp_path, case) == [(FIRST, "special_cases[0]", "rests_on")]
    rule = 'not_rated: [{key: a, when: {months_worked: {below: LIMIT}}, only_known: true, because: mới đến, cite: "Điều 5"}]\n'
    assert found(tmp_path, case + rule.replace("LIMIT", "5")) == [(FIRST, "special_cases[0]", "rests_on")]
    assert [one[2] for one in found(tmp_path, case + rule.replace("LIMIT", "6"))] == []


def test_an_approval_that_is_never_the_first(tmp_path: Path) -> None:
    rules = """\
approvals:
  - {key: all, steps: [unit_head], cite: "Điều 5"}
  - {key: head, when: {head: true}, steps: [deputy], cite: "Điều 5"}
"""
    assert found(tmp_path, rules) == [(FIRST + 2, "approvals[1]", "never_chosen")]


def test_no_form_asks_what_the_roster_tells(tmp_path: Path) -> None:
    folder = write_book(tmp_path / "thu", RATINGS + 'choose_form: [{form: mau, cite: "Điều 1"}]\n')
    (folder / "forms").mkdir()
    (folder / "forms" / "mau.yaml").write_text(FORM, encoding="utf-8")
    assert [(one.field, one.expected) for one in check(folder)] == [
        ("sections[0].items[0].questions[2]", "told_by_roster")
    ]


FORM = """\
id: mau
code: Mẫu
instrument: Quy định thử
version: "1"
title: Phiếu thử
heading: administrative
minutes: 5
person_lines: [{label: Họ và tên, source: name}]
cite: Điều 1
sections:
  - key: i
    title: Một
    items:
      - key: i1
        title: Một
        questions:
          - {key: score, kind: number, text: Điểm, minimum: 0, maximum: 100, yields: {score: value}}
          - {key: disciplined, kind: choice, scale: yes, text: Kỷ luật, yields: {disciplined: value}}
          - {key: moved, kind: choice, scale: yes, text: Chuyển đến, yields: {transferred: value}}
scales: {yes: [{value: true, label: Có}, {value: false, label: Không}]}
"""


# what a rulebook takes from those it extends


PARENT = """\
approvals: [{key: head, when: {head: true}, steps: [deputy], cite: "Điều 5"}]
special_cases:
  - {key: a, title: A, when: {leader: true}, effect: flagged, cite: "Điều 5"}
  - {key: b, title: B, when: {leader: true}, effect: flagged, cite: "Điều 6"}
petitions: {answer_within: 7, cite: "Điều 7"}
orders: [{order: civil_first, cite: "Điều 8"}, {order: lower_first, cite: "Điều 8"}]
"""
OTHER = """\
approvals: [{key: others, steps: [in_charge], cite: "Điều 15"}]
special_cases: [{key: b, title: B, when: {leader: true}, effect: by_choice, cite: "Điều 16"}]
orders: [{order: civil_first, cite: "Điều 18"}]
"""


@pytest.fixture
def parents(tmp_path: Path) -> Path:
    write_book(tmp_path / "mot", RATINGS + PARENT)
    write_book(tmp_path / "hai", OTHER)
    return tmp_path


def test_what_is_not_said_is_inherited(parents: Path) -> None:
    child = load(write_book(parents / "con", "extends: mot\n")).procedure
    assert child == load(parents / "mot").procedure
    assert child.petitions == PetitionRule(7, "Điều 7")


def test_own_approvals_go_as_a_whole_cases_by_key_orders_by_order(parents: Path) -> None:
    own = OTHER.replace("{key: b,", "{key: b, replaces: true,")
    child = load(write_book(parents / "con", f"extends: mot\n{own}")).procedure
    assert [rule.key for rule in child.approvals] == ["others"]
    assert [(case.key, case.effect, case.cite) for case in child.special_cases] == [
        ("a", Effect.FLAGGED, "Điều 5"),
        ("b", Effect.BY_CHOICE, "Điều 16"),
    ]
    assert [(rule.order, rule.cite) for rule in child.orders] == [
        (Order.CIVIL_FIRST, "Điều 18"),
        (Order.LOWER_FIRST, "Điều 8"),
    ]
    assert child.petitions == PetitionRule(7, "Điều 7")


def test_of_two_parents_the_first_approvals_are_asked_first(parents: Path) -> None:
    case = 'special_cases: [{key: b, replaces: true, title: B, when: {leader: true}, effect: by_choice, cite: "Điều 16"}]\n'
    child = load(write_book(parents / "con", f"extends: [mot, hai]\n{case}")).procedure
    assert [rule.key for rule in child.approvals] == ["head", "others"]
    assert approval_of(child, someone(leader=True, head=True)).steps == (DEPUTY,)
    assert approval_of(child, someone()).steps == (IN_CHARGE,)
    assert [case.cite for case in child.special_cases] == ["Điều 5", "Điều 16"]
    assert child.petitions == PetitionRule(7, "Điều 7")


def test_own_petitions_go_before_inherited_ones(parents: Path) -> None:
    own = 'petitions: {answer_within: null, cite: "Điều 27", note: không nêu}\n'
    child = load(write_book(parents / "con", f"extends: mot\n{own}")).procedure
    assert child.petitions == PetitionRule(None, "Điều 27", note="không nêu")
