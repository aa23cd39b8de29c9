"""A browser is asked once whether it may be called, and says what it is called for; no push service can be reached from here, so the
browser's own half is played: what the service would deliver comes by the debugger, what it would register by a script.
"""

import json

import pytest
from playwright.async_api import BrowserContext, expect

from bot.demo.office import EMPLOYEE
from bot.demo.setting import BEGINS, fresh_invitation, person_called
from tests.browser.phones import PATIENCE, Phone
from tests.browser.test_news import REMINDED, told
from tests.browser.test_page import agree
from tests.standins.push_service import Browser
from tests.waiting import until

#: A push service that takes everybody in, as the page sees it.
TAKES_IN = """told => {
  const address = { ...told, options: {}, toJSON: () => told, unsubscribe: async () => true };
  PushManager.prototype.getSubscription = async () => window.address || null;
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    window.address = { ...address, options: { applicationServerKey: applicationServerKey.buffer } };
    return window.address;
  };
  // Without a screen the browser grants nothing by itself.
  Object.defineProperty(Notification, "permission", { get: () => sessionStorage.permission || "default" });
  Notification.requestPermission = async () => { sessionStorage.permission = "granted"; return "granted"; };
}"""

ZALO = "Mozilla/5.0 (Linux; Android 13; SM-A536E) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/119.0 Mobile Safari/537.36 Zalo android/23110557"


async def entered_with(browser, house, **context) -> Phone:
    made: BrowserContext = await browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, **context)
    made.set_default_timeout(PATIENCE)
    await made.grant_permissions(["notifications"], origin=house.address)
    await made.add_init_script(f"({TAKES_IN})({json.dumps(Browser('a').told)})")
    phone = Phone(made, await made.new_page(), [])
    phone.page.on("pageerror", lambda error: phone.errors.append(str(error)))
    code = await fresh_invitation(house.store, await person_called(house.store, EMPLOYEE), BEGINS)
    await phone.enter(f"{house.address}/i/{code}")
    return phone


async def calls(house) -> int:
    """How many of Mai's sessions are called."""
    person = await person_called(house.store, EMPLOYEE)
    async with house.store.reading() as tx:
        accounts = await tx.accounts.of_person(person)
        return len([1 for channel, account, _ in accounts if await tx.pushes.of(channel, account, person)])


async def answers(phone: Phone) -> None:
    await phone.press("Bắt đầu ▶")
    await phone.is_heard()
    await phone.press("Cả năm, không nghỉ")
    await phone.is_heard()


async def answers_more(phone: Phone) -> None:
    await phone.page.locator("#talk .keyboard").last.locator("button").first.click()
    await phone.is_heard()


async def test_it_is_asked_once_after_the_first_answer_and_ends_with_signing_out(browser, house):
    mai = await entered_with(browser, house)
    asked = mai.page.locator("#ask")
    await expect(asked).to_be_hidden()
    await answers(mai)
    await expect(asked).to_be_visible(timeout=PATIENCE)
    assert await mai.page.evaluate("document.documentElement.scrollWidth") <= 390
    await asked.get_by_role("button", name="Bật báo tin").click()
    await mai.page.get_by_label("Báo tin mới").click()
    await expect(mai.page.locator("#calls")).to_have_text(
        "Đang bật trên máy này; tự tắt khi đăng xuất.", timeout=PATIENCE
    )
    assert await calls(house) == 1
    await mai.page.keyboard.press("Escape")
    mai.page.on("dialog", agree)
    await mai.page.get_by_role("button", name="Đăng xuất").click()
    await mai.page.wait_for_url(f"{house.address}/", timeout=PATIENCE)
    assert await calls(house) == 0
    assert mai.errors == []


async def test_who_says_later_is_not_asked_again_and_finds_it_behind_the_bell(browser, house):
    mai = await entered_with(browser, house)
    await answers(mai)
    await mai.page.locator("#ask").get_by_role("button", name="Để sau").click()
    await mai.page.reload()
    await answers_more(mai)
    await expect(mai.page.locator("#ask")).to_be_hidden()
    assert await calls(house) == 0
    await mai.page.get_by_label("Báo tin mới").click()
    await mai.page.locator("#bell").get_by_role("button", name="Bật báo tin").click()
    await expect(mai.page.locator("#call")).to_have_text("Tắt báo tin", timeout=PATIENCE)
    assert await calls(house) == 1
    await mai.page.locator("#call").click()
    await expect(mai.page.locator("#call")).to_have_text("Bật báo tin", timeout=PATIENCE)


async def test_who_goes_on_answering_has_the_screen_for_the_questions(browser, house):
    mai = await entered_with(browser, house)
    asked = mai.page.locator("#ask")
    await answers(mai)
    await expect(asked).to_be_visible(timeout=PATIENCE)
    await answers_more(mai)
    await expect(asked).to_be_hidden(timeout=PATIENCE)
    first = mai.page.locator("#talk .keyboard").last.locator("button").first
    await expect(first).to_be_in_viewport(ratio=1)


async def test_on_a_short_screen_the_next_question_stays_in_sight_above_what_is_asked(browser, house):
    mai = await entered_with(browser, house)
    await mai.page.set_viewport_size({"width": 360, "height": 568})
    await answers(mai)
    asked = mai.page.locator("#ask")
    await expect(asked).to_be_visible(timeout=PATIENCE)
    first = mai.page.locator("#talk .keyboard").last.locator("button").first
    await expect(first).to_have_text("Cả bốn: thực hiện tốt")

    async def is_above() -> bool:
        button, bar = await first.bounding_box(), await asked.bounding_box()
        return bool(button and bar and button["y"] + button["height"] <= bar["y"])

    await until(is_above)
    assert await mai.page.evaluate("document.documentElement.scrollWidth") <= 360


async def test_inside_an_app_one_is_told_how_to_open_the_browser(browser, house):
    mai = await entered_with(browser, house, user_agent=ZALO)
    await answers(mai)
    await expect(mai.page.locator("#ask")).to_contain_text(
        "Trong Zalo, trang không báo được tin mới.", timeout=PATIENCE
    )
    await mai.page.locator("#ask").get_by_role("button", name="Đã hiểu").click()
    await expect(mai.page.locator("#ask")).to_be_hidden()
    page = await mai.context.new_page()
    code = await fresh_invitation(house.store, mai.person, BEGINS)
    await page.goto(f"{house.address}/i/{code}")
    await expect(page.get_by_role("note")).to_contain_text("Anh/chị đang mở trong Zalo.")


SHOWN = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  const registration = await navigator.serviceWorker.ready;
  const shown = await registration.getNotifications();
  return active && shown.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
}"""


NOBODY = """async () => {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return !pages.some(({ url }) => new URL(url).pathname.startsWith("/p/"));
}"""


async def nobody_looks(phone: Phone) -> None:
    """Until the worker itself sees no page of a talk: one that was just left may still be there for a moment."""
    await until(lambda: bool(phone.context.service_workers))
    (worker,) = phone.context.service_workers
    await until(lambda: worker.evaluate(NOBODY))


async def delivered(phone: Phone, origin: str, told: object) -> None:
    """The push service's message reaches the browser, and the worker is done with it. What is shown may be asked for only then: Chromium
    takes a notification that it has kept and not displayed yet for one that was closed, and forgets it for good.
    """
    debugger = await phone.context.new_cdp_session(phone.page)
    found: list[dict[str, str]] = []
    done: list[dict[str, str]] = []
    debugger.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    debugger.on(
        "BackgroundService.backgroundServiceEventReceived", lambda event: done.append(event["backgroundServiceEvent"])
    )
    await phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await debugger.send("ServiceWorker.enable")
    await debugger.send("BackgroundService.startObserving", {"service": "pushMessaging"})
    await debugger.send("BackgroundService.setRecording", {"service": "pushMessaging", "shouldRecord": True})
    await until(lambda: bool(found))
    done.clear()
    await debugger.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": origin,
            "registrationId": found[0]["registrationId"],
            "data": told if isinstance(told, str) else json.dumps(told),
        },
    )
    await until(lambda: any(one["eventName"] == "Push event completed" for one in done))
    await debugger.detach()


@pytest.mark.parametrize("told_", ["url", "nothing", "elsewhere"])
async def test_what_is_shown_names_nothing_and_leads_home(browser, house, told_):
    mai = await entered_with(browser, house)
    address, person = mai.page.url, mai.person
    await mai.page.goto(f"{house.address}/offline")
    await nobody_looks(mai)
    body = "Anh/chị có tin mới. Bấm để mở."
    told_of = {
        "url": {"title": "Tự Soi", "body": body, "url": f"/p/{person}/#x7"},
        "nothing": "không phải JSON",
        "elsewhere": {"body": body, "url": "https://noi-khac.example/p/1/"},
    }[told_]
    await delivered(mai, house.address, told_of)
    home = {"url": f"{address}#x7"}.get(told_, f"{house.address}/")
    tag = {"url": f"/p/{person}/"}.get(told_, "/")
    assert await mai.page.evaluate(SHOWN) == [{"title": "Tự Soi", "body": body, "tag": tag, "data": home}]


async def test_who_looks_at_the_page_is_not_shown_it_twice(browser, house):
    mai = await entered_with(browser, house)
    person = mai.person
    await delivered(mai, house.address, {"url": f"/p/{person}/#x1"})
    assert await mai.page.evaluate(SHOWN) == []
    other = Phone(mai.context, await mai.context.new_page(), [])
    await other.page.goto(f"{house.address}/offline")
    await mai.page.close()
    await nobody_looks(other)
    await delivered(other, house.address, {"url": f"/p/{person}/#x2"})
    assert [one["data"].rpartition("#")[2] for one in await other.page.evaluate(SHOWN)] == ["x2"]


async def test_a_press_leads_to_the_very_message(browser, house):
    mai = await entered_with(browser, house)
    await told(house, EMPLOYEE, 1)
    await mai.sees(REMINDED)
    notice = await mai.page.locator("#talk .exchange").last.get_attribute("id")
    for number in range(8):
        await mai.say(f"Câu {number}")
        await mai.is_heard()
    await mai.page.goto("about:blank")
    await mai.page.goto(f"{house.address}/p/{await person_called(house.store, EMPLOYEE)}/#{notice}")
    await expect(mai.page.locator(f"#{notice}")).to_be_in_viewport(timeout=PATIENCE)
    assert mai.errors == []
