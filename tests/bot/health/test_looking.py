"""How the house is: what is worth a warning, and that it answers whatever is the matter."""

import asyncio
import datetime as dt
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from aiohttp import ClientSession

from bot.delivery.duty import LASTS, NAME
from bot.delivery.notices import notify
from bot.demo.office import EMPLOYEE
from bot.demo.setting import furnish, person_called
from bot.door.channel import Blocked, Unreachable, Worded
from bot.door.conditions import ChannelState, Condition, Conditions
from bot.door.figures import Figures
from bot.door.links import Links, WayIn
from bot.health import looking
from bot.health.looking import Looking
from bot.health.pages import HealthPages
from bot.health.words import in_json, status
from bot.web.app import site
from dialogs.core.turn import Reply
from storage import Store
from tests.bot.playing import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Stage:
    """A house of which one looks at everything and runs nothing."""

    def __init__(self, store, clock) -> None:
        self.store, self.clock = store, clock
        self.conditions = Conditions(clock, Links())
        self.mine, self.stood = True, 0.0
        self.figures = Figures()

    def looking(self, worker: str = "1", *, alone: bool = False) -> Looking:
        return Looking(
            *(self.store, self.conditions.of, lambda: self.mine, lambda: self.stood),
            *(worker, Path("khong/co"), self.clock),
            alone=alone,
        )

    async def leased(self, holder: str, seconds: float) -> None:
        now = self.clock()
        async with self.store.transaction() as tx:
            await tx.leases.hold(NAME, holder, now, now + dt.timedelta(seconds=seconds))
            await tx.commit()

    async def warned(self, **chosen) -> list[str]:
        return [one.what for one in (await self.looking(**chosen).look()).warnings]


@pytest.fixture
async def stage(store, clock) -> Stage:
    stage = Stage(store, clock)
    stage.conditions.report("web")(
        Condition(ChannelState.OPEN, way=WayIn("https://tusoi.example/i/", "https://tusoi.example"))
    )
    await stage.leased("1:abc", LASTS)
    return stage


async def test_all_is_well(stage):
    told = in_json(await stage.looking().look())
    assert (told["status"], told["ready"], told["warnings"]) == ("ok", True, [])
    assert told["channels"]["web"] | {"since": ""} == {
        "state": "open",
        "reason": "",
        "since": "",
        "at": "https://tusoi.example",
    }
    assert (told["lease"]["holder"], told["notices"]) == ("1", {"waiting": 0, "oldest_seconds": 0})


async def test_a_channel_in_trouble_is_a_warning_after_a_minute_and_one_set_wrongly_at_once(stage, clock):
    tell = stage.conditions.report("telegram")
    tell(Condition(ChannelState.TROUBLED, "chưa kết nối được với Telegram (TimedOut)"))
    assert await stage.warned() == []
    clock.forward(minutes=2)
    await stage.leased("1:abc", LASTS)
    assert await stage.warned() == ["channel"]
    tell(Condition(ChannelState.REFUSED, "TUSOI_TELEGRAM_TOKEN: Telegram không nhận token này"))
    health = await stage.looking().look()
    assert status(health) == "warning"
    assert in_json(health)["warnings"][0]["told"] == (
        "Telegram chưa mở được đã 0 giây: TUSOI_TELEGRAM_TOKEN: Telegram không nhận token này."
    )


async def test_standing_by_is_a_warning_unless_another_process_of_the_installation_sends(stage):
    stage.mine, stage.stood = False, 61.0
    assert await stage.warned(worker="2") == []
    assert await stage.warned(worker="2", alone=True) == ["standing_by"]
    assert await stage.warned(worker="1") == ["standing_by"]  # under our own name somebody else


async def test_a_lease_that_lies_in_the_future_or_has_run_out_is_believed_by_nobody(stage, clock):
    await stage.leased("1:abc", 3600)
    assert await stage.warned() == ["nobody_sends"]
    clock.forward(hours=2)
    assert await stage.warned() == ["nobody_sends"]


async def test_a_notice_that_waits_too_long_is_a_warning_and_one_of_rest_time_is_none(store, stage, clock):
    await furnish(store, clock())
    mai = await person_called(store, EMPLOYEE)
    async with store.transaction() as tx:
        due = await notify(tx, mai, "a", Reply("channel/sorry"), clock())
        rests = await notify(tx, mai, "b", Reply("channel/sorry"), clock())
        await tx.deliveries.later(rests, clock() + dt.timedelta(hours=15), "rest_time")
        await tx.commit()
    clock.forward(minutes=16)
    await stage.leased("1:abc", LASTS)
    assert await stage.warned() == ["notices"]
    async with store.transaction() as tx:  # it is tried and tried; its next attempt is to come
        await tx.deliveries.later(due, clock() + dt.timedelta(minutes=5), "unreachable")
        await tx.commit()
    told = in_json(await stage.looking().look())
    assert told["notices"] == {"waiting": 1, "oldest_seconds": 16 * 60}
    assert "1 tin đến hạn chưa gửi được, tin cũ nhất đã chờ 16 phút." in told["warnings"][0]["told"]


async def test_a_full_disk_and_a_database_that_does_not_answer(stage, monkeypatch):
    monkeypatch.setattr(looking, "free_at", lambda _: 300_000_000)
    assert "còn trống 0,3 GB" in in_json(await stage.looking().look())["warnings"][0]["told"]
    monkeypatch.setattr(stage.store, "reading", _gone)
    told = in_json(await stage.looking().look())
    assert (told["status"], told["ready"], told["database"]["reachable"]) == ("down", False, False)
    assert told["warnings"][0]["what"] == "database"


def _gone():
    raise OSError("no such host")


async def test_figures_hold_names_of_ours_and_no_person(stage):
    async def send(account: str, _worded: Worded, _person: int) -> list[int]:
        if account == "chặn":
            raise Blocked
        if account == "xa":
            raise Unreachable(5)
        return [1]

    counted = stage.figures.sending("telegram", send)
    assert await counted("tai-khoan-4711", Worded("Chào chị Hoa Mai"), 7) == [1]
    for account, kind in (("chặn", Blocked), ("xa", Unreachable)):
        with pytest.raises(kind):
            await counted(account, Worded(""), 7)
    with stage.figures.step("web"):
        pass
    with pytest.raises(RuntimeError), stage.figures.step("web"):
        raise RuntimeError
    stage.figures.refused("web")
    pages = HealthPages(stage.looking(), stage.figures)
    async with site(pages.app, "127.0.0.1", 0) as address, ClientSession() as monitor:
        told = await (await monitor.get(f"{address}/metrics")).text()
    for line in (
        'tusoi_notices_total{channel="telegram",outcome="sent"} 1.0',
        'tusoi_notices_total{channel="telegram",outcome="blocked"} 1.0',
        'tusoi_notices_total{channel="telegram",outcome="unreachable"} 1.0',
        'tusoi_step_seconds_count{channel="web"} 2.0',
        'tusoi_steps_failed_total{channel="web"} 1.0',
        'tusoi_refusals_total{channel="web"} 1.0',
        'tusoi_channel_open{channel="web"} 1.0',
        "tusoi_on_duty 1.0",
        "tusoi_notices_waiting 0.0",
    ):
        assert line in told.splitlines()
    assert "tai-khoan" not in told
    assert "Mai" not in told


async def test_a_house_that_answers_nobody_says_so_by_its_status(store, clock):
    stage = Stage(store, clock)
    pages = HealthPages(stage.looking(), stage.figures)
    async with site(pages.app, "127.0.0.1", 0) as address, ClientSession() as monitor:
        page = await monitor.get(f"{address}/healthz")
    assert (page.status, (await page.json())["status"]) == (503, "down")
    assert "Server" not in page.headers  # which program answers is nobody's business


@pytest.mark.postgres
async def test_a_server_that_lets_nobody_in_is_no_database_and_is_found_again(postgres, postgres_url, clock):
    store = await Store.open(postgres_url)
    stage = Stage(store, clock)
    stage.conditions.report("web")(Condition(ChannelState.OPEN))
    name = sa.make_url(postgres_url).database

    def let(anybody: str) -> None:
        with psycopg.connect(postgres.address("postgres"), autocommit=True) as admin:
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {anybody}")
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))

    assert (await stage.looking().look()).ready
    await asyncio.to_thread(let, "false")
    assert status(await stage.looking().look()) == "down"
    await asyncio.to_thread(let, "true")
    assert (await stage.looking().look()).ready
    await store.close()
