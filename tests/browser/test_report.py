"""A collective's report written by two on phones of 360 pixels: the drafter gives a part, both write the same place, nothing is lost and one press
chooses.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.channels import Settings, channels_of
from bot.demo.setting import clock_from, fresh_invitation
from bot.door.links import Links
from bot.serving import RunningHouse, serving
from storage import upgrade
from storage.tables import ANSWER
from tests.browser.phones import Phone
from tests.campaigns.stage import Play, moment
from tests.campaigns.test_report_by_several import CAUSES, cast

#: Set, pictures of what the phones show are put there.
SHOTS = os.environ.get("TUSOI_SHOTS", "")
BEGINS = moment("09/11/2020 08:00")
OURS = "Phối hợp giữa các phòng chưa chặt chẽ."


@pytest_asyncio.fixture(loop_scope="session")
async def office(tmp_path) -> AsyncIterator[tuple[RunningHouse, Play]]:
    """An office whose collective has a report, served."""
    await asyncio.to_thread(asyncio.run, upgrade(f"sqlite:///{tmp_path / 'house.db'}"))
    play = await Play.begin(f"sqlite:///{tmp_path / 'house.db'}", cast(), "09/11/2020 08:00")
    await play.imports(tmp_path)
    await play.opens(tmp_path, "quang-ngai-office-2020", year=2020)
    ids = dict(play.ids)
    await play.ends()
    settings = Settings(database_url=play.url, data_dir=tmp_path, web_listen="127.0.0.1:0")
    async with serving(settings, channels_of(settings), Links(), now=clock_from(BEGINS)) as running:
        yield running, replace(play, store=running.store, ids=ids)


async def of(house: RunningHouse, play: Play, browser: Browser, who: str) -> Phone:
    phone = await Phone.bought(browser, 360, 740)
    code = await fresh_invitation(house.store, play.ids[who], BEGINS)
    await phone.enter(f"{house.address}/i/{code}")
    return phone


async def shot(phone: Phone, name: str) -> None:
    if SHOTS:
        await phone.page.screenshot(path=Path(SHOTS) / f"report-{name}.png")


async def press(phone: Phone, begins: str) -> None:
    """The newest button whose label begins so, and what the house says to it."""
    await phone.page.locator("#talk").get_by_role("button", name=begins).last.click()
    await phone.is_heard()


@pytest.mark.browser
async def test_two_phones_write_one_place(office, browser: Browser) -> None:
    house, play = office
    head, one = await of(house, play, browser, "head"), await of(house, play, browser, "TH1")
    await head.say("/tapthe")
    await head.sees("chủ trì soạn")
    await shot(head, "1-overview")
    await head.press("＋ Giao phần")
    await head.sees("Giao phần nào?")
    await press(head, "II. Hạn chế")
    await head.sees("cho ai?")
    await shot(head, "2-whom")
    await press(head, play.cast.name("TH1"))
    await head.sees("chậm nhất ngày nào?")
    await press(head, "Hết ngày 12/11/2020")
    await head.sees("Đã giao.")
    await shot(head, "3-given")
    await one.sees("giao anh/chị viết một phần")
    await shot(one, "4-notice")
    await press(one, "Viết phần này")
    await one.sees("còn hạn chế, khuyết điểm gì?")
    await shot(one, "5-part")
    await one.say("Một số báo cáo gửi chậm một đến hai ngày so với yêu cầu.")
    await one.sees("Nguyên nhân của những hạn chế")
    # The drafter comes to the same question by the outline.
    await press(head, "Mở báo cáo để viết")
    await press(head, "Mục lục")
    await head.sees("Mục lục")
    await shot(head, "6-outline")
    await press(head, "… Nguyên nhân")
    await head.sees("Nguyên nhân của những hạn chế")
    await shot(head, "7-same")
    await one.say(CAUSES)
    await one.sees("Báo đã xong")
    await shot(one, "8-done")
    await head.say(OURS)
    await head.sees("Tôi giữ cả hai")
    await head.sees(CAUSES)
    await shot(head, "9-clash")
    async with house.store.reading() as tx:
        kept = (await tx.connection.execute(ANSWER.select().where(ANSWER.c.question == "causes"))).mappings().all()
    assert [row["value"] for row in kept] == [CAUSES]
    await press(head, "Giữ câu của tôi")
    await shot(head, "10-chosen")
    async with house.store.reading() as tx:
        kept = (await tx.connection.execute(ANSWER.select().where(ANSWER.c.question == "causes"))).mappings().all()
    assert [row["value"] for row in kept] == [CAUSES, OURS]
    assert head.errors == one.errors == []
