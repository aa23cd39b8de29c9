"""The demo's page: the phones of a person, their head and the authority, on which one review goes from the first press to the result."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import FrameLocator, Page, expect

from bot.demo.auto import script
from bot.demo.office import PHONES
from bot.demo.phones import demo_served
from bot.settings import HouseSettings
from tests.browser.phones import PATIENCE, Phone


@pytest_asyncio.fixture(loop_scope="session")
async def address(tmp_path) -> AsyncIterator[str]:
    """Of the demo as `tusoi demo` serves it."""
    settings = HouseSettings(
        database_url=f"sqlite:///{tmp_path / 'demo.db'}", data_dir=tmp_path, web_listen="127.0.0.1:0"
    )
    async with demo_served(settings) as running:
        assert running.address
        yield running.address


async def frames(page: Page) -> dict[str, FrameLocator]:
    """The phones, each online."""
    found = {who: page.frame_locator(f"#{who} iframe") for who in PHONES}
    for one in found.values():
        await expect(one.locator("#phone")).to_have_attribute("data-state", "online", timeout=PATIENCE)
    return found


async def heard(one: FrameLocator) -> None:
    await expect(one.locator("#waiting .unsent")).to_have_count(0, timeout=PATIENCE)


async def test_the_three_phones_tell_the_story_to_its_end_and_a_reload_greets_nobody_again(browser, address):
    phone = await Phone.bought(browser, width=1366, height=768)
    await phone.page.goto(f"{address}/demo")
    shown = await frames(phone.page)
    tops = [await phone.page.locator(f"#{who} .handset").bounding_box() for who in PHONES]
    assert len({box["y"] for box in tops if box}) == 1
    assert await phone.page.evaluate("document.documentElement.scrollWidth") <= 1366
    lines = [line for line in script() if line.text]
    for line in lines[:2]:
        await played(shown[line.who], line.text, pressed=line.pressed)
    for one in shown.values():
        await expect(one.locator("#talk .reply")).not_to_have_count(0)  # each is greeted
    said = {who: await one.locator("#talk .reply").count() for who, one in shown.items()}
    await phone.page.reload()
    shown = await frames(phone.page)
    for who, one in shown.items():
        await expect(one.locator("#talk .reply")).to_have_count(said[who], timeout=PATIENCE)
    for line in lines[2:]:
        await played(shown[line.who], line.text, pressed=line.pressed)
    told = shown["employee"].locator("#talk").get_by_text("anh/chị đã nhận thông báo kết quả")
    await expect(told.last).to_be_visible(timeout=PATIENCE)
    assert phone.errors == []


async def played(one: FrameLocator, text: str, *, pressed: bool) -> None:
    """A line of the script on its phone, taken."""
    if pressed:
        button = one.locator("#talk").get_by_role("button", name=text, exact=True).last
        await expect(button).not_to_have_attribute("aria-busy", "", timeout=PATIENCE)
        await button.click()
    else:
        await one.locator("#text").fill(text)
        await one.get_by_role("button", name="Gửi", exact=True).click()
    await heard(one)


async def test_on_a_phone_they_stand_below_each_other_and_what_is_said_above_leads_to_each(browser, address):
    phone = await Phone.bought(browser)
    await phone.page.goto(f"{address}/demo")
    await frames(phone.page)
    assert await phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    await phone.page.get_by_role("link", name="Người quyết định").tap()
    await expect(phone.page.locator("#authority h2")).to_be_in_viewport()
    await expect(phone.page.locator("#authority h2")).to_have_text("Hoàng Sơn Lâm – Chánh Văn phòng")


async def test_the_phones_are_nobodys_who_is_not_in_the_story(browser, address):
    phone = await Phone.bought(browser)
    answer = await phone.page.goto(f"{address}/p/4/demo")
    assert answer is not None
    assert answer.status == 404
