"""What opening a campaign would do: who gets no form and why, and what is to be settled first."""

import datetime as dt
from dataclasses import replace

from rules.campaign.opening.around import OfficeAround, around
from rules.campaign.opening.points import opening_points
from rules.campaign.opening.shares import shared_out
from rules.nouns import conditions
from rules.nouns.office import OfficeSettings
from rules.nouns.people import Person
from rules.nouns.periods import period as span
from rules.nouns.service import Leave, LeaveKind, Leaving, Service
from rules.nouns.values import Subject
from rules.reading.load import load
from rules.reading.selecting import scopes
from templates.wording import label

OFFICIAL = Person(1, "Phạm Văn Khởi", "Chuyên viên", 10, "Phòng Nghiệp vụ", "Sở Thử nghiệm", Subject.OFFICIAL)
TODAY = dt.date(2026, 11, 28)


def why(person: Person, *books: str, year: int = 2026, period: str = "year", workers: bool | None = True) -> list[str]:
    """What the desk is told of who gets no form."""
    shelf = [load(book, year) for book in books]
    known = OfficeAround(OfficeSettings(review_workers=workers))
    shared = shared_out(shelf, [person], span(year, period), around=known)
    return [label(f"opening/why_{one.why}", one.values(), "vi") for one in shared.without]


def test_whom_the_rulebooks_do_not_know_is_told_with_what_to_choose_or_look_at() -> None:
    employee = replace(OFFICIAL, subject=Subject.EMPLOYEE)
    (told,) = why(employee, "decree-335-2025", "party-2025")
    assert told == (
        "các quy định đã chọn không có mẫu cho viên chức; hãy chọn thêm quy định dành cho đối tượng này, hoặc xem lại "
        "cột “Đối tượng”"
    )


def test_where_another_word_in_a_column_would_give_a_form_the_column_is_named() -> None:
    book = load("decree-335-2025", 2026)
    leading = conditions.When((conditions.Test("leader", conditions.Operator.IS, value=True),))
    only_leaders = replace(book, choose_form=(replace(book.choose_form[0], when=leading, period="year"),))
    (one,) = shared_out([only_leaders], [OFFICIAL], span(2026)).without
    assert label(f"opening/why_{one.why}", one.values(), "vi") == (
        "các quy định đã chọn chỉ có mẫu nếu cột “Lãnh đạo, quản lý” ghi khác; hãy xem lại cột này trong danh sách"
    )


def test_a_form_of_another_period_only_is_told_so() -> None:
    # NĐ 90/2020 rates by the year
    assert why(OFFICIAL, "decree-90-2020", period="m04") == [
        "các quy định đã chọn chỉ có mẫu theo năm cho người này; hãy chọn lại kỳ đánh giá"
    ]


def test_who_moved_away_is_told_with_the_clause_and_the_column_that_says_so() -> None:
    # NĐ 335/2025: who was transferred in the year is rated by the new agency
    gone = replace(OFFICIAL, service=Service(left=dt.date(2026, 5, 31), left_as=Leaving.TRANSFERRED))
    (told,) = why(gone, "decree-335-2025")
    assert told.startswith("chuyển đi trong năm; cơ quan mới xếp loại (")
    assert told.endswith("nếu không đúng, hãy sửa cột “Lý do nghỉ, chuyển đi” trong danh sách")


def test_who_is_suspended_from_the_party_s_activity_is_told_with_the_column_of_leave() -> None:
    # HD 43-HD/BTCTW: a member suspended from activity is not reviewed as a member
    service = Service(leaves=(Leave(LeaveKind.PARTY_SUSPENDED, dt.date(2026, 6, 1)),))
    member = replace(OFFICIAL, party_member=True, service=service)
    assert any("“Nghỉ”" in one for one in why(member, "decree-335-2025", "party-2025"))


def test_whom_the_office_chose_not_to_review_is_told_where_that_is_changed() -> None:
    worker = replace(OFFICIAL, subject=Subject.WORKER)
    (told,) = why(worker, "decree-335-2025", workers=False)
    assert told.startswith("cơ quan đã chọn không đánh giá người lao động theo hợp đồng (NĐ 335/2025, Điều 28 khoản 2)")


def points(book: str, year: int, people: list[Person], days: dict[str, dt.date], **said: bool) -> list[tuple[str, str]]:
    shelf = [load(book, year)]
    parted = scopes(shelf, year, lambda name: load(name, year))
    found = opening_points(
        shelf, {book: days}, people, span(year), TODAY, around(people, OfficeSettings(**said), parted)
    )
    return [(one.key, one.setting) for one in found if one.key not in {"own_day_open", "last_month"}]


def test_a_rulebook_that_is_not_in_force_and_days_that_have_passed_are_to_be_agreed_to() -> None:
    # NĐ 335/2025 is in force from 01/01/2026
    passed = {"self_review": dt.date(2026, 11, 27), "rating_decided": TODAY}
    assert points("decree-335-2025", 2025, [OFFICIAL], passed) == [("not_in_force", ""), ("past", "")]
    assert points("decree-335-2025", 2026, [OFFICIAL], {"self_review": TODAY}) == []


def test_where_the_law_leaves_contract_workers_to_the_office_it_is_asked() -> None:
    # NĐ 335/2025 Điều 28 khoản 2
    worker = replace(OFFICIAL, id=2, subject=Subject.WORKER)
    assert points("decree-335-2025", 2026, [OFFICIAL, worker], {}) == [("review_workers", "review_workers")]
    assert points("decree-90-2020", 2020, [OFFICIAL, worker], {}) == []  # has no form for them, whatever is answered


def test_a_plan_that_has_its_workers_reviewed_has_chosen() -> None:
    # KH Văn phòng UBND tỉnh Quảng Ngãi 2020, mục 3 điểm c
    worker = replace(OFFICIAL, subject=Subject.WORKER)
    assert points("quang-ngai-office-2020", 2020, [worker], {}) == []
    assert why(worker, "quang-ngai-office-2020", year=2020, workers=None) == []


def test_who_waits_for_the_office_to_choose_is_told_so() -> None:
    worker = replace(OFFICIAL, subject=Subject.WORKER)
    (told,) = why(worker, "decree-335-2025", workers=None)
    assert told.startswith("cơ quan chưa cho biết có đánh giá người lao động theo hợp đồng hay không (NĐ 335/2025")


ASKED, OTHER = ("own_regulation", "own_regulation"), ("other_rulebook", "")


def test_by_which_rulebook_employees_of_2026_are_rated_rests_on_the_unit_s_own_regulation() -> None:
    """NĐ 233/2026 Điều 20 khoản 1: no Quy chế at the rating of the end of 2026, then by Decree 90 as amended."""
    employee = replace(OFFICIAL, subject=Subject.EMPLOYEE)
    assert points("decree-233-2026", 2026, [employee], {}) == [ASKED]
    assert points("decree-90-2020", 2026, [employee], {}) == [ASKED]
    assert points("decree-233-2026", 2026, [employee], {}, own_regulation=True) == [ASKED]
    assert points("decree-233-2026", 2026, [employee], {}, own_regulation=False) == [ASKED, OTHER]
    assert points("decree-90-2020", 2026, [employee], {}, own_regulation=False) == [ASKED]
    assert points("decree-90-2020", 2026, [employee], {}, own_regulation=True) == [ASKED, OTHER]


def test_it_is_asked_of_nobody_else_and_in_no_other_year() -> None:
    employee = replace(OFFICIAL, subject=Subject.EMPLOYEE)
    assert points("decree-335-2025", 2026, [OFFICIAL, employee], {}) == []
    assert points("decree-233-2026", 2026, [OFFICIAL], {}) == []
    assert points("decree-233-2026", 2027, [employee], {}) == []
    assert points("decree-90-2020", 2025, [employee], {}) == []


def test_who_came_when_the_period_was_over_is_asked_nothing_and_named() -> None:
    # NĐ 90/2020 rates the work of the year: nobody works in a year that ended before they came
    newcomer = replace(OFFICIAL, service=Service(joined=dt.date(2026, 1, 10)))
    assert why(newcomer, "decree-90-2020", year=2025) == [
        "vào cơ quan ngày 10/01/2026, sau khi kỳ đánh giá đã hết; nếu không đúng, hãy sửa cột “Ngày vào cơ quan” trong danh sách"
    ]
    assert why(replace(OFFICIAL, service=Service(joined=dt.date(2025, 12, 31))), "decree-90-2020", year=2025) == []
