"""`tusoi status`: in words how the house is, with an exit status for monitors; also when nothing serves."""

import asyncio
import datetime as dt
import os

import pytest

from bot.delivery.duty import LASTS, NAME
from bot.door.conditions import ChannelState, Condition, Conditions
from bot.door.figures import Figures
from bot.door.links import Links, WayIn
from bot.health.looking import Looking
from bot.health.pages import HealthPages
from bot.settings import HouseSettings
from bot.web.app import site
from storage import Store
from tests.bot.commands.running import Ran, tusoi
from tests.ports import free_port


@pytest.fixture(autouse=True)
def settings(monkeypatch, tmp_path) -> None:
    for name in [name for name in os.environ if name.startswith("TUSOI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TUSOI_HEALTH_LISTEN", f"127.0.0.1:{free_port()}")


def test_without_a_database_it_says_so_and_makes_none(tmp_path):
    ran = tusoi("status")
    assert (ran.status, ran.err) == (2, "")
    assert "tusoi serve không chạy" in ran.out
    assert f"chưa có cơ sở dữ liệu nào ở {tmp_path / 'tusoi.db'}" in ran.out
    assert list(tmp_path.iterdir()) == []


def test_a_house_that_does_not_serve_is_told_from_its_database(monkeypatch, database_url):
    monkeypatch.setenv("TUSOI_DATABASE_URL", database_url)
    ran = tusoi("status")
    assert ran.status == 2
    assert [line.strip().partition(" (")[0] for line in ran.out.splitlines()][:3] == [
        "✗ tusoi serve không chạy",
        "Gửi tin: không ai",
        "Tin chờ gửi: không có",
    ]


async def leased(url: str) -> None:
    now = dt.datetime.now(dt.UTC)  # noqa: TID251 - the process that is asked reads the same clock
    store = await Store.open(url)
    async with store.transaction() as tx:
        await tx.leases.hold(NAME, "2:abc", now, now + dt.timedelta(seconds=2 * LASTS))
        await tx.commit()
    await store.close()


def test_one_that_serves_elsewhere_is_known_by_its_lease(monkeypatch, database_url):
    monkeypatch.setenv("TUSOI_DATABASE_URL", database_url)
    asyncio.run(leased(database_url))
    ran = tusoi("status")
    assert ran.status == 1
    assert "có một tusoi serve đang chạy trên cơ sở dữ liệu này" in ran.out
    assert "tiến trình “2”" in ran.out


async def answered(url: str, *states: Condition, data, mark: str | None = None) -> Ran:
    """What the command says while a house answers on its health page."""
    chosen = HouseSettings(database_url=url)
    store = await Store.open(url)
    conditions = Conditions(lambda: dt.datetime.now(dt.UTC), Links())  # noqa: TID251 - as above
    for channel, state in zip(("web", "telegram"), states, strict=False):
        conditions.report(channel)(state)
    looking = Looking(
        *(store, conditions.of, lambda: True, lambda: 0.0, "1", data),
        *(lambda: dt.datetime.now(dt.UTC),),  # noqa: TID251 - as above
        alone=True,
        mark=chosen.database_mark if mark is None else mark,
    )
    host, _, port = os.environ["TUSOI_HEALTH_LISTEN"].rpartition(":")
    pages = HealthPages(looking, Figures())
    try:
        async with site(pages.app, host, int(port)):
            return await asyncio.to_thread(tusoi, "status")
    finally:
        await store.close()


OPEN = Condition(ChannelState.OPEN, way=WayIn("https://tusoi.example/i/", "https://tusoi.example"))


async def test_one_that_serves_says_how_it_is(monkeypatch, sqlite_url, tmp_path):
    monkeypatch.setenv("TUSOI_DATABASE_URL", sqlite_url)
    await leased(sqlite_url)
    ran = await answered(sqlite_url, OPEN, data=tmp_path)
    assert (ran.status, ran.out.splitlines()[0].partition(" (")[0]) == (0, "✓ Tự Soi đang chạy tốt")
    assert "Trang web: đang mở, tại https://tusoi.example" in ran.out
    assert "Tin chờ gửi: không có" in ran.out
    wrong = Condition(ChannelState.REFUSED, "TUSOI_TELEGRAM_TOKEN: Telegram không nhận token này")
    ran = await answered(sqlite_url, OPEN, wrong, data=tmp_path)
    assert ran.status == 1
    assert "Telegram: cài đặt sai (TUSOI_TELEGRAM_TOKEN: Telegram không nhận token này)" in ran.out
    assert "⚠ Telegram chưa mở được" in ran.out
    ran = await answered(sqlite_url, wrong, data=tmp_path)
    assert (ran.status, ran.out[0]) == (2, "✗")


async def test_another_house_that_answers_on_that_port_is_not_taken_for_ours(monkeypatch, sqlite_url, tmp_path):
    monkeypatch.setenv("TUSOI_DATABASE_URL", sqlite_url)
    ran = await answered(sqlite_url, OPEN, data=tmp_path, mark="of another")
    assert ran.status == 2
    assert "tusoi serve không chạy" in ran.out
