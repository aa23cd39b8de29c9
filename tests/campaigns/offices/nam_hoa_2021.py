"""Cơ sở Điều trị nghiện ma túy tỉnh Nậm Hoa, năm 2021: a centre like that of plan S004 (170-KH/CB).

70 rows: 60 employees and contract workers in five rooms under a director and two deputies; the collectives of the centre
and of its rooms; the party cell and its three groups in a unit of their own, which has no head: the director, its
secretary, looks at what they hand in. Short names: `head:YT`, `dep:YT`, `body:YT`, `YT1` … by room.

Special people: `mother` (maternity leave since July, absent), `absent` (ill when the room meets), `temporary` (active in
the cell of a village for some months), `committee` (suspended from the cell's committee), `barred` (suspended from the
party's activity), `sick` (four months), `newcomer` (since September), `mover` (changes rooms in the middle of it),
`leaver`, `renamed`, `late` (never hands in).
"""

import datetime as dt

from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.values import Subject
from tests.campaigns.office import Cast, Hiring

OFFICE = "Cơ sở Điều trị nghiện ma túy tỉnh Nậm Hoa"
STAFF_ROOM = "Phòng Hành chính - Tổ chức"
DOCTORS = "Phòng Y tế - Phục hồi sức khỏe"
TEACHERS = "Phòng Giáo dục - Hòa nhập cộng đồng"
KEEPERS = "Phòng Quản lý học viên"
GUARDS = "Đội Bảo vệ"
CELL = "Chi bộ Cơ sở"
VILLAGE_CELL = "Chi bộ bản Nà Pén"

#: Short name → unit, the post of its staff, how many, how many of them party members.
ROOMS = {
    "HC": (STAFF_ROOM, "Chuyên viên", 5, 2),
    "YT": (DOCTORS, "Y sĩ", 9, 2),
    "GD": (TEACHERS, "Giáo viên dạy nghề", 6, 2),
    "QL": (KEEPERS, "Quản học viên", 7, 2),
    "BV": (GUARDS, "Nhân viên bảo vệ", 9, 0),
}


def day(text: str) -> dt.date:
    """`01/09/2021`."""
    return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day


def cast() -> Cast:
    """The centre as it is when its campaign is opened."""
    hire = Hiring(OFFICE, above="Sở Lao động - Thương binh và Xã hội tỉnh Nậm Hoa", seed=2021, prefix="NH")
    lead = {"subject": Subject.EMPLOYEE, "member": True, "group": "Lãnh đạo Cơ sở"}
    hire.one("director", "Giám đốc", role="head", **lead)
    hire.one("deputy1", "Phó Giám đốc", role="deputy", **lead)
    hire.one("deputy2", "Phó Giám đốc", role="deputy", **lead)
    hire.one("body", "Tập thể", name="Tập thể lãnh đạo Cơ sở", subject=Subject.COLLECTIVE)
    hire.unit(CELL, in_charge="deputy1")
    hire.one("cell", "Chi bộ", CELL, name="Chi bộ Cơ sở Điều trị nghiện ma túy", subject=Subject.PARTY_CELL)
    for number in (1, 2, 3):
        hire.one(f"group{number}", "Tổ đảng", CELL, name=f"Tổ đảng số {number}", subject=Subject.PARTY_GROUP)
    for short in ROOMS:
        _room(hire, short)
    _special(hire)
    return hire.done()


def _room(hire: Hiring, short: str) -> None:
    unit, post, count, members = ROOMS[short]
    guards = short == "BV"
    title = "Đội trưởng" if guards else "Trưởng phòng"
    hire.unit(unit, desk=short == "HC", in_charge="deputy1" if short in {"HC", "BV"} else "deputy2")
    lead = {"subject": Subject.EMPLOYEE, "member": True, "group": "Lãnh đạo phòng, đội"}
    hire.one(f"head:{short}", title, unit, role="head", **lead)
    hire.one(f"dep:{short}", f"Phó {title}", unit, role="deputy", **lead)
    hire.one(f"body:{short}", "Tập thể", unit, name=f"Tập thể {unit}", subject=Subject.COLLECTIVE)
    subject = Subject.WORKER if guards else Subject.EMPLOYEE
    hire.staff(short, count, post, unit, members=members, subject=subject, group=post)


def _special(hire: Hiring) -> None:
    since = {"joined": day("01/03/2015")}
    away = {
        "mother": Leave(LeaveKind.MATERNITY, day("01/07/2021")),
        "sick": Leave(LeaveKind.SICK, day("01/02/2021"), day("31/05/2021")),
        "committee": Leave(LeaveKind.COMMITTEE_SUSPENDED, day("15/11/2021")),
        "barred": Leave(LeaveKind.PARTY_SUSPENDED, day("15/11/2021")),
    }
    served = {who: Service(**since, leaves=(leave,), absent_with_cause=who == "mother") for who, leave in away.items()}
    employee = {"subject": Subject.EMPLOYEE}
    hire.one("mother", "Y sĩ", DOCTORS, group="Y sĩ", service=served["mother"], **employee)
    hire.one("mover", "Y sĩ", DOCTORS, group="Y sĩ", member=True, service=Service(**since), **employee)
    hire.one("absent", "Giáo viên dạy nghề", TEACHERS, service=Service(absent_with_cause=True), **employee)
    hire.one(
        "temporary", "Quản học viên", KEEPERS, member=True, service=Service(temporary_cell=VILLAGE_CELL), **employee
    )
    hire.one("committee", "Quản học viên", KEEPERS, member=True, service=served["committee"], **employee)
    hire.one("barred", "Quản học viên", KEEPERS, member=True, service=served["barred"], **employee)
    hire.one("sick", "Quản học viên", KEEPERS, service=served["sick"], **employee)
    hire.one("newcomer", "Y sĩ", DOCTORS, service=Service(joined=day("01/09/2021")), **employee)
    hire.one("leaver", "Văn thư", STAFF_ROOM, **employee)
    hire.one("renamed", "Kế toán viên", STAFF_ROOM, **employee)
    hire.one("late", "Quản học viên", KEEPERS, **employee)
