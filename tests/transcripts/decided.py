"""Fictional people whose reviews are decided when a transcript begins, and those who decide and run the desk."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Draft, Review, ReviewStatus
from rules.nouns.rulings import Acknowledgement, Response, Ruling
from rules.nouns.service import Service
from rules.nouns.values import Rating, Subject
from tests.transcripts.other_offices import Bound

_OFFICE = "Văn phòng UBND tỉnh Sông Trăng"
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_TWICE = Service(ratings={2019: Rating.NOT_COMPLETED})

LAM = Person(113, "Vũ Đình Lâm", "Chánh Văn phòng", 9, "Lãnh đạo Văn phòng", _OFFICE, Subject.OFFICIAL, head=True)
NGAN = Person(
    114, "Lương Kim Ngân", "Chuyên viên", 1, "Phòng Hành chính – Tổ chức", _OFFICE, Subject.OFFICIAL, desk=True
)
_HANH = Person(111, "Dương Mỹ Hạnh", "Chuyên viên", 3, "Phòng Tổng hợp", _OFFICE, Subject.OFFICIAL)
_SON = Person(112, "Tống Hải Sơn", "Chuyên viên", 3, "Phòng Tổng hợp", _OFFICE, Subject.OFFICIAL, service=_TWICE)

#: Hạnh: decided once, by Lâm, under Decree 335. Sơn: decided anew by an authority outside; he had taken notice of the
#: first decision.
DECIDED: Mapping[str, Bound] = {
    "Hạnh": Bound(_HANH, "decree-335-2025", 2026, ("mau-02-335",)),
    "Sơn": Bound(_SON, "quang-ngai-office-2020", 2020, ("mau-02",)),
    "Lâm": Bound(LAM, "decree-335-2025", 2026, ()),
    "Ngân": Bound(NGAN, "decree-335-2025", 2026, ()),
}

_PLANS = "Có hai báo cáo gửi chậm; từ nay gửi trước hạn hai ngày\n- Học lớp soạn thảo văn bản trong quý II"


def decided(review: Review) -> Review:
    """The review as it is after the decision; of everybody else as it was."""
    if review.person == _HANH:
        return _of_hanh(review)
    return _of_son(review) if review.person == _SON else review


def _of_hanh(review: Review) -> Review:
    ruling = Ruling(
        number=1,
        version=1,
        ratings={"self_rating": Rating.COMPLETED},
        by=LAM.id,
        by_name=LAM.name,
        by_position=LAM.position,
        at=_at(2026, 12, 18),
        measures="Bồi dưỡng thêm về soạn thảo văn bản.",
    )
    return replace(_sent(review, 2026, Rating.GOOD), decider_id=LAM.id, rulings=(ruling,))


def _of_son(review: Review) -> Review:
    first = Ruling(
        number=1,
        version=1,
        ratings={"self_rating": Rating.COMPLETED},
        by=NGAN.id,
        by_name=NGAN.name,
        by_position=NGAN.position,
        at=_at(2020, 12, 7),
        document="15/QĐ-UBND",
        signer="Hà Duy Khánh",
    )
    anew = replace(
        first,
        number=2,
        ratings={"self_rating": Rating.NOT_COMPLETED},
        at=_at(2020, 12, 14),
        remarks="Chấp hành tốt nội quy.",
        reason="Phát hiện ba nhiệm vụ báo cáo xong nhưng chưa làm.",
        document="18/QĐ-UBND",
    )
    said = Acknowledgement(1, Response.ACKNOWLEDGED, _at(2020, 12, 8))
    return replace(_sent(review, 2020, Rating.COMPLETED), rulings=(first, anew), acknowledged=said)


def _sent(review: Review, year: int, rated: Rating) -> Review:
    answers = {"self_rating": Answer(rated.value), "shortcomings": Answer(_PLANS)}
    draft = Draft(1, "0" * 64, answers, rated, rated, _at(year, 12, 1))
    return replace(review, status=ReviewStatus.DECIDED, answers=answers, drafts=(draft,))


def _at(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime(year, month, day, 10, 0, tzinfo=_ZONE)
