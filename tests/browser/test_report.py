"""A collective's report written on phones of 360 pixels: the drafter gives parts, all write at once, two of them the same place, nothing is lost,
one press chooses, and who chose comes to what is still open.
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
from tests.campaigns.test_report_by_several import CAUSES, FIXED, cast

#: Set, pictures of what the phones show are put there.
SHOTS = os.environ.get("TUSOI_SHOTS", "")
BEGINS = moment("09/11/2020 08:00")
OURS = "Phối hợp giữa các phòng chưa chặt chẽ."
WEAK = "Một số báo cáo gửi chậm một đến hai ngày so với yêu cầu."


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
    phone = await Phone.bought(browser, 360, 568)
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


async def gives(head: Phone, play: Play, part: str, who: str) -> None:
    """The drafter, before the report's page, gives a part of it to somebody."""
    await head.press("＋ Giao phần")
    await head.sees("Giao phần nào?")
    await press(head, part)
    await head.sees("cho ai?")
    await shot(head, f"2-whom-{who}")
    await press(head, play.cast.name(who))
    await head.sees("chậm nhất ngày nào?")
    await press(head, "Hết ngày 12/11/2020")
    await head.sees(f"– {play.cast.name(who)}, hạn 12/11/2020")
    await shot(head, f"3-given-{who}")


async def kept_of(house: RunningHouse, question: str) -> list[str]:
    async with house.store.reading() as tx:
        rows = (await tx.connection.execute(ANSWER.select().where(ANSWER.c.question == question))).mappings().all()
    return [row["value"] for row in rows]


@pytest.mark.browser
async def test_three_phones_write_one_report(office, browser: Browser) -> None:
    house, play = office
    head, one, two = [await of(house, play, browser, who) for who in ("head", "TH1", "TH2")]
    await head.say("/tapthe")
    await head.sees("chủ trì soạn")
    await shot(head, "1-overview")
    await gives(head, play, "II. Hạn chế", "TH1")
    await gives(head, play, "III.", "TH2")
    for phone in (one, two):
        await phone.sees("giao anh/chị viết một phần")
    await shot(one, "4-notice")
    await press(one, "Viết phần này")
    await press(two, "Viết phần này")
    await one.sees("còn hạn chế, khuyết điểm gì?")
    await two.sees("khắc phục")
    await shot(one, "5-part")
    await one.say(WEAK)
    await one.sees("Nguyên nhân của những hạn chế")
    # The drafter comes to the same question by the outline.
    await press(head, "Mở báo cáo để viết")
    await press(head, "Mục lục")
    await head.sees("Mục lục")
    await shot(head, "6-outline")
    await press(head, "… Nguyên nhân")
    await head.sees("Nguyên nhân của những hạn chế")
    await shot(head, "7-same")
    # Two write their parts at once; what the drafter writes was asked before that.
    await asyncio.gather(one.say(CAUSES), two.say(FIXED))
    await one.sees("Báo đã xong")
    await two.is_heard()
    await shot(one, "8-done")
    await head.say(OURS)
    await head.sees("Tôi giữ cả hai")
    await head.sees(CAUSES)
    await shot(head, "9-clash")
    assert await kept_of(house, "causes") == [CAUSES]
    await press(head, "Giữ câu của tôi")
    await head.sees("Đã sửa câu 14")
    await shot(head, "10-chosen")
    # Who chose comes to the first question that is open.
    talk = await head.page.locator("#talk").inner_text()
    assert "Tính đến nay, tập thể đã được thành lập bao nhiêu tháng?" in talk.rpartition("Đã sửa câu 14")[2]
    assert await kept_of(house, "causes") == [CAUSES, OURS]
    async with house.store.reading() as tx:
        assert FIXED in {row["value"] for row in (await tx.connection.execute(ANSWER.select())).mappings()}
    assert head.errors == one.errors == two.errors == []
