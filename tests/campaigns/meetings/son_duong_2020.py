"""Plan S001, II.3.3 and III.1.2.a: an agency of the district meets on 26 and 27 November 2020, its officials before its members of the party
(II.2); its cadres' dossiers go up.
"""

from rules.nouns.values import Subject
from tests.campaigns.dossiers import SON_DUONG
from tests.campaigns.meetings.plan import Plan, Vote
from tests.campaigns.office import Cast, Hiring

AGENCY, STAFF_ROOM = "Ban Tuyên giáo Huyện ủy", "Cơ quan Tổ chức - Nội vụ"
CADRE, CIVIL, PARTY = "mau-01", "mau-02", "mau-02-hd-2019"
STAFF = tuple(f"TG{number}" for number in range(1, 7))
MEMBERS = ("head", "deputy", "TG1", "TG2", "TG3", "TG4")


def cast() -> Cast:
    """An agency of eight, six of them of the party; head and deputy are cadres of the district's committee."""
    hire = Hiring("Huyện ủy Sơn Thạch", above="Tỉnh ủy Tân Giang", seed=16, prefix="ST")
    cadre = {"subject": Subject.CADRE, "member": True}
    hire.one("secretary", "Bí thư Huyện ủy", role="head", **cadre)
    hire.one("vice", "Phó Bí thư Thường trực Huyện ủy", role="deputy", **cadre)
    hire.unit(AGENCY, in_charge="vice")
    hire.unit(STAFF_ROOM, desk=True, in_charge="vice")
    hire.one("desk", "Trưởng ban, ngành", STAFF_ROOM, role="head", **cadre)
    hire.one("head", "Trưởng ban, ngành", AGENCY, role="head", **cadre)
    hire.one("deputy", "Phó trưởng ban, ngành", AGENCY, role="deputy", **cadre)
    hire.one("body", "Tập thể", AGENCY, name=f"Tập thể {AGENCY}", subject=Subject.COLLECTIVE)
    hire.staff("TG", 6, "Chuyên viên", AGENCY, members=4)
    for unit, leader in (("Huyện ủy Sơn Thạch", "vice"), (AGENCY, "head"), (STAFF_ROOM, "desk")):
        hire.cell(f"Chi bộ {unit}", unit, secretary=leader, authority="secretary")
    return hire.done()


PLAN = Plan(
    book="son-duong-2020",
    year=2020,
    cast=cast,
    begins="16/11/2020 08:00",
    unit=AGENCY,
    caller="head",
    members=("head", "deputy", *STAFF),
    days=("26/11/2020", "27/11/2020"),
    usual={"Tổng điểm anh/chị tự chấm": "85"},
    order=(
        ("body",),
        (f"head {CADRE}",),
        (f"deputy {CADRE}",),
        tuple(f"{who} {CIVIL}" for who in STAFF),
        tuple(f"{who} {PARTY}" for who in MEMBERS),
    ),
    wrong=(10, "thực hiện đánh giá, xếp loại chất lượng sau khi có kết quả đánh giá xếp loại công chức"),
    secretary="TG5",
    deputy="deputy",
    absent=("TG6", "Nghỉ ốm"),
    late="TG4",
    leaves="TG3",
    amends="TG5",
    decides="secretary",
    decided="21/12/2020 08:00",
    bodies=("body",),
    ratings={f"{who} {PARTY}": "excellent" for who in ("TG1", "TG2", "TG3")},
    votes=(
        Vote(
            "Biểu quyết đảng viên hoàn thành xuất sắc",
            "Phiếu kín",
            tellers=("TG1", "TG4", "TG5"),
            marks={"TG1": ("yes", 5, "no"), "TG2": ("yes", 5, "no"), "TG3": ("yes", 6, "no")},
            places="2",
            entitled=6,
            voting=6,
            lines=("TG1", "TG2", "TG3"),
            shown=(
                "Cần từ 5 phiếu",
                "Ngang phiếu ở chỉ tiêu cuối, còn 1 chỗ.",
                "Do đảng ủy quyết định, hệ thống không chọn thay.",
            ),
        ),
    ),
    dossier=SON_DUONG,
    dossier_person="head",
    outside=(1, 4, 5, 6, 8, 9, 10, 11),
)
