"""An office whose head decides two kinds of forms at once: two civil servants' and one public employee's wait for Lĩnh."""

import datetime as dt
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from rules.book.rulebook import Rulebook
from rules.forms.answers_stamp import answers_stamp
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Draft, Review, ReviewStatus
from rules.nouns.values import Rating, Subject
from tests.templates.samples import answers

_OFFICE, _UNIT = "Chi cục Đo lường Đầm Mây", "Phòng Kỹ thuật"
_CAMPAIGN = Campaign(20_200, "decree-90-2020", 2024, _OFFICE)
_AT = dt.datetime(2024, 12, 2, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
_TASKS = (("Kiểm định phương tiện đo theo kế hoạch", 100, False),)

_LINH = Person(231, "Trịnh Xuân Lĩnh", "Chi cục trưởng", 71, _UNIT, _OFFICE, Subject.OFFICIAL, leader=True)
MIXED: Mapping[str, Person] = {
    "Lĩnh": _LINH,
    "Đoan": Person(232, "Bạch Thị Đoan", "Chuyên viên", 71, _UNIT, _OFFICE, Subject.OFFICIAL),
    "Nguyện": Person(233, "Tô Văn Nguyện", "Chuyên viên", 71, _UNIT, _OFFICE, Subject.OFFICIAL),
    "Thược": Person(234, "Vi Thị Thược", "Kiểm định viên", 71, _UNIT, _OFFICE, Subject.EMPLOYEE),
}
_FORMS = {Subject.OFFICIAL: "mau-02", Subject.EMPLOYEE: "mau-03"}


def of_both_kinds(book: Rulebook) -> Iterator[Review]:
    """What waits for Lĩnh: everybody rates themselves as good as is suggested."""
    plain = {
        "months_worked": 12,
        "leave_months": 0,
        "maternity_leave": False,
        "disciplined": False,
        "degradation": False,
    }
    for person in MIXED.values():
        if person is _LINH:
            continue
        form = book.forms[_FORMS[person.subject]]
        given = answers(form.id, person, _TASKS, **plain)
        given = {key: answer for key, answer in given.items() if key in form.questions}
        draft = Draft(1, answers_stamp(form, given), given, Rating.GOOD, Rating.GOOD, _AT)
        yield Review(
            1_700_000_000 + person.id,
            person,
            _CAMPAIGN,
            form.id,
            ReviewStatus.APPROVED,
            given,
            None,
            drafts=(draft,),
            decider_id=_LINH.id,
        )
