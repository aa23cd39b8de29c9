"""A last day that was known beforehand comes: the person has left, nothing is theirs any more."""

import datetime as dt
import itertools
from dataclasses import replace

from bot.campaign.campaigns import open_campaign
from bot.clock import ZONE
from bot.daily.leavers import Leavers
from bot.demo.office import DEMO_ROSTER
from rules.nouns.service import Service
from tests.bot.playing import CHIEF, EMPLOYEE, Clock, Stage, house_over, shelf

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
    assert "Câu 1–" in phone.text
    clock.forward(days=1)
    assert await leavers.see_off() == 1
    assert await leavers.see_off() == 0
    await phone.commands("tieptuc")
    assert phone.answered.person is None
    reviews = await stage.rows("review", person_id=await stage.person(EMPLOYEE))
    assert {review["status"] for review in reviews} == {"ended"}


async def begun(store, clock, roster) -> Leavers:
    await open_campaign(store, shelf(), ["quang-ngai-office-2020"], 2020, roster, clock())
    clock.now = dt.datetime.combine(LAST_DAY, dt.time(9), ZONE) + dt.timedelta(days=1)
    return Leavers(store, shelf(), clock)


async def test_who_is_named_for_units_leaves_all_the_same(store) -> None:
    """An import would be refused until the clerk names somebody else; a day that passes refuses nothing."""
    clock, deputy = Clock(), "AP-002"
    roster = leaving(DEMO_ROSTER, deputy, LAST_DAY)
    units = tuple(replace(one, in_charge=deputy, authority=deputy) if one.parent else one for one in roster.units)
    leavers = await begun(store, clock, replace(roster, units=units))
    assert await leavers.see_off() == 1
    async with store.reading() as tx:
        office = (await tx.units.offices())[roster.office.name]
        named = {(seat.in_charge, seat.authority) for seat in await tx.units.seats(office)}
        here = await tx.people.keys(office)
    assert named == {(None, None)}
    assert deputy not in here.values()
    stage = Stage(store, clock, house_over(store, clock), itertools.count(1))
    reviews = await stage.rows("review", person_id=await stage.person(EMPLOYEE))
    assert {review["decider_id"] for review in reviews} == {await stage.person(CHIEF)}


async def test_an_office_that_fails_does_not_hold_up_the_others(store, monkeypatch) -> None:
    clock = Clock()
    leavers = await begun(store, clock, leaving(DEMO_ROSTER, EMPLOYEE, LAST_DAY))
    async with store.transaction() as tx:
        first = (await tx.units.offices())[DEMO_ROSTER.office.name]
        other = await tx.units.keep_office("Văn phòng khác")
        await tx.commit()
    tried: list[int] = []
    see_off = Leavers._of_office

    async def fails_once(self, office, now):
        tried.append(office)
        if tried == [first]:
            raise RuntimeError("hỏng")
        return await see_off(self, office, now)

    monkeypatch.setattr(Leavers, "_of_office", fails_once)
    assert [await leavers.see_off() for _ in range(3)] == [0, 1, 0]
    assert tried == [first, other, first]


async def test_a_campaign_without_its_rulebook_keeps_nobody_here(store) -> None:
    clock = Clock()
    leavers = await begun(store, clock, leaving(DEMO_ROSTER, EMPLOYEE, LAST_DAY))
    leavers.books = {}
    assert await leavers.see_off() == 1
