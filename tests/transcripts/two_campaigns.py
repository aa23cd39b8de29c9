"""An office with the campaigns of September and of the third quarter open at once; Hằng holds two posts in it. For Nhã the months
from August to November and the year are open.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Campaign, Decision, Draft, Outcome, Review, ReviewStatus
from rules.nouns.values import Subject

_OFFICE = "Văn phòng Ban Quản lý Hồ Mây"
_UNIT, _BOARD = "Phòng Hành chính", "Ban Công trình"
_AT = dt.datetime(2026, 10, 1, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
_MONTH = Campaign(20_101, "decree-335-2025", 2026, _OFFICE, period="m09")
_QUARTER = replace(_MONTH, id=20_102, period="q3")

_VAN = Person(221, "Lưu Thanh Vân", "Trưởng phòng", 61, _UNIT, _OFFICE, Subject.OFFICIAL, leader=True, head=True)
_HANG = Person(222, "Triệu Thúy Hằng", "Chuyên viên", 61, _UNIT, _OFFICE, Subject.OFFICIAL)
#: Hằng at the second post.
AT_SECOND = replace(_HANG, position="Chuyên viên", unit_id=62, unit=_BOARD, post=1)
_TONG = Person(223, "Mã Văn Tống", "Chuyên viên", 61, _UNIT, _OFFICE, Subject.OFFICIAL)
_NHA = Person(224, "Hoàng Nhã Nhàn", "Chuyên viên", 61, _UNIT, _OFFICE, Subject.OFFICIAL)
TWO_CAMPAIGNS: Mapping[str, Person] = {"Vân": _VAN, "Hằng": _HANG, "Tống": _TONG, "Nhã": _NHA}


def sent() -> list[Review]:
    """What waits for Vân: of the month Hằng's at both posts and Tống's, of the quarter Hằng's at the first post."""
    filled = ((_HANG, _MONTH), (AT_SECOND, _MONTH), (_TONG, _MONTH), (_HANG, _QUARTER))
    return [_review(number, person, campaign) for number, (person, campaign) in enumerate(filled, 1)]


def of_nha() -> list[Review]:
    """August and September confirmed, October sent, November and the year not begun."""

    def campaign(number: int, period: str, due: dt.date) -> Campaign:
        return replace(_MONTH, id=number, period=period, timetable={"self_review": due})

    days = {
        "m08": dt.date(2026, 9, 5),
        "m09": dt.date(2026, 10, 5),
        "m10": dt.date(2026, 11, 5),
        "m11": dt.date(2026, 12, 5),
    }
    months = [
        _review(10 + number, _NHA, campaign(20_110 + number, period, due))
        for number, (period, due) in enumerate(days.items())
    ]
    agreed = Decision(1, Outcome.APPROVED, _VAN.id, _VAN.name, _VAN.position, _AT + dt.timedelta(days=5))
    confirmed = [replace(one, status=ReviewStatus.FINAL, decisions=(agreed,)) for one in months[:2]]
    november = replace(months[3], status=ReviewStatus.DRAFTING, answers={}, drafts=())
    year = replace(
        november, id=november.id + 7, campaign=campaign(20_120, "year", dt.date(2026, 12, 1)), form="mau-02-335"
    )
    return [*confirmed, months[2], november, year]


def _review(number: int, person: Person, campaign: Campaign) -> Review:
    given = {"strengths": Answer("Chủ động trong công việc."), "shortcomings": Answer("Một báo cáo gửi chậm.")}
    draft = Draft(1, f"{number % 10}" * 64, given, None, None, _AT + dt.timedelta(minutes=number))
    id_ = 1_600_000_000 + number
    return Review(id_, person, campaign, "mau-01-335", ReviewStatus.SUBMITTED, given, _VAN.id, drafts=(draft,))
