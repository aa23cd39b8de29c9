"""Huyện ủy Sơn Thạch, năm 2020: a district's committee and its agencies, like those of plan S001 (16-KH/HU).

72 rows, 62 of them people. The standing committee (`secretary`, `vice`, `chair`, its collective `body`); five agencies and a training centre
of its own (`head:VP`, `dep:VP`, `body:VP`, `VP1` …); a commune (`X`) with two village cells below it, whose members its
secretary decides (III.1.2.b). Heads and deputies of agencies are cadres of the district's committee; the centre's head is
none: an employee who leads.

Special people: `joined` (party member since September), `sick` (four months), `mother` (maternity leave), `barred`
(suspended from the party's activity), `arrived` (heads the centre since August), `failed` (did not complete the year
before), `temporary` (active in a cell outside), `absent` (away when the office meets, hands in later), `both` (dep:TG, also
deputy of the centre).
"""

import datetime as dt

from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.values import Rating, Subject
from tests.campaigns.office import Cast, Hiring

OFFICE = "Huyện ủy Sơn Thạch"
STAFF = "Cơ quan Tổ chức - Nội vụ"
OFFICE_ROOM = "Văn phòng Huyện ủy"
PROPAGANDA = "Ban Tuyên giáo Huyện ủy"
INSPECTION = "Cơ quan Kiểm tra - Thanh tra"
EDUCATION = "Phòng Giáo dục và Đào tạo"
CENTRE = "Trung tâm Bồi dưỡng chính trị"
COMMUNE = "Đảng bộ xã Đồng Mây"
CELL_OUTSIDE = "Chi bộ 3, Đảng bộ phường Hòa Bình"

#: Short name → unit, who is in charge of it.
AGENCIES = {
    "TC": (STAFF, "vice"),
    "VP": (OFFICE_ROOM, "vice"),
    "TG": (PROPAGANDA, "vice"),
    "KT": (INSPECTION, "vice"),
    "GD": (EDUCATION, "chair"),
}
#: Short name → unit of the commune.
VILLAGES = {"TH": "Chi bộ thôn Hạ", "TT": "Chi bộ thôn Thượng"}
CIVIL, CADRE, POINTS, PARTY, BODY = "mau-02", "mau-01", "mau-06-qd11", "mau-02-hd-2019", "mau-01-hd-2019"
PARTY_CARD, CADRE_CARD = "Mẫu 02-HD KĐ.ĐG 2019", "Mẫu số 01"
SHORT_OF = "Còn chậm trả lời văn bản của hai xã"
TO_MEND = "Trả lời văn bản của xã trong ba ngày làm việc"


def day(text: str) -> dt.date:
    """`01/09/2020`."""
    return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day


def cast() -> Cast:
    """The district as it is when its campaign is opened."""
    hire = Hiring(OFFICE, above="Tỉnh ủy Tân Giang", seed=16, prefix="ST")
    standing = {"subject": Subject.CADRE, "member": True, "group": "Thường trực Huyện ủy"}
    hire.one("secretary", "Bí thư Huyện ủy", role="head", **standing)
    hire.one("vice", "Phó Bí thư Thường trực Huyện ủy", role="deputy", **standing)
    hire.one("chair", "Phó Bí thư, Chủ tịch UBND huyện", role="deputy", **standing)
    hire.one("body", "Tập thể", name="Tập thể Ban Thường vụ Huyện ủy", subject=Subject.COLLECTIVE)
    for short, (unit, in_charge) in AGENCIES.items():
        hire.unit(unit, desk=short == "TC", in_charge=in_charge)
        _led(hire, short, unit, "Trưởng ban, ngành", "Phó trưởng ban, ngành")
        hire.staff(short, 4, "Chuyên viên", unit, members=1)
    _centre(hire)
    _commune(hire)
    _special(hire)
    _cells(hire)
    return hire.done()


def _led(hire: Hiring, short: str, unit: str, head: str, deputy: str) -> None:
    cadre = {"subject": Subject.CADRE, "member": True}
    hire.one(f"head:{short}", head, unit, role="head", group=head, **cadre)
    hire.one(f"dep:{short}", deputy, unit, role="deputy", group=deputy, **cadre)
    hire.one(f"body:{short}", "Tập thể", unit, name=f"Tập thể {unit}", subject=Subject.COLLECTIVE)


def _centre(hire: Hiring) -> None:
    came = Service(
        joined=day("01/09/2012"), moved_on=day("01/08/2020"), moved_from=EDUCATION, there_since=day("01/09/2012")
    )
    hire.unit(CENTRE, in_charge="vice")
    hire.one("arrived", "Giám đốc", CENTRE, role="head", subject=Subject.EMPLOYEE, member=True, service=came)
    hire.one("body:CT", "Tập thể", CENTRE, name=f"Tập thể {CENTRE}", subject=Subject.COLLECTIVE)
    hire.staff("CT", 4, "Giảng viên", CENTRE, members=1, subject=Subject.EMPLOYEE)
    hire.post("dep:TG", CENTRE, "Phó Giám đốc kiêm nhiệm", role="deputy")


def _commune(hire: Hiring) -> None:
    hire.unit(COMMUNE, in_charge="vice")
    _led(hire, "X", COMMUNE, "Bí thư Đảng ủy xã", "Phó Bí thư Đảng ủy xã")
    hire.staff("X", 3, "Công chức xã", COMMUNE)
    for short, unit in VILLAGES.items():
        hire.unit(unit, parent=COMMUNE, authority="head:X")
        member = {"subject": Subject.PARTY_MEMBER, "member": True}
        hire.one(f"cell:{short}", "Chi bộ", unit, name=unit, subject=Subject.PARTY_CELL)
        hire.one(f"head:{short}", "Bí thư chi bộ", unit, role="head", **member)
        hire.staff(short, 5, "Đảng viên", unit, members=5, subject=Subject.PARTY_MEMBER)


def _cells(hire: Hiring) -> None:
    """III.1.2: the cell reviews its members, the committee above decides; for the villages that is the commune's."""
    hire.cell("Chi bộ Thường trực Huyện ủy", OFFICE, secretary="vice", authority="secretary")
    for short, (unit, _) in AGENCIES.items():
        hire.cell(f"Chi bộ {unit}", unit, secretary=f"head:{short}", authority="secretary")
    hire.cell(f"Chi bộ {CENTRE}", CENTRE, secretary="arrived", authority="secretary")
    hire.cell("Chi bộ cơ quan xã Đồng Mây", COMMUNE, secretary="head:X", authority="secretary")
    for short, unit in VILLAGES.items():
        hire.cell(unit, unit, secretary=f"head:{short}", authority="head:X")


def _special(hire: Hiring) -> None:
    sick = Leave(LeaveKind.SICK, day("01/02/2020"), day("31/05/2020"))
    mother = Leave(LeaveKind.MATERNITY, day("01/03/2020"), day("31/08/2020"))
    barred = Leave(LeaveKind.PARTY_SUSPENDED, day("01/10/2020"))
    since = {"joined": day("01/03/2014")}
    hire.one("joined", "Chuyên viên", OFFICE_ROOM, member=True, service=Service(party_since=day("03/09/2020")))
    hire.one("sick", "Chuyên viên", OFFICE_ROOM, member=True, service=Service(**since, leaves=(sick,)))
    hire.one("mother", "Chuyên viên", EDUCATION, member=True, service=Service(**since, leaves=(mother,)))
    hire.one("barred", "Chuyên viên", INSPECTION, member=True, service=Service(**since, leaves=(barred,)))
    hire.one("failed", "Chuyên viên", EDUCATION, service=Service(ratings={2019: Rating.NOT_COMPLETED}))
    hire.one("temporary", "Chuyên viên", PROPAGANDA, member=True, service=Service(temporary_cell=CELL_OUTSIDE))
    hire.one("absent", "Chuyên viên", PROPAGANDA, member=True, service=Service(absent_with_cause=True))
