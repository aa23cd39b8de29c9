"""The console in Chromium: from the link to the names behind a number, by keyboard, on a phone, without scripts."""

import datetime as dt
import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.codes import fresh_code
from bot.demo.office import HEAD
from bot.demo.setting import BEGINS, clock_from, person_called
from tests.browser.phones import PATIENCE

#: What the desk alone reads, and what stands beside its campaign.
OFFICE = (
    "/bang/muc",
    "/bang/moc",
    "/bang/hop",
    "/bang/gopy",
    "/bang/cauhoi",
    "/bang/hoso",
    "/bang/guilen",
    "/bang/nhatky",
    "/bang/cua",
)
CHOSEN = tuple(f"/bang/chon?viec={deed}&tatca=1&q=n" for deed in ("nhan", "ma", "vanban"))
PAGES = (
    *CHOSEN,
    "/bang/tin",
    "/bang/danhsach",
    "/bang/dot",
    "/bang/nguoi",
    "/bang/nguoi?q=khong+co+ai",
    "/bang/nguoi/AP-005",
    *OFFICE,
)


async def code_of(house) -> str:
    """What the button in chat gives to the head of the desk's unit (tests/bot/console presses it)."""
    code, at = fresh_code(), clock_from(BEGINS)()
    person = await person_called(house.store, HEAD)
    async with house.store.transaction() as tx:
        await tx.accounts.tie("telegram", "7", person, at)
        await tx.consoles.issue(code, ("telegram", "7"), person, at + dt.timedelta(minutes=10), at)
        await tx.commit()
    return code


async def opened(browser, house, **how) -> Page:
    """The console, on a page of its own."""
    code = await code_of(house)
    page = await (await browser.new_context(**how)).new_page()
    page.set_default_timeout(PATIENCE)
    await page.goto(f"{house.address}/bang/vao/{code}")
    await page.get_by_role("button", name="Mở bảng điều hành").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Đợt đánh giá")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1366])
async def test_each_page_fits_and_can_be_heard(browser, house, width, scheme):
    page = await opened(browser, house, viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path in PAGES:
        await page.goto(house.address + path)
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
        if await (here := page.locator(".bar nav [aria-current]")).count():
            await expect(here).to_be_in_viewport(ratio=1)
        found = await Axe().run(page)
        assert found.response["violations"] == [], path


@pytest.mark.parametrize("width", [360, 1366])
async def test_what_came_of_giving_codes_fits_and_can_be_heard_with_its_slips(browser, house, width):
    """The page from which slips are printed, before and after they were."""
    page = await opened(browser, house, viewport={"width": width, "height": 800})
    await page.goto(f"{house.address}/bang/chon?viec=malai&tatca=1&q=n")
    await page.locator("main button[type=submit]").last.click()
    await expect(page).to_have_url(re.compile("/bang/viec/"))
    slips = page.get_by_role("link", name=re.compile(r"In \d+ phiếu"))
    await expect(slips).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    assert (await Axe().run(page)).response["violations"] == []
    printed = await page.request.get(house.address + str(await slips.get_attribute("href")))
    assert (await printed.body()).startswith(b"%PDF")
    await page.reload()
    await expect(slips).to_be_visible()
    assert (await Axe().run(page)).response["violations"] == []


async def test_names_are_found_by_the_keyboard_alone_and_without_scripts(browser, house):
    page = await opened(browser, house, viewport={"width": 1366, "height": 768}, java_script_enabled=False)
    await page.goto(f"{house.address}/bang/nguoi")
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.locator("input[type=search]").focus()
    await page.keyboard.type("hoa mai")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(r"q=hoa\+mai"))
    await expect(page.locator("tbody th a").first).to_have_text("Trần Thị Hoa Mai")
    await page.locator("tbody th a").first.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Trần Thị Hoa Mai")


async def test_people_are_chosen_and_written_to_by_the_keyboard_alone_and_without_scripts(browser, house):
    page = await opened(browser, house, viewport={"width": 1366, "height": 768}, java_script_enabled=False)
    await page.goto(f"{house.address}/bang/nguoi?q=hoa+mai")
    await page.locator("input[name=p]").first.focus()
    await page.keyboard.press("Space")
    for _ in range(40):
        if await page.locator("button[value=nhan]:focus").count():
            break
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Nhắn tin")
    await page.locator("textarea").focus()
    await page.keyboard.type("Mời gửi phiếu.")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("blockquote")).to_contain_text("Mời gửi phiếu.")
    await page.get_by_role("button", name="Gửi cho 1 người").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("[role=status]")).to_contain_text("Đã chuyển tin nhắn cho 1 người")
    await page.reload()
    await expect(page.locator("[role=status]")).to_contain_text("Đã chuyển tin nhắn cho 1 người")


async def test_a_table_is_printed_on_a_landscape_page(browser, house):
    page = await opened(browser, house)
    await page.goto(f"{house.address}/bang/nguoi")
    await page.emulate_media(media="print")
    await expect(page.locator(".filters")).to_be_hidden()
    await expect(page.locator("thead").first).to_be_visible()
    assert (await page.pdf(prefer_css_page_size=True)).startswith(b"%PDF")
