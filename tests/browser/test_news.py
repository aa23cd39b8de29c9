"""What comes while one looks elsewhere is counted and seen later, and moves nothing meanwhile."""

import pytest
from playwright.async_api import Page, expect

from bot.delivery.notices import notify
from bot.demo.office import EMPLOYEE, HEAD
from bot.demo.setting import BEGINS, fresh_invitation, person_called
from dialogs.core.buttons import Button
from dialogs.core.turn import Key, Reply
from tests.browser.phones import PATIENCE, Phone
from tests.browser.test_review import entered

REMINDER = Reply("notice/person_reminder", {
    "due": "2020-12-04", "days": 7, "name": "Trần Thị Hoa Mai", "form": "Phiếu", "year": 2020,
    "stage": "not_started", "minutes": 25,
}, ((Key("notice/begin", Button("next", 5)),),))  # fmt: skip

#: What nothing else says.
REMINDED = "Mất khoảng 25 phút; có thể làm từng phần"

#: A page that somebody has put behind another window, as it sees itself.
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


async def told(house, roster_key: str, number: int) -> None:
    """Somebody else's deed is told to that person."""
    async with house.store.transaction() as tx:
        person = await person_called(house.store, roster_key)
        await notify(tx, person, f"news:{number}", REMINDER, BEGINS)
        await tx.commit()


async def with_a_long_talk(browser, house) -> Phone:
    mai = await entered(browser, house, EMPLOYEE, house.address)
    for number in range(6):
        await mai.say(f"Câu {number}")
        await mai.is_heard()
    return mai


async def place(page: Page) -> int:
    return await page.evaluate("document.getElementById('scroll').scrollTop")


async def is_counted(page: Page, pill: str, title: str) -> None:
    await expect(page.locator("#pill")).to_have_text(pill, timeout=PATIENCE)
    await expect(page).to_have_title(title, timeout=PATIENCE)


async def test_news_moves_nothing_for_who_reads_further_up_and_a_press_leads_to_it(browser, house):
    mai = await with_a_long_talk(browser, house)
    await mai.page.evaluate("document.getElementById('scroll').scrollTop = 0")
    before = await place(mai.page)
    await told(house, EMPLOYEE, 1)
    await is_counted(mai.page, "↓ 1 tin mới", "(1) Tự Soi")
    await told(house, EMPLOYEE, 2)
    await is_counted(mai.page, "↓ 2 tin mới", "(2) Tự Soi")
    assert await place(mai.page) == before
    size = await mai.page.locator("#pill").evaluate("one => one.offsetHeight")
    assert size >= 44
    await mai.page.locator("#pill").click()
    await expect(mai.page.locator("#talk .exchange").nth(-2)).to_be_in_viewport()
    await expect(mai.page.locator("#pill")).to_be_hidden(timeout=PATIENCE)
    await expect(mai.page).to_have_title("Tự Soi")
    assert mai.errors == []


async def test_a_hidden_window_counts_and_keeps_its_place_until_it_is_looked_at(browser, house):
    context = await browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE)
    desk = Phone(context, await context.new_page(), [])
    code = await fresh_invitation(house.store, await person_called(house.store, HEAD), BEGINS)
    await desk.enter(f"{house.address}/i/{code}")
    for number in range(6):
        await desk.say(f"Câu {number}")
        await desk.is_heard()
    before = await place(desk.page)
    await desk.page.evaluate(HIDE, arg=True)
    for number in (1, 2, 3):
        await told(house, HEAD, number)
    await is_counted(desk.page, "↓ 3 tin mới", "(3) Tự Soi")
    assert await place(desk.page) == before
    await desk.page.evaluate(HIDE, arg=False)
    await desk.page.locator("#pill").click()
    await expect(desk.page.locator("#talk .exchange").nth(-3)).to_be_in_viewport()


async def test_what_one_did_oneself_is_no_news_and_is_gone_to(browser, house):
    mai = await with_a_long_talk(browser, house)
    await mai.page.evaluate("document.getElementById('scroll').scrollTop = 0")
    await mai.say("Câu cuối")
    await mai.is_heard()
    await expect(mai.page.locator("#talk .exchange").last).to_be_in_viewport()
    await expect(mai.page.locator("#pill")).to_be_hidden()


HEARD = """() => {
  window.heard = 0;
  const begin = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function start(...when) { window.heard += 1; return begin.apply(this, when); };
}"""


@pytest.mark.parametrize(("choice", "tones"), [("Im lặng", 0), ("Âm thanh", 2)])
async def test_who_chose_so_hears_it_also_after_a_reload(browser, house, choice, tones):
    mai = await with_a_long_talk(browser, house)
    await mai.page.get_by_label("Báo tin mới").click()
    await mai.page.get_by_label(choice).check()
    await mai.page.reload()
    await mai.page.get_by_label("Báo tin mới").click()
    await expect(mai.page.get_by_label(choice)).to_be_checked()
    await mai.page.keyboard.press("Escape")
    await expect(mai.page.locator("#bell .panel")).to_be_hidden()
    await expect(mai.page.locator("#phone")).to_have_attribute("data-state", "online", timeout=PATIENCE)
    await mai.page.evaluate(HEARD)
    await mai.page.evaluate("document.getElementById('scroll').scrollTop = 0")
    await told(house, EMPLOYEE, 1)
    await is_counted(mai.page, "↓ 1 tin mới", "(1) Tự Soi")
    assert await mai.page.evaluate("window.heard") == tones
    assert mai.errors == []
