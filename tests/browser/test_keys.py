"""The page by the keyboard, on a wide screen, and as those find it who listen to it."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.demo.office import EMPLOYEE, HEAD
from bot.demo.setting import BEGINS, fresh_invitation, person_called
from tests.browser.phones import PATIENCE, Phone
from tests.browser.test_news import REMINDED, told


async def at_a_desk(browser, house, roster_key: str = EMPLOYEE, **how) -> Phone:
    """A page on a machine with keyboard and mouse."""
    context = await browser.new_context(**{"viewport": {"width": 1366, "height": 768}, **how})
    context.set_default_timeout(PATIENCE)
    phone = Phone(context, await context.new_page(), [])
    phone.page.on("pageerror", lambda error: phone.errors.append(str(error)))
    code = await fresh_invitation(house.store, await person_called(house.store, roster_key), BEGINS)
    await phone.enter(f"{house.address}/i/{code}")
    return phone


async def kept(house, phone: Phone) -> dict[str, object]:
    """What that person has answered: question → value."""
    async with house.store.reading() as tx:
        history = await tx.reviews.history((await tx.reviews.own(phone.person)).id)
    return {question: answer.value for question, answer in history}


async def test_a_form_is_answered_by_the_keyboard_alone(browser, house):
    mai = await at_a_desk(browser, house)
    keys = mai.page.keyboard
    await mai.page.evaluate("document.activeElement.blur()")
    await keys.press("Tab")
    await expect(mai.page.locator("#skip")).to_be_focused()
    await keys.press("Enter")
    await expect(mai.page.locator("#talk .theirs").last).to_be_focused()
    await keys.press("1")
    await mai.sees("Câu 1–3/26")
    await mai.is_heard()
    await expect(mai.page.locator("#talk .theirs").last).to_be_focused()
    await keys.press("9")  # no answer has that key: it is the beginning of a text
    await expect(mai.page.locator("#text")).to_be_focused()
    await expect(mai.page.locator("#text")).to_have_value("9")
    await keys.press("Backspace")
    await keys.press("Escape")
    await expect(mai.page.locator("#talk .theirs").last).to_be_focused()
    await keys.press("4")  # 1 to 3 are what the questions of the screen are called
    await mai.sees("Câu 4–7/26")
    await mai.is_heard()
    assert (await kept(house, mai))["months_worked"] == 12
    assert mai.errors == []


async def test_where_a_text_is_awaited_a_digit_begins_it_and_presses_no_way_about(browser, house):
    mai = await at_a_desk(browser, house)
    await mai.page.locator("#beside").get_by_role("button", name="Tự nhận xét").click()
    await mai.sees("Câu 24/26")
    await mai.is_heard()
    await mai.page.evaluate("document.activeElement.blur()")
    await mai.page.keyboard.type("3 lần")
    await expect(mai.page.locator("#text")).to_have_value("3 lần")
    await expect(mai.page.locator("#talk [data-key]")).to_have_count(0)
    assert mai.errors == []


async def test_digits_in_the_text_box_are_text(browser, house):
    mai = await at_a_desk(browser, house)
    await mai.press("Bắt đầu ▶")
    await mai.sees("Câu 1–3/26")
    await mai.page.locator("#text").focus()
    await mai.page.keyboard.type("12")
    await expect(mai.page.locator("#text")).to_have_value("12")
    await mai.page.keyboard.press("Enter")
    await mai.is_heard()
    assert await kept(house, mai) == {"months_worked": 12}


async def test_outline_and_pages_stand_beside_the_talk_and_follow_it(browser, house):
    mai = await at_a_desk(browser, house)
    beside = mai.page.locator("#beside")
    await expect(beside.get_by_role("heading", name="Mục lục")).to_be_visible(timeout=PATIENCE)
    await expect(beside.locator("img").first).to_be_visible(timeout=PATIENCE)
    assert await mai.page.evaluate("document.documentElement.scrollWidth") <= 1366
    await beside.get_by_role("button", name="Tự nhận xét").click()
    await mai.sees("Câu 24/26")
    await mai.say("Làm việc có trách nhiệm.")
    await mai.is_heard()
    await expect(beside.get_by_role("button", name="Tự nhận xét")).to_contain_text("1/2", timeout=PATIENCE)
    await mai.page.set_viewport_size({"width": 900, "height": 700})
    await expect(beside).to_be_hidden()
    assert mai.errors == []


async def test_no_message_begins_or_ends_with_an_empty_line(browser, house):
    mai = await at_a_desk(browser, house)
    await told(house, EMPLOYEE, 1)
    await mai.sees(REMINDED)
    for text in ("/tieptuc", "/trogiup", "/thietbi", "/cancu"):
        await mai.say(text)
        await mai.is_heard()
    texts = await mai.page.locator(".theirs .text").evaluate_all(
        "all => all.map((one) => [...one.childNodes].slice(1).map((part) => part.textContent).join(''))"
    )
    assert [text for text in texts if text != text.strip()] == []
    gaps = await mai.page.locator(".theirs:not(:has(.files, .sheets))").evaluate_all(
        """all => all.map((one) => [one, [...one.children].filter((part) => part.getClientRects().length).pop()])
                  .map(([one, last]) => one.getBoundingClientRect().bottom - last.getBoundingClientRect().bottom)"""
    )
    assert max(gaps) < 16


async def looked_through(page: Page) -> list[str]:
    found = await Axe().run(page)
    return [f"{one['id']}: {one['help']} ({one['nodes'][0]['target']})" for one in found.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(360, 568), (390, 844), (1366, 768)])
async def test_nothing_stands_in_the_way_of_those_who_listen_or_see_little(browser, house, width, height, scheme):
    how = {"viewport": {"width": width, "height": height}, "color_scheme": scheme, "bypass_csp": True}
    how["reduced_motion"] = "reduce"  # what fades in has not its colours yet
    desk = await at_a_desk(browser, house, HEAD, **how)
    page = desk.page
    await told(house, HEAD, 1)
    await desk.sees(REMINDED)
    for text in ("/tieptuc", "/choduyet", "/xemtruoc"):
        await desk.say(text)
        await desk.is_heard()
    seen = await looked_through(page)
    await page.get_by_label("Báo tin mới").click()
    await page.evaluate("document.getElementById('ask').hidden = document.getElementById('pill').hidden = false")
    await page.evaluate(
        "document.querySelector('#ask p').textContent = document.getElementById('pill').textContent = 'Tin'"
    )
    seen += await looked_through(page)
    await page.keyboard.press("Escape")
    await page.locator("#menu summary").click()
    seen += await looked_through(page)
    assert seen == []


async def test_the_way_in_is_open_to_everybody(browser, house):
    context = await browser.new_context(bypass_csp=True)
    page = await context.new_page()
    code = await fresh_invitation(house.store, await person_called(house.store, EMPLOYEE), BEGINS)
    for address in ("/", f"/i/{code}", "/offline", "/p/1/"):
        await page.goto(house.address + address)
        assert await looked_through(page) == [], address
