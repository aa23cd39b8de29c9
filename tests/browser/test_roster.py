"""The desk hands in its roster from the page of a phone."""

from playwright.async_api import expect

from bot.campaign.roster.exporting import workbook
from bot.demo.office import EMPLOYEE, HEAD, OFFICE
from bot.demo.setting import person_called
from tests.bot.roster.rosters import with_person
from tests.browser.test_review import entered

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def test_a_roster_is_chosen_looked_at_and_kept(browser, house):
    desk = await entered(browser, house, HEAD, house.address)
    clip = desk.page.get_by_role("button", name="Chọn tệp để gửi")
    await expect(clip).to_be_hidden()
    await desk.say("/dot")
    await desk.press("Các đợt đánh giá")
    await desk.press("Cập nhật danh sách")
    await expect(clip).to_be_visible()
    assert await clip.evaluate("one => Math.min(one.offsetWidth, one.offsetHeight)") >= 44
    assert await desk.page.evaluate("document.documentElement.scrollWidth") <= 390
    async with desk.page.expect_file_chooser() as choosing:
        await desk.page.get_by_role("button", name="📎 Chọn tệp").click()
    content = workbook(with_person(EMPLOYEE, position="Chuyên viên chính"))
    await (await choosing.value).set_files({"name": "tháng 11.xlsx", "mimeType": XLSX, "buffer": content})
    await desk.sees("“Chuyên viên” → “Chuyên viên chính”")
    assert "📎 tháng 11.xlsx" in await desk.page.locator(".bubble.mine").last.inner_text()
    await desk.say("23/11/2020")
    await desk.is_heard()
    await desk.press("✓ Cập nhật danh sách")
    await desk.sees(f"Đã ghi danh sách của {OFFICE}.")
    await expect(clip).to_be_hidden()
    assert desk.errors == []
    async with house.store.reading() as tx:
        kept = await tx.people.get(await person_called(house.store, EMPLOYEE))
    assert kept.position == "Chuyên viên chính"


async def test_the_kept_roster_is_downloaded(browser, house):
    desk = await entered(browser, house, HEAD, house.address)
    await desk.say("/dot")
    await desk.press("Các đợt đánh giá")
    await desk.press("Tải danh sách đang lưu")
    async with desk.page.expect_download() as downloading:
        await desk.page.get_by_role("link", name="Tải tệp Excel").click()
    assert (await downloading.value).suggested_filename.endswith(".xlsx")
