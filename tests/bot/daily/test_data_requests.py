"""The desk is reminded of what people ask about their data, also when no campaign is open; nobody of their own."""

import datetime as dt

from rules.personal.requests import DataRequest, RequestKind, clock
from tests.bot.daily.test_remind import fresh
from tests.bot.playing import EMPLOYEE, staged


async def test_the_desk_hears_of_it_when_the_days_are_near(store) -> None:
    stage = await staged(store)
    who = await stage.person(EMPLOYEE)
    async with store.transaction() as tx:
        asked, days = stage.clock(), clock(RequestKind.ERASE, stage.clock().date())
        await tx.requests.ask(DataRequest(0, who, RequestKind.ERASE, "Xin xóa.", asked, *days, "Điều 5"))
        desk = set(await tx.units.desk_of((await tx.people.get(who)).office))
        for campaign in {part.id for part in await tx.campaigns.open_ones()}:
            await tx.campaigns.close(campaign, asked)
        await tx.commit()
    assert desk
    stage.clock.now = dt.datetime.combine(days[0], dt.time(9), stage.clock().tzinfo)
    await fresh(stage).remind()
    told = await stage.rows("delivery", kind="reminder")
    assert {row["person_id"] for row in told} == desk - {who}
    assert all("data" in str(row["reply"]) for row in told)
