"""Plan S000, mục 3 and 5: a room of the office meets on 2 and 3 December 2020. The plan asks for minutes and is silent on how the meeting goes:
that is by what it carries out. Its members of the party are voted on by name (D.2 of the plan of Sơn La, which its guidance follows).
"""

from rules.nouns.values import Subject
from tests.campaigns.dossiers import QUANG_NGAI_2020
from tests.campaigns.meetings.plan import Plan, Vote
from tests.campaigns.office import Cast, Hiring

ROOM, DESK_ROOM = "Phòng Tổng hợp", "Phòng Hành chính - Tổ chức"
CIVIL, PARTY = "mau-02", "mau-02-hd-2019"
STAFF = tuple(f"TH{number}" for number in range(1, 7))
MEMBERS = ("head", "deputy", "TH1", "TH2", "TH3", "TH4")


def cast() -> Cast:
    """A room of eight, six of them of the party, in a cell of its own."""
    hire = Hiring("Văn phòng UBND tỉnh Sông Lũy", above="UBND tỉnh Sông Lũy", seed=20, prefix="SL")
    hire.one("chief", "Chánh Văn phòng", role="head", member=True)
    hire.one("vice", "Phó Chánh Văn phòng", role="deputy", member=True)
    hire.unit(ROOM, in_charge="vice")
    hire.unit(DESK_ROOM, desk=True, in_charge="vice")
    hire.one("desk", "Trưởng phòng", DESK_ROOM, role="head")
    hire.one("head", "Trưởng phòng", ROOM, role="head", member=True)
    hire.one("deputy", "Phó Trưởng phòng", ROOM, role="deputy", member=True)
    hire.one("body", "Tập thể", ROOM, name=f"Tập thể {ROOM}", subject=Subject.COLLECTIVE)
    hire.staff("TH", 6, "Chuyên viên", ROOM, members=4)
    hire.cell("Chi bộ Lãnh đạo Văn phòng", "Văn phòng UBND tỉnh Sông Lũy", secretary="chief", deputy="vice")
    hire.cell(f"Chi bộ {ROOM}", ROOM, secretary="head", deputy="deputy", authority="chief")
    return hire.done()


PLAN = Plan(
    book="quang-ngai-office-2020",
    year=2020,
    cast=cast,
    begins="30/11/2020 08:00",
    unit=ROOM,
    caller="head",
    members=("head", "deputy", *STAFF),
    days=("02/12/2020", "03/12/2020"),
    order=(
        ("body",),
        (f"head {CIVIL}", f"head {PARTY}"),
        (f"deputy {CIVIL}", f"deputy {PARTY}"),
        (*(f"{who} {CIVIL}" for who in STAFF), *(f"{who} {PARTY}" for who in MEMBERS[2:])),
    ),
    wrong=(2, "tập thể lãnh đạo, quản lý trước, cá nhân thành viên sau"),
    kept="Báo cáo của tập thể đang chờ số liệu của kế toán",
    secretary="TH5",
    deputy="deputy",
    absent=("TH6", "Nghỉ ốm"),
    late="TH4",
    leaves="TH3",
    amends="TH1",
    decides="chief",
    decided="14/12/2020 08:00",
    bodies=("body",),
    ratings={f"{who} {PARTY}": "excellent" for who in ("TH1", "TH2", "TH3")},
    votes=(
        Vote(
            "Biểu quyết đảng viên hoàn thành xuất sắc",
            "Công khai",
            marks={"TH1": ("yes", 5, "no"), "TH2": ("yes", 5, "no"), "TH3": ("yes", 2, "no")},
            places="1",
            entitled=6,
            voting=6,
            lines=("TH1", "TH2", "TH3"),
            shown=(
                "Cần từ 5 phiếu",
                "Ngang phiếu ở chỉ tiêu cuối, còn 1 chỗ.",
                "Do đảng ủy quyết định, hệ thống không chọn thay.",
            ),
        ),
    ),
    dossier=QUANG_NGAI_2020,
    dossier_of=ROOM,
)
