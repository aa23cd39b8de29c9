"""Plan S002, II.2 to II.4: a room of the office meets on 23 and 24 November 2023; its titles are voted on in secret (II.2.c)."""

from rules.nouns.values import Subject
from tests.campaigns.dossiers import QUANG_NGAI_2023
from tests.campaigns.meetings.plan import Plan, Vote
from tests.campaigns.office import Cast, Hiring

ROOM, DESK_ROOM = "Phòng Tổng hợp", "Phòng Hành chính - Quản trị"
STAFF = tuple(f"TH{number}" for number in range(1, 8))


def cast() -> Cast:
    """A room of nine with its collective; the leader in charge and the desk's head are asked to come."""
    hire = Hiring("Văn phòng UBND tỉnh Cao Mây", above="UBND tỉnh Cao Mây", seed=41, prefix="CM")
    hire.one("chief", "Chánh Văn phòng", role="head", member=True)
    hire.one("vice", "Phó Chánh Văn phòng", role="deputy", member=True)
    hire.unit(ROOM, in_charge="vice")
    hire.unit(DESK_ROOM, desk=True, in_charge="vice")
    hire.one("desk", "Trưởng phòng", DESK_ROOM, role="head", group="Lãnh đạo phòng")
    hire.one("head", "Trưởng phòng", ROOM, role="head", member=True, group="Lãnh đạo phòng")
    hire.one("deputy", "Phó Trưởng phòng", ROOM, role="deputy", member=True, group="Lãnh đạo phòng")
    hire.one("body", "Tập thể", ROOM, name=f"Tập thể {ROOM}", subject=Subject.COLLECTIVE)
    hire.staff("TH", 7, "Chuyên viên", ROOM, members=2, group="Chuyên viên")
    return hire.done()


PLAN = Plan(
    book="quang-ngai-office-2023",
    year=2023,
    cast=cast,
    begins="16/11/2023 08:00",
    unit=ROOM,
    caller="head",
    members=("head", "deputy", *STAFF),
    days=("23/11/2023", "24/11/2023"),
    order=(("body",), ("head",), ("deputy",), STAFF),
    wrong=(4, "Người đứng đầu và cấp phó người đứng đầu kiểm điểm trước"),
    secretary="TH2",
    deputy="deputy",
    absent=("TH7", "Đi học theo quyết định cử"),
    late="TH6",
    leaves="TH5",
    amends="deputy",
    decides="chief",
    decided="28/11/2023 14:00",
    bodies=("body",),
    dossier=QUANG_NGAI_2023,
    dossier_of=ROOM,
    outside=(5,),
    guests=("vice", "desk"),
    votes=(
        Vote(
            "Bình xét thi đua",
            "Phiếu kín",
            tellers=("TH3", "TH4", "TH5"),
            marks={"TH1": ("yes", 7, "no"), "TH2": ("yes", 7, "no"), "TH3": ("yes", 5, "no")},
            entitled=9,
            lines=("head", "deputy", *STAFF),
            shown=("{TH1}: đồng ý 7, không đồng ý 1", "Quy định không nêu tỷ lệ phiếu"),
        ),
    ),
)
