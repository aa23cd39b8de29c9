"""The line of the page in Chromium: it stalls, breaks, is closed and taken over, and nothing that was written is lost or
sent twice. The page's times are a tenth of those it has in earnest, and so are the stalls; one test takes the real time.
"""

import asyncio
import time

import pytest
from playwright.async_api import Page, expect

from bot.demo.office import EMPLOYEE, HEAD
from bot.demo.setting import BEGINS, fresh_invitation, person_called
from bot.web.settings import PULSE
from tests.browser.phones import PATIENCE, Phone, page_says
from tests.browser.test_page import agree
from tests.browser.test_review import entered
from tests.standins.cable import Cable

SCALE = 10


@pytest.fixture
def pulse() -> float:
    return PULSE / SCALE


async def another_tab(phone: Phone) -> Phone:
    """One more page of that person in the same browser."""
    page = await phone.context.new_page()
    page.on("pageerror", lambda error: phone.errors.append(str(error)))
    await page.goto(phone.page.url)
    return Phone(phone.context, page, phone.errors)


async def said(house, person: int) -> list[str]:
    """What that person said, as it is kept."""
    return [one.said for one in await house.house.history(person, limit=1000) if one.said]


async def is_online(phone: Phone) -> None:
    await expect(phone.page.locator("#phone")).to_have_attribute("data-state", "online", timeout=PATIENCE)


async def is_alarmed(page: Page, text: str) -> None:
    await expect(page.locator("#alarm")).to_contain_text(text, timeout=PATIENCE)


#: What the alarm says from now on, and when: some of it stands there for a moment only.
LISTENED = """() => {
  const alarm = document.getElementById("alarm");
  window.told = [];
  new MutationObserver(() => window.told.push({ text: alarm.textContent, at: Date.now() })).observe(alarm, { childList: true });
}"""


async def was_alarmed(page: Page, text: str) -> float:
    """Until the alarm has said so since it is listened to; when that was, in seconds."""
    said = "text => (window.told.find((one) => one.text.includes(text)) || {}).at"
    await page_says(page, said, text)
    return await page.evaluate(said, text) / 1000


async def keeps(page: Page, count: int) -> None:
    """Until the browser keeps so many things of this person."""
    await page_says(
        page,
        """async (count) => {
            const name = `tusoi ${document.getElementById("phone").dataset.base}`;
            const opened = await new Promise((done) => {
              const asked = indexedDB.open(name);
              asked.onsuccess = () => done(asked.result);
            });
            if (!opened.objectStoreNames.contains("kept")) return count === 0;
            const keys = await new Promise((done) => {
              const asked = opened.transaction("kept").objectStore("kept").getAllKeys();
              asked.onsuccess = () => done(asked.result);
            });
            opened.close();
            return keys.length === count;
        }""",
        count,
    )


@pytest.mark.parametrize("seconds", [5, 10, 12, 20, 40, 90])
async def test_after_a_line_that_stalled_all_comes_in_once_twice_in_a_row(browser, house, seconds):
    async with Cable.plugged_into(house.address) as cable:
        mai = await entered(browser, house, EMPLOYEE, cable.address)
        for number in (1, 2):
            cable.stall()
            await mai.say(f"Câu thứ {number}")
            await asyncio.sleep(seconds / SCALE)  # the length of a stall is what this is about
            cable.flow()
            await mai.is_heard()
            await is_online(mai)
        await mai.say("Câu thứ 3")
        await mai.is_heard()
        assert await said(house, mai.person) == ["Câu thứ 1", "Câu thứ 2", "Câu thứ 3"]
        await mai.sees("Câu thứ 3")
        assert mai.errors == []


async def test_what_others_cause_during_a_stall_is_shown_once_after_it(browser, house):
    async with Cable.plugged_into(house.address) as cable:
        mai = await entered(browser, house, EMPLOYEE, cable.address)
        second = await entered(browser, house, EMPLOYEE, house.address)
        cable.stall()
        await second.say("Viết ở máy kia")
        await second.is_heard()
        await is_alarmed(mai.page, "Mất kết nối")
        cable.flow()
        await mai.sees("Viết ở máy kia")
        await expect(mai.page.locator(".bubble.mine", has_text="Viết ở máy kia")).to_have_count(1)


async def test_a_dead_line_is_told_in_plain_words_and_so_is_that_it_lives_again(browser, house):
    async with Cable.plugged_into(house.address) as cable:
        mai = await entered(browser, house, EMPLOYEE, cable.address)
        alarm = mai.page.locator("#alarm")
        await expect(alarm).to_have_attribute("role", "status")
        await expect(alarm).to_have_text("")
        cable.stall()
        await is_alarmed(mai.page, "Mất kết nối. Anh/chị cứ viết tiếp")
        await mai.say("Đang đi trên đường")
        await is_alarmed(mai.page, "Tin chưa gửi được giữ trên máy này và tự gửi khi có mạng.")
        await mai.sees_status("chưa gửi được, sẽ tự gửi khi có mạng")
        assert await mai.page.evaluate("document.documentElement.scrollWidth") <= 390
        await mai.page.evaluate(LISTENED)
        cable.flow()
        await was_alarmed(mai.page, "Đã kết nối lại.")
        await expect(alarm).to_have_text("", timeout=PATIENCE)
        await mai.is_heard()


@pytest.mark.long
@pytest.mark.parametrize("pulse", [PULSE])
async def test_a_dead_line_looks_dead_within_ten_seconds_and_comes_back_after_each_stall(browser, house):
    async with Cable.plugged_into(house.address) as cable:
        mai = await entered(browser, house, EMPLOYEE, cable.address)
        texts = []
        for seconds in (5, 12, 14, 40, 90):
            await mai.page.evaluate(LISTENED)
            cable.stall()
            began = time.time()
            texts.append(f"Đứng {seconds} giây")
            await mai.say(texts[-1])
            if seconds > 10:
                assert await was_alarmed(mai.page, "Mất kết nối") - began < 10
            await asyncio.sleep(max(0.0, seconds - (time.time() - began)))
            cable.flow()
            await mai.is_heard()
            await is_online(mai)
        assert await said(house, mai.person) == texts


async def test_what_was_not_sent_and_what_is_half_typed_survive_a_closed_tab(browser, house):
    async with Cable.plugged_into(house.address) as cable:
        mai = await entered(browser, house, EMPLOYEE, cable.address)
        await cable.pull_out()
        await mai.say("Viết trong hầm")
        await mai.say("Câu sau đó")
        await mai.page.locator("#text").fill("Đang viết dở")
        await keeps(mai.page, 3)
        await mai.page.close(run_before_unload=False)
        cable.plug_in()
        again = await mai.context.new_page()
        await again.goto(f"{cable.address}/p/{await person_called(house.store, EMPLOYEE)}/")
        phone = Phone(mai.context, again, mai.errors)
        await phone.is_heard()
        await phone.sees("Câu sau đó")
        await expect(again.locator("#text")).to_have_value("Đang viết dở", timeout=PATIENCE)
        await keeps(again, 1)
        assert await said(house, phone.person) == ["Viết trong hầm", "Câu sau đó"]
        assert mai.errors == []


async def test_two_tabs_and_a_line_that_breaks_send_what_was_written_once(browser, house):
    async with Cable.plugged_into(house.address) as cable:
        first = await entered(browser, house, EMPLOYEE, cable.address)
        await first.page.locator("#text").fill("Nửa câu ở trang đầu")
        cable.stall()
        await first.say("Viết một lần")
        await keeps(first.page, 1)
        cable.flow()
        second = await another_tab(first)
        await first.is_heard()
        await second.is_heard()
        await second.say("Viết ở trang sau")
        await first.sees("Viết ở trang sau")
        assert await said(house, first.person) == ["Viết một lần", "Viết ở trang sau"]
        await keeps(first.page, 0)


LEFT = """async () => {
  const { base, account } = document.getElementById("phone").dataset;
  const opened = await new Promise((done) => {
    const asked = indexedDB.open(`tusoi ${base}`);
    asked.onsuccess = () => done(asked.result);
  });
  const left = { id: "0123456789abcdef", say: "Không bao giờ gửi", shown: "Không bao giờ gửi", at: 1, turn: 1, account };
  const written = opened.transaction("kept", "readwrite");
  written.objectStore("kept").put(left, `message ${left.id}`);
  await new Promise((done) => { written.oncomplete = done; });
  opened.close();
}"""


async def test_signing_out_forgets_what_was_not_sent_and_every_tab_leaves(browser, house):
    mai = await entered(browser, house, EMPLOYEE, house.address)
    other = await another_tab(mai)
    await is_online(other)
    await other.page.locator("#text").fill("Viết dở ở trang kia")
    await keeps(mai.page, 1)
    await mai.page.evaluate(LEFT)
    await keeps(mai.page, 2)
    person = mai.person
    mai.page.on("dialog", agree)
    await mai.page.get_by_role("button", name="Đăng xuất").click()
    for tab in (mai, other):
        await tab.page.wait_for_url(f"{house.address}/", timeout=PATIENCE)
    code = await fresh_invitation(house.store, person, BEGINS)
    await other.enter(f"{house.address}/i/{code}")
    await keeps(other.page, 0)
    await expect(other.page.locator("#text")).to_have_value("")
    await other.say("Xin chào")
    await other.is_heard()
    assert await said(house, person) == ["/thoat", "Xin chào"]


@pytest.mark.parametrize("stalls", [False, True])
async def test_who_signs_out_on_a_dead_line_is_told_that_it_is_not_done_until_it_is(browser, house, stalls):
    async with Cable.plugged_into(house.address) as cable:
        mai = await entered(browser, house, EMPLOYEE, cable.address)
        address = mai.page.url
        await mai.page.locator("#text").fill("Viết dở")
        await keeps(mai.page, 1)
        if stalls:
            cable.stall()
        else:
            await cable.pull_out()
        mai.page.on("dialog", agree)
        await mai.page.get_by_role("button", name="Đăng xuất").click()
        await is_alarmed(mai.page, "Mất kết nối nên chưa đăng xuất được.")
        await keeps(mai.page, 0)
        cable.flow()
        cable.plug_in()
        await mai.page.wait_for_url(f"{cable.address}/", timeout=PATIENCE)
        response = await mai.page.goto(address)
        assert response is not None
        assert response.status == 401
        assert mai.errors == []


async def test_leaving_by_word_forgets_as_well(browser, house):
    mai = await entered(browser, house, EMPLOYEE, house.address)
    await mai.page.evaluate(LEFT)
    person = mai.person
    await mai.say("/thoat")
    await mai.page.wait_for_url(f"{house.address}/", timeout=PATIENCE)
    code = await fresh_invitation(house.store, person, BEGINS)
    await mai.enter(f"{house.address}/i/{code}")
    await keeps(mai.page, 0)


async def test_nobody_else_on_the_browser_sees_or_sends_what_one_left(browser, house):
    async with Cable.plugged_into(house.address) as cable:
        mai = await entered(browser, house, EMPLOYEE, cable.address)
        await cable.pull_out()
        await mai.say("Chuyện của Mai")
        await mai.page.locator("#text").fill("Mai viết dở")
        await keeps(mai.page, 2)
        await mai.page.close()
        cable.plug_in()
        head = Phone(mai.context, await mai.context.new_page(), mai.errors)
        code = await fresh_invitation(house.store, await person_called(house.store, HEAD), BEGINS)
        await head.enter(f"{cable.address}/i/{code}")
        await keeps(head.page, 0)
        await head.say("Chuyện của trưởng phòng")
        await head.is_heard()
        assert "Mai" not in await head.page.locator("#text").input_value()
        assert await said(house, head.person) == ["Chuyện của trưởng phòng"]
        assert await said(house, await person_called(house.store, EMPLOYEE)) == []


async def test_what_a_session_left_that_ended_elsewhere_is_looked_at_before_it_is_sent(browser, house):
    async with Cable.plugged_into(house.address) as cable:
        mai = await entered(browser, house, EMPLOYEE, cable.address)
        person = mai.person
        await cable.pull_out()
        await mai.say("Có thể chưa tới")
        await keeps(mai.page, 1)
        async with house.store.transaction() as tx:
            await tx.accounts.untie_person(person, BEGINS)
            await tx.commit()
        cable.plug_in()
        await mai.page.get_by_role("heading", name="Cần đăng nhập lại").wait_for()
        code = await fresh_invitation(house.store, person, BEGINS)
        await mai.enter(f"{cable.address}/i/{code}")
        await expect(mai.page.locator("#text")).to_have_value("Có thể chưa tới", timeout=PATIENCE)
        await expect(mai.page.locator("#notice")).to_contain_text("Anh/chị xem lại trong ô nhập")
        assert await said(house, person) == []


async def test_scrolling_up_brings_older_bubbles_and_keeps_the_place(browser, house):
    mai = await entered(browser, house, EMPLOYEE, house.address)
    for number in range(25):
        await mai.say(f"Câu {number}.")
        await mai.is_heard()
    await mai.page.reload()
    await is_online(mai)
    await expect(mai.page.locator(".exchange")).to_have_count(20)
    place = "id => document.getElementById(id).getBoundingClientRect().top"
    oldest = await mai.page.locator(".exchange").first.get_attribute("id")
    await mai.page.evaluate("document.getElementById('scroll').scrollTop = 0")
    before = await mai.page.evaluate(place, oldest)
    await expect(mai.page.locator("[data-earlier]")).to_have_count(0, timeout=PATIENCE)
    await expect(mai.page.locator(".bubble.mine", has_text="Câu 0.")).to_have_count(1)
    assert abs(await mai.page.evaluate(place, oldest) - before) < 60
    assert await mai.page.locator(".day").count() == 1
    assert await mai.page.locator("#older [aria-live], #older[aria-live]").count() == 0
    numbers = [
        int(one) for one in await mai.page.locator(".exchange").evaluate_all("all => all.map(x => x.dataset.id)")
    ]
    assert numbers == sorted(set(numbers))
    assert mai.errors == []


async def test_a_page_put_to_rest_by_others_wakes_when_it_is_used(browser, house, monkeypatch):
    monkeypatch.setattr("bot.web.lines.MOST", 1)
    mai = await entered(browser, house, EMPLOYEE, house.address)
    second = await another_tab(mai)
    await is_online(second)
    await is_alarmed(mai.page, "Anh/chị đang mở Tự Soi ở nhiều nơi nên trang này tạm nghỉ.")
    await mai.say("Tôi ở đây")
    await mai.is_heard()
    await is_alarmed(second.page, "tạm nghỉ")
    await expect(mai.page.locator("#alarm")).to_have_text("", timeout=PATIENCE)
    assert await said(house, mai.person) == ["Tôi ở đây"]
