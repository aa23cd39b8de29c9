"""Sở Xây dựng tỉnh Phú Đông, 2026: twenty-five people with a sheet for every month; and a sub-department of five that keeps quarters.

Who is special: `mother` (maternity leave from 01/8), `unpaid` (01/3 to 30/4), `ill` (01/2 to 30/9), `came` (from another department on
01/7, its six months come on paper), `fresh` (since 01/8), `mover` (from one room to another on 01/7), `excused` (a fault in
May for which others were to blame), `twice` (May is done anew in July), `never` (September is never sent), `weak` (below 50 in May).

`SHARES`: of quantity, quality and progress alike, in percent, month by month; a month without is one that is not owed or not sent.
"""

import datetime as dt

from rules.nouns.service import Leave, LeaveKind, Service
from tests.campaigns.office import Cast, Hiring

OFFICE = "Sở Xây dựng tỉnh Phú Đông"
ROOMS = {"VP": "Văn phòng Sở", "QH": "Phòng Quy hoạch, kiến trúc", "HT": "Phòng Hạ tầng kỹ thuật"}
BEFORE = "Sở Giao thông vận tải tỉnh Phú Đông"
QUARTERLY = "Chi cục Giám định xây dựng tỉnh Phú Đông"
LEADERS, EXPERTS = "Lãnh đạo", "Chuyên viên"
SINCE = dt.date(2015, 3, 1)


def monthly() -> Cast:
    """The department that keeps months."""
    hire = Hiring(OFFICE, above="UBND tỉnh Phú Đông", seed=3350, prefix="PD")
    hire.one("director", "Giám đốc Sở", role="head")
    hire.one("deputy", "Phó Giám đốc Sở", role="deputy", group=LEADERS)
    for short, unit in ROOMS.items():
        hire.unit(unit, desk=short == "VP", in_charge="deputy")
        hire.one(f"head:{short}", "Trưởng phòng", unit, role="head", group=LEADERS)
        hire.staff(short, 3 if short == "VP" else 4, "Chuyên viên", unit, group=EXPERTS)

    def special(who: str, room: str, service: Service) -> None:
        hire.one(who, "Chuyên viên", ROOMS[room], group=EXPERTS, service=service)

    special(
        "mother", "QH", Service(SINCE, leaves=(Leave(LeaveKind.MATERNITY, dt.date(2026, 8, 1), dt.date(2027, 1, 31)),))
    )
    special(
        "unpaid", "QH", Service(SINCE, leaves=(Leave(LeaveKind.UNPAID, dt.date(2026, 3, 1), dt.date(2026, 4, 30)),))
    )
    special("ill", "HT", Service(SINCE, leaves=(Leave(LeaveKind.SICK, dt.date(2026, 2, 1), dt.date(2026, 9, 30)),)))
    moved = dt.date(2026, 7, 1)
    special("came", "HT", Service(moved, moved_on=moved, moved_from=BEFORE, there_since=dt.date(2020, 1, 1)))
    special("fresh", "HT", Service(dt.date(2026, 8, 1)))
    for who in ("mover", "excused", "twice", "never", "weak"):
        special(who, "QH", Service(SINCE))
    return hire.done()


def quarterly() -> Cast:
    """The sub-department that keeps quarters."""
    hire = Hiring(QUARTERLY, above=OFFICE, seed=3351, prefix="GD", desk=True)
    hire.one("chief", "Chi cục trưởng", role="head")
    hire.staff("GD", 4, "Chuyên viên", QUARTERLY, group=EXPERTS)
    return hire.done()


def same(share: int, months: str = "1-12", **but: int) -> dict[int, int]:
    """The same share in all these months, but in those named (`m5=20`)."""
    first, last = (int(number) for number in months.split("-"))
    return {**dict.fromkeys(range(first, last + 1), share), **{int(name[1:]): other for name, other in but.items()}}
