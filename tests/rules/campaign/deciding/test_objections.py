"""What stands against a decision: every kind of it at its boundary, with the clauses of shipped rulebooks."""

import datetime as dt
from dataclasses import replace

import pytest

from rules.book.quota import Rated
from rules.campaign.deciding import quotas
from rules.campaign.deciding.judgement import judgements
from rules.campaign.deciding.objections import Against, Context, OtherPost, objections
from rules.campaign.deciding.truth import answers_sent, elsewhere
from rules.judging.elsewhere import Contradiction, Elsewhere, ReviewsAround
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Campaign, Draft, Review, ReviewStatus
from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.values import Rating, Subject
from rules.reading.load import load
from tests.templates.samples import PLAIN, answers

DECREE = load("decree-90-2020", 2020)
DECREE_2024 = load("decree-90-2020", 2024)
NEW_DECREE = load("decree-335-2025", 2026)
DISTRICT = load("son-duong-2020", 2020)
EMPLOYEES = load("decree-233-2026", 2026)
PARTY = load("party-2019", 2020)

EXCELLENT, GOOD, COMPLETED, FAILED = Rating
DONE = (("Soạn báo cáo", 100, True), ("Lưu trữ", 100, True))
LATE = (("Soạn báo cáo", 100, False), ("Lưu trữ", 80, False))


def review(
    person: Person = PLAIN,
    book: str = "decree-90-2020",
    year: int = 2020,
    tasks: tuple[tuple[str, int, bool], ...] = DONE,
    **more: object,
) -> Review:
    """An approved review of Mẫu 02 that the rules suggest `excellent` for; `more` changes single answers."""
    clean = {
        "months_worked": 12,
        "leave_months": 0,
        "maternity_leave": False,
        "disciplined": False,
        "degradation": False,
    }
    given = answers("mau-02", person, tasks, **{**clean, **more})
    draft = Draft(1, "f" * 64, given, EXCELLENT, EXCELLENT, dt.datetime(year, 12, 1, tzinfo=dt.UTC))
    campaign = Campaign(1, book, year, person.office)
    return Review(1, person, campaign, "mau-02", ReviewStatus.APPROVED, given, 2, drafts=(draft,), decider_id=3)


def served(person: Person = PLAIN, **service: object) -> Person:
    return replace(person, service=Service(**service))


def away(since: dt.date, until: dt.date, kind: LeaveKind = LeaveKind.SICK) -> Service:
    return Service(joined=dt.date(2015, 1, 1), leaves=(Leave(kind, since, until),))


def kinds(found):
    return [one.kind for one in found]


def against(of, rating, book=DECREE, **context):
    return objections(book, of, {"self_rating": rating}, Context(**context))


# ── the suggestion ─────────────────────────────────────────────────────────────────────────────


def test_nothing_stands_against_the_suggestion():
    assert against(review(), EXCELLENT) == ()


def test_below_the_suggestion_a_reason_is_needed():
    (one,) = against(review(), GOOD)
    assert (one.kind, one.hard, one.cite) == (Against.BELOW_SUGGESTION, False, "")
    assert one.values == {"suggested": EXCELLENT}


def test_above_the_suggestion_a_reason_is_needed():
    modest = review(tasks=(("Soạn báo cáo", 100, False),))
    assert against(modest, GOOD) == ()
    (one,) = against(modest, EXCELLENT)
    assert (one.kind, one.hard) == (Against.ABOVE_SUGGESTION, False)
    assert one.values == {"suggested": GOOD}


def test_another_rating_at_a_second_post_needs_a_reason_and_the_same_does_not():
    # Neither NĐ 90/2020 nor NĐ 335/2025 names the post of whoever holds two: nothing is refused, the authority is told.
    other = (OtherPost("Phó Trưởng ban", "Ban Dân tộc", {"self_rating": GOOD}),)
    (one,) = against(review(), EXCELLENT, other_posts=other)
    assert (one.kind, one.hard, one.cite) == (Against.OTHER_POST, False, "")
    assert one.values == {"rating": GOOD, "position": "Phó Trưởng ban", "unit": "Ban Dân tộc"}
    same = (OtherPost("Phó Trưởng ban", "Ban Dân tộc", {"self_rating": EXCELLENT}),)
    assert against(review(), EXCELLENT, other_posts=same) == ()


def test_in_a_gap_any_of_the_possible_ratings_needs_no_reason():
    gap = review(tasks=LATE)
    assert {rating for rating in Rating if not against(gap, rating)} == {COMPLETED, FAILED}


# ── grounds ────────────────────────────────────────────────────────────────────────────────────


def test_a_ground_of_not_completed_refuses_every_higher_rating():
    disciplined = review(disciplined=True, discipline_in_duty=True)
    for rating in (EXCELLENT, GOOD, COMPLETED):
        (one,) = against(disciplined, rating)
        assert (one.kind, one.hard, one.cite) == (Against.GROUND, True, "NĐ 90/2020, Điều 11 khoản 1")
        assert one.values == {"fact": "discipline_in_duty", "op": "is", "asked": True}
    assert against(disciplined, FAILED) == ()


# ── caps ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("months", "refused"), [(2.9, False), (3, True), (5, True)])
def test_long_leave_caps_at_completed(months, refused):
    found = against(review(leave_months=months), GOOD)
    assert (Against.ABOVE_CAP in kinds(found)) is refused
    if refused:
        (one,) = found
        assert (one.hard, one.cite) == (True, "NĐ 90/2020, Điều 2 khoản 3")
        assert one.values["at_most"] is COMPLETED
        assert one.values["because"] == "thời gian nghỉ không tham gia công tác trong năm từ 03 tháng trở lên"
        assert against(review(leave_months=months), COMPLETED) == ()


def test_the_roster_wins_over_what_the_person_wrote():
    sick = replace(PLAIN, service=away(dt.date(2020, 3, 1), dt.date(2020, 6, 30)))
    of = review(sick, leave_months=0)
    (one,) = against(of, GOOD)
    assert one.kind is Against.ABOVE_CAP
    (found,) = [each for each in contradictions(of) if each.fact == "leave_months"]
    assert (found.said, found.other, found.source) == (0, 4.0, None)


def contradictions(of: Review) -> tuple[Contradiction, ...]:
    return elsewhere(lambda one: DECREE.forms[one.form], of, answers_sent(of), ReviewsAround()).contradictions


def test_what_the_roster_does_not_know_is_as_the_person_wrote():
    assert contradictions(review(leave_months=3)) == ()
    assert contradictions(review(served(joined=dt.date(2015, 1, 1)))) == ()


def test_dates_of_the_roster_settle_nothing_for_a_month():
    sick = replace(PLAIN, service=away(dt.date(2020, 3, 1), dt.date(2020, 6, 30)))
    of = review(sick)
    monthly = replace(of, campaign=replace(of.campaign, period="m10"))
    assert against(monthly, EXCELLENT) == ()


HEAD = replace(PLAIN, position="Trưởng phòng", leader=True, head=True)


def of_head(person: Person = HEAD) -> Review:
    targets = {"items": [{"name": "Chỉ tiêu", "done": True, "on_time": True, "exceeded": True}], "closed": True}
    subunits = {"items": [], "closed": True}
    return review(person, "son-duong-2020", targets=targets, subunits=subunits, unit_rating="good", arrived=False)


@pytest.mark.parametrize("unit", list(Rating))
def test_a_head_is_rated_no_higher_than_the_unit_and_the_plan_leaves_room_with_a_reason(unit):
    of = of_head()
    found = objections(
        DISTRICT, of, {"self_rating": EXCELLENT}, Context(elsewhere=Elsewhere({"unit_rating": unit.value}))
    )
    assert (Against.ABOVE_CAP in kinds(found)) is (unit is not EXCELLENT)
    for one in found:
        if one.kind is Against.ABOVE_CAP:
            assert (one.cite, one.room, one.hard) == ("II.2", "II.2", False)


def test_the_same_cap_of_the_decree_leaves_no_room():
    of = replace(of_head(), campaign=Campaign(1, "decree-90-2020", 2020, PLAIN.office))
    (one,) = against(of, EXCELLENT, elsewhere=Elsewhere({"unit_rating": "good"}))
    assert (one.kind, one.hard, one.unverified) == (Against.ABOVE_CAP, True, True)


# ── not rated ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("months", "rated"), [(5.9, False), (6, True)])
def test_under_six_months_there_is_no_rating(months, rated):
    of = review(months_worked=months)
    if rated:
        assert against(of, EXCELLENT) == ()
        assert kinds(against(of, None)) == [Against.RATED_THOUGH]
    else:
        (one,) = against(of, GOOD)
        assert (one.kind, one.hard, one.cite) == (Against.NOT_RATED, True, "NĐ 90/2020, Điều 2 khoản 3")
        assert against(of, None) == ()


def test_leaving_out_somebody_whom_the_rules_rate_needs_a_reason():
    (one,) = against(review(), None)
    assert (one.kind, one.hard) == (Against.RATED_THOUGH, False)


# ── reviewed ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [ReviewStatus.DRAFTING, ReviewStatus.SUBMITTED, ReviewStatus.RETURNED])
def test_an_unreviewed_person_is_refused_where_the_rulebook_says_so(status):
    of = replace(review(book="son-duong-2020"), status=status)
    found = objections(DISTRICT, of, {"self_rating": EXCELLENT}, Context())
    assert [(one.kind, one.hard, one.cite) for one in found] == [(Against.UNREVIEWED, True, "II.2")]


def test_elsewhere_a_reason_is_needed():
    of = replace(review(), status=ReviewStatus.SUBMITTED)
    assert [(one.kind, one.hard) for one in against(of, EXCELLENT)] == [(Against.UNREVIEWED, False)]


@pytest.mark.parametrize(
    "status", [ReviewStatus.APPROVED, ReviewStatus.DECIDED, ReviewStatus.APPEALED, ReviewStatus.FINAL]
)
def test_who_was_reviewed_is_rated(status):
    assert against(replace(review(), status=status), EXCELLENT) == ()


def test_not_rating_somebody_needs_no_review():
    of = replace(review(months_worked=3), status=ReviewStatus.DRAFTING)
    assert against(of, None) == ()


# ── orders ─────────────────────────────────────────────────────────────────────────────────────


def sent(person: Person, book: str, year: int, form: str) -> Review:
    draft = Draft(1, "e" * 64, {"x": Answer(1)}, GOOD, None, dt.datetime(year, 12, 1, tzinfo=dt.UTC))
    campaign = Campaign(1, book, year, PLAIN.office)
    return Review(2, person, campaign, form, ReviewStatus.APPROVED, {}, 2, drafts=(draft,))


@pytest.mark.parametrize(("below", "refused"), [(0, False), (1, True)])
def test_a_body_comes_after_the_bodies_below(below, refused):
    """KH 16-KH/HU, II.2: “tập thể cấp dưới trước, cấp trên sau”; NĐ 335/2025, Điều 9 khoản 1 speaks of organisations, too."""
    of = sent(replace(PLAIN, subject=Subject.COLLECTIVE), "son-duong-2020", 2020, "mau-01-hd-2019")
    found = objections(DISTRICT, of, {"self_rating": GOOD}, Context(undecided_below=below))
    assert [(one.cite, one.hard, one.values) for one in found if one.kind is Against.LOWER_FIRST] == (
        [("II.2", True, {"count": 1})] if refused else []
    )


def test_no_text_has_a_head_wait_for_the_bodies_below():
    found = objections(DISTRICT, of_head(), {"self_rating": GOOD}, Context(undecided_below=5))
    assert Against.LOWER_FIRST not in kinds(found)


@pytest.mark.parametrize("still_open", [True, False])
def test_employees_come_after_the_unit_they_work_in(still_open):
    """NĐ 233/2026, Điều 15 khoản 1 điểm a: “sau khi thực hiện đánh giá, xếp loại chất lượng đơn vị sự nghiệp công lập”."""
    of = sent(replace(PLAIN, subject=Subject.EMPLOYEE), "decree-233-2026", 2026, "phu-luc-ii-233")
    found = objections(EMPLOYEES, of, {"self_rating": GOOD}, Context(unit_open=still_open))
    assert [one.cite for one in found if one.kind is Against.UNIT_FIRST] == (
        ["NĐ 233/2026, Điều 15 khoản 1 điểm a"] if still_open else []
    )


def test_who_heads_nothing_waits_for_no_body_below():
    of = review(book="son-duong-2020")
    assert objections(DISTRICT, of, {"self_rating": EXCELLENT}, Context(undecided_below=5)) == ()


def test_the_collective_comes_before_its_people_where_the_rulebook_says_so():
    of = review(book="son-duong-2020")
    found = objections(DISTRICT, of, {"self_rating": EXCELLENT}, Context(collective_open=True))
    assert [(one.kind, one.cite, one.hard) for one in found] == [(Against.COLLECTIVE_FIRST, "II.2", True)]
    assert against(review(), EXCELLENT, collective_open=True) == ()


MEMBER = replace(PLAIN, subject=Subject.PARTY_MEMBER, party_member=True)


def of_member() -> Review:
    return Review(
        2,
        MEMBER,
        Campaign(1, "party-2019", 2020, PLAIN.office),
        "mau-02-hd-2019",
        ReviewStatus.APPROVED,
        {},
        2,
        drafts=(Draft(1, "e" * 64, {"x": Answer(1)}, GOOD, None, dt.datetime(2020, 12, 1, tzinfo=dt.UTC)),),
    )


@pytest.mark.parametrize("still_open", [True, False])
def test_the_rating_as_a_civil_servant_comes_before_that_as_a_member(still_open):
    found = objections(PARTY, of_member(), {"self_rating": GOOD}, Context(civil_open=still_open))
    assert [one.cite for one in found if one.kind is Against.CIVIL_FIRST] == (
        ["KH 16-KH/HU ngày 12/11/2020, II.2"] if still_open else []
    )


def test_the_rating_as_a_civil_servant_itself_waits_for_nothing():
    assert against(review(), EXCELLENT, civil_open=True) == ()


# ── quotas ─────────────────────────────────────────────────────────────────────────────────────


def _listed(name: str, number: int, rating: Rating | None, *, is_open: bool = False) -> Rated:
    return Rated(
        name, PLAIN.unit, "", leader=False, rating=rating, review=number, subject=Subject.OFFICIAL, open=is_open
    )


def colleagues(**of: int) -> tuple[Rated, ...]:
    """So many colleagues of each rating; `open`: not decided yet."""
    listed = [rating for rating in Rating for _ in range(of.get(rating.value, 0))]
    decided = [_listed(f"Người {n}", 100 + n, r) for n, r in enumerate(listed)]
    waiting = [_listed(f"Chờ {n}", 500 + n, None, is_open=True) for n in range(of.get("open", 0))]
    return (*decided, *waiting)


def over(book, year, ratings, rating=EXCELLENT):
    found = objections(book, review(book=book.id, year=year), {"self_rating": rating}, Context(rated=ratings))
    return [one for one in found if one.kind is Against.OVER_QUOTA]


@pytest.mark.parametrize(
    ("good", "excellent", "refused"),
    [
        (9, 0, False),  # a fifth of 9 is 1: this is the one
        (9, 1, True),
        (10, 1, False),  # a fifth of 10 is 2
        (4, 0, True),  # a fifth of 4 is 0
        (5, 0, False),
        (5, 1, True),
    ],
)
def test_a_fifth_of_those_rated_good_may_be_excellent(good, excellent, refused):
    found = over(DECREE_2024, 2024, colleagues(good=good, excellent=excellent))
    assert bool(found) is refused


def test_the_decree_of_2023_leaves_room_without_a_figure():
    for one in over(DECREE_2024, 2024, colleagues(good=9, excellent=1)):
        assert one.cite == "NĐ 90/2020, Điều 2 khoản 6 (NĐ 48/2023); con số: QĐ 124-QĐ/TW, Điều 12"
        assert (one.hard, one.room) == (False, "NĐ 90/2020, Điều 2 khoản 6 (NĐ 48/2023)")
        assert one.values["rated"] == 2
        assert one.values["allowed"] == 1


def test_before_the_decree_was_amended_there_is_no_such_share():
    assert over(DECREE, 2020, colleagues(good=1, excellent=9)) == []


def test_the_list_of_another_subject_is_another_list():
    members = tuple(replace(one, subject=Subject.PARTY_MEMBER) for one in colleagues(good=9, excellent=5))
    assert over(DECREE_2024, 2024, (*members, *colleagues(good=5))) == []


def test_what_is_not_decided_may_still_come_into_the_base():
    assert over(DECREE_2024, 2024, colleagues(good=1, open=4)) == []
    assert over(DECREE_2024, 2024, colleagues(good=1, open=3)) != []


def test_a_rating_that_takes_the_base_from_those_who_have_it_is_seen_and_stands_in_nobody_s_way():
    waiting = (_listed(PLAIN.name, 1, None, is_open=True),)
    last = (*colleagues(good=4, excellent=1), *waiting)
    assert over(DECREE_2024, 2024, last, COMPLETED) == []
    judged = judgements(DECREE_2024, review(book=DECREE_2024.id, year=2024))["self_rating"]
    assert [one.over for one in quotas.quota_states(DECREE_2024, judged, last)] == [0, 0]
    after = quotas.with_rating(judged, COMPLETED, last)
    assert [one.over for one in quotas.quota_states(DECREE_2024, judged, after)] == [1, 1]


def test_deciding_anew_counts_the_new_rating_alone():
    mine = _listed(PLAIN.name, 1, EXCELLENT)
    assert over(DECREE_2024, 2024, (*colleagues(good=5), mine)) == []


def test_the_group_is_counted_apart_from_the_office():
    grouped = replace(review(book=DECREE_2024.id, year=2024), person=replace(PLAIN, group="chuyên viên"))
    others = tuple(replace(one, group="văn thư") for one in colleagues(good=9))
    mates = tuple(replace(one, review=one.review + 1000, group="chuyên viên") for one in colleagues(good=4))
    found = objections(DECREE_2024, grouped, {"self_rating": EXCELLENT}, Context(rated=(*others, *mates)))
    assert [one.values["group"] for one in found if one.kind is Against.OVER_QUOTA] == ["chuyên viên"]


@pytest.mark.parametrize(
    ("good", "excellent", "hard"),
    [
        (8, 1, False),  # 2 of 8: a fifth is 1, a quarter is 2
        (8, 2, True),  # 3 of 8: over the quarter too
        (4, 0, False),  # 1 of 4 is a quarter
        (3, 0, True),
    ],
)
def test_up_to_a_quarter_the_authority_may_grant_more_with_a_reason(good, excellent, hard):
    of = replace(review(), campaign=Campaign(1, NEW_DECREE.id, 2026, PLAIN.office), form="mau-02-335")
    judged = judgements(NEW_DECREE, of)["self_rating"]
    found = quotas.over(NEW_DECREE, judged, EXCELLENT, colleagues(good=good, excellent=excellent))
    assert found
    assert all(one.granted is not hard for one in found)
    told = objections(
        NEW_DECREE, of, {"self_rating": EXCELLENT}, Context(rated=colleagues(good=good, excellent=excellent))
    )
    quota = [one for one in told if one.kind is Against.OVER_QUOTA]
    assert {(one.cite, one.hard) for one in quota} == {("NĐ 335/2025, Điều 20 khoản 5", hard)}
