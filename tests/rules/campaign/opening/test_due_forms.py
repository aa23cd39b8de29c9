"""Who fills which forms in a campaign of several rulebooks."""

import datetime as dt
from dataclasses import replace

import pytest

from rules.book.procedure import Effect, Procedure, SpecialCase
from rules.book.rulebook import Rulebook
from rules.campaign.opening.around import OfficeAround
from rules.campaign.opening.due_forms import AskedForms, asked_of, due_forms, kind_of
from rules.nouns import conditions
from rules.nouns.conditions import When
from rules.nouns.office import OfficeSettings
from rules.nouns.people import Person
from rules.nouns.periods import period
from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.values import Subject
from rules.reading.load import load

OFFICIAL = Person(1, "Nguyễn Thị Lan", "Chuyên viên", 10, "Phòng Tổng hợp", "Văn phòng", Subject.OFFICIAL)
MEMBER = replace(OFFICIAL, party_member=True)
HEAD = replace(MEMBER, leader=True, head=True)
EMPLOYEE = replace(OFFICIAL, subject=Subject.EMPLOYEE)
WORKER = replace(OFFICIAL, subject=Subject.WORKER)


def forms(names: str, person: Person, period: str = "year") -> list[str]:
    return [f"{due.rulebook}/{due.form}" for due in due_forms([load(name) for name in names.split()], person, period)]


def test_officials_and_employees_get_their_own_form_and_no_other() -> None:
    assert forms("decree-90-2020 party-2023", OFFICIAL) == ["decree-90-2020/mau-02"]
    assert forms("decree-90-2020 party-2023", EMPLOYEE) == ["decree-90-2020/mau-03"]


@pytest.mark.parametrize("books", ["decree-90-2020 party-2023", "party-2023 decree-90-2020"])
def test_the_civil_form_comes_before_the_party_s_however_the_rulebooks_are_given(books: str) -> None:
    assert forms(books, MEMBER) == ["decree-90-2020/mau-02", "party-2023/mau-02a-hd-2023"]
    assert forms(books, HEAD) == ["decree-90-2020/mau-02", "party-2023/mau-02b-hd-2023"]


def test_officials_under_one_rulebook_employees_under_another_the_party_part_under_a_third() -> None:
    books = "decree-335-2025 decree-90-2020 party-2025"
    assert forms(books, MEMBER) == ["decree-335-2025/mau-02-335", "party-2025/mau-02b-hd-2025"]
    assert forms(books, replace(EMPLOYEE, party_member=True)) == ["decree-90-2020/mau-03", "party-2025/mau-02b-hd-2025"]


def test_a_form_that_is_both_stands_once() -> None:
    assert forms("son-la-rehab-2021 party-2019", replace(EMPLOYEE, party_member=True)) == ["son-la-rehab-2021/mau-02b"]
    assert forms("quang-ngai-ethnic-2023 party-2023", HEAD) == ["quang-ngai-ethnic-2023/mau-02b-hd-2023"]


@pytest.mark.parametrize("books", ["quang-ngai-ethnic-2023 party-2023", "party-2023 quang-ngai-ethnic-2023"])
def test_what_a_plan_has_filled_is_filled_by_the_plan_not_by_what_it_extends(books: str) -> None:
    body, cell = (replace(OFFICIAL, subject=subject) for subject in (Subject.COLLECTIVE, Subject.PARTY_CELL))
    assert forms(books, body) == ["quang-ngai-ethnic-2023/mau-01-hd-2023"]
    assert forms(books, cell) == ["party-2023/mau-01-hd-2023"]


def test_what_an_office_s_plan_has_filled_besides_is_not_asked_again_by_the_party_s_rulebook() -> None:
    wanted = ["quang-ngai-office-2020/mau-02", "quang-ngai-office-2020/mau-02-hd-2019"]
    assert forms("quang-ngai-office-2020 party-2019", MEMBER) == wanted
    assert forms("quang-ngai-office-2020", MEMBER) == wanted


def test_who_holds_no_post_fills_the_form_of_plain_party_members() -> None:
    assert forms("party-2025", replace(MEMBER, subject=Subject.PARTY_MEMBER)) == ["party-2025/mau-02c-hd-2025"]


def test_a_month_or_a_quarter_asks_only_what_is_filled_in_it() -> None:
    assert forms("decree-335-2025 party-2025", MEMBER, "m05") == ["decree-335-2025/mau-01-335"]
    assert forms("decree-335-2025 party-2025", MEMBER, "q2") == ["decree-335-2025/mau-01-335"]
    assert forms("decree-90-2020", OFFICIAL, "m05") == []


def test_for_whom_no_rulebook_has_a_form_nothing_is_due() -> None:
    assert forms("decree-90-2020", WORKER) == []


def test_every_form_tells_its_clause() -> None:
    (due,) = due_forms([load("decree-335-2025")], OFFICIAL)
    assert due.cite == "NĐ 335/2025, Phụ lục II, Mẫu số 02; Điều 21"
    assert due.why


def test_periods_of_a_campaign() -> None:
    assert [kind_of(period) for period in ("year", "q3", "m12")] == ["year", "quarter", "month"]


def book_with(case: SpecialCase, name: str = "decree-90-2020") -> Rulebook:
    return replace(load(name), procedure=Procedure(special_cases=(case,)))


def test_a_rulebook_that_has_ended_goes_behind_those_in_force() -> None:
    """NĐ 335/2025 Điều 27 khoản 2: officials of 2026 by it; NĐ 233/2026 Điều 20 khoản 1: employees still by Decree 90."""
    shelf = [load("decree-90-2020", 2026), load("decree-335-2025", 2026)]
    asked = {who: asked_of(shelf, who, period(2026)).forms for who in (OFFICIAL, EMPLOYEE)}
    assert {who.subject: due.form for who, (due,) in asked.items()} == {"official": "mau-02-335", "employee": "mau-03"}


def test_contract_workers_are_left_out_where_the_office_so_chose() -> None:
    case = SpecialCase(
        "worker",
        "Người lao động",
        When((conditions.Test("subject", conditions.Operator.IS, "employee"),)),
        Effect.BY_CHOICE,
        "Điều thử",
    )
    book = book_with(case)
    (form,) = due_forms([book], EMPLOYEE)
    assert asked_of([book], EMPLOYEE, period(2020), OfficeAround(OfficeSettings(review_workers=True))) == AskedForms(
        (form,)
    )
    assert asked_of([book], EMPLOYEE, period(2020)) == AskedForms((), ((form, case),))  # nobody has chosen
    assert asked_of([book_with(replace(case, chosen=True))], EMPLOYEE, period(2020)) == AskedForms((form,))
    assert asked_of([book], EMPLOYEE, period(2020), OfficeAround(OfficeSettings(review_workers=False))) == AskedForms(
        (), ((form, case),)
    )
    assert asked_of([book], OFFICIAL, period(2020), OfficeAround(OfficeSettings(review_workers=False))).excepted == ()


def test_the_rules_may_except_by_what_the_roster_knows() -> None:
    case = SpecialCase(
        "short",
        "Dưới sáu tháng",
        When((conditions.Test("months_worked", conditions.Operator.BELOW, 6),)),
        Effect.NOT_REVIEWED,
        "Điều thử",
    )
    late = replace(OFFICIAL, service=Service(joined=dt.date(2020, 11, 1)))
    assert [one for _, one in asked_of([book_with(case)], late, period(2020)).excepted] == [case]
    assert asked_of([book_with(case)], OFFICIAL, period(2020)).excepted == ()


def test_who_does_not_review_as_a_party_member_does_so_as_an_official_all_the_same() -> None:
    when = When(
        (
            conditions.Test("subject", conditions.Operator.IS, "party_member"),
            conditions.Test("months_since_joined", conditions.Operator.BELOW, 6),
        )
    )
    case = SpecialCase("joined", "Mới kết nạp", when, Effect.NOT_REVIEWED, "Điều thử")
    books = [load("decree-90-2020"), book_with(case, "party-2023")]
    just_joined = replace(MEMBER, service=Service(party_since=dt.date(2023, 11, 1)))
    asked = asked_of(books, just_joined, period(2023))
    assert [due.form for due in asked.forms] == ["mau-02"]
    assert [(due.form, why) for due, why in asked.excepted] == [("mau-02a-hd-2023", case)]


def test_where_one_form_serves_as_both_who_is_excepted_as_a_party_member_fills_that_of_those_who_are_none() -> None:
    barred = replace(
        EMPLOYEE,
        party_member=True,
        service=Service(leaves=(Leave(LeaveKind.PARTY_SUSPENDED, dt.date(2021, 11, 15)),)),
    )
    asked = asked_of([load("son-la-rehab-2021")], barred, period(2021))
    assert [due.form for due in asked.forms] == ["mau-02d"]
    assert [(due.form, why.cite) for due, why in asked.excepted] == [("mau-02b", "B.I")]
