"""Ban Dân tộc tỉnh Trường Lĩnh, năm 2023: a board like that of plan S003 (Ban Dân tộc, tháng 11/2023).

67 rows: 60 people in five rooms under a head and two deputies, the collectives of the board and its rooms, the party cell.
Short names: `head:CS`, `dep:CS`, `body:CS`, `CS1` … by room; `cook:CS` is its contract worker.

Special people: `driver` (contract worker and party member), `mother` (maternity leave), `newcomer` (since August), `sick`
(four months), `came` (from another body in July), `mover` (changes rooms in the middle of it), `late` (hands in last).
"""

import datetime as dt

from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.values import Subject
from tests.campaigns.office import Cast, Hiring

OFFICE = "Ban Dân tộc tỉnh Trường Lĩnh"
STAFF = "Văn phòng Ban"
POLICIES = "Phòng Chính sách dân tộc"
PLANNING = "Phòng Kế hoạch - Tổng hợp"
OUTREACH = "Phòng Tuyên truyền và Địa bàn"
INSPECTORS = "Thanh tra Ban"
BEFORE = "Sở Nội vụ tỉnh Trường Lĩnh"

#: Short name → unit, who is in charge of it.
ROOMS = {
    "VP": (STAFF, "deputy1"),
    "CS": (POLICIES, "deputy1"),
    "KH": (PLANNING, "deputy2"),
    "TD": (OUTREACH, "deputy2"),
    "TT": (INSPECTORS, "deputy2"),
}
HEADS, DEPUTIES, STAFFS = "Trưởng phòng và tương đương", "Phó Trưởng phòng và tương đương", "Chuyên viên"
HELPERS = "Hỗ trợ, phục vụ"
MEMBER, LEADER, OTHERS, BODY = "mau-02a-hd-2023", "mau-02b-hd-2023", "mau-1269", "mau-01-hd-2023"


def day(text: str) -> dt.date:
    """`01/09/2023`."""
    return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day


def cast() -> Cast:
    """The board as it is when its campaign is opened."""
    hire = Hiring(OFFICE, above="UBND tỉnh Trường Lĩnh", seed=2023, prefix="TL")
    hire.one("chief", "Trưởng Ban", role="head", member=True)
    hire.one("deputy1", "Phó Trưởng Ban", role="deputy", member=True, group="Lãnh đạo Ban")
    hire.one("deputy2", "Phó Trưởng Ban", role="deputy", member=True, group="Lãnh đạo Ban")
    hire.one("body", "Tập thể", name="Tập thể lãnh đạo, quản lý Ban", subject=Subject.COLLECTIVE)
    hire.one("cell", "Chi bộ", name="Chi bộ Ban Dân tộc", subject=Subject.PARTY_CELL)
    for short, (unit, in_charge) in ROOMS.items():
        hire.unit(unit, desk=short == "VP", in_charge=in_charge)
        hire.one(f"head:{short}", "Trưởng phòng", unit, role="head", member=True, group=HEADS)
        hire.one(f"dep:{short}", "Phó Trưởng phòng", unit, role="deputy", member=True, group=DEPUTIES)
        hire.one(f"body:{short}", "Tập thể", unit, name=f"Tập thể lãnh đạo {unit}", subject=Subject.COLLECTIVE)
        hire.staff(short, 7, "Chuyên viên", unit, members=2, group=STAFFS)
        hire.one(f"cook:{short}", "Nhân viên phục vụ", unit, subject=Subject.WORKER, group=HELPERS)
    _special(hire)
    return hire.done()


def _special(hire: Hiring) -> None:
    since = {"joined": day("01/03/2014")}
    mother = Service(**since, leaves=(Leave(LeaveKind.MATERNITY, day("01/02/2023"), day("31/07/2023")),))
    sick = Service(**since, leaves=(Leave(LeaveKind.SICK, day("01/03/2023"), day("30/06/2023")),))
    came = Service(moved_on=day("01/07/2023"), moved_from=BEFORE, there_since=day("01/05/2018"))
    staff = {"group": STAFFS}
    hire.one("driver", "Lái xe", STAFF, subject=Subject.WORKER, member=True, group=HELPERS)
    hire.one("mother", "Chuyên viên", PLANNING, service=mother, **staff)
    hire.one("newcomer", "Chuyên viên", PLANNING, service=Service(joined=day("01/08/2023")), **staff)
    hire.one("sick", "Chuyên viên", OUTREACH, service=sick, **staff)
    hire.one("came", "Chuyên viên", INSPECTORS, member=True, service=came, **staff)
    hire.one("mover", "Chuyên viên", POLICIES, member=True, service=Service(**since), **staff)
    hire.one("late", "Chuyên viên", OUTREACH, **staff)
