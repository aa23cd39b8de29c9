"""An opinion given by somebody without an account, on a phone of 360 px, scripts off: read, written, looked over, sent, the paper handed back."""

import os
from pathlib import Path

import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.bot.enclosures.test_looking import PDF
from tests.bot.inquiries.world import SAID, served
from tests.browser.phones import PATIENCE
from tests.campaigns.offices import nam_hoa_2021

#: Where pictures are put for somebody to look at; nowhere, where it is not said.
PICTURES = os.environ.get("TUSOI_PICTURES", "")


@pytest_asyncio.fixture(loop_scope="session")
async def world(sqlite_url, tmp_path):
    async with served(sqlite_url, tmp_path, nam_hoa_2021, "son-la-rehab-2021", 2021, "16/11/2021 08:00") as world:
        yield world


async def shot(page: Page, name: str) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "nothing reaches beyond the screen"
    )
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"inquiry-{name}.png", full_page=True)


async def test_it_is_given_without_account_and_scripts(browser, world, tmp_path) -> None:
    link = await world.link("deputy1")
    context = await browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    await page.goto(link)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("NHẬN XÉT ĐẢNG VIÊN")
    await page.get_by_label("Họ và tên").fill(SAID["name"])
    await page.get_by_label("Chức vụ").fill(SAID["post"])
    await page.get_by_label("Chi bộ, cấp ủy").fill(SAID["body"])
    await page.get_by_label("Cấp ủy nơi cư trú nhận xét").fill(SAID["q_opinion"] + "\n\nĐề nghị xếp loại tốt.")
    await page.get_by_role("button", name="Xem lại trước khi gửi").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("chưa gửi")
    await page.get_by_role("button", name="Sửa lại").click()
    await expect(page.get_by_label("Cấp ủy nơi cư trú nhận xét")).to_have_value(
        SAID["q_opinion"] + "\n\nĐề nghị xếp loại tốt."
    )
    await page.get_by_role("button", name="Xem lại trước khi gửi").click()
    await page.get_by_role("button", name="Đúng, gửi nhận xét").click()
    await expect(page.locator(".came")).to_contain_text("Bản 1: điền trên trang")
    async with page.expect_download() as taken:
        await page.get_by_role("link", name="PDF").first.click()
    assert (await taken.value).suggested_filename.endswith(".pdf")
    scan = tmp_path / "ký.pdf"
    scan.write_bytes(PDF)
    await page.get_by_label("Bản đã ký").set_input_files(scan)
    await page.get_by_role("button", name="Gửi bản đã ký").click()
    await expect(page.locator(".came")).to_contain_text("Bản 2: bản quét")
    assert await context.cookies() == []


async def test_it_fits_every_screen_and_everybody(browser, world) -> None:
    """Axe wants scripts, the page does not."""
    link = await world.link("deputy1")
    for width in (360, 390, 1366):
        page = await (await browser.new_context(viewport={"width": width, "height": 740})).new_page()
        page.set_default_timeout(PATIENCE)
        await page.goto(link)
        found = await Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        await shot(page, f"form-{width}")
        await page.get_by_label("Họ và tên").fill("x" * 190)
        await page.get_by_label("Chức vụ").fill("Bí thư")
        await page.get_by_label("Chi bộ, cấp ủy").fill("Chi bộ 5")
        await page.get_by_label("Cấp ủy nơi cư trú nhận xét").fill(SAID["q_opinion"] * 5)
        await page.get_by_role("button", name="Xem lại trước khi gửi").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("chưa gửi")
        found = await Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        await shot(page, f"preview-{width}")
    await page.get_by_role("button", name="Đúng, gửi nhận xét").click()
    await page.set_viewport_size({"width": 360, "height": 740})
    await expect(page.locator(".came")).to_contain_text("Bản 1")
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    await shot(page, "sent-360")
