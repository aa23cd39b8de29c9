"""Reminders go to who owes, say how many days are left and lead straight on."""

import datetime as dt
from dataclasses import replace

import pytest

from dialogs.buttons import Button
from dialogs.reminders import desk_reminder, head_reminder, person_reminder
from rules.reviews import Answer, Outcome, ReviewStatus
from tests.dialogs.small_office import BOOKS, TAM, decided, draft, review

DUE = dt.date(2020, 12, 4)
DAY = dt.date(2020, 12, 1)
FRESH = review(status=ReviewStatus.DRAFTING)
BEGUN = replace(FRESH, answers={"attitude": Answer("good")})
RETURNED = review(draft(), status=ReviewStatus.RETURNED, decisions=(decided(1, Outcome.RETURNED),))
WAITING = review(draft())
APPROVED = review(draft(), status=ReviewStatus.APPROVED, decisions=(decided(1, Outcome.APPROVED),))


@pytest.mark.parametrize(
    ("of", "stage", "left"),
    [(FRESH, "not_started", 4), (BEGUN, "started", 3), (RETURNED, "returned", 0)],
    ids=["fresh", "begun", "returned"],
)
def test_the_person_is_told_what_is_still_to_do(of: object, stage: str, left: int) -> None:
    reply = person_reminder(BOOKS, of, DUE, DAY)
    assert (reply.values["stage"], reply.values["left"]) == (stage, left)


def test_the_button_goes_straight_to_the_next_question() -> None:
    assert person_reminder(BOOKS, BEGUN, DUE, DAY).keyboard[0][0].button == Button("next", 100)


@pytest.mark.parametrize("done", [WAITING, APPROVED], ids=["waiting", "approved"])
def test_who_has_sent_is_left_in_peace(done: object) -> None:
    assert person_reminder(BOOKS, done, DUE, DAY) is None


@pytest.mark.parametrize(("today", "days"), [(dt.date(2020, 12, 1), 3), (DUE, 0), (dt.date(2020, 12, 6), -2)], ids=str)
def test_days_count_down_to_the_last_day_and_past_it(today: dt.date, days: int) -> None:
    assert person_reminder(BOOKS, FRESH, DUE, today).values["days"] == days


def test_a_head_gets_one_digest_with_the_names() -> None:
    other = review(draft(day=2), person=TAM, review_id=101)
    reply = head_reminder((other, WAITING), DUE, DAY)
    assert (reply.values["count"], reply.values["names"]) == (2, ["Nguyễn Thị Lan", "Phạm Minh Tâm"])
    assert reply.keyboard[0][0].button == Button("head_list")


def test_a_head_for_whom_nothing_waits_gets_none() -> None:
    assert head_reminder((), DUE, DAY) is None


def test_many_names_are_cut_and_counted() -> None:
    reply = head_reminder(tuple(review(draft(), review_id=n) for n in range(1, 12)), DUE, DAY)
    assert (len(reply.values["names"]), reply.values["more"]) == (8, 3)


def test_the_desk_sees_how_the_campaign_stands() -> None:
    reply = desk_reminder((FRESH, BEGUN, RETURNED, WAITING, APPROVED), DUE, DAY, "Tổng hợp kết quả")
    counted = ("total", "approved", "not_started", "started", "returned", "waiting")
    assert [reply.values[name] for name in counted] == [5, 1, 1, 1, 1, 1]
    assert reply.values["names"] == ["Nguyễn Thị Lan"] * 3


def test_the_desk_is_not_reminded_of_a_finished_campaign() -> None:
    assert desk_reminder((APPROVED, APPROVED), DUE, DAY) is None
