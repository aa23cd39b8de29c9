"""What the clerk reads before a roster is kept."""

import datetime as dt
from dataclasses import replace

from bot.demo.office import CENTRE, DEMO_ROSTER, OFFICE, STAFF
from bot.roster.columns import TITLES
from rules.nouns.service import Service
from rules.roster.compare import changes
from rules.roster.people import KeptRoster, Roster, RosterEntry, RosterPost
from templates.roster_preview import MOST_NAMED, mistakes_told, told

TODAY = dt.date(2020, 11, 23)
KEPT = KeptRoster(tuple(RosterEntry(id_, one) for id_, one in enumerate(DEMO_ROSTER.people, 1)), DEMO_ROSTER.units)


def with_people(**rows) -> Roster:
    """`AP_005=dict(…)`: other fields; None: not there."""
    changed = {key.replace("_", "-"): fields for key, fields in rows.items()}
    people = (
        replace(one, **(changed.get(one.key, {}))) for one in DEMO_ROSTER.people if changed.get(one.key, {}) is not None
    )
    return replace(DEMO_ROSTER, people=tuple(people))


def shown(roster: Roster, kept: KeptRoster = KEPT) -> str:
    return told(changes(kept, roster, TODAY), OFFICE, len(kept.entries), TITLES)


def test_nothing_is_told_in_one_line():
    assert shown(DEMO_ROSTER) == f"{OFFICE}: danh sách không có gì thay đổi.\n"


def test_counts_come_first_then_who():
    roster = with_people(
        AP_001={"role": "", "leader": False},
        AP_002={"role": "head"},
        AP_004={"unit": CENTRE},
        AP_005={"name": "Trần Hoa Mai", "party_member": False, "service": Service(joined=dt.date(2015, 3, 1))},
        AP_006=None,
        AP_007={"service": Service(left=dt.date(2020, 10, 31))},
    )
    new = replace(DEMO_ROSTER.people[3], key="AP-013", name="Hà Bảo Ngân")
    units = (*DEMO_ROSTER.units[:2], replace(DEMO_ROSTER.units[2], in_charge="AP-002"))
    posts = (RosterPost("AP-003", CENTRE, "Phó Giám đốc"),)
    assert (
        shown(replace(roster, people=(*roster.people, new), units=units, posts=posts))
        == f"""\
{OFFICE}: thay đổi so với danh sách đang lưu
  Đơn vị thay đổi: 1
  Người mới vào: 1
  Người rời cơ quan: 2
  Chuyển đơn vị: 1
  Đổi họ tên, mã số: 1
  Đổi người đứng đầu: 1
  Kiêm nhiệm mới: 1
  Đổi thông tin khác: 3
Lưu ý: AP-007 có “Ngày nghỉ, chuyển đi” mà chưa ghi “Lý do nghỉ, chuyển đi”: khi đó không xác định được cơ quan nào xếp loại.

Đơn vị thay đổi (1)
  {CENTRE}: Lãnh đạo phụ trách: (trống) → “AP-002”

Người mới vào (1)
  AP-013 Hà Bảo Ngân, Chuyên viên, {STAFF}

Người rời cơ quan (2)
  AP-006 Lê Khánh Trúc, Văn thư viên, {STAFF} (không còn trong tệp; tính đến ngày 23/11/2020)
  AP-007 Vũ Đăng Khoa Minh, Chuyên viên, {STAFF} (ngày làm việc cuối cùng 31/10/2020)

Chuyển đơn vị (1)
  AP-004 Phan Thảo Vy: {STAFF} → {CENTRE}

Đổi họ tên, mã số (1)
  AP-005 Trần Thị Hoa Mai → AP-005 Trần Hoa Mai ({STAFF})

Đổi người đứng đầu (1)
  {OFFICE}: Hoàng Sơn Lâm → Đỗ Thùy Dương Anh

Kiêm nhiệm mới (1)
  AP-003: Phó Giám đốc, {CENTRE}

Đổi thông tin khác (3)
  AP-001 Hoàng Sơn Lâm: Lãnh đạo, quản lý: có → không; Vai trò trong đơn vị: người đứng đầu → (trống)
  AP-002 Đỗ Thùy Dương Anh: Vai trò trong đơn vị: cấp phó → người đứng đầu
  AP-005 Trần Hoa Mai: Đảng viên: có → không; Ngày vào cơ quan: (trống) → 01/03/2015
"""
    )


def test_of_many_the_first_are_named_and_the_rest_counted():
    people = tuple(replace(DEMO_ROSTER.people[3], key=f"X-{number}") for number in range(MOST_NAMED + 3))
    text = shown(replace(DEMO_ROSTER, people=(*DEMO_ROSTER.people, *people)))
    assert f"X-{MOST_NAMED - 1} " in text
    assert f"X-{MOST_NAMED} " not in text
    assert "  … và 3 mục nữa\n" in text


def test_a_new_office_is_called_so():
    assert shown(DEMO_ROSTER, KeptRoster()).startswith(f"{OFFICE}: cơ quan mới\n  Đơn vị mới: 3\n  Người mới vào: 12\n")


def test_a_file_that_sends_too_many_away_is_doubted():
    roster = replace(DEMO_ROSTER, people=DEMO_ROSTER.people[:6])
    assert "Lưu ý: 6 trong số 12 người đang lưu sẽ được coi là đã rời cơ quan." in shown(roster)


def test_a_key_that_seems_to_go_to_somebody_else_is_doubted():
    roster = with_people(AP_005={"name": "Hà Bảo Ngân", "position": "Kế toán", "unit": CENTRE})
    assert "Lưu ý: mã số AP-005 đổi cả họ tên, chức vụ và đơn vị." in shown(roster)


def test_why_a_roster_may_not_be_kept_is_told():
    part = Roster(DEMO_ROSTER.units[:2], DEMO_ROSTER.people[:7])
    assert mistakes_told(changes(KEPT, part, TODAY)) == [
        (
            f"Đơn vị “{CENTRE}” không còn trong tệp nhưng còn 5 người không thấy chuyển đi đâu (Bùi Hải Đăng Quang, Đặng Ngọc "
            "Lan Chi, Ngô Việt Thư, Mai Trường An, Tạ Minh Hạ): ghi họ ở đơn vị khác, hoặc ghi ngày nghỉ, chuyển đi của họ"
        )
    ]
    gone = replace(KEPT, entries=(*KEPT.entries[:5], replace(KEPT.entries[5], left_on=TODAY), *KEPT.entries[6:]))
    assert mistakes_told(changes(gone, with_people(AP_006={"name": "Hà Bảo Ngân"}), TODAY)) == [
        "Mã số “AP-006” là của Lê Khánh Trúc, đã rời cơ quan; Hà Bảo Ngân cần một mã số khác"
    ]
    units = (*DEMO_ROSTER.units[:2], replace(DEMO_ROSTER.units[2], in_charge="AP-002"))
    left = with_people(AP_002={"service": Service(left=dt.date(2020, 10, 31))})
    assert mistakes_told(changes(KEPT, replace(left, units=units), TODAY)) == [
        (
            f"Đơn vị “{CENTRE}”: AP-002 Đỗ Thùy Dương Anh, Phó Chánh Văn phòng, {OFFICE} đã nghỉ, chuyển đi; hãy ghi mã số "
            "của người khác"
        )
    ]
