"""The fictional people of the transcripts, by the name at the beginning of their lines."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.rulebooks.library import Library
from rules.book.milestones import timetable
from rules.book.rulebook import Rulebook, choose_form
from rules.campaign.months.tracking import last_month
from rules.forms.recalling import offers
from rules.nouns.people import Gender, Person
from rules.nouns.reviews import Campaign, Review, ReviewStatus
from rules.nouns.tracking import LastMonth, LastMonthChoice
from rules.nouns.values import Subject
from tests.transcripts.chain_office import CHAIN, chained
from tests.transcripts.decided import DECIDED, decided
from tests.transcripts.deciding_office import DECIDING, waiting
from tests.transcripts.earlier_years import told_before
from tests.transcripts.mixed_list import MIXED, of_both_kinds
from tests.transcripts.other_offices import OTHERS as ELSEWHERE
from tests.transcripts.other_offices import Bound
from tests.transcripts.two_campaigns import TWO_CAMPAIGNS, of_nha, sent

BOOKS = Library()
BOOK = BOOKS["quang-ngai-office-2020", 2020]
START = dt.datetime(2020, 11, 24, 8, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DUE = dt.date(2020, 12, 4)

_OFFICE = "Văn phòng UBND tỉnh Sông Trăng"
_ROOM, _CENTRE = "Phòng Hành chính – Tổ chức", "Trung tâm Công báo và Tin học"
_CAMPAIGN = Campaign(7, BOOK.id, 2020, _OFFICE, {"self_review": DUE})

OTHERS = {**ELSEWHERE, **DECIDED}
_MEMBER = {"party_member": True}
PEOPLE = {
    "An": Person(11, "Nguyễn Hoài An", "Chuyên viên", 1, _ROOM, _OFFICE, Subject.OFFICIAL, **_MEMBER),
    "Bình": Person(
        12, "Trần Thanh Bình", "Trưởng phòng", 1, _ROOM, _OFFICE, Subject.OFFICIAL, leader=True, head=True, **_MEMBER
    ),
    "Chi": Person(13, "Lê Khánh Chi", "Kỹ sư công nghệ thông tin", 2, _CENTRE, _OFFICE, Subject.EMPLOYEE),
    "Dũng": Person(
        14, "Phạm Anh Dũng", "Giám đốc Trung tâm", 2, _CENTRE, _OFFICE, Subject.EMPLOYEE, leader=True, head=True
    ),
    "Giang": Person(
        15,
        "Võ Hương Giang",
        "Chuyên viên một cửa",
        1,
        _ROOM,
        _OFFICE,
        Subject.OFFICIAL,
        serves_public=True,
        gender=Gender.FEMALE,
    ),
    "Khoa": Person(16, "Đinh Minh Khoa", "Lái xe", 1, _ROOM, _OFFICE, Subject.WORKER),
    **CHAIN,
    **DECIDING,
    **TWO_CAMPAIGNS,
    **MIXED,
    **{name: bound.person for name, bound in OTHERS.items()},
}
#: Person → their approver. An authority outside decides about the two heads.
APPROVERS = {"An": "Bình", "Chi": "Dũng", "Giang": "Bình"}


def reviews() -> dict[int, Review]:
    """Everybody's reviews, not begun yet (Khoa has none), then An's of last year. Ids are long, as in a province."""
    now = [
        _review(name, person)
        for name, person in PEOPLE.items()
        if name not in {"Khoa", *OTHERS, *DECIDING, *TWO_CAMPAIGNS, *MIXED}
    ]
    others = [review for name, bound in OTHERS.items() for review in _others(name, bound)]
    last_year = replace(
        now[0], id=900_000_011, status=ReviewStatus.APPROVED, campaign=replace(_CAMPAIGN, id=6, year=2019, closed=True)
    )
    in_2024 = BOOKS["decree-90-2020", 2024]
    to_decide = (*waiting(in_2024.forms["mau-02"]), *of_both_kinds(in_2024))
    return {
        review.id: chained(decided(review)) for review in (*now, *others, last_year, *to_decide, *sent(), *of_nha())
    }


def _others(name: str, bound: Bound) -> list[Review]:
    """The reviews of somebody in another office, in the order in which they are filled in."""
    book = BOOKS[bound.rulebook, bound.year]
    campaign = Campaign(10_000 + bound.person.id, book.id, bound.year, bound.person.office, timetable(book, bound.year))
    if last_month(book, campaign.span):  # the desk has chosen
        campaign = replace(campaign, last_month=LastMonth(LastMonthChoice.PROVISIONAL))
    whole = _review(name, bound.person, book, campaign, PEOPLE.get(bound.approver))
    return [
        replace(
            whole,
            id=2_000_000_000 + 100 * bound.person.id + number,
            form=form,
            offers=offers(book.forms[form], bound.year, told_before(name, BOOKS)),
        )
        for number, form in enumerate(bound.forms)
    ]


def _review(
    name: str, person: Person, book: Rulebook = BOOK, campaign: Campaign = _CAMPAIGN, by: Person | None = None
) -> Review:
    approver = by or (PEOPLE[APPROVERS[name]] if name in APPROVERS else None)
    return Review(
        id=1_000_000_000 + person.id,
        person=person,
        campaign=campaign,
        form=choose_form(book, person).form.id if name not in OTHERS else "",
        status=ReviewStatus.DRAFTING,
        answers={},
        approver_id=approver.id if approver else None,
        approver_role="unit_head" if approver else "authority",
    )
