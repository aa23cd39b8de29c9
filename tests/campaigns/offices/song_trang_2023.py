"""Văn phòng UBND tỉnh Sông Trăng, năm 2023: an office like that of plan S002; of the units the plan names two.

Groups of like duties (II.2.d): `Chuyên viên tổng hợp`, `Chuyên viên phục vụ`, `Lãnh đạo phòng`, `Viên chức`.
Special people: `newcomer` (since 1 August), `sick` (four months), `absent`, `moved` (from another body in June), `failed`
(did not complete the year before), `driver` and `guard` (contracts; the driver is of the party), `silent` (sends nothing);
`deputy2` is also the director of the centre.
"""

import datetime as dt

from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.values import Rating, Subject
from tests.campaigns.office import Cast, Hiring

OFFICE = "Văn phòng UBND tỉnh Sông Trăng"
DESK_ROOM = "Phòng Hành chính - Quản trị"
GENERAL = "Phòng Tổng hợp"
LAW = "Phòng Nội chính"
ECONOMY = "Phòng Kinh tế"
CITIZENS = "Ban Tiếp công dân"
COUNTER = "Trung tâm Phục vụ - Kiểm soát thủ tục hành chính"
CENTRE = "Trung tâm Công báo và Tin học"
BODY_BEFORE = "Sở Nội vụ tỉnh Sông Trăng"

#: Short name → unit and the leader in charge of it.
UNITS = {
    "HQ": (DESK_ROOM, "deputy1"),
    "TH": (GENERAL, "deputy1"),
    "NC": (LAW, "deputy1"),
    "KT": (ECONOMY, "deputy2"),
    "TD": (CITIZENS, "deputy2"),
    "KS": (COUNTER, "deputy2"),
}
ADVISERS, SERVANTS, ROOM_HEADS, EMPLOYEES = "Chuyên viên tổng hợp", "Chuyên viên phục vụ", "Lãnh đạo phòng", "Viên chức"


def cast() -> Cast:
    """The office: 61 people and 8 collectives."""
    hire = Hiring(OFFICE, above="UBND tỉnh Sông Trăng", seed=2023)
    hire.one("chief", "Chánh Văn phòng", role="head", member=True)
    hire.one("deputy1", "Phó Chánh Văn phòng", role="deputy", member=True)
    hire.one("deputy2", "Phó Chánh Văn phòng", role="deputy", member=True)
    hire.one("body:VP", "Tập thể", name="Tập thể lãnh đạo Văn phòng", subject=Subject.COLLECTIVE)
    for short, (unit, in_charge) in UNITS.items():
        _unit(hire, short, unit, in_charge)
    _centre(hire)
    _special(hire)
    return hire.done()


def _unit(hire: Hiring, short: str, unit: str, in_charge: str) -> None:
    hire.unit(unit, desk=short == "HQ", in_charge=in_charge)
    hire.one(f"head:{short}", "Trưởng phòng", unit, role="head", member=True, group=ROOM_HEADS)
    hire.one(f"deputy:{short}", "Phó Trưởng phòng", unit, role="deputy", member=True, group=ROOM_HEADS)
    hire.one(f"body:{short}", "Tập thể", unit, name=f"Tập thể {unit}", subject=Subject.COLLECTIVE)
    serving = short in {"HQ", "TD", "KS"}
    hire.staff(
        short,
        5,
        "Chuyên viên",
        unit,
        members=2,
        group=SERVANTS if serving else ADVISERS,
        serves_public=short in {"TD", "KS"},
    )


def _centre(hire: Hiring) -> None:
    """Its director is a deputy head of the office, at a second post."""
    hire.unit(CENTRE, in_charge="deputy2")
    hire.post("deputy2", CENTRE, "Giám đốc", "head")
    hire.one("deputy:CB", "Phó Giám đốc", CENTRE, role="deputy", member=True, subject=Subject.EMPLOYEE, group=EMPLOYEES)
    hire.one("body:CB", "Tập thể", CENTRE, name=f"Tập thể {CENTRE}", subject=Subject.COLLECTIVE)
    hire.staff("CB", 5, "Lập trình viên hạng III", CENTRE, members=1, subject=Subject.EMPLOYEE, group=EMPLOYEES)


def _special(hire: Hiring) -> None:
    away = Leave(LeaveKind.SICK, dt.date(2023, 2, 1), dt.date(2023, 5, 31))
    moved = Service(
        joined=dt.date(2023, 6, 1),
        moved_on=dt.date(2023, 6, 1),
        moved_from=BODY_BEFORE,
        there_since=dt.date(2018, 4, 1),
    )
    joined = Service(joined=dt.date(2023, 8, 1))
    failed = Service(ratings={2022: Rating.NOT_COMPLETED})
    hire.one("newcomer", "Chuyên viên", GENERAL, group=ADVISERS, service=joined)
    hire.one("sick", "Chuyên viên", LAW, group=ADVISERS, service=Service(joined=dt.date(2014, 9, 1), leaves=(away,)))
    hire.one("absent", "Chuyên viên", ECONOMY, group=ADVISERS, service=Service(absent_with_cause=True))
    hire.one("moved", "Chuyên viên", LAW, group=ADVISERS, service=moved)
    hire.one("failed", "Chuyên viên", CITIZENS, group=SERVANTS, service=failed)
    hire.one("silent", "Chuyên viên", COUNTER, group=SERVANTS)
    hire.one("driver", "Lái xe", DESK_ROOM, subject=Subject.WORKER, member=True)
    hire.one("guard", "Bảo vệ", DESK_ROOM, subject=Subject.WORKER)
