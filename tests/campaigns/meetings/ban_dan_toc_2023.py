"""Plan S003, II.4: the draft report of a division goes round, then the division meets on 22 and 23 November 2023 and rates itself and its people
by ballots (II.4.2.b1, b2).
"""

from rules.nouns.values import Subject
from tests.campaigns.dossiers import BAN_DAN_TOC_ROOM
from tests.campaigns.meetings.plan import Plan, Vote
from tests.campaigns.office import Cast, Hiring

ROOM, STAFF_ROOM = "Phòng Chính sách", "Văn phòng Ban"
BODY = f"Tập thể lãnh đạo {ROOM}"
STAFF = tuple(f"CS{number}" for number in range(1, 6))
PEOPLE = ("head", "deputy", *STAFF, "cook")


def cast() -> Cast:
    """A division of eight, one of them on contract; the leader in charge is asked to come (II.4.2.a)."""
    hire = Hiring("Ban Dân tộc tỉnh Cao Mây", above="UBND tỉnh Cao Mây", seed=31, prefix="BD")
    hire.one("chief", "Trưởng Ban", role="head", member=True)
    hire.one("vice", "Phó Trưởng Ban", role="deputy", member=True)
    hire.unit(ROOM, in_charge="vice")
    hire.unit(STAFF_ROOM, desk=True, in_charge="vice")
    hire.one("desk", "Chánh Văn phòng", STAFF_ROOM, role="head")
    hire.one("head", "Trưởng phòng", ROOM, role="head", member=True, group="Trưởng phòng và tương đương")
    hire.one("deputy", "Phó Trưởng phòng", ROOM, role="deputy", group="Phó Trưởng phòng và tương đương")
    hire.one("body", "Tập thể", ROOM, name=BODY, subject=Subject.COLLECTIVE)
    hire.staff("CS", 5, "Chuyên viên", ROOM, members=2, group="Chuyên viên")
    hire.one("cook", "Nhân viên phục vụ", ROOM, subject=Subject.WORKER, group="Hỗ trợ, phục vụ")
    return hire.done()


PLAN = Plan(
    book="quang-ngai-ethnic-2023",
    year=2023,
    cast=cast,
    begins="16/11/2023 08:00",
    unit=ROOM,
    caller="head",
    members=PEOPLE,
    days=("22/11/2023", "23/11/2023"),
    order=(("body",), ("head",), ("deputy",), (*STAFF, "cook")),
    wrong=(4, "CC không giữ chức vụ lãnh đạo, quản lý và NLĐ kiểm điểm sau"),
    secretary="CS2",
    deputy="deputy",
    absent=("CS5", "Đi công tác xã Sơn Trà"),
    late="cook",
    leaves="CS4",
    amends="CS3",
    decides="chief",
    decided="27/11/2023 09:00",
    guests=("vice",),
    bodies=("body",),
    round=BODY,
    votes=(
        Vote(
            "Bỏ phiếu xếp loại phòng",
            "Phiếu giấy",
            tellers=("CS3", "CS4"),
            marks={"body": ("good", 6, "completed")},
            usual=("good", 99, "good"),
            entitled=8,
            lines=("body",),
            shown=("hoàn thành tốt nhiệm vụ 6, hoàn thành nhiệm vụ 1",),
            concluded={"body": "good"},
        ),
        Vote(
            "Bỏ phiếu xếp loại công chức",
            "Phiếu kín",
            tellers=("CS1", "CS3", "CS4"),
            marks={"CS1": ("excellent", 5, "good"), "CS2": ("excellent", 5, "good"), "CS3": ("excellent", 2, "good")},
            usual=("good", 99, "good"),
            entitled=8,
            lines=PEOPLE,
            shown=(
                "{CS1}: hoàn thành xuất sắc nhiệm vụ 5",
                "{CS2}: hoàn thành xuất sắc nhiệm vụ 5",
                "Quy định không nêu tỷ lệ phiếu",
            ),
            concluded={"CS1": "excellent", "CS2": "excellent"},
        ),
    ),
    dossier=BAN_DAN_TOC_ROOM,
    dossier_of=ROOM,
)
