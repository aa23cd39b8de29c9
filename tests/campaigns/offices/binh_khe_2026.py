"""Sở Nội vụ tỉnh Bình Khê, năm 2026: twenty people under Nghị định 335/2025/NĐ-CP.

A director and his deputy, three rooms (`head:VP`, `dep:VP`, `VP1` …), six party members besides those who lead, and a contract
worker to whom the office does not apply the decree. Special people: `short` (since September), `ill` (eight months ill), `unpaid` (two
months unpaid), `came` (from another body in October), `fresh` (party member since September).
"""

import datetime as dt

from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.values import Subject
from tests.campaigns.office import Cast, Hiring

OFFICE = "Sở Nội vụ tỉnh Bình Khê"
ROOMS = {"VP": "Văn phòng Sở", "CC": "Phòng Công chức, viên chức", "CQ": "Phòng Chính quyền địa phương"}
STAFF = {"VP": 1, "CC": 4, "CQ": 1}
BEFORE = "Sở Tài chính tỉnh Bình Khê"
LEADERS, EXPERTS = "Lãnh đạo", "Chuyên viên"


def day(text: str) -> dt.date:
    """`01/09/2026`."""
    return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day


def cast() -> Cast:
    """The department."""
    hire = Hiring(OFFICE, above="UBND tỉnh Bình Khê", seed=335, prefix="BK")
    hire.one("director", "Giám đốc Sở", role="head", member=True)
    hire.one("deputy", "Phó Giám đốc Sở", role="deputy", member=True, group=LEADERS)
    for short, unit in ROOMS.items():
        hire.unit(unit, desk=short == "VP", in_charge="deputy")
        hire.one(f"head:{short}", "Trưởng phòng", unit, role="head", member=True, group=LEADERS)
        hire.one(f"dep:{short}", "Phó Trưởng phòng", unit, role="deputy", group=LEADERS)
        hire.staff(short, STAFF[short], "Chuyên viên", unit, group=EXPERTS, members=1 if short == "CC" else 0)
    ill = Leave(LeaveKind.SICK, day("01/02/2026"), day("30/09/2026"))
    unpaid = Leave(LeaveKind.UNPAID, day("01/03/2026"), day("30/04/2026"))
    since = {"joined": day("01/03/2015")}
    staff = {"group": EXPERTS}
    hire.one("short", "Chuyên viên", ROOMS["CQ"], service=Service(joined=day("01/09/2026")), **staff)
    hire.one("ill", "Chuyên viên", ROOMS["CQ"], service=Service(**since, leaves=(ill,)), **staff)
    hire.one("unpaid", "Chuyên viên", ROOMS["CQ"], service=Service(**since, leaves=(unpaid,)), **staff)
    since_october = day("01/10/2026")
    came = Service(since_october, moved_on=since_october, moved_from=BEFORE, there_since=day("01/08/2019"))
    hire.one("came", "Chuyên viên", ROOMS["VP"], service=came, **staff)
    hire.one("fresh", "Chuyên viên", ROOMS["VP"], member=True, service=Service(party_since=day("02/09/2026")), **staff)
    hire.one("guard", "Bảo vệ", ROOMS["VP"], subject=Subject.WORKER)
    hire.cell("Chi bộ Sở Nội vụ", OFFICE, *ROOMS.values(), secretary="deputy", authority="director")
    return hire.done()
