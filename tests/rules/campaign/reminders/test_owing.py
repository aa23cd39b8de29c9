"""Who is told of what on which day: every milestone and role, one level up when it is late, Mondays, clocks, plans."""

import datetime as dt
from dataclasses import replace

import pytest

from rules.book.clauses import Due, Milestone
from rules.campaign.last_days import decision_day, is_late, last_day
from rules.campaign.reminders.owing import owed_today
from rules.campaign.reminders.reminding import CampaignPart, OfficeDay, Posts, What, for_each
from rules.nouns.office import OfficeSettings
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Extension, ReviewStatus
from rules.nouns.rulings import Improvement, Opinion, OpinionKind, Petition, PetitionOutcome, StandIn
from rules.nouns.service import Service
from rules.nouns.standings import ReviewLine
from rules.nouns.values import OwedBy, Rating, Subject

#: Friday; the last day of everything.
DUE = dt.date(2020, 12, 4)
MONDAY, TUESDAY, WEDNESDAY, FRIDAY = (dt.date(2020, 12, day) for day in (7, 8, 9, 11))
THREE_BEFORE = dt.date(2020, 12, 1)

CHIEF, HEAD, LAN, TAM, DESK, OTHER = range(1, 7)
ROOM, HALL = 10, 20
POSTS = Posts(
    {ROOM: "Phòng Tổng hợp", HALL: "Phòng Quản trị"}, {ROOM: HEAD, HALL: OTHER}, {ROOM: CHIEF, HALL: CHIEF}, (DESK,)
)


def campaign(rulebook: str = "book", **days: dt.date) -> Campaign:
    return Campaign(1, rulebook, 2020, "Văn phòng", days or {"m": DUE})


def review(person: int, status: ReviewStatus = ReviewStatus.DRAFTING, number: int = 0, **more) -> ReviewLine:
    who = Person(
        person, f"Người {person}", "Chuyên viên", more.pop("unit", ROOM), "Phòng", "Văn phòng", Subject.OFFICIAL
    )
    values = {"approver_id": HEAD, "approver_role": "unit_head", "decider_id": CHIEF, "started": False} | more
    return ReviewLine(number or 100 + person, who, campaign(), "mau-02", status, **values)


def day(today: dt.date, *standings: ReviewLine, by: OwedBy = OwedBy.PERSON, posts: Posts = POSTS, **more) -> OfficeDay:
    milestone = Milestone("m", "Mốc", by, Due(), "I.1")
    return OfficeDay(
        today,
        more.pop("settings", OfficeSettings()),
        posts,
        (CampaignPart((milestone,), campaign(), standings),),
        **more,
    )


def told(of: OfficeDay) -> dict[int, list[What]]:
    return {person: [one.what for one in owed] for person, owed in for_each(owed_today(of), of).items()}


NO_DIGEST = OfficeSettings(digest=False)
SUBMITTED, APPROVED, RETURNED = ReviewStatus.SUBMITTED, ReviewStatus.APPROVED, ReviewStatus.RETURNED


# ── every role ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (OwedBy.PERSON, {LAN: [What.OWN]}),
        (OwedBy.HEAD, {HEAD: [What.WAITING, What.TASK]}),
        (OwedBy.AUTHORITY, {CHIEF: [What.DECIDE, What.TASK]}),
        (OwedBy.DESK, {DESK: [What.STANDS]}),
    ],
)
def test_each_role_is_told_of_what_it_owes(by, expected):
    assert told(day(THREE_BEFORE, review(LAN), review(TAM, SUBMITTED), review(OTHER, APPROVED), by=by)) == expected


@pytest.mark.parametrize("by", [OwedBy.PERSON, OwedBy.HEAD, OwedBy.AUTHORITY])
def test_nobody_is_told_of_what_is_done(by):
    assert told(day(THREE_BEFORE, review(LAN, ReviewStatus.FINAL), review(TAM, ReviewStatus.DECIDED), by=by)) == {}


def test_whoever_answers_for_a_milestone_is_told_though_no_review_waits_for_them():
    (task,) = owed_today(day(THREE_BEFORE, review(LAN), by=OwedBy.HEAD))
    assert (task.person, task.what, task.title, task.due) == (HEAD, What.TASK, "Mốc", DUE)
    assert told(day(THREE_BEFORE, review(LAN), by=OwedBy.AUTHORITY)) == {CHIEF: [What.TASK]}
    assert told(day(THREE_BEFORE, review(LAN, ReviewStatus.FINAL), by=OwedBy.DESK)) == {DESK: [What.TASK]}
    assert told(day(MONDAY, review(LAN), by=OwedBy.HEAD, settings=NO_DIGEST)) == {}


@pytest.mark.parametrize("by", OwedBy)
def test_on_any_other_day_nobody_is_told(by):
    assert told(day(dt.date(2020, 12, 2), review(LAN), review(TAM, SUBMITTED), review(OTHER, APPROVED), by=by)) == {}


def test_what_no_one_of_the_office_looks_at_or_decides_is_the_desks_to_see_to():
    outside = {"approver_id": None, "decider_id": None}
    assert told(day(THREE_BEFORE, review(LAN, SUBMITTED, **outside), by=OwedBy.HEAD)) == {HEAD: [What.TASK]}
    for status in (SUBMITTED, APPROVED):
        assert told(day(THREE_BEFORE, review(LAN, status, **outside), by=OwedBy.AUTHORITY)) == {DESK: [What.DECIDE]}


@pytest.mark.parametrize(
    ("by", "expected"),
    [(OwedBy.PERSON, {LAN, TAM}), (OwedBy.HEAD, {HEAD}), (OwedBy.AUTHORITY, {CHIEF}), (OwedBy.DESK, {DESK})],
)
def test_of_a_milestone_beside_the_reviews_its_owers_are_told_before_it_and_nobody_after(by, expected):
    part = CampaignPart(
        (Milestone("m", "Hội nghị", by, Due(), "I.1", beside=True),), campaign(), (review(LAN), review(TAM, SUBMITTED))
    )
    assert told(replace(day(THREE_BEFORE), parts=(part,))) == {person: [What.TASK] for person in expected}
    assert told(replace(day(MONDAY), parts=(part,), settings=NO_DIGEST)) == {}


def test_the_same_pile_under_two_last_days_is_told_once_with_the_earlier():
    waiting = review(LAN, SUBMITTED)
    milestones = tuple(Milestone(key, key, OwedBy.HEAD, Due(), "I.1") for key in ("first", "second"))
    dates = campaign(first=DUE, second=DUE + dt.timedelta(days=4))
    of = replace(day(THREE_BEFORE), parts=(CampaignPart(milestones, dates, (waiting,)),))
    (one, *tasks) = for_each(owed_today(of), of)[HEAD]
    assert [task.title for task in tasks] == ["first", "second"]
    assert (one.due, one.reviews) == (DUE, (waiting,))


def test_a_person_with_two_forms_is_told_of_both_and_a_head_first_of_what_others_wait_for():
    both = (review(HEAD, number=1), review(HEAD, number=2), review(LAN, SUBMITTED))
    parts = [
        CampaignPart((Milestone("m", "", by, Due(), ""),), campaign(), both) for by in (OwedBy.PERSON, OwedBy.HEAD)
    ]
    assert told(replace(day(THREE_BEFORE), parts=parts)) == {HEAD: [What.WAITING, What.OWN, What.OWN, What.TASK]}


# ── one level up ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("today", "person"), [(MONDAY, HEAD), (WEDNESDAY, CHIEF), (FRIDAY, DESK)])
def test_what_is_late_goes_one_level_up_on_the_days_the_office_sets(today, person):
    of = day(today, review(LAN), review(TAM, RETURNED), review(OTHER, APPROVED), settings=NO_DIGEST)
    (late,) = for_each(owed_today(of), of)[person]
    assert (late.what, [one.person.id for one in late.reviews]) == (What.LATE, [LAN, TAM])


def test_each_level_hears_once_of_a_milestone():
    days = [DUE + dt.timedelta(days=count) for count in range(1, 30)]
    heard = [person for today in days for person in told(day(today, review(LAN), settings=NO_DIGEST)) if person != LAN]
    assert heard == [HEAD, CHIEF, DESK]


def test_other_days_of_the_office_are_kept():
    settings = OfficeSettings(escalate_after=(2, 4, 6), digest=False)
    assert told(day(MONDAY, review(LAN), settings=settings)) == {LAN: [What.OWN]}
    assert told(day(TUESDAY, review(LAN), settings=settings)) == {LAN: [What.OWN], HEAD: [What.LATE]}


def test_a_draft_that_waits_too_long_goes_to_who_is_above_the_head():
    waiting = {"by": OwedBy.HEAD, "settings": NO_DIGEST}
    assert told(day(MONDAY, review(LAN, SUBMITTED), **waiting)) == {HEAD: [What.WAITING]}
    assert told(day(WEDNESDAY, review(LAN, SUBMITTED), **waiting)) == {HEAD: [What.WAITING], CHIEF: [What.LATE]}


def test_a_decision_that_is_late_goes_to_the_desk():
    late = day(FRIDAY, review(LAN, APPROVED), by=OwedBy.AUTHORITY, settings=NO_DIGEST)
    assert told(late) == {CHIEF: [What.DECIDE], DESK: [What.LATE]}


def test_a_head_does_not_hear_that_they_are_late_themselves():
    assert told(day(MONDAY, review(HEAD), settings=NO_DIGEST)) == {HEAD: [What.OWN]}
    assert told(day(WEDNESDAY, review(HEAD), settings=NO_DIGEST))[CHIEF] == [What.LATE]


# ── another last day ───────────────────────────────────────────────────────────────────────────


def test_who_was_given_another_last_day_is_reminded_and_late_by_that_and_the_others_by_the_plans():
    days = campaign(self_review=DUE)
    of = Milestone("self_review", "Mốc", OwedBy.PERSON, Due(), "I.1")
    given = replace(review(TAM), extension=Extension(WEDNESDAY, "Ốm", "Bộ phận tổ chức"))
    lines = [replace(one, campaign=days) for one in (review(LAN), given)]

    def heard(today: dt.date) -> dict[int, list[tuple[What, dt.date | None]]]:
        day_ = OfficeDay(today, NO_DIGEST, POSTS, (CampaignPart((of,), days, lines),))
        return {
            person: [(one.what, one.due) for one in owed] for person, owed in for_each(owed_today(day_), day_).items()
        }

    before = heard(dt.date(2020, 12, 3))
    assert before == {LAN: [(What.OWN, DUE)]}
    assert heard(MONDAY) == {LAN: [(What.OWN, DUE)], HEAD: [(What.LATE, DUE)]}
    assert heard(TUESDAY) == {LAN: [(What.OWN, DUE)], TAM: [(What.OWN, WEDNESDAY)]}
    assert heard(FRIDAY)[TAM] == [(What.OWN, WEDNESDAY)]
    assert not is_late(given, MONDAY)
    assert is_late(lines[1], FRIDAY)
    assert last_day(replace(lines[1], campaign=campaign(self_review=FRIDAY))) == FRIDAY  # the plan moved past it


def test_no_later_day_than_the_first_on_which_an_authority_decides():
    kinds = (("own", OwedBy.PERSON, False), ("rated", OwedBy.AUTHORITY, False), ("rules", OwedBy.AUTHORITY, True))
    milestones = [Milestone(key, key, by, Due(), "", beside=beside) for key, by, beside in kinds]
    days = campaign(own=MONDAY, rated=FRIDAY, rules=MONDAY)
    assert decision_day(milestones, days) == (FRIDAY, "rated")
    assert decision_day(milestones, campaign(own=MONDAY)) is None


# ── Mondays ────────────────────────────────────────────────────────────────────────────────────


def test_on_monday_heads_and_leaders_in_charge_hear_how_their_units_stand():
    standings = (review(LAN), review(TAM, SUBMITTED), review(HEAD, APPROVED), review(OTHER, unit=HALL))
    of = day(dt.date(2020, 11, 23), *standings)
    found = for_each(owed_today(of), of)
    assert {person: [one.what for one in owed] for person, owed in found.items()} == {
        HEAD: [What.DIGEST],
        CHIEF: [What.DIGEST],
        OTHER: [What.DIGEST],
    }
    (room,) = found[HEAD][0].tallies
    assert (room.unit, room.total, room.handed_in, room.waiting) == ("Phòng Tổng hợp", 3, 2, 1)
    assert len(found[CHIEF][0].tallies) == 2


def test_a_unit_that_is_done_is_not_summed_up_and_an_office_may_do_without():
    monday = dt.date(2020, 11, 23)
    assert told(day(monday, review(LAN, APPROVED))) == {}
    assert told(day(monday, review(LAN), settings=NO_DIGEST)) == {}


def test_after_a_holiday_on_monday_the_summary_comes_on_the_next_working_day():
    monday = dt.date(2018, 1, 1)
    assert told(day(monday, review(LAN))) == {}
    assert set(told(day(monday + dt.timedelta(days=1), review(LAN)))) == {HEAD, CHIEF}


# ── who is left in peace, who acts for another ─────────────────────────────────────────────────


def test_who_has_put_reminders_off_is_not_told_and_their_head_is():
    assert told(day(MONDAY, review(LAN, snoozed=True), settings=NO_DIGEST)) == {HEAD: [What.LATE]}


def test_who_has_put_reminders_off_still_hears_what_others_owe_them():
    standings = (review(HEAD, snoozed=True), review(LAN), review(TAM, SUBMITTED))
    assert told(day(MONDAY, *standings, settings=NO_DIGEST))[HEAD] == [What.LATE]


def test_an_office_that_does_not_remind_reminds_nobody():
    assert told(day(MONDAY, review(LAN), settings=OfficeSettings(remind=False, digest=False))) == {}


def test_who_acts_for_an_absent_head_is_told_as_well_but_never_of_their_own_review():
    acting = StandIn(1, HEAD, TAM, DUE - dt.timedelta(days=9), DUE, DESK)
    posts = replace(POSTS, stand_ins=(acting,))
    waiting = (review(LAN, SUBMITTED), review(TAM, SUBMITTED))
    of = day(THREE_BEFORE, *waiting, by=OwedBy.HEAD, posts=posts)
    found = for_each(owed_today(of), of)
    assert [one.person.id for one in found[TAM][0].reviews] == [LAN]
    assert [one.person.id for one in found[HEAD][0].reviews] == [LAN, TAM]
    assert told(day(THREE_BEFORE, review(TAM, SUBMITTED), by=OwedBy.HEAD, posts=posts)) == {
        HEAD: [What.WAITING, What.TASK],
        TAM: [What.TASK],
    }
    after = replace(posts, stand_ins=(replace(acting, until=THREE_BEFORE - dt.timedelta(days=1)),))
    assert set(told(day(THREE_BEFORE, *waiting, by=OwedBy.HEAD, posts=after))) == {HEAD}


# ── petitions, opinions, plans ─────────────────────────────────────────────────────────────────


def petition(due: dt.date | None, **more) -> Petition:
    return Petition(1, 100 + LAN, 1, LAN, "Đề nghị xem xét lại.", dt.datetime(2020, 12, 1, tzinfo=dt.UTC), due, **more)


@pytest.mark.parametrize(("today", "told_of"), [(1, True), (2, False), (3, True), (4, True), (7, True), (5, False)])
def test_a_petition_is_called_to_mind_3_1_and_0_working_days_before_and_each_working_day_after(today, told_of):
    of = day(dt.date(2020, 12, today), review(LAN, ReviewStatus.APPEALED), petitions=(petition(DUE),), by=OwedBy.DESK)
    assert told(replace(of, settings=NO_DIGEST, parts=(replace(of.parts[0], milestones=()),))) == (
        {CHIEF: [What.PETITION]} if told_of else {}
    )


@pytest.mark.parametrize("one", [petition(None), petition(DUE, outcome=PetitionOutcome.KEPT)])
def test_a_petition_without_a_clock_or_with_an_answer_is_not(one):
    assert told(day(DUE, review(LAN, ReviewStatus.APPEALED), petitions=(one,))) == {}


def opinion(asked: int | None, due: dt.date | None) -> Opinion:
    return Opinion(
        1, 100 + LAN, OpinionKind.OLD_UNIT, "Phòng cũ", asked, dt.datetime(2020, 11, 1, tzinfo=dt.UTC), "", due
    )


def test_who_was_asked_for_an_opinion_is_told_and_the_desk_where_a_body_outside_was_asked():
    done = review(LAN, APPROVED)
    assert told(day(THREE_BEFORE, done, opinions=(opinion(OTHER, DUE),))) == {OTHER: [What.OPINION]}
    assert told(day(THREE_BEFORE, done, opinions=(opinion(None, DUE),))) == {DESK: [What.OPINION]}


def test_an_opinion_without_a_last_day_is_called_to_mind_once_a_week():
    asked = {"opinions": (opinion(OTHER, None),)}
    assert told(day(MONDAY, review(LAN, APPROVED), **asked)) == {OTHER: [What.OPINION]}
    assert told(day(TUESDAY, review(LAN, APPROVED), **asked)) == {}


@pytest.mark.parametrize(("today", "told_of"), [(dt.date(2020, 11, 27), True), (DUE, True), (THREE_BEFORE, False)])
def test_a_line_of_a_plan_is_called_to_mind_seven_days_before_and_on_its_day(today, told_of):
    line = Improvement(1, LAN, 2019, "Trả lời công văn đúng hạn", DUE, dt.datetime(2020, 1, 5, tzinfo=dt.UTC))
    assert told(day(today, improvements=(line,))) == ({LAN: [What.PLAN]} if told_of else {})
    assert told(day(today, improvements=(replace(line, done_on=today),))) == {}


def test_on_a_free_day_nobody_is_told_anything():
    assert told(day(dt.date(2020, 12, 5), review(LAN), review(TAM, SUBMITTED), petitions=(petition(DUE),))) == {}


def test_of_the_ratings_nothing_is_needed():
    rated = replace(review(LAN, APPROVED), self_rating=Rating.EXCELLENT, suggested=Rating.GOOD, ruled=Rating.GOOD)
    unrated = review(LAN, APPROVED)
    for by in OwedBy:
        assert told(day(THREE_BEFORE, rated, by=by)) == told(day(THREE_BEFORE, unrated, by=by))


# ── a last day of work ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("today", [dt.date(2020, 12, day) for day in (8, 14, 15)])
def test_what_somebody_has_not_handed_in_is_told_before_their_last_day_and_on_it(today):
    """Of a retiree of 15 December the person, the head and the desk: after that day nobody can hand it in."""
    leaver = review(LAN)
    person = replace(leaver.person, service=Service(left=dt.date(2020, 12, 15)))
    waiting = replace(review(LAN, SUBMITTED, 300), person=person)
    told_of = day(today, replace(leaver, person=person), waiting, settings=NO_DIGEST)
    leaving = [
        (one.person, one.due, [line.review for line in one.reviews])
        for one in owed_today(told_of)
        if one.what is What.LEAVING
    ]
    assert leaving == [(who, dt.date(2020, 12, 15), [100 + LAN]) for who in (LAN, HEAD, DESK)]


@pytest.mark.parametrize("today", [dt.date(2020, 12, 10), dt.date(2020, 12, 16)])
def test_on_other_days_and_when_all_is_handed_in_nothing_is_told_of_it(today):
    person = replace(review(LAN).person, service=Service(left=dt.date(2020, 12, 15)))
    assert not [one for one in owed_today(day(today, replace(review(LAN), person=person))) if one.what is What.LEAVING]
    sent = replace(review(LAN, SUBMITTED), person=person)
    assert not [one for one in owed_today(day(dt.date(2020, 12, 15), sent)) if one.what is What.LEAVING]
