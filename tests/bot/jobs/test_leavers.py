"""A last day that was known beforehand comes: the person has left, nothing is theirs any more."""

import datetime as dt
import itertools
from dataclasses import replace

from bot.campaigns import open_campaign
from bot.clock import ZONE
from bot.demo.office import DEMO_ROSTER
from bot.jobs.leavers import Leavers
from rules.service import Service
from tests.bot.playing import EMPLOYEE, Clock, Stage, house_over, shelf

#: After 15 December: whoever is here then is reviewed here.
LAST_DAY = dt.date(2020, 12, 16)


def leaving(roster, key: str, last_day: dt.date):
    """The roster with that person's last day in it."""
    people = (replace(one, service=Service(left=last_day)) if one.key == key else one for one in roster.people)
    return replace(roster, people=tuple(people))


async def test_an_account_stops_the_day_after_the_last_day(store) -> None:
    clock = Clock()
    roster = leaving(DEMO_ROSTER, EMPLOYEE, LAST_DAY)
    await open_campaign(store, shelf(), ["quang-ngai-office-2020"], 2020, roster, clock())
    stage = Stage(store, clock, house_over(store, clock), itertools.count(1))
    phone = await stage.phone_of(EMPLOYEE)
    leavers = Leavers(store, shelf(), clock)
    assert await leavers.see_off() == 0
    clock.now = dt.datetime.combine(LAST_DAY, dt.time(9), ZONE)
    assert await leavers.see_off() == 0
    await phone.commands("tieptuc")
    assert "Câu 1/" in phone.text
    clock.forward(days=1)
    assert await leavers.see_off() == 1
    assert await leavers.see_off() == 0
    await phone.commands("tieptuc")
    assert phone.answered.person is None
    reviews = await stage.rows("review", person_id=await stage.person(EMPLOYEE))
    assert {review["status"] for review in reviews} == {"ended"}
