"""A small office for tests of the approver's side: three people, a short form, three conditions."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.state import State
from rules.book.clauses import Condition, FormRule, RatingRules
from rules.book.profile import make_ready
from rules.book.rulebook import Issued, Rulebook, RulebookHead
from rules.forms.answers_stamp import answers_stamp
from rules.forms.form import Field, FilledBy, Form, Item, Option, PersonLine, Question, QuestionKind, Section, Yield
from rules.nouns.conditions import Operator, Test, When
from rules.nouns.people import Person
from rules.nouns.periods import NAMES, period
from rules.nouns.reviews import Answer, Answers, Campaign, Decision, Draft, Json, Outcome, Review, ReviewStatus
from rules.nouns.values import Rating, Subject

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2020, 12, 1, 9, 30, tzinfo=ZONE)

OFFICE, UNIT = "Văn phòng Sông Trăng", "Phòng Tổng hợp"
LAN = Person(1, "Nguyễn Thị Lan", "Chuyên viên", 10, UNIT, OFFICE, Subject.OFFICIAL)
MINH = Person(2, "Trần Văn Minh", "Trưởng phòng", 10, UNIT, OFFICE, Subject.OFFICIAL, leader=True, head=True)
HOA = Person(3, "Lê Thị Hòa", "Trưởng phòng", 11, "Phòng Quản trị", OFFICE, Subject.OFFICIAL, leader=True, head=True)
TAM = Person(4, "Phạm Minh Tâm", "Chuyên viên", 10, UNIT, OFFICE, Subject.OFFICIAL)

_SCALE = (Option("good", "Thực hiện tốt"), Option("met", "Đáp ứng"), Option("unmet", "Chưa đáp ứng"))
_RATINGS = (
    Option("excellent", "Hoàn thành xuất sắc nhiệm vụ"),
    Option("good", "Hoàn thành tốt nhiệm vụ"),
    Option("completed", "Hoàn thành nhiệm vụ"),
    Option("not_completed", "Không hoàn thành nhiệm vụ"),
)
_QUESTIONS = {
    "attitude": Question(
        "attitude",
        QuestionKind.CHOICE,
        "Chấp hành chủ trương",
        options=_SCALE,
        yields=(Yield("general_criteria", "worst"),),
    ),
    "tasks": Question(
        "tasks",
        QuestionKind.ITEMS,
        "Nhiệm vụ trong năm",
        item_name="Nhiệm vụ",
        fields=(
            Field("name", QuestionKind.TEXT, "Tên nhiệm vụ?", "Nhiệm vụ"),
            Field("done", QuestionKind.NUMBER, "Hoàn thành bao nhiêu?", "Hoàn thành", minimum=0, maximum=100, unit="%"),
        ),
    ),
    "strengths": Question("strengths", QuestionKind.TEXT, "Ưu điểm", required=False),
    "self": Question("self", QuestionKind.RATING, "Tự xếp loại", options=_RATINGS),
}
FORM = Form(
    "mau-thu",
    "Mẫu thử",
    "00/2020/TH",
    "1",
    "PHIẾU ĐÁNH GIÁ THỬ",
    "administrative",
    (PersonLine("Họ và tên", "name"),),
    (
        Section(
            "i",
            "KẾT QUẢ TỰ ĐÁNH GIÁ",
            "I",
            items=(
                Item("i1", "1", "Chính trị tư tưởng", questions=(_QUESTIONS["attitude"],)),
                Item("i5", "5", "Kết quả nhiệm vụ", questions=(_QUESTIONS["tasks"],)),
            ),
        ),
        Section(
            "ii",
            "TỰ XẾP LOẠI",
            "II",
            items=(
                Item("ii1", "1", "Ưu điểm", questions=(_QUESTIONS["strengths"],)),
                Item("ii2", "2", "Mức tự xếp loại", questions=(_QUESTIONS["self"],)),
            ),
        ),
        Section("iii", "Ý KIẾN NHẬN XÉT", "III", filled_by=FilledBy.UNIT_HEAD),
    ),
    minutes=10,
    questions=_QUESTIONS,
)


def _kept(fact: str, op: Operator, value: str) -> Condition:
    return Condition(Test(fact, op, value), "Điều thử")


_RULES = [
    RatingRules(
        Subject.OFFICIAL,
        leader,
        {
            Rating.EXCELLENT: (
                _kept("general_criteria", Operator.AT_LEAST, "good"),
                _kept("tasks_efficiency", Operator.IS, "high"),
            ),
            Rating.GOOD: (_kept("general_criteria", Operator.AT_LEAST, "met"),),
            Rating.COMPLETED: (_kept("general_criteria", Operator.AT_LEAST, "met"),),
        },
    )
    for leader in (False, True)
]
BOOK = Rulebook(
    RulebookHead("thu-2020", "Quy định thử", dt.date(2020, 1, 1), None),
    Issued("00", dt.date(2020, 1, 1), "Cơ quan thử"),
    choose_form=(
        FormRule(
            "mau-thu",
            When((Test("subject", Operator.IS, "official"),)),
            "Điều thử 1",
            "Công chức dùng mẫu này",
            note="Chỉ để thử",
        ),
    ),
    forms={FORM.id: FORM},
    profiles={rules.kind: make_ready(rules, (), ()) for rules in _RULES},
)
BOOKS: Books = {(BOOK.id, period(2020, name).as_of): BOOK for name in NAMES}
CAMPAIGN = Campaign(1, BOOK.id, 2020, OFFICE, {"self_review": dt.date(2020, 12, 4)})

ANSWERS: Answers = {
    "attitude": Answer("good"),
    "tasks": Answer({"items": [{"name": "Soạn báo cáo", "done": 100}], "closed": True}),
    "strengths": Answer("Chủ động tham mưu"),
    "self": Answer("excellent", "Có sáng kiến được công nhận"),
}


def draft(version: int = 1, answers: Answers = ANSWERS, day: int = 1) -> Draft:
    """A submitted version with the self-rating `excellent` and the suggestion `good`."""
    at = dt.datetime(2020, 12, day, 8, 0, tzinfo=ZONE)
    return Draft(version, answers_stamp(FORM, answers), answers, Rating.EXCELLENT, Rating.GOOD, at)


def review(
    *drafts: Draft,
    person: Person = LAN,
    status: ReviewStatus = ReviewStatus.SUBMITTED,
    decisions: tuple[Decision, ...] = (),
    review_id: int = 100,
    approver: int | None = MINH.id,
) -> Review:
    """A review of LAN that MINH decides, with these drafts."""
    answers = drafts[-1].answers if drafts else {}
    return Review(review_id, person, CAMPAIGN, FORM.id, status, answers, approver, drafts=drafts, decisions=decisions)


def decided(version: int, outcome: Outcome, by: Person = MINH, comment: str = "") -> Decision:
    """A decision of 1 December, 9:00."""
    at = dt.datetime(2020, 12, 1, 9, 0, tzinfo=ZONE)
    return Decision(version, outcome, by.id, by.name, by.position, at, comment)


def head_sees(about: Review | None, *waiting: Review, focus: Mapping[str, Json] | None = None) -> State:
    """The state of MINH's conversation, with this review in `about`."""
    return State(MINH, "vi", NOW, about=about, waiting=waiting, focus=focus)


def pressed(verb: str, drawn_from: Review, *more: str) -> Button:
    """A button about the newest draft of that review."""
    newest = drawn_from.draft
    assert newest is not None
    return Button(verb, drawn_from.id, (str(newest.version), newest.stamp[:12], *more))


def with_comment(of: Review, comment: str) -> Review:
    """The review with the approver's comment."""
    return replace(of, comment=comment)
