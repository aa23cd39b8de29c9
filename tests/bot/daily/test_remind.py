"""Reminders over the real store, on both engines: to who owes, once a day, in working hours."""

import asyncio
import datetime as dt

import pytest

from bot.daily.remind import Reminding
from bot.delivery.seam import NoJobs
from bot.demo.office import DEMO_ROSTER
from dialogs.core.events import Pressed
from tests.bot.playing import EMPLOYEE, HEAD, Stage, shelf, staged

#: Somebody who is no member of the party and fills one form only.
OF_ONE_FORM = "AP-009"


@pytest.fixture
async def stage(store) -> Stage:
    stage = await staged(store)
    # Seven days before the plan's last day for the self-reviews, Friday 4 December 2020.
    stage.clock.now = stage.clock.now.replace(month=11, day=27, hour=8, minute=0)
    return stage


@pytest.fixture
def reminding(stage) -> Reminding:
    return fresh(stage)


def fresh(stage: Stage) -> Reminding:
    """As of a process just started."""
    return Reminding(stage.store, shelf(), NoJobs(), stage.clock)


async def reminded(stage: Stage) -> dict[str, str]:
    """Roster key → milestone of every reminder written so far."""
    rows = await stage.rows("delivery", kind="reminder")
    keys = {await stage.person(one.key): one.key for one in DEMO_ROSTER.people}
    return {keys[row["person_id"]]: row["milestone"] for row in rows}


async def test_everybody_who_has_not_handed_in_is_reminded(stage, reminding):
    await (await stage.phone_of(OF_ONE_FORM)).hands_in()
    assert await reminding.remind() == 11
    to = await reminded(stage)
    assert OF_ONE_FORM not in to
    assert to["AP-006"] == "self_review"


async def test_who_has_handed_in_one_of_two_forms_is_reminded_of_the_other(stage, reminding):
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    assert await reminding.remind() == 12
    assert (await reminded(stage))[EMPLOYEE] == "self_review"


async def test_a_head_gets_one_message_for_all_that_waits_and_it_comes_before_their_own(stage, reminding):
    for key in (EMPLOYEE, "AP-006"):
        await (await stage.phone_of(key)).hands_in()
    await reminding.remind()
    assert (await reminded(stage))[HEAD] == "unit_review"
    (row,) = await stage.rows("delivery", kind="reminder", person_id=await stage.person(HEAD))
    async with stage.store.reading() as tx:
        delivery = await tx.deliveries.get(row["id"])
    waiting, own, *_ = delivery.reply["values"]["items"]
    assert (waiting["what"], waiting["count"], own["what"]) == ("waiting", 2, "own")


async def test_a_reminder_leads_straight_to_the_next_question(stage, reminding):
    await reminding.remind()
    phone = await stage.phone_of(EMPLOYEE)
    notice = next(one for one in await stage.house.history(await stage.person(EMPLOYEE)) if one.channel == "notice")
    phone.shown += [key for row in notice.replies[0].keyboard for key in row]
    await phone.does(Pressed(phone.button("next")))
    assert "Câu 1–" in phone.text


async def test_nobody_is_reminded_twice_a_day_not_by_a_second_process_either(stage, reminding):
    assert await reminding.remind() == 12
    stage.clock.forward(minutes=1)
    assert await reminding.remind() == 0
    assert await fresh(stage).remind() == 0


async def test_two_processes_at_once_remind_each_person_once(stage):
    counts = await asyncio.gather(fresh(stage).remind(), fresh(stage).remind())
    assert sum(counts) == 12
    assert await stage.count("delivery", kind="reminder") == 12


async def test_the_next_day_of_reminders_brings_one_more(stage, reminding):
    await reminding.remind()
    stage.clock.now = stage.clock.now.replace(month=12, day=1)  # three days before
    await reminding.remind()
    assert await stage.count("delivery", person_id=await stage.person(EMPLOYEE)) == 2


@pytest.mark.parametrize(
    "moment",
    [
        dt.datetime(2020, 11, 27, 7, 59),  # noqa: DTZ001 - the zone is the stage's
        dt.datetime(2020, 11, 27, 11, 30),  # noqa: DTZ001
        dt.datetime(2020, 11, 27, 17, 0),  # noqa: DTZ001
        dt.datetime(2020, 11, 28, 9, 0),  # noqa: DTZ001 - a Saturday
    ],
)
async def test_outside_working_hours_nobody_is_reminded(stage, reminding, moment):
    stage.clock.now = moment.replace(tzinfo=stage.clock.now.tzinfo)
    assert await reminding.remind() == 0


async def test_on_a_public_holiday_nobody_is_reminded(stage, reminding):
    stage.clock.now = stage.clock.now.replace(year=2021, month=1, day=1, hour=9)
    assert await reminding.remind() == 0


async def test_a_reminder_and_its_job_are_kept_together_or_not_at_all(stage):
    class BrokenJobs:
        async def enqueue_many(self, connection, deliveries, attempt: int = 0) -> None:
            raise ConnectionError("the queue is out of reach")

    broken = Reminding(stage.store, shelf(), BrokenJobs(), stage.clock)
    with pytest.raises(ConnectionError):
        await broken.remind()
    assert await stage.count("delivery") == 0
    assert await fresh(stage).remind() == 12


async def test_a_closed_campaign_reminds_nobody(stage, reminding):
    async with stage.store.transaction() as tx:
        for campaign in await tx.campaigns.open_ones():
            await tx.campaigns.close(campaign.id, stage.clock())
        await tx.commit()
    assert await reminding.remind() == 0


# ── dates that move, hours that are kept quiet, people who act for others ──────────────────────


async def campaign_of(stage: Stage):
    async with stage.store.reading() as tx:
        return (await tx.campaigns.open_ones())[0]


async def set_office(stage: Stage, name: str, value: object) -> None:
    async with stage.store.transaction() as tx:
        office = await tx.units.office((await campaign_of(stage)).office)
        await tx.units.set(office, name, value)
        await tx.commit()


async def test_a_date_that_is_moved_to_call_for_a_reminder_today_is_not_forgotten(stage, reminding):
    stage.clock.now = stage.clock.now.replace(day=25)  # a Wednesday on which nobody is told of anything
    assert await reminding.remind() == 0
    campaign = await campaign_of(stage)
    async with stage.store.transaction() as tx:
        dates = {**campaign.timetable, "self_review": dt.date(2020, 11, 26)}
        await tx.campaigns.set_timetable(campaign.id, campaign.rulebook, dates)
        await tx.commit()
    assert await reminding.remind() == 12


async def test_in_the_quiet_hours_of_the_office_nobody_is_reminded_and_afterwards_everybody(stage, reminding):
    await set_office(stage, "quiet_from", 8)
    await set_office(stage, "quiet_until", 10)
    assert await reminding.remind() == 0
    stage.clock.forward(hours=2)
    assert await reminding.remind() == 12


async def test_who_has_put_reminders_off_is_left_in_peace_until_that_day(stage, reminding):
    async with stage.store.transaction() as tx:
        await tx.people.snooze(await stage.person(OF_ONE_FORM), dt.date(2020, 12, 1))
        await tx.commit()
    assert await reminding.remind() == 11
    stage.clock.now = stage.clock.now.replace(month=12, day=1)
    await reminding.remind()
    assert await stage.count("delivery", person_id=await stage.person(OF_ONE_FORM)) == 1


async def test_who_acts_for_an_absent_head_is_told_what_waits(stage, reminding):
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    head, deputy = await stage.person(HEAD), await stage.person("AP-004")
    async with stage.store.transaction() as tx:
        today = stage.clock().date()
        await tx.covers.set(head, deputy, today, today, deputy, stage.clock())
        await tx.commit()
    await reminding.remind()
    assert (await reminded(stage))["AP-004"] == "unit_review"


async def test_a_line_of_a_plan_comes_with_the_rest_of_the_day_or_alone_when_no_campaign_is_open(stage, reminding):
    person = await stage.person(EMPLOYEE)
    async with stage.store.transaction() as tx:
        due = stage.clock().date() + dt.timedelta(days=7)
        await tx.improvements.add(person, 2019, "Trả lời công văn đúng hạn", due, stage.clock())
        await tx.commit()
    await reminding.remind()
    (row,) = await stage.rows("delivery", person_id=person)
    assert "Trả lời công văn đúng hạn" in str(row["reply"])
    async with stage.store.transaction() as tx:
        await tx.campaigns.close((await campaign_of(stage)).id, stage.clock())
        await tx.commit()
    stage.clock.forward(days=7)
    assert await fresh(stage).remind() == 1


async def test_on_the_working_day_after_the_last_the_head_hears_who_is_late(stage, reminding):
    stage.clock.now = stage.clock.now.replace(month=12, day=7)
    await reminding.remind()
    (row,) = await stage.rows("delivery", person_id=await stage.person(HEAD))
    assert "late" in str(row["reply"])
    assert "digest" in str(row["reply"])


async def test_what_a_person_is_told_reads_well(stage, reminding):
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    stage.clock.now = stage.clock.now.replace(month=12, day=7)
    await reminding.remind()
    notice = (await stage.house.history(await stage.person(HEAD)))[-1]
    html = notice.replies[0].html
    for part in ("việc:", "chờ anh/chị xem", "Đã quá hạn 04/12/2020", "đã gửi", "chờ duyệt"):
        assert part in html
