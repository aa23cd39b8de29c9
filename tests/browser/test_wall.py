"""A meeting on a phone of 360 px and on the screen on the wall: the link opens once, the screen follows, and tells nothing personal."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.demo.office import EMPLOYEE, HEAD
from bot.demo.setting import BEGINS, clock_from, fresh_invitation, person_called
from tests.browser.phones import PATIENCE, Phone, page_says

#: Where pictures are put for somebody to look at; nowhere, where it is not said.
PICTURES = os.environ.get("TUSOI_PICTURES", "")

#: Somebody else of the same room.
SECOND = "AP-006"

WALL = {"width": 1920, "height": 1080}


async def phone_of(browser, house, roster_key: str, width: int = 360) -> Phone:
    phone = await Phone.bought(browser, width, 740)
    person = await person_called(house.store, roster_key)
    code = await fresh_invitation(house.store, person, clock_from(BEGINS)())
    await phone.enter(f"{house.address}/i/{code}")
    return phone


async def called(head: Phone) -> None:
    """The meeting of the head's unit is called for today and opened."""
    await head.say("/hop")
    await head.page.get_by_role("button", name=re.compile("Lập cuộc họp: Phòng")).last.click()
    await expect(head.page.locator("#talk")).to_contain_text("Mời anh/chị gửi giờ, ngày", timeout=PATIENCE)
    await head.say("14h00 hôm nay, phòng họp tầng 2")
    await head.is_heard()
    await head.press("Các cuộc họp")
    await head.is_heard()
    await head.page.get_by_role("button", name=re.compile("^Phòng")).last.click()
    await head.press("▶ Khai mạc")
    await expect(head.page.locator("#talk")).to_contain_text("Cuộc họp đã khai mạc", timeout=PATIENCE)


async def on_the_wall(browser, head: Phone) -> Page:
    await head.press("Màn hình lớn")
    link = head.page.locator("#talk a[href*='/tuong/vao/']").last
    address = await link.evaluate("link => link.href")
    page = await (await browser.new_context(viewport=WALL)).new_page()
    page.set_default_timeout(PATIENCE)
    await page.goto(address)
    await page.get_by_role("button", name="Mở màn hình").click()
    await expect(page.locator("#board h1")).to_contain_text("Phòng")
    again = await (await browser.new_context()).new_page()
    answered = await again.goto(address)
    assert answered is not None
    assert answered.status == 403
    return page


async def picture(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")


async def test_the_wall_follows_the_meeting_and_says_nothing_personal(browser, house):
    head = await phone_of(browser, house, HEAD)
    await called(head)
    await picture(head.page, "hop-360")
    wall = await on_the_wall(browser, head)
    await expect(wall.locator(".present strong")).to_have_text("1")
    member = await phone_of(browser, house, EMPLOYEE)
    await member.say("/hop")
    await member.press("✓ Tôi có mặt")
    await expect(wall.locator(".present strong")).to_have_text("2", timeout=PATIENCE)
    await member.page.get_by_role("button", name="1", exact=True).last.click()
    await expect(member.page.locator("#talk")).to_contain_text("Chưa đến lượt", timeout=PATIENCE)
    await picture(member.page, "noi-dung-360")
    assert await member.page.evaluate("document.documentElement.scrollWidth") <= 360
    await picture(wall, "man-hinh-1920")
    assert await wall.evaluate("document.documentElement.scrollWidth") <= WALL["width"]
    assert await wall.evaluate("document.documentElement.scrollHeight") <= WALL["height"]
    words = await wall.locator("#board").inner_text()
    assert "Hoàn thành" not in words
    assert (await Axe().run(wall)).response["violations"] == []
    assert not head.errors
    assert not member.errors


@pytest.mark.parametrize("width", [360, 1366])
async def test_the_wall_reads_on_a_small_screen_too(browser, house, width):
    head = await phone_of(browser, house, HEAD, width)
    await called(head)
    wall = await on_the_wall(browser, head)
    await wall.set_viewport_size({"width": width, "height": 740})
    assert await wall.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1366, 768), (1920, 1080), (3840, 2160)])
async def test_a_projector_shows_the_whole_screen_with_each_name_on_one_line(browser, house, width, height):
    head = await phone_of(browser, house, HEAD)
    await called(head)
    wall = await on_the_wall(browser, head)
    # As long as a form of the plans is called.
    await wall.evaluate(
        "for (const code of document.querySelectorAll('.code')) code.textContent = 'Mẫu 02B-HD KĐ.ĐG 2023'"
    )
    await wall.set_viewport_size({"width": width, "height": height})
    await picture(wall, f"man-hinh-{width}")
    for side, room in (("Width", width), ("Height", height)):
        assert await wall.evaluate(f"document.documentElement.scroll{side}") <= room
    lines = "[...document.querySelectorAll('.name')].map(one => one.getClientRects()[0].height / parseFloat(getComputedStyle(one).fontSize))"
    assert max(await wall.evaluate(lines)) < 2


async def test_one_browser_holds_three_lines_at_most_so_that_others_have_theirs(browser, house):
    head = await phone_of(browser, house, HEAD)
    await called(head)
    wall = await on_the_wall(browser, head)
    pages = [wall, *[await wall.context.new_page() for _ in range(2)]]
    for page in pages:
        if page is not wall:
            await page.goto(wall.url)
        await page_says(page, "line.readyState === EventSource.OPEN")
    fourth = await wall.context.new_page()
    await fourth.goto(wall.url)
    await expect(fourth.locator("#lost")).to_be_visible()


async def test_a_browser_without_the_link_sees_no_meeting(browser, house):
    page = await (await browser.new_context()).new_page()
    answered = await page.goto(f"{house.address}/tuong")
    assert answered is not None
    assert answered.status == 401
    assert (await page.request.get(f"{house.address}/tuong/day")).status == 401
    assert (await page.goto(f"{house.address}/tuong/vao/AAAABBBBCCCC")).status == 403


async def test_the_code_on_the_wall_leads_to_one_press(browser, house):
    """A colleague who is signed in in their browser presses once; a stranger is told where their button is."""
    head, colleague = await phone_of(browser, house, HEAD), await phone_of(browser, house, EMPLOYEE)
    await called(head)
    wall = await on_the_wall(browser, head)
    address = await wall.locator("figure svg").get_attribute("aria-label")
    assert address is not None
    await colleague.page.goto(address)
    await picture(colleague.page, "co-mat")
    await colleague.page.get_by_role("button", name="Tôi có mặt").click()
    await expect(colleague.page.locator("#talk")).to_contain_text("Đã ghi anh/chị có mặt", timeout=PATIENCE)
    await expect(wall.locator(".present strong")).to_have_text("2", timeout=PATIENCE)
    await colleague.page.goto(address.rpartition("/")[0])  # kept or typed: only what the wall shows is worth something
    await expect(colleague.page.get_by_text("quét mã đang hiện")).to_be_visible()
    stranger = await (await browser.new_context()).new_page()
    await stranger.goto(address)
    await expect(stranger.get_by_text("Trình duyệt này chưa đăng nhập")).to_be_visible()


async def test_a_browser_in_which_two_are_signed_in_asks_who_scanned(browser, house):
    """Nobody is present as somebody else: it says whom the button counts for, and of two it takes neither by itself."""
    head, shared = await phone_of(browser, house, HEAD), await phone_of(browser, house, EMPLOYEE)
    second = await person_called(house.store, SECOND)
    await shared.enter(f"{house.address}/i/{await fresh_invitation(house.store, second, clock_from(BEGINS)())}")
    async with house.store.reading() as tx:
        names = [(await tx.people.get(await person_called(house.store, key))).name for key in (EMPLOYEE, SECOND)]
    await called(head)
    wall = await on_the_wall(browser, head)
    address = await wall.locator("figure svg").get_attribute("aria-label")
    assert address is not None
    await shared.page.goto(address)
    await expect(shared.page.get_by_text("Anh/chị là ai?")).to_be_visible()
    await expect(shared.page.get_by_role("button")).to_have_count(0)
    for name in names:
        await expect(shared.page.get_by_role("link", name=name)).to_be_visible()
    await picture(shared.page, "co-mat-nhieu-nguoi")
    assert (await Axe().run(shared.page)).response["violations"] == []
    await shared.page.get_by_role("link", name=names[1]).click()
    await expect(shared.page.get_by_text("Ghi có mặt cho:")).to_contain_text(names[1])
    await picture(shared.page, "co-mat-cua-ai")
    await shared.page.get_by_role("button", name="Tôi có mặt").click()
    await expect(shared.page.locator("#talk")).to_contain_text("Đã ghi anh/chị có mặt", timeout=PATIENCE)
    async with house.store.reading() as tx:
        found = await tx.meetings.get(1)
    assert found
    assert {second} == {one.id for one in found.present} - {await person_called(house.store, HEAD)}
