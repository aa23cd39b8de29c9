"""Plan S004, B.III and C.IV: the cell of a centre meets on 4 and 5 December 2021, called by its secretary, who heads nothing: the group before
the cell, the cell before its members; then two rounds (Mẫu số 11, Mẫu số 12), with a tie at the last place.
"""

from rules.nouns.service import Service
from rules.nouns.values import Subject
from tests.campaigns.dossiers import SON_LA_CELL
from tests.campaigns.meetings.plan import Plan, Vote
from tests.campaigns.office import Cast, Hiring

CENTRE, TEAM, STAFF_ROOM, COMMITTEE = (
    "Cơ sở Điều trị nghiện ma túy tỉnh Nậm Hoa",
    "Phòng Y tế",
    "Phòng Hành chính",
    "Chi ủy",
)
CELL, GROUP = "Chi bộ Cơ sở Điều trị", "Tổ đảng Y tế"
MEMBERS = ("director", "secretary", "vice", "desk", "head", *(f"p{number}" for number in range(1, 6)))
GOOD = {"unit_rating": "good", "điểm anh/chị tự chấm": "80", "Tổng điểm tự chấm": "80"}
BODY = {**GOOD, "bodies": "good", "tổ đảng trực thuộc": "0", "Bao nhiêu phần trăm": "100"}


def cast() -> Cast:
    """A centre of twelve, ten of them of the party; five of these in a group."""
    hire = Hiring(CENTRE, above="Sở Lao động - Thương binh và Xã hội tỉnh Nậm Hoa", seed=5, prefix="NH")
    one = {"subject": Subject.EMPLOYEE, "member": True}
    hire.one("director", "Giám đốc", role="head", group="Lãnh đạo", **one)
    hire.one("body", "Tập thể", name="Tập thể lãnh đạo Cơ sở", subject=Subject.COLLECTIVE)
    hire.unit(TEAM, in_charge="director")
    hire.unit(STAFF_ROOM, desk=True, in_charge="director")
    hire.unit(COMMITTEE, in_charge="director")
    hire.one("cell", "Chi bộ", COMMITTEE, name=CELL, subject=Subject.PARTY_CELL)
    hire.one("group", "Tổ đảng", COMMITTEE, name=GROUP, subject=Subject.PARTY_GROUP)
    hire.one("desk", "Trưởng phòng", STAFF_ROOM, role="head", group="Lãnh đạo phòng", **one)
    hire.one("secretary", "Chuyên viên", STAFF_ROOM, group="Chuyên viên", **one)
    hire.one("vice", "Chuyên viên", STAFF_ROOM, group="Chuyên viên", **one)
    in_group = {**one, "service": Service(party_cell=GROUP)}
    hire.one("head", "Trưởng phòng", TEAM, role="head", group="Lãnh đạo phòng", **in_group)
    for number in range(1, 6):
        hire.one(f"p{number}", "Y sĩ", TEAM, group="Y sĩ", **in_group)
    hire.staff("q", 2, "Y sĩ", TEAM, subject=Subject.EMPLOYEE, group="Y sĩ")
    hire.cell(CELL, CENTRE, STAFF_ROOM, TEAM, secretary="secretary", deputy="vice")
    return hire.done()


PLAN = Plan(
    book="son-la-rehab-2021",
    year=2021,
    cast=cast,
    begins="25/11/2021 08:00",
    unit=CELL,
    caller="secretary",
    members=MEMBERS,
    days=("04/12/2021", "05/12/2021"),
    usual=GOOD,
    answers={"cell": BODY, "group": BODY},
    order=(("group",), ("cell",), ("secretary",), tuple(one for one in MEMBERS if one != "secretary")),
    wrong=(2, "Các tổ đảng kiểm điểm đảng viên ở tổ đảng, sau đó tổ đảng báo cáo kết quả với Chi bộ"),
    secretary="p1",
    deputy="vice",
    absent=("p5", "Trực ca tại khu cai nghiện"),
    late="p4",
    leaves="p3",
    amends="p2",
    decides="director",
    decided="06/12/2021 08:00",
    bodies=("body", "cell", "group"),
    drafters={"group": "head"},
    votes=(
        Vote(
            "Lần 1",
            "Phiếu giấy",
            tellers=("p3", "p4"),
            marks={"p1": ("excellent", 7, "good"), "p2": ("excellent", 6, "good"), "p3": ("excellent", 6, "good")},
            usual=("good", 99, "good"),
            entitled=10,
            lines=MEMBERS,
            shown=("{p1}: hoàn thành xuất sắc nhiệm vụ 7, hoàn thành tốt nhiệm vụ 2", "Quy định không nêu tỷ lệ phiếu"),
            concluded={"p1": "excellent", "p2": "excellent", "p3": "excellent"},
        ),
        Vote(
            "Lần 2",
            "Phiếu kín",
            tellers=("p2", "p3", "p4"),
            marks={"p1": ("yes", 7, "no"), "p2": ("yes", 7, "no"), "p3": ("yes", 6, "no")},
            places="1",
            entitled=10,
            lines=("p1", "p2", "p3"),
            shown=(
                "Cần từ 7 phiếu đồng ý (trên 2/3 của 10 đảng viên chính thức)",
                "Ngang phiếu ở chỉ tiêu cuối, còn 1 chỗ.",
                "Do đảng ủy quyết định, hệ thống không chọn thay.",
            ),
            concluded={"p1": "excellent", "p2": "excellent", "p3": "excellent"},
        ),
    ),
    reopened=("p3", "good", "Lần 2 không đủ phiếu tán thành"),
    proposal="Hai đảng viên ngang phiếu ở chỉ tiêu cuối, báo cáo Đảng ủy quyết định.",
    dossier=SON_LA_CELL,
    others=("q1", "q2"),
    outside=(1, 2, 4, 5, 6, 7, 8),
)
