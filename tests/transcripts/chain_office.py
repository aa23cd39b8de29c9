"""A unit of the cast whose drafts go through two steps before the authority decides, and whose opinion is asked about them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from rules.book.procedure import Role
from rules.nouns.people import Person
from rules.nouns.reviews import Review, Step
from rules.nouns.rulings import Opinion, OpinionKind
from rules.nouns.values import Subject

_OFFICE, _UNIT, _LEADERS = "Văn phòng UBND tỉnh Sông Trăng", "Phòng Kinh tế", "Lãnh đạo Văn phòng"
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def _who(id_: int, name: str, position: str, unit_id: int, unit: str, **traits: bool) -> Person:
    return Person(id_, name, position, unit_id, unit, _OFFICE, Subject.OFFICIAL, **traits)


_HAI = _who(121, "Mạc Đông Hải", "Chuyên viên", 4, _UNIT)
_TRANG = _who(122, "Hồ Thùy Trang", "Trưởng phòng", 4, _UNIT, leader=True, head=True)
_LOC = _who(123, "Phan Gia Lộc", "Phó Trưởng phòng", 4, _UNIT, leader=True, deputy=True)
_VIET = _who(124, "Trịnh Quốc Việt", "Phó Chánh Văn phòng", 9, _LEADERS, leader=True, deputy=True)

#: Hải and Lộc → Trang, who heads the unit → Việt, in charge of it → Lâm (see decided) decides.
CHAIN: Mapping[str, Person] = {"Hải": _HAI, "Trang": _TRANG, "Lộc": _LOC, "Việt": _VIET}
_DECIDER = 113
_STEPS = (Step(Role.UNIT_HEAD, _TRANG.id), Step(Role.IN_CHARGE, _VIET.id))


def chained(review: Review) -> Review:
    """The review with its chain; of everybody else as it was."""
    if review.person not in {_HAI, _LOC}:
        return review
    first = _STEPS[0]
    return replace(review, approver_id=first.person, approver_role=first.role, steps=_STEPS, decider_id=_DECIDER)


def asked(reviews: Mapping[int, Review]) -> dict[int, Opinion]:
    """Both came here in summer: Hải from the unit of Bình, who is asked; Lộc from an office outside, which writes."""
    about = {review.person.id: review.id for review in reviews.values()}
    at, due = dt.datetime(2020, 11, 23, 9, 0, tzinfo=_ZONE), dt.date(2020, 12, 2)
    moved = (OpinionKind.OLD_UNIT, "Phòng Hành chính – Tổ chức", 12), (OpinionKind.OLD_UNIT, "UBND huyện Gò Sỏi", None)
    return {
        number: Opinion(number, about[person.id], kind, of, whom, at, "NĐ 90/2020, Điều 20 khoản 1", due)
        for number, (person, (kind, of, whom)) in enumerate(zip((_HAI, _LOC), moved, strict=True), 1)
    }
