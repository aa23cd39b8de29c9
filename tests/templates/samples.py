"""Filled-in forms to print: fictional people of a fictional office, with answers as the chat stores them."""

import datetime as dt
from dataclasses import replace
from typing import Any

from rules.forms.answers_stamp import answers_stamp
from rules.forms.form import QuestionKind
from rules.judging.filing import Filing
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Decision, Json, Outcome
from rules.nouns.values import Subject
from rules.reading.load import load

MORNING = dt.datetime(2020, 12, 2, 8, 5, tzinfo=dt.timezone(dt.timedelta(hours=7)))
PLAIN = Person(
    id=7,
    name="Lê Thị Thử",
    position="Chuyên viên",
    unit_id=3,
    unit="Phòng Tổng hợp",
    office="Văn phòng UBND tỉnh Sông Trà",
    office_parent="Ủy ban nhân dân tỉnh Sông Trà",
    subject=Subject.OFFICIAL,
)
HEAD = replace(PLAIN, name="Trần Văn Mẫu", position="Trưởng phòng", leader=True, head=True)
TASKS = (
    ("Tham mưu 12 báo cáo tháng về cải cách hành chính", 100, True),
    ("Xây dựng kế hoạch tuyên truyền năm 2020", 100, False),
    ("Rà soát 46 thủ tục hành chính thuộc thẩm quyền của tỉnh", 80, False),
)


def answers(form_name: str, person: Person, tasks: Any = TASKS, **changes: Json) -> dict[str, Answer]:
    """Ordinary answers to every question of the form; `changes` gives other values by key."""
    form = load("decree-90-2020").forms[form_name]
    plain: dict[str, Answer] = {}
    for _, _, question in form.walk():
        if question.kind is QuestionKind.CHOICE:
            plain[question.key] = Answer(question.options[0].value)
        elif question.kind is QuestionKind.NUMBER:
            plain[question.key] = Answer(question.options[0].value if question.options else question.maximum)
        elif question.kind is QuestionKind.RATING:
            plain[question.key] = Answer("good")
        elif question.kind is QuestionKind.TEXT:
            plain[question.key] = Answer(f"Đã viết ở câu {question.key}.")
    plain["tasks"] = Answer({"items": [_task(*task) for task in tasks], "closed": True})
    plain["targets"] = Answer({"items": [_target(name) for name in ("Chỉ tiêu một", "Chỉ tiêu hai")], "closed": True})
    plain["subunits"] = Answer({"items": [], "closed": True})
    return {**plain, **{key: Answer(value) for key, value in changes.items()}}


def filing(
    form_name: str = "mau-02", person: Person = PLAIN, given: dict[str, Answer] | None = None, **more: Any
) -> Filing:
    """A submitted filing of the form; `more` changes its other fields."""
    form = load("decree-90-2020").forms[form_name]
    given = answers(form_name, person) if given is None else given
    plain = {"version": 1, "submitted_on": "2020-12-01"}
    return Filing(form, person, 2020, given, answers_stamp(form, given), **{**plain, **more})


def approval(comment: str = "Đồng chí làm việc tận tụy.", position: str = "Trưởng phòng Tổng hợp") -> Decision:
    """An agreement on the morning of 2 December 2020."""
    return Decision(1, Outcome.APPROVED, 2, "Trần Văn Mẫu", position, MORNING, comment)


def _task(name: str, done: int, exceeded: bool) -> dict[str, Json]:  # noqa: FBT001 - as TASKS has it
    kept: dict[str, Json] = {"name": name, "done_pct": done, "on_time": True, "quality": True}
    return {**kept, "efficiency": "high", "exceeded": exceeded}


def _target(name: str) -> dict[str, Json]:
    return {"name": name, "done": True, "on_time": True, "exceeded": False}
