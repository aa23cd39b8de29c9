"""Văn phòng UBND tỉnh Sông Trăng, năm 2020: an office like that of plan S000, with units as the plan names them.

Special people: `newcomer` (since 1 September), `sick` (five months), `absent`, `moved` (eight months in another room
before), `both` (two posts), `failed` (did not complete the year before), `driver` and `guard` (contracts).
The centre's director rates its employees (mục 3 điểm d); the director is rated by the head of the office.
"""

import datetime as dt

from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.values import Rating, Subject
from tests.campaigns.office import Cast, Hiring

OFFICE = "Văn phòng UBND tỉnh Sông Trăng"
STAFF_ROOM = "Phòng Hành chính - Tổ chức"
GENERAL = "Phòng Tổng hợp"
CITIZENS = "Ban Tiếp công dân tỉnh"
PROCEDURES = "Phòng Kiểm soát thủ tục hành chính"
COUNTER = "Trung tâm Phục vụ hành chính công tỉnh"
FINANCE = "Phòng Quản trị - Tài vụ"
CENTRE = "Trung tâm Công báo và Tin học"

#: Short name → unit; the head is `head:HC`, the deputy `deputy:HC`, the collective `body:HC`, the staff `HC1` and so on.
UNITS = {"HC": STAFF_ROOM, "TH": GENERAL, "TD": CITIZENS, "KS": PROCEDURES, "HCC": COUNTER, "TV": FINANCE, "CB": CENTRE}

_IN_CHARGE = {
    "HC": "deputy1",
    "TH": "deputy1",
    "TD": "deputy2",
    "KS": "deputy2",
    "HCC": "deputy2",
    "TV": "deputy1",
    "CB": "deputy2",
}


def day(text: str) -> dt.date:
    """`01/09/2020`."""
    return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day


def cast() -> Cast:
    """The office: 64 people and 8 collectives."""
    hire = Hiring(OFFICE, above="UBND tỉnh Sông Trăng", seed=2020)
    hire.one("chief", "Chánh Văn phòng", role="head", member=True)
    hire.one("deputy1", "Phó Chánh Văn phòng", role="deputy", member=True)
    hire.one("deputy2", "Phó Chánh Văn phòng", role="deputy", member=True)
    hire.one("body:VP", "Tập thể", name="Tập thể lãnh đạo Văn phòng", subject=Subject.COLLECTIVE)
    for short, unit in UNITS.items():
        _unit(hire, short, unit)
    _special(hire)
    hire.cell("Chi bộ Lãnh đạo Văn phòng", OFFICE, secretary="chief", deputy="deputy1")
    for short, unit in UNITS.items():
        hire.cell(f"Chi bộ {unit}", unit, secretary=f"head:{short}", deputy=f"deputy:{short}")
    return hire.done()


def _unit(hire: Hiring, short: str, unit: str) -> None:
    centre = short == "CB"
    subject = Subject.EMPLOYEE if centre else Subject.OFFICIAL
    authority = "head:CB" if centre else ""
    hire.unit(unit, desk=short == "HC", in_charge=_IN_CHARGE[short], authority=authority)
    head = "Giám đốc" if short in {"CB", "HCC"} else "Trưởng ban" if short == "TD" else "Trưởng phòng"
    hire.one(f"head:{short}", head, unit, role="head", member=True, subject=subject)
    hire.one(
        f"deputy:{short}",
        head.replace("Giám", "Phó Giám").replace("Trưởng", "Phó Trưởng"),
        unit,
        role="deputy",
        member=True,
        subject=subject,
    )
    hire.one(f"body:{short}", "Tập thể", unit, name=f"Tập thể {unit}", subject=Subject.COLLECTIVE)
    hire.staff(
        short,
        5,
        "Lập trình viên hạng III" if centre else "Chuyên viên",
        unit,
        members=2,
        subject=subject,
        serves_public=short in {"TD", "HCC"},
    )


def _special(hire: Hiring) -> None:
    away = Leave(LeaveKind.SICK, day("01/02/2020"), day("30/06/2020"))
    moved = Service(
        joined=day("01/07/2015"), moved_on=day("01/09/2020"), moved_from=FINANCE, there_since=day("01/01/2020")
    )
    hire.one("newcomer", "Chuyên viên", GENERAL, service=Service(joined=day("01/09/2020")))
    hire.one("sick", "Chuyên viên", GENERAL, service=Service(joined=day("01/03/2012"), leaves=(away,)))
    hire.one("absent", "Chuyên viên", PROCEDURES, service=Service(absent_with_cause=True))
    hire.one("moved", "Kế toán viên", STAFF_ROOM, service=moved)
    hire.one("failed", "Chuyên viên", CITIZENS, service=Service(ratings={2019: Rating.NOT_COMPLETED}))
    hire.one("both", "Phó Trưởng phòng", PROCEDURES, leader=True)
    hire.post("both", COUNTER, "Phó Giám đốc", role="deputy")
    hire.one("driver", "Lái xe", FINANCE, subject=Subject.WORKER)
    hire.one("guard", "Bảo vệ", FINANCE, subject=Subject.WORKER)
