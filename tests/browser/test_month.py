"""A month in real Chromium: from empty to sent in few presses, and nine of them confirmed on one screen."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.campaign.campaigns import open_campaign
from bot.channels import Settings, channels_of
from bot.clock import ZONE
from bot.demo.office import DEMO_ROSTER, EMPLOYEE, HEAD
from bot.demo.setting import clock_from, fresh_invitation, person_called
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.serving import RunningHouse, serving
from bot.wiring import database
from dialogs.core.buttons import Button
from tests.browser.phones import Phone, page_says

BEGINS = dt.datetime(2026, 10, 1, 8, 30, tzinfo=ZONE)
#: What a month may take of a person: presses and texts.
FEWER_THAN = 25
#: What is pressed first, where it is there.
EAGERLY = ("known_all", "send", "reuse", "usual", "answer", "rest", "all", "next")
TEXT = "Hoàn thành đủ sản phẩm được giao, đúng hạn."


@pytest_asyncio.fixture(loop_scope="session")
async def month(tmp_path) -> AsyncIterator[RunningHouse]:
    """The fictional office in September 2026, under Decree 335."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'house.db'}", data_dir=tmp_path, web_listen="127.0.0.1:0")
    now = clock_from(BEGINS)
    async with database(settings) as store:
        await open_campaign(store, Library(), ["decree-335-2025"], 2026, DEMO_ROSTER, now(), period="m09")
    async with serving(settings, channels_of(settings), Links(), now=now) as running:
        yield running


async def entered(browser, house: RunningHouse, roster_key: str) -> Phone:
    phone = await Phone.bought(browser)
    code = await fresh_invitation(house.store, await person_called(house.store, roster_key), BEGINS)
    await phone.enter(f"{house.address}/i/{code}")
    return phone


async def offered(page: Page) -> list[tuple[Button, int]]:
    """The buttons of the newest message that has any, each with its place in the talk."""
    data = await page.locator("#talk button[data-press]").evaluate_all(
        """all => { const last = all.at(-1)?.closest('.exchange');
                    return all.map((b, n) => [b.dataset.press, n, b.closest('.exchange') === last])
                              .filter(([, , here]) => here).map(([press, n]) => [press, n]) }"""
    )
    return [(button, place) for press, place in data if (button := Button.decode(press))]


async def acts(phone: Phone) -> str:
    """One press or text of somebody who does as they are asked: the verb that was pressed, or "text"."""
    buttons = await offered(phone.page)
    for verb in EAGERLY:
        found = next(((button, place) for button, place in buttons if button.verb == verb), None)
        if found:
            await phone.page.locator("#talk button[data-press]").nth(found[1]).click()
            break
    else:
        verb = "text"
        await phone.say(TEXT)
    await phone.is_heard()
    return verb


async def hands_in(phone: Phone) -> list[str]:
    """Everything pressed and typed from the invitation to the sheet that is sent."""
    done: list[str] = []
    while not done or done[-1] != "send":
        before = await phone.page.locator("#talk").inner_html()
        done.append(await acts(phone))
        await page_says(phone.page, "before => document.querySelector('#talk').innerHTML !== before", before)
        assert len(done) < 3 * FEWER_THAN, done
    return done


@pytest.mark.parametrize("roster_key", [EMPLOYEE, HEAD], ids=["official", "leader"])
async def test_a_month_from_empty_to_sent_takes_few_presses(browser, month, roster_key):
    phone = await entered(browser, month, roster_key)
    done = await hands_in(phone)
    await phone.sees("Đã gửi bản này.")
    assert len(done) < FEWER_THAN, done
    assert phone.errors == []
    async with month.store.reading() as tx:
        review, *_ = await tx.reviews.mine(phone.person)
    assert len(review.drafts) == 1
    assert review.drafts[0].answers["p34"].value == 2.5


async def test_a_head_confirms_the_sheets_of_a_month_on_one_screen(browser, month):
    head = await entered(browser, month, HEAD)
    staff = [await entered(browser, month, key) for key in ("AP-004", "AP-005", "AP-006", "AP-007")]
    for phone in staff:
        await hands_in(phone)
    await head.say("/choduyet")
    await head.is_heard()
    await head.press("☰ Xem cả 4 phiếu: Mẫu số 01, tháng 9/2026")
    await head.sees("4 phiếu chờ anh/chị xác nhận.")
    assert await head.page.evaluate("document.documentElement.scrollWidth") <= 390
    await head.press("✓ Đồng ý cả 4 phiếu này")
    await head.press("✓ Tôi đồng ý 4 phiếu")
    await head.sees("Đã xác nhận 4 phiếu:")
    await staff[0].sees("đã đồng ý")
    await head.say("/choduyet")
    await head.is_heard()
    await head.press("Điểm năm 2026 của đơn vị")
    await head.sees("trung bình 100 (1 tháng)")
    await head.press("Trần Thị Hoa Mai")
    await head.sees("Điểm các tháng năm 2026 của Trần Thị Hoa Mai")
    assert await head.page.evaluate("document.documentElement.scrollWidth") <= 390
    drawn = head.page.locator("#talk [aria-hidden=true]", has_text="▰▰▰▰▰▰▰▰▰▰")
    await expect(drawn.last).to_be_visible()
    assert head.errors == []
    async with month.store.reading() as tx:
        kept = [review for phone in staff for review in await tx.reviews.mine(phone.person)]
    assert {review.status.value for review in kept} == {"final"}
    assert [review.last_decision.by for review in kept] == [head.person] * 4
