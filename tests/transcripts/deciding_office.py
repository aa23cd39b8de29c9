"""An office of its own whose reviews wait for the authority when a transcript begins: Quý decides, Ngọc runs the desk."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from rules.forms.answers_stamp import answers_stamp
from rules.forms.form import Form
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Answers, Campaign, Decision, Draft, Outcome, Review, ReviewStatus
from rules.nouns.rulings import Opinion, OpinionKind
from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.values import Rating, Subject
from tests.templates.samples import answers

_OFFICE = "Văn phòng Ban Quản lý Vịnh Sao"
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_UNITS = {51: "Phòng Tổng hợp", 52: "Phòng Quản trị"}
_CAMPAIGN = Campaign(20_000, "decree-90-2020", 2024, _OFFICE)
_GROUP = "chuyên viên"


def _who(id_: int, name: str, unit: int, **more: object) -> Person:
    position = str(more.pop("position", "Chuyên viên"))
    return Person(id_, name, position, unit, _UNITS[unit], _OFFICE, Subject.OFFICIAL, **{"group": _GROUP, **more})


_SICK = Service(joined=dt.date(2015, 3, 1), leaves=(Leave(LeaveKind.SICK, dt.date(2024, 3, 1), dt.date(2024, 6, 30)),))
_NEW = Service(joined=dt.date(2024, 9, 16))
_TWICE = Service(joined=dt.date(2015, 3, 1), ratings={2023: Rating.NOT_COMPLETED})

QUY = _who(201, "Đỗ Ngọc Quý", 51, position="Chánh Văn phòng", leader=True, group="lãnh đạo")
NGOC = _who(202, "Bùi Anh Ngọc", 52, desk=True)
KIM = _who(203, "Hà Thị Kim", 51, position="Trưởng phòng", leader=True, head=True, group="lãnh đạo")
DECIDING: Mapping[str, Person] = {
    "Quý": QUY,
    "Ngọc": NGOC,
    "Kim": KIM,
    "Ánh": _who(204, "Lý Ngọc Ánh", 51),
    "Bảo": _who(205, "Trương Gia Bảo", 51),
    "Cẩm": _who(206, "Mai Hồng Cẩm", 51),
    "Duy": _who(207, "Cao Khánh Duy", 51),
    "Thảo": _who(208, "Tạ Hải Thảo", 51, service=_SICK),
    "Hiếu": _who(209, "Đặng Trung Hiếu", 52, service=_NEW),
    "Tùng": _who(210, "Lâm Sơn Tùng", 52, group="văn thư"),
    "Thắm": _who(211, "Kiều Hồng Thắm", 52, service=_TWICE),
    "Toàn": _who(212, "Ông Thế Toàn", 52, group="văn thư"),
    "Vy": _who(213, "Nghiêm Tường Vy", 52),
}

#: What each did in the year, how they rate themselves, what the head wrote.
_DONE, _PLAIN = (("Tham mưu 12 báo cáo tháng", 100, True),), (("Tham mưu 12 báo cáo tháng", 100, False),)
_E, _G, _F = Rating.EXCELLENT, Rating.GOOD, Rating.NOT_COMPLETED
_SAID: Mapping[str, tuple[tuple[tuple[str, int, bool], ...], Rating, str]] = {
    "Ánh": (_DONE, _E, "Chủ động, có nhiều sáng kiến."),
    "Bảo": (_PLAIN, _G, "Hoàn thành đúng hạn mọi việc được giao."),
    "Cẩm": (_PLAIN, _G, ""),
    "Duy": (_PLAIN, _E, "Làm tốt; mức xuất sắc cần cân nhắc."),
    "Thảo": (_PLAIN, _G, ""),
    "Hiếu": (_PLAIN, _G, ""),
    "Tùng": (_DONE, _E, ""),
    "Thắm": (_PLAIN, _F, ""),
    "Toàn": (_PLAIN, _G, ""),
}
_DEGRADED = frozenset({"Thắm"})


def waiting(form: Form) -> list[Review]:
    """Their reviews: most agreed by the head, Vy's not begun, Kim's decided by an authority outside."""
    agreed = [_agreed(form, DECIDING[name], *said, degraded=name in _DEGRADED) for name, said in _SAID.items()]
    outside = _agreed(form, KIM, _PLAIN, _G, "", degraded=False)
    return [*agreed, outside, _review(DECIDING["Vy"], ReviewStatus.DRAFTING, {})]


def asked_about(reviews: Mapping[int, Review]) -> dict[int, Opinion]:
    """Opinions of earlier units: Bảo's has given its opinion, Toàn's has not."""
    about = {review.person.id: review.id for review in reviews.values()}
    at = dt.datetime(2024, 11, 25, 9, 0, tzinfo=_ZONE)
    cite = "NĐ 90/2020, Điều 20 khoản 1"
    given = Opinion(
        91,
        about[205],
        OpinionKind.OLD_UNIT,
        "Phòng Kế hoạch",
        205,
        at,
        cite,
        text="Làm việc nghiêm túc.",
        by=1,
        by_name="Hồ Bá Thông",
        given_at=at,
    )
    return {91: given, 92: Opinion(92, about[212], OpinionKind.OLD_UNIT, "UBND xã Bãi Dương", None, at, cite)}


def _agreed(
    form: Form,
    person: Person,
    tasks: tuple[tuple[str, int, bool], ...],
    rating: Rating,
    comment: str,
    *,
    degraded: bool,
) -> Review:
    given = _answers(form, person, tasks, rating, degraded=degraded)
    at = dt.datetime(2024, 12, 2, 8, 0, tzinfo=_ZONE)
    suggested = _F if degraded else (_E if tasks is _DONE else _G)
    draft = Draft(1, answers_stamp(form, given), given, rating, suggested, at)
    decision = Decision(1, Outcome.APPROVED, KIM.id, KIM.name, KIM.position, at.replace(day=3), comment)
    outside = person is KIM
    review = _review(person, ReviewStatus.APPROVED, given, decider=None if outside else QUY.id)
    decisions = () if outside else (decision,)
    return replace(review, drafts=(draft,), decisions=decisions)


def _answers(
    form: Form, person: Person, tasks: tuple[tuple[str, int, bool], ...], rating: Rating, *, degraded: bool
) -> Answers:
    plain = {"months_worked": 12, "leave_months": 0, "maternity_leave": False, "disciplined": False}
    whole = answers("mau-02", person, tasks, degradation=degraded, self_rating=rating.value, **plain)
    reason = Answer(rating.value, "Tôi có sáng kiến được công nhận.") if rating is _E and tasks is _PLAIN else None
    kept = {key: answer for key, answer in whole.items() if key in form.questions}
    return {**kept, "self_rating": reason} if reason else kept


def _review(person: Person, status: ReviewStatus, given: Answers, decider: int | None = QUY.id) -> Review:
    return Review(
        id=1_500_000_000 + person.id,
        person=person,
        campaign=_CAMPAIGN,
        form="mau-02",
        status=status,
        answers=given,
        approver_id=None if decider is None else KIM.id,
        decider_id=decider,
    )
