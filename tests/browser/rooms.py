"""A meeting of many people, for tests in the browser: an office in which everybody has handed in, and its page."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from bot.channels import Settings, channels_of
from bot.demo.setting import clock_from, fresh_invitation
from bot.door.links import Links
from bot.serving import RunningHouse, serving
from storage.schema import upgrade
from tests.browser.phones import PATIENCE, Phone
from tests.campaigns.office import Cast, Hiring
from tests.campaigns.stage import Play, moment

BOOK, YEAR, BEGINS, MEETS = "quang-ngai-office-2023", 2023, "20/11/2023 08:00", "24/11/2023 14:00"
ROOM = "Phòng Tổng hợp"
WALL = {"width": 1920, "height": 1080}


@dataclass(frozen=True, slots=True)
class Room:
    """The served office. `ids`: short name → person; `cast`: their names."""

    house: RunningHouse
    cast: Cast
    ids: dict[str, int]

    async def phone(self, browser: Browser, who: str, width: int = 360) -> Phone:
        """Somebody's phone, signed in."""
        phone = await Phone.bought(browser, width, 740)
        code = await fresh_invitation(self.house.store, self.ids[who], moment(MEETS))
        await phone.enter(f"{self.house.address}/i/{code}")
        return phone

    async def wall(self, browser: Browser, chair: Phone) -> Page:
        """The screen of the meeting, opened by the link that the chair asked for."""
        await chair.press("Màn hình lớn")
        link = chair.page.locator("#talk a[href*='/tuong/vao/']").last
        address = await link.evaluate("link => link.href")
        page = await (await browser.new_context(viewport=WALL)).new_page()
        page.set_default_timeout(PATIENCE)
        await page.goto(address)
        await page.get_by_role("button", name="Mở màn hình").click()
        await expect(page.locator("#board h1")).to_contain_text("Phòng")
        return page


def members(count: int) -> list[str]:
    """The short names of the members of a room of that size: its head, its deputy, the others."""
    return ["head", "deputy", *(f"m{number}" for number in range(1, count - 1))]


def _office(count: int) -> Cast:
    hire = Hiring("Văn phòng UBND tỉnh Cao Mây", above="UBND tỉnh Cao Mây", seed=23, prefix="VP")
    hire.one("chief", "Chánh Văn phòng", role="head")
    hire.unit(ROOM)
    hire.unit("Phòng Hành chính - Quản trị", desk=True)
    hire.one("head", "Trưởng phòng", ROOM, role="head", group="Trưởng phòng")
    hire.one("deputy", "Phó Trưởng phòng", ROOM, role="deputy", group="Phó Trưởng phòng")
    for who in members(count)[2:]:
        hire.one(who, "Chuyên viên", ROOM, group="Chuyên viên")
    hire.one("desk", "Chuyên viên", "Phòng Hành chính - Quản trị", desk=True)
    return hire.done()


async def handed_in(folder: Path, count: int) -> Play:
    """Plays an office with a room of that size until everybody's review is handed in."""
    url = f"sqlite:///{folder / 'house.db'}"
    await upgrade(url)
    play = await Play.begin(url, _office(count), BEGINS)
    await play.opens(folder, BOOK, year=YEAR)
    for who in members(count):
        await (await play.phone(who)).hands_in_all()
    await play.ends()
    return play


@asynccontextmanager
async def open_room(folder: Path, count: int = 12) -> AsyncIterator[Room]:
    """Serves that office on the afternoon of its meeting."""
    play = await handed_in(folder, count)
    settings = Settings(database_url=play.url, data_dir=folder, web_listen="127.0.0.1:0")
    async with serving(settings, channels_of(settings), Links(), now=clock_from(moment(MEETS))) as house:
        yield Room(house, play.cast, dict(play.ids))


async def called(head: Phone) -> None:
    """Calls the meeting of the head's room for today, and opens it."""
    await head.say("/hop")
    await head.page.get_by_role("button", name=re.compile("Lập cuộc họp: Phòng")).last.click()
    await head.sees("Mời anh/chị gửi giờ, ngày")
    await head.say("14h00 hôm nay, phòng họp tầng 2")
    await head.press("Vào trang cuộc họp")
    await head.press("▶ Khai mạc")
    await head.sees("Cuộc họp đã khai mạc")
