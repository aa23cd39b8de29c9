"""What the plans of Sơn La 2021, Sơn Dương 2020 and Quảng Ngãi's Ethnic Affairs 2023 say: forms, dates, votes, shares.

Every expected value is read off the plan (the clause stands beside it).
"""

import datetime as dt

import pytest

from rules.book.dossier import Of
from rules.book.milestones import timetable
from rules.book.quota import Rated, shares
from rules.book.rulebook import choose_form, further_forms
from rules.judging.suggest import Case, suggest
from rules.nouns.people import Person
from rules.nouns.values import OwedBy, Rating, Subject
from rules.reading.load import load

SON_LA, SON_DUONG, ETHNIC = "son-la-rehab-2021", "son-duong-2020", "quang-ngai-ethnic-2023"


def person(subject: str, leader: bool = False, member: bool = False) -> Person:  # noqa: FBT001, FBT002 - a row of a table
    return Person(
        1, "Lò Thị Thử", "Nhân viên", 1, "Phòng Thử", "Cơ sở", Subject(subject), leader=leader, party_member=member
    )


def people(group: str, good: int, excellent: int, *, leader: bool = False, unit: str = "Phòng Thử") -> list[Rated]:
    ratings = [Rating.GOOD] * good + [Rating.EXCELLENT] * excellent
    return [Rated(f"{group} {n}", unit, group, leader, rating) for n, rating in enumerate(ratings)]


@pytest.mark.parametrize(
    ("book", "who", "form", "cite"),
    [
        (SON_LA, person("employee", leader=True, member=True), "mau-02a", "C.IV.1.1.b"),
        (SON_LA, person("employee", member=True), "mau-02b", "C.IV.1.1.b"),
        (SON_LA, person("employee"), "mau-02d", "C.IV.1.1.b"),
        (SON_LA, person("employee", leader=True), "mau-02d", "C.IV.1.1.b"),
        (SON_LA, person("worker"), "mau-02d", "C.IV.1.1.b"),
        (SON_LA, person("party_cell"), "mau-01-hd02", "B.III.1"),
        (SON_LA, person("collective"), "bao-cao-tap-the", "C.IV.1.1.a"),
        (SON_DUONG, person("cadre", leader=True), "mau-01", "II.3.3.1"),
        (SON_DUONG, person("official"), "mau-02", "II.3.1"),
        (SON_DUONG, person("employee"), "mau-03", "II.3.1"),
        (ETHNIC, person("official", leader=True, member=True), "mau-02b-hd-2023", "II.3.1; II.4.1"),
        (ETHNIC, person("official", member=True), "mau-02a-hd-2023", "II.4.1"),
        (ETHNIC, person("official"), "mau-1269", "II.4.1"),
        (ETHNIC, person("worker", member=True), "mau-1269", "II.4.1"),
        (ETHNIC, person("collective"), "mau-01-hd-2023", "II.1.1; II.4.1"),
    ],
)
def test_the_plan_names_the_form_of_each(book: str, who: Person, form: str, cite: str) -> None:
    choice = choose_form(load(book), who)
    assert (choice.form.id, choice.cite) == (form, cite)


def test_a_cadre_of_son_duong_also_scores_and_reviews_as_a_member() -> None:
    further = further_forms(load(SON_DUONG), person("cadre", leader=True, member=True))
    assert [(choice.form.id, choice.cite) for choice in further] == [
        ("mau-06-qd11", "II.3.3.1"),
        ("mau-02-hd-2019", "II.2"),
    ]


@pytest.mark.parametrize(
    ("book", "key", "who", "last"),
    [
        (SON_LA, "self_review", OwedBy.PERSON, dt.date(2021, 11, 28)),  # D.1: chậm nhất 28/11
        (SON_LA, "leadership_meeting", OwedBy.DESK, dt.date(2021, 11, 29)),  # D.2: trước 30/11
        (SON_LA, "room_meetings", OwedBy.HEAD, dt.date(2021, 11, 30)),  # D.2: trước 01/12
        (SON_LA, "room_dossiers", OwedBy.HEAD, dt.date(2021, 12, 2)),  # D.2: chậm nhất 02/12
        (SON_LA, "cell_meeting", OwedBy.AUTHORITY, dt.date(2021, 12, 5)),  # D.2: ngày 05/12
        (SON_LA, "dossiers", OwedBy.DESK, dt.date(2021, 12, 6)),  # D.2: chậm nhất 06/12
        (SON_DUONG, "cell_reviews", OwedBy.HEAD, dt.date(2020, 12, 5)),  # III.1.2: đến 05/12
        (SON_DUONG, "reports", OwedBy.HEAD, dt.date(2020, 12, 9)),  # III.1.3: trước 10/12
        (SON_DUONG, "district_decision", OwedBy.AUTHORITY, dt.date(2020, 12, 29)),  # III.2: trước 30/12
        (ETHNIC, "leadership_meeting", OwedBy.DESK, dt.date(2023, 11, 25)),  # V.2: trước 26/11
        (ETHNIC, "province_dossier", OwedBy.DESK, dt.date(2023, 11, 29)),  # V.2: trước 30/11
        (ETHNIC, "party_dossier", OwedBy.DESK, dt.date(2023, 12, 4)),  # V.2: trước 05/12
    ],
)
def test_who_owes_what_until_when(book: str, key: str, who: OwedBy, last: dt.date) -> None:
    rules = load(book)
    owed = next(milestone.owed_by for milestone in rules.milestones if milestone.key == key)
    assert (owed, timetable(rules, rules.head.since.year)[key]) == (who, last)


def test_an_excellent_member_of_son_la_needs_more_than_two_thirds_of_the_official_members() -> None:
    ballot = next(ballot for ballot in load(SON_LA).ballots if ballot.key == "members_excellent")
    assert (ballot.share, ballot.more_than, ballot.of) == ((2, 3), True, "đảng viên chính thức")
    assert (ballot.form, ballot.rating) == ("mau-12-hd02", Rating.EXCELLENT)


# D.2: không vượt quá 20% số hoàn thành tốt theo từng chức danh
def test_son_la_counts_the_employees_by_post() -> None:
    found = shares(load(SON_LA).quotas, people("Y sĩ", 9, 2) + people("Bảo vệ", 10, 2), subject=Subject.EMPLOYEE)
    assert [(share.key, share.allowed, share.over) for share in found] == [
        ({"group": "Y sĩ"}, 1, 1),
        ({"group": "Bảo vệ"}, 2, 0),
    ]


# B.II.3.1.a: "không vượt quá 20%", không nói của số nào
def test_the_share_of_party_groups_is_marked_unverified_and_only_asked_of_a_list_of_them() -> None:
    quotas = load(SON_LA).quotas
    of_groups = shares(quotas, people("Tổ đảng", 5, 1), subject=Subject.PARTY_GROUP)
    assert [(share.quota.unverified, share.allowed) for share in of_groups] == [(True, 1)]
    assert "B.II.3.1.a" not in [share.quota.cite for share in shares(quotas, people("Y sĩ", 5, 1))]


# III: đề xuất 20% tổng số người của phòng; quyết định 20% số hoàn thành tốt, lãnh đạo mỗi nhóm 01 người
def test_the_ethnic_board_has_one_share_for_proposing_and_another_for_deciding() -> None:
    staff, heads = people("Chuyên viên", 8, 2), people("Trưởng phòng", 3, 2, leader=True)
    quotas = load(ETHNIC).quotas
    assert [(one.base, one.allowed) for one in shares(quotas, staff, "proposal")] == [(10, 2)]
    assert [(one.base, one.allowed) for one in shares(quotas, staff) if one.quota.cite == "III"] == [(8, 1)]
    assert [(one.allowed, one.over) for one in shares(quotas, heads) if one.quota.cite == "III"] == [(1, 1)]


# III nói về công chức, người lao động; tỷ lệ 20% của đảng viên (QĐ 124) không bị thay
def test_the_members_of_the_ethnic_board_keep_the_share_of_the_party() -> None:
    members = people("Đảng viên", 10, 3)
    found = shares(load(ETHNIC).quotas, members, subject=Subject.PARTY_MEMBER)
    assert [(one.quota.key, one.allowed, one.over) for one in found] == [("party_excellent", 2, 1)]


def test_the_share_of_decree_48_stands_beside_that_of_the_board_and_allows_a_small_group_of_heads_none() -> None:
    quotas, heads = load(ETHNIC).quotas, people("Trưởng phòng", 3, 1, leader=True)
    found = {one.quota.cite.partition(";")[0]: one.allowed for one in shares(quotas, heads, subject=Subject.OFFICIAL)}
    assert found == {"NĐ 90/2020, Điều 2 khoản 6 (NĐ 48/2023)": 0, "III": 1}
    assert any(set(found) == set(note.cites) for note in load(ETHNIC).notes)


@pytest.mark.parametrize(
    ("book", "both"),
    [
        (SON_LA, {"B.II.3.1.d", "C.III.3.2.1.d", "B.II.3.3.d"}),  # "và" / "hoặc"
        (SON_LA, {"B.II.3.1.c", "B.II.3.1.d"}),  # "có tổ đảng vi phạm"
        (SON_LA, {"C.III.3.2.1.a", "C.III.3.2.1.b"}),  # điểm và điều kiện
        (SON_LA, {"B.II.1", "C.IV.1.1.a", "C.IV.1.1.b"}),  # mẫu của tập thể
        (SON_LA, {"B.II.2", "D.2"}),  # thứ tự kiểm điểm
        (SON_DUONG, {"II.3.3.2.3", "II.2"}),  # người mới chuyển đến
        (SON_DUONG, {"II.2", "HD 21-HD/BTCTW, 2.3"}),  # dưới 05 thì chọn 01
        (ETHNIC, {"III", "II.4.2.b2"}),  # tiêu chí cá nhân
        (ETHNIC, {"II.3.1", "II.4.1"}),  # lãnh đạo không là đảng viên
    ],
)
def test_a_contradiction_is_told_with_both_clauses(book: str, both: set[str]) -> None:
    assert any(both <= set(note.cites) for note in load(book).notes)


def test_a_disciplined_leader_of_son_la_is_told_that_plan_and_decree_differ() -> None:
    known = {"score": 95, "disciplined": True, "discipline_in_duty": True, "months_worked": 12}
    came = suggest(load(SON_LA), Case(Subject.EMPLOYEE, leader=True, facts=known))
    assert came.rating is Rating.NOT_COMPLETED
    ground = next(found for found in came.findings if found.rating is came.rating and found.fact == "disciplined")
    assert "dưới 50 điểm và có một trong các tiêu chí" in ground.note
    assert "Điều 15 khoản 2" in ground.note


@pytest.mark.parametrize(
    ("book", "of", "papers"), [(SON_LA, Of.UNIT, (9, 8)), (SON_DUONG, Of.PERSON, (14, 3))]
)  # D.5.1, D.5.2; II.3.5.1, II.3.5.2
def test_the_dossier_lists_are_whole(book: str, of: Of, papers: tuple[int, int]) -> None:
    dossier = load(book).dossier
    assert (len(dossier[of]), len(dossier[Of.AUTHORITY])) == papers
