"""The desk is told of a trouble that lasts, once, in working hours, with what to do; and that it is over."""

import datetime as dt
from pathlib import Path

import pytest

from bot.delivery.duty import LASTS, NAME
from bot.delivery.notices import notify
from bot.delivery.seam import NoJobs
from bot.demo.office import EMPLOYEE
from bot.door.conditions import ChannelState, Condition, Conditions
from bot.door.kept import reply_from_json
from bot.door.links import Links, WayIn
from bot.door.words import word
from bot.health.looking import Looking
from bot.health.telling import Telling
from dialogs.core.turn import Reply
from tests.bot.playing import Stage, staged

NETWORK = Condition(ChannelState.TROUBLED, "chưa kết nối được với Telegram (TimedOut)")


class Watched:
    """The office of the demo, and how its house is."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.clock = stage, stage.clock
        self.conditions = Conditions(stage.clock, Links())
        self.mine, self.stood = True, 0.0
        page = WayIn("https://tusoi.example/i/", "https://tusoi.example")
        self.conditions.report("web")(Condition(ChannelState.OPEN, way=page))
        self.telegram = self.conditions.report("telegram")
        self.telegram(Condition(ChannelState.OPEN))
        self.start()

    def start(self) -> None:
        """As of a process just started."""
        on_duty, stood = (lambda: self.mine), (lambda: self.stood)
        store = self.stage.store
        looking = Looking(store, self.conditions.of, on_duty, stood, "1", Path(), self.clock, alone=True)
        self.telling = Telling(store, looking, NoJobs(), self.clock)

    async def told(self) -> list[str]:
        """What is said to the desk now, in words."""
        async with self.stage.store.transaction() as tx:
            await tx.leases.hold(NAME, "1:a", self.clock(), self.clock() + dt.timedelta(seconds=LASTS))
            await tx.commit()
        before = {row["id"] for row in await self.stage.rows("delivery")}
        await self.telling.tell()
        rows = [row for row in await self.stage.rows("delivery") if row["id"] not in before]
        async with self.stage.store.reading() as tx:
            (office,) = await tx.units.offices()
            desk = await tx.units.desk_of(office)
            kept = [await tx.deliveries.get(row["id"]) for row in rows]
        assert {one.person_id for one in kept} <= set(desk)
        async with self.stage.store.transaction() as tx:  # it reaches them at once
            for one in kept:
                await tx.deliveries.done(one.id, [], self.clock())
            await tx.commit()
        assert len(kept) in {0, len(desk)}
        return [word(reply_from_json(one.reply), "vi").html for one in kept[:1]]


@pytest.fixture
async def house(store) -> Watched:
    return Watched(await staged(store))


async def test_a_channel_that_is_gone_for_long_is_told_once_with_what_to_do_and_when_it_is_back(house):
    house.telegram(NETWORK)
    house.clock.forward(minutes=10)
    assert await house.told() == []
    house.clock.forward(minutes=10)
    (said,) = await house.told()
    assert said.startswith("<b>Telegram không liên lạc được</b> từ 23/11/2020, 08:30.")
    assert "dùng trang web: https://tusoi.example" in said
    assert "báo người quản trị máy chủ" in said
    house.clock.forward(minutes=10)
    house.telegram(Condition(ChannelState.REFUSED, "TUSOI_TELEGRAM_TOKEN: Telegram không nhận token này"))
    house.start()  # another process of the same house knows what was told
    house.clock.forward(minutes=16)
    assert await house.told() == []
    house.telegram(Condition(ChannelState.OPEN))
    (said,) = await house.told()
    assert said.startswith("<b>Telegram đã hoạt động trở lại.</b>")
    assert await house.told() == []
    house.telegram(Condition(ChannelState.REFUSED, "TUSOI_TELEGRAM_TOKEN: Telegram không nhận token này"))
    house.clock.forward(minutes=16)
    assert "báo ngay người quản trị máy chủ" in (await house.told())[0]  # another trouble is told anew


async def test_nothing_is_told_at_night_or_over_lunch_and_it_is_told_when_work_begins(house):
    house.telegram(NETWORK)
    for hour, said in ((12, 0), (20, 0), (32, 1)):
        house.clock.now = dt.datetime(2020, 11, 23, 0, 10, tzinfo=house.clock.now.tzinfo) + dt.timedelta(hours=hour)
        assert len(await house.told()) == said


async def test_notices_that_wait_too_long_are_told_once_to_the_desk_of_that_office(house):
    mai = await house.stage.person(EMPLOYEE)
    async with house.stage.store.transaction() as tx:
        waits = await notify(tx, mai, "a", Reply("channel/sorry"), house.clock())
        await tx.commit()
    house.clock.forward(minutes=20)
    assert await house.told() == []
    house.clock.forward(minutes=15)
    (said,) = await house.told()
    assert "chờ từ 23/11/2020, 08:30" in said
    house.clock.forward(minutes=15)
    assert await house.told() == []
    async with house.stage.store.transaction() as tx:
        await tx.deliveries.done(waits, [], house.clock())
        await tx.commit()
    assert (await house.told())[0].startswith("<b>Tin nhắn đã gửi đi được như thường.</b>")


async def test_what_waits_because_a_channel_is_gone_is_not_told_besides(house):
    mai = await house.stage.person(EMPLOYEE)
    house.telegram(NETWORK)
    async with house.stage.store.transaction() as tx:
        await notify(tx, mai, "a", Reply("channel/sorry"), house.clock())
        await tx.commit()
    house.clock.forward(minutes=40)
    (said,) = await house.told()
    assert "Telegram không liên lạc được" in said


async def test_that_somebody_else_holds_the_duty_is_told_by_who_stands_by_and_its_end_by_who_has_it(house):
    house.mine, house.stood = False, 30.0
    assert await house.told() == []
    house.stood = 90.0
    assert "chưa gửi đi được" in (await house.told())[0]
    assert await house.told() == []
    house.mine, house.stood = True, 0.0
    assert (await house.told())[0].startswith("<b>Tin nhắn đã gửi đi được như thường.</b>")
