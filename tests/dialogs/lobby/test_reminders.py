"""The one message of a day: what it tells, that it leads straight on, and that nobody's rating is in it."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.lobby.reminders import NAMES, THINGS, UNITS, reminder
from dialogs.step import VERBS
from rules.campaign.reminders.reminding import Owed, ReviewTally, What
from rules.nouns.reviews import Review, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating, Subject
from templates.wording import environment, message
from tests.dialogs.small_office import BOOKS, HOA, LAN, TAM, review

DUE = dt.date(2020, 12, 4)
DAY = dt.date(2020, 12, 1)


def standing(person=LAN, status=ReviewStatus.DRAFTING, number: int = 100, *, started: bool = False) -> ReviewLine:
    of: Review = review(person=person, review_id=number)
    ratings = (Rating.EXCELLENT, Rating.GOOD, Rating.COMPLETED)
    return ReviewLine(number, person, of.campaign, of.form, status, 2, "unit_head", 3, started, *ratings)


def owed(what: What, *reviews: ReviewLine, **more) -> Owed:
    return Owed(2, what, more.pop("due", DUE), 1, "self_review", "Cá nhân tự kiểm điểm", reviews, **more)


FRESH, BEGUN = standing(), standing(started=True)
RETURNED, WAITING = standing(status=ReviewStatus.RETURNED), standing(status=ReviewStatus.SUBMITTED)
APPROVED = standing(TAM, ReviewStatus.APPROVED, 101)


@pytest.mark.parametrize(("of", "stage"), [(FRESH, "not_started"), (BEGUN, "started"), (RETURNED, "returned")])
def test_a_person_is_told_what_is_still_to_do_and_led_to_the_next_question(of, stage):
    reply = reminder(BOOKS, [owed(What.OWN, of)], DAY)
    assert (reply.template, reply.values["stage"]) == ("notice/person_reminder", stage)
    assert reply.keyboard[0][0].button == Button("next", 100)


@pytest.mark.parametrize(("today", "days"), [(DAY, 3), (DUE, 0), (dt.date(2020, 12, 6), -2)], ids=str)
def test_days_count_down_to_the_last_day_and_past_it(today, days):
    assert reminder(BOOKS, [owed(What.OWN, FRESH)], today).values["days"] == days


def named(item):
    """The names of a message or one of its things, as they are read."""
    line = environment("vi").get_template("notice/today/_names.j2").module.named
    return [str(line(one)) for one in item["names"]]


def test_a_head_gets_the_names_and_the_list():
    reply = reminder(BOOKS, [owed(What.WAITING, WAITING, standing(TAM, ReviewStatus.SUBMITTED, 101))], DAY)
    assert (reply.values["count"], named(reply.values)) == (
        2,
        ["Nguyễn Thị Lan (Mẫu thử, năm 2020)", "Phạm Minh Tâm (Mẫu thử, năm 2020)"],
    )
    assert reply.keyboard[0][0].button == Button("head_list")


def test_many_names_are_cut_and_counted_and_a_person_is_named_once():
    people = [replace(LAN, id=number) for number in range(1, 12)]
    reviews = [standing(person, ReviewStatus.SUBMITTED, 100 + person.id) for person in people]
    reply = reminder(BOOKS, [owed(What.WAITING, *reviews, reviews[0])], DAY)
    assert (len(reply.values["names"]), reply.values["more"]) == (NAMES, 3)


def test_people_of_several_units_are_named_with_their_units():
    reply = reminder(BOOKS, [owed(What.LATE, FRESH, standing(HOA, number=102))], DAY)
    assert named(reply.values["items"][0]) == [
        "Nguyễn Thị Lan, Phòng Tổng hợp (Mẫu thử, năm 2020)",
        "Lê Thị Hòa, Phòng Quản trị (Mẫu thử, năm 2020)",
    ]


def test_the_desk_sees_how_the_reviews_stand():
    reply = reminder(BOOKS, [owed(What.STANDS, FRESH, BEGUN, RETURNED, WAITING, APPROVED)], DAY)
    counted = ("total", "approved", "not_started", "started", "returned", "waiting")
    assert [reply.values[name] for name in counted] == [5, 1, 1, 1, 1, 1]
    assert named(reply.values) == ["Nguyễn Thị Lan (Mẫu thử, năm 2020)"]


def test_what_is_late_says_what_is_missing_how_many_and_who():
    for of, stage in ((FRESH, "not_handed_in"), (WAITING, "waiting"), (APPROVED, "undecided")):
        (item,) = reminder(BOOKS, [owed(What.LATE, of)], DAY).values["items"]
        assert (item["stage"], item["count"], named(item)) == (stage, 1, [f"{of.person.name} (Mẫu thử, năm 2020)"])


def test_several_things_make_one_message_with_a_button_for_each_kind():
    second = standing(number=105)
    things = [owed(What.WAITING, WAITING), owed(What.OWN, FRESH), owed(What.OWN, second), owed(What.LATE, FRESH)]
    reply = reminder(BOOKS, things, DAY)
    assert (reply.template, [item["what"] for item in reply.values["items"]]) == (
        "notice/today",
        ["waiting", "own", "own", "late"],
    )
    buttons = [Button("head_list"), Button("next", 100), Button("next", 105), Button("put_off")]
    assert [row[0].button for row in reply.keyboard] == buttons


def test_a_task_and_the_standing_of_a_unit_tell_their_period():
    october = replace(FRESH.campaign, year=2026, period="m10")
    task = Owed(1, What.TASK, DAY, 7, "m", "Họp đánh giá", of=october)
    digest = Owed(1, What.DIGEST, tallies=(ReviewTally("Phòng Tổng hợp", 9, 7, 2, 4, 2026, "m09"),))
    told = message("notice/today", reminder(BOOKS, [task, digest], DAY).values, "vi")
    assert "<b>Họp đánh giá, tháng 10/2026</b>" in told
    assert "• Phòng Tổng hợp, tháng 9/2026: 7/9 đã gửi; 2 chờ duyệt" in told


def test_more_things_than_a_message_holds_are_counted():
    reply = reminder(BOOKS, [owed(What.OWN, standing(number=number)) for number in range(1, THINGS + 4)], DAY)
    assert (len(reply.values["items"]), reply.values["more"]) == (THINGS, 3)


def test_who_has_much_of_one_kind_still_hears_of_the_others():
    many = [owed(What.OWN, standing(number=number)) for number in range(1, THINGS + 4)]
    things = reminder(BOOKS, [*many, owed(What.WAITING, standing(number=90))], DAY).values
    assert [one["what"] for one in things["items"]] == ["own"] * (THINGS - 1) + ["waiting"]
    assert things["more"] == 4


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (What.OPINION, "<b>3 ý kiến nhận xét</b> của Chi ủy nơi cư trú chưa có, cần gửi chậm nhất ngày"),
        (What.PETITION, "<b>3 kiến nghị</b> chờ anh/chị trả lời, chậm nhất ngày"),
        (What.NAMING, "<b>3 báo cáo</b>, hạn"),
    ],
)
def test_what_is_the_same_of_several_people_is_one_line_with_their_names(what, said):
    subject = Subject.COLLECTIVE if what is What.NAMING else LAN.subject
    people = [replace(LAN, id=number, name=f"Tên {number}", subject=subject) for number in range(1, 4)]
    text = "Chi ủy nơi cư trú"
    every = [owed(what, standing(one, number=100 + one.id), text=text) for one in people]
    later = owed(what, standing(replace(TAM, subject=subject), number=110), text=text, due=DUE + dt.timedelta(days=3))
    values = reminder(BOOKS, [*every, later], DAY).values
    assert (len(values["items"]), values["more"]) == (2, 0)
    told = message("notice/today", values, "vi")
    assert told.count(said) == 1
    assert [told.count(one.name) for one in people] == [1, 1, 1]
    assert "Phạm Minh Tâm" in told


def test_bodies_beyond_a_message_are_counted_as_reports():
    bodies = [replace(LAN, id=number, name=f"Tập thể {number}", subject=Subject.COLLECTIVE) for number in range(1, 11)]
    owing = [owed(What.NAMING, standing(one, number=100 + one.id)) for one in bodies]
    told = message("notice/today", reminder(BOOKS, owing, DAY).values, "vi")
    assert "• Tập thể 8\n… và 2 báo cáo nữa." in told
    assert "người nữa" not in told


def test_parts_of_one_report_are_one_line_and_opinions_of_others_are_not():
    parts = [owed(What.PART, FRESH, text=str(number)) for number in range(8)]
    opinions = [owed(What.OPINION, FRESH, text=body) for body in ("Chi bộ Một", "Chi bộ Hai")]
    told = message("notice/today", reminder(BOOKS, [*opinions, *parts], DAY).values, "vi")
    assert "Hôm nay anh/chị có 3 việc:" in told
    assert told.count("8 phần của anh/chị trong báo cáo của") == 1
    assert all(f"của {body} về" in told for body in ("Chi bộ Một", "Chi bộ Hai"))


def test_a_summary_of_many_units_is_cut_and_counted():
    tallies = tuple(ReviewTally(f"Phòng {number}", 9, 7, 2, 4) for number in range(UNITS + 5))
    (item,) = reminder(BOOKS, [owed(What.DIGEST, due=None, tallies=tallies)], DAY).values["items"]
    assert (len(item["units"]), item["more"]) == (UNITS, 5)
    assert item["units"][0] == {"unit": "Phòng 0", "year": 0, "period": "", "total": 9, "handed_in": 7, "waiting": 2}


def test_every_button_leads_somewhere():
    things = [owed(what, APPROVED, text="Phòng cũ") for what in What if what is not What.DIGEST]
    some = (things[:THINGS], things[THINGS:])
    verbs = {key.button.verb for each in some for row in reminder(BOOKS, each, DAY).keyboard for key in row}
    assert verbs == {
        "dossier_home",
        "round_home",
        "dossier_of",
        "plan_list",
        "head_results",
        "petition_list",
        "head_list",
        "decide_list",
        "opinion_list",
        "next",
        "put_off",
        "desk_home",
        "report_show",
        "data_desk",
        "upward_home",
    }
    assert len(things) > THINGS, "the least urgent has no button among so many"
    plan = [owed(What.PLAN, APPROVED, text="Phòng cũ")]
    assert "plan_list" in {key.button.verb for row in reminder(BOOKS, plan, DAY).keyboard for key in row}
    assert verbs <= {*VERBS}


@pytest.mark.parametrize("what", What)
def test_nobody_is_told_anothers_rating_and_it_is_plain_json(what):
    reply = reminder(
        BOOKS, [owed(what, APPROVED, WAITING, tallies=(ReviewTally("Phòng", 9, 7, 2, 4),), text="Phòng cũ")], DAY
    )
    kept = json.dumps(reply.values, ensure_ascii=False)
    assert not any(rating.value in kept for rating in Rating)
