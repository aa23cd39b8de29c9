"""Sở Nông nghiệp và Môi trường tỉnh Thạch Lâm, 2026: the twenty-four of tests/bot/roster/cases/so-nnmt-2026.xlsx, as its clerk wrote it."""

import shutil
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from bot.roster.read import read_roster
from rules.roster.people import OUTSIDE, RosterBody
from tests.campaigns.office import Cast

FILE = Path(__file__).parents[2] / "bot" / "roster" / "cases" / "so-nnmt-2026.xlsx"
COMMITTEE = "Đảng ủy Sở Nông nghiệp và Môi trường"
OFFICE_CELL, CRAFT_CELL = "Chi bộ Văn phòng - Kế hoạch", "Chi bộ Chuyên môn"
#: The sheet that the first file has not: secretaries from among the members of each cell, the committee's from the leadership.
BODIES = (
    RosterBody(COMMITTEE, "Đảng bộ UBND tỉnh Thạch Lâm", "TL-001", "TL-002", OUTSIDE),
    RosterBody(OFFICE_CELL, COMMITTEE, "TL-004", "TL-010"),
    RosterBody(CRAFT_CELL, COMMITTEE, "TL-014", "TL-018"),
)


@dataclass(frozen=True)
class AsGiven(Cast):
    """The office as its clerk's file has it: the file is that very one."""

    def file(self, folder: Path) -> Path:
        return Path(shutil.copy(FILE, folder / FILE.name))


def cast() -> Cast:
    """The department; everybody is called by their key."""
    roster = read_roster(FILE)
    return AsGiven(roster, {one.key: one.key for one in roster.people})


def with_bodies(given: Cast) -> Cast:
    """The same with the sheet of the party's bodies, for the second import."""
    return Cast(replace(given.roster, bodies=BODIES), given.key)


# ── by hand: what each month is, what it makes of the year ─────────────────────────────────────

#: Who Nghị định 335/2025/NĐ-CP has a sheet for, in the order of the roster: officials (Điều 2 khoản 2), and the contract workers of the
#: department, as it chose (Điều 28 khoản 2).
OFFICIALS = tuple(f"TL-{number:03}" for number in range(1, 21))
LEADERS = ("TL-001", "TL-002", "TL-003", "TL-004", "TL-005", "TL-010", "TL-011", "TL-014", "TL-015", "TL-018")
PERIODS = ("q1", "q2", "q3", "m10", "m11", "m12")
#: Share of quantity, quality and progress alike, in percent, where it is not 75 in every period.
SHARES = {
    "TL-003": dict.fromkeys(PERIODS, 50),
    "TL-005": dict.fromkeys(PERIODS, 50),
    "TL-006": {"q3": 90},
    "TL-012": {"q1": 90},
    "TL-013": {"q1": 90},
    "TL-015": dict.fromkeys(PERIODS, 50),
    "TL-019": dict.fromkeys(PERIODS, 90),
}


def sheet(who: str, period: str) -> dict[str, str]:
    """What somebody answers on the sheet of a month or quarter; general points are 30 of 30."""
    share = str(SHARES.get(who, {}).get(period, 75))
    parts = dict.fromkeys(("quantity", "quality", "progress"), share)
    return parts | dict.fromkeys(("unit_result", "organising", "uniting"), "100")


def score(who: str, period: str) -> Fraction:
    """30 + 70 × (a + b + c) / 3, and of leaders 30 + 70 × (a + b + c + d + đ + e) / 6 with d, đ, e in full (Điều 16, Điều 17 khoản 1):
    82.5, 93 and 91.25, 82.5 for 75 and 90, of leaders for 75 and 50.
    """
    share = SHARES.get(who, {}).get(period, 75)
    return 30 + Fraction(70, 100) * (Fraction(3 * share + 300, 6) if who in LEADERS else share)


#: The mean of the year (Điều 17 khoản 3): of twelve months, a quarter standing for each of its three, December provisional.
MEANS = {
    "TL-001": Fraction(365, 4),  # 91.25 all year
    "TL-003": Fraction(165, 2),  # 82.5 in both posts
    "TL-005": Fraction(165, 2),
    "TL-006": Fraction(
        671, 8
    ),  # six months of 80 from the commune (Điều 19 khoản 1): (480 + 3 × 93 + 3 × 82.5) / 12 = 83.875
    "TL-007": Fraction(165, 2),
    "TL-008": Fraction(165, 2),
    "TL-010": Fraction(365, 4),
    "TL-012": Fraction(87),  # seven months at work (Điều 11 khoản 2): (3 × 93 + 3 × 82.5 + 82.5) / 7 = 609 / 7
    "TL-013": Fraction(681, 8),  # (3 × 93 + 9 × 82.5) / 12 = 1021.5 / 12 = 85.125
    "TL-016": Fraction(165, 2),
    "TL-019": Fraction(93),
    "TL-020": Fraction(165, 2),  # of five months, and not rated by it
}

# ── by hand: the forms of the year, who agrees, who decides ────────────────────────────────────

YEAR, UNIT, CENTRE, EMPLOYEE = "mau-02-335", "to-chuc-335", "don-vi-233", "phu-luc-ii-233"
COLLECTIVE, LEADING, MEMBER = "mau-01-hd-2025", "mau-02a-hd-2025", "mau-02b-hd-2025"
DIRECTOR, CENTRE_HEAD, OUT = "TL-001", "TL-003", ""

#: Who agrees and who decides, by (person, place of the post) and form.
#: Mẫu số 02: the head of the unit that employs directly agrees (Điều 10 khoản 1 điểm c; the director for his deputies and for heads of units, điểm b), the
#: director decides (khoản 2 điểm b), on the director's the head of what manages officials, outside (khoản 2 điểm a).
#: The unit's form goes to who recognises it at once (Điều 9 khoản 2 điểm a; Điều 5 khoản 4; 233 Điều 8 khoản 5), the department's outside (Điều 5 khoản 2).
#: Decree 233: the head of the unit agrees and decides (Điều 13 khoản 2 điểm b, khoản 3 điểm b).
#: The party's: the secretary of the cell proposes, its deputy for the secretary; the secretary of the committee decides, its deputy for the secretary
#: (QĐ 366-QĐ/TW; HD 43-HD/BTCTW, mục 3); the leadership's report goes outside.
LINES = {
    ("TL-001", 0): {YEAR: ("", OUT), LEADING: ("TL-004", "TL-002")},
    ("TL-002", 0): {YEAR: (DIRECTOR, DIRECTOR), LEADING: ("TL-004", DIRECTOR)},
    ("TL-003", 0): {YEAR: (DIRECTOR, DIRECTOR), LEADING: ("TL-004", DIRECTOR)},
    ("TL-T01", 0): {COLLECTIVE: ("", OUT)},
    ("TL-C01", 0): {COLLECTIVE: ("", DIRECTOR)},
    ("TL-O01", 0): {UNIT: ("", OUT)},
    ("TL-004", 0): {UNIT: ("", DIRECTOR), YEAR: (DIRECTOR, DIRECTOR), LEADING: ("TL-010", DIRECTOR)},
    ("TL-005", 0): {YEAR: ("TL-004", DIRECTOR), LEADING: ("TL-004", DIRECTOR)},
    ("TL-006", 0): {YEAR: ("TL-004", DIRECTOR), MEMBER: ("TL-004", DIRECTOR)},
    ("TL-007", 0): {YEAR: ("TL-004", DIRECTOR)},
    ("TL-008", 0): {YEAR: ("TL-004", DIRECTOR)},
    ("TL-009", 0): {YEAR: ("TL-004", DIRECTOR), MEMBER: ("TL-004", DIRECTOR)},
    ("TL-010", 0): {UNIT: ("", DIRECTOR), YEAR: (DIRECTOR, DIRECTOR), LEADING: ("TL-004", DIRECTOR)},
    ("TL-011", 0): {YEAR: ("TL-010", DIRECTOR), LEADING: ("TL-004", DIRECTOR)},
    ("TL-012", 0): {YEAR: ("TL-010", DIRECTOR), MEMBER: ("TL-004", DIRECTOR)},
    ("TL-013", 0): {YEAR: ("TL-010", DIRECTOR), MEMBER: ("TL-004", DIRECTOR)},
    ("TL-014", 0): {UNIT: ("", DIRECTOR), YEAR: (DIRECTOR, DIRECTOR), LEADING: ("TL-018", DIRECTOR)},
    ("TL-015", 0): {YEAR: ("TL-014", DIRECTOR), LEADING: ("TL-014", DIRECTOR)},
    ("TL-016", 0): {YEAR: ("TL-014", DIRECTOR), MEMBER: ("TL-014", DIRECTOR)},
    # received on 12/3: nine months a member on 31/12, so reviewed (QĐ 366-QĐ/TW, Điều 5 khoản 2)
    ("TL-017", 0): {YEAR: ("TL-014", DIRECTOR), MEMBER: ("TL-014", DIRECTOR)},
    ("TL-018", 0): {UNIT: ("", DIRECTOR), YEAR: (DIRECTOR, DIRECTOR), LEADING: ("TL-014", DIRECTOR)},
    ("TL-019", 0): {YEAR: ("TL-018", DIRECTOR)},
    ("TL-020", 0): {YEAR: ("TL-018", DIRECTOR)},
    ("TL-021", 0): {EMPLOYEE: (CENTRE_HEAD, CENTRE_HEAD), LEADING: ("TL-014", DIRECTOR)},
    ("TL-022", 0): {EMPLOYEE: (CENTRE_HEAD, CENTRE_HEAD), MEMBER: ("TL-014", DIRECTOR)},
    ("TL-023", 0): {EMPLOYEE: (CENTRE_HEAD, CENTRE_HEAD)},
    # no text says in which of two posts one is rated, so that both are opened and the desk is told; an official, also where employees work
    ("TL-003", 1): {CENTRE: ("", DIRECTOR), YEAR: (DIRECTOR, DIRECTOR), LEADING: ("TL-004", DIRECTOR)},
}

#: Who writes the opinion of the party's committee, of whom, in the order they were opened: heads and deputies only. The desk writes that of the
#: commune, too.
HEARD = {
    "TL-002": ("TL-001",),
    "TL-001": ("TL-002", "TL-003", "TL-003"),
    "TL-010": ("TL-004",),
    "TL-004": ("TL-005", "TL-006", "TL-010", "TL-011"),
    "TL-018": ("TL-014",),
    "TL-014": ("TL-015", "TL-018", "TL-021"),
}

#: What is said of a unit: general and result points, late tasks, exceeded tasks, in percent.
#: 92 with 40 % exceeded is excellent (Điều 8 khoản 1), 85 with 10 % good (khoản 2), 64 with 15 % late completed (khoản 3).
UNITS = {
    "TL-004": ("27", "58", "0", "10", "good"),
    "TL-010": ("27", "58", "0", "10", "good"),
    "TL-014": ("24", "40", "15", "0", "completed"),
    "TL-018": ("28", "64", "0", "40", "excellent"),
    "TL-003": ("27", "58", "0", "10", "good"),
    "TL-O01": ("27", "58", "0", "10", "good"),
}
#: As they were decided: of five units here three are good, and a fifth, or a quarter, of three is none (Điều 8 khoản 5).
UNIT_RATED = {who: "good" if rating == "excellent" else rating for who, (*_, rating) in UNITS.items()}

#: What is suggested in Mẫu số 02: 90 and more excellent, 70 to below 90 good (Điều 20 khoản 1, 2), but for those below.
SUGGESTED = (
    dict.fromkeys(OFFICIALS, "good")
    | {
        "TL-002": "excellent",  # 91.25; a deputy is not held to a unit (Điều 20 khoản 6 names the head)
        "TL-011": "excellent",
        "TL-019": "excellent",
        "TL-014": "completed",  # 91.25, and no higher than the unit (Điều 20 khoản 6), as TL-001, TL-004, TL-010, TL-018 are at good
        "TL-016": "not_completed",  # disciplined for a violation in duty (Điều 20 khoản 4 điểm c; Điều 11 khoản 3 điểm a)
        "TL-020": None,  # five months (Điều 11 khoản 1)
    }
)

#: As it was decided: of three leaders, and of three deputy heads, two good ones leave no share for an excellent one; of the five good experts
#: one may be (Điều 20 khoản 5).
RATED = SUGGESTED | dict.fromkeys(("TL-002", "TL-011"), "good")

#: What each says of the year besides.
_ORDINARY = {
    "sick_leave": "false",
    "maternity_leave": "false",
    "degradation": "false",
    "disciplined": "false",
    "subunit_corruption": "false",
    "basic_targets": "false",
    "personnel": "false",
    "subordinates": "false",
    "members": "false",
    "mitigation": "false",
    # 26 and 58 of an employee, 27 and 58 of a member: 84 and 85, good (233 Điều 12 khoản 2; QĐ 366-QĐ/TW, Điều 11 khoản 2)
    "theo tiêu chí chung": "26",
    "theo tiêu chí kết quả": "58",
    "Nhóm tiêu chí chung": "27",
    "Nhóm tiêu chí về kết quả": "58",
}


def unit(who: str) -> dict[str, str]:
    """What is said in the form of the unit somebody heads."""
    general, results, late, exceeded, _ = UNITS[who]
    return _ORDINARY | {
        "Tổng điểm các tiêu chí chung": general,
        "Tổng điểm các tiêu chí về kết quả": results,
        "tasks_late": late,
        "nhiệm vụ hoàn thành vượt mức": exceeded,
    }


def year(who: str) -> dict[str, str]:
    """What somebody says of the year; of December what the other months lead to expect."""
    december = f"{float(score(who, 'm12')):g}".replace(".", ",") if who in OFFICIALS else ""
    told = _ORDINARY | {"m12": december, "unit_rating": UNIT_RATED.get(who, "good")}
    if who == "TL-012":
        told["maternity_leave"] = "true"
    if who == "TL-016":
        told |= {
            "disciplined": "true",
            "discipline_in_duty": "true",
            "discipline_counted": "false",
            "discipline_old_body": "false",
        }
    return told
