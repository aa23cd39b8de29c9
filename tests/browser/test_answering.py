"""An older question is answered on the page: by a touch, a swipe, the keyboard; and only one of this very conversation."""

import json

import pytest
from playwright.async_api import expect

from bot.demo.office import EMPLOYEE, HEAD
from tests.browser.phones import PATIENCE, Phone, page_says
from tests.browser.test_keys import at_a_desk, kept
from tests.browser.test_page import TAKEN_AWAY, older
from tests.browser.test_review import entered

BAR = "#answering"


async def two_questions_on(phone: Phone) -> None:
    """The months worked were answered, the first screen of criteria is asked."""
    await phone.press("Bắt đầu ▶")
    await phone.sees("Câu 1–3/26")
    await phone.press("Cả năm, không nghỉ")
    await phone.sees("Câu 4–7/26")
    await phone.is_heard()


async def test_a_touch_on_the_small_button_answers_that_question(browser, house):
    mai = await entered(browser, house, EMPLOYEE, house.address)
    await two_questions_on(mai)
    await expect(mai.page.locator("[data-answer]:visible")).to_have_count(1)  # not on the one that is asked now
    await mai.page.locator("[data-answer]:visible").tap()
    await expect(mai.page.locator(BAR)).to_contain_text("Trả lời: Câu 1–3/26 Thời gian công tác trong năm")
    await expect(mai.page.locator("#text")).to_be_focused()
    await mai.say("11 tháng")
    await expect(mai.page.locator(BAR)).to_be_hidden()
    await mai.is_heard()
    assert (await kept(house, mai))["months_worked"] == 11
    await mai.say("a) tốt")  # the next text answers what is asked
    await mai.is_heard()
    assert (await kept(house, mai))["months_worked"] == 11
    assert mai.errors == []


SWIPE = """([from, to, down]) => {
  const bubble = document.querySelector('[data-answer]:not([hidden])').closest('.bubble');
  const finger = (x, y) => [new Touch({ identifier: 1, target: bubble, clientX: x, clientY: y })];
  const send = (type, x, y) => bubble.dispatchEvent(new TouchEvent(type, {
    bubbles: true, touches: type === 'touchend' ? [] : finger(x, y), changedTouches: finger(x, y) }));
  send('touchstart', from, 300);
  for (let n = 1; n <= 5; n += 1) send('touchmove', from + (to - from) * n / 5, 300 + down * n / 5);
  send('touchend', to, 300 + down);
}"""


@pytest.mark.parametrize(
    ("way", "down", "answers"), [(-90, 5, True), (-20, 0, False), (90, 0, False), (-90, 200, False)]
)
async def test_a_swipe_to_the_left_answers_and_a_scroll_does_not(browser, house, way, down, answers):
    mai = await entered(browser, house, EMPLOYEE, house.address)
    await two_questions_on(mai)
    await mai.page.evaluate(SWIPE, [300, 300 + way, down])
    await expect(mai.page.locator(BAR)).to_be_visible() if answers else await expect(
        mai.page.locator(BAR)
    ).to_be_hidden()
    assert await mai.page.locator(".bubble[style*=translate]").count() == 0
    assert mai.errors == []


async def test_the_keyboard_goes_up_to_a_question_and_leaves_it(browser, house):
    mai = await at_a_desk(browser, house)
    keys = mai.page.keyboard
    await two_questions_on(mai)
    await keys.press("Alt+ArrowUp")
    await expect(mai.page.locator(BAR)).to_contain_text("Thời gian công tác trong năm")
    await expect(mai.page.locator("#text")).to_be_focused()
    await keys.press("Escape")
    await expect(mai.page.locator(BAR)).to_be_hidden()
    await expect(mai.page.locator("#text")).to_be_focused()
    await keys.press("Alt+ArrowUp")
    await keys.press("Alt+ArrowDown")
    await expect(mai.page.locator(BAR)).to_be_hidden()
    await keys.press("Alt+ArrowUp")
    await keys.type("10 tháng")
    await keys.press("Enter")
    await mai.is_heard()
    assert (await kept(house, mai))["months_worked"] == 10
    await expect(mai.page.locator("#text")).to_be_focused()
    assert mai.errors == []


#: Whether the browser keeps this half typed.
DRAFT = """async (text) => {
  const name = `tusoi ${document.getElementById("phone").dataset.base}`;
  const done = (asked) => new Promise((tell) => { asked.onsuccess = () => tell(asked.result); });
  const opened = await done(indexedDB.open(name));
  const all = await done(opened.transaction("kept").objectStore("kept").getAll());
  opened.close();
  return all.some((one) => one.text === text && one.about);
}"""


async def test_what_is_half_typed_keeps_its_question_over_a_reload(browser, house):
    mai = await entered(browser, house, EMPLOYEE, house.address)
    await two_questions_on(mai)
    await mai.page.locator("[data-answer]:visible").tap()
    await mai.page.locator("#text").press_sequentially("9 tháng")
    await page_says(mai.page, DRAFT, "9 tháng")
    await mai.page.reload()
    await expect(mai.page.locator(BAR)).to_contain_text("Thời gian công tác trong năm", timeout=PATIENCE)
    await expect(mai.page.locator("#text")).to_have_value("9 tháng")
    await mai.page.get_by_role("button", name="Thôi trả lời câu cũ").tap()
    await expect(mai.page.locator(BAR)).to_be_hidden()
    assert mai.errors == []


async def test_in_an_older_engine(browser, house):
    mai = await entered(browser, house, EMPLOYEE, house.address)
    await mai.context.route("**/*.css*", older)
    await mai.context.add_init_script(f"({TAKEN_AWAY})()")
    await two_questions_on(mai)
    await mai.page.reload()
    await mai.page.locator("[data-answer]:visible").tap()
    await mai.say("8 tháng")
    await mai.is_heard()
    assert (await kept(house, mai))["months_worked"] == 8
    assert mai.errors == []


SPEAK = """([address, under]) => new Promise((done) => {
  const socket = new WebSocket(address.replace(/^http/, 'ws') + 'ws');
  const heard = [];
  socket.onopen = () => {
    socket.send(JSON.stringify({ hello: 0, language: 'vi' }));
    socket.send(JSON.stringify({ id: 'madebyhand01', under, say: '7 tháng' }));
  };
  socket.onmessage = ({ data }) => {
    heard.push(data);
    if (data.startsWith('{') && JSON.parse(data).done) { socket.close(); done(heard); }
  };
})"""


async def test_a_frame_made_by_hand_that_names_the_message_of_another_is_not_taken(browser, house):
    mai = await entered(browser, house, EMPLOYEE, house.address)
    await two_questions_on(mai)
    theirs = await mai.page.locator(".exchange:has([data-answer]:not([hidden]))").first.get_attribute("data-id")
    head = await entered(browser, house, HEAD, house.address)
    await head.press("Bắt đầu ▶")
    await head.sees("Câu 1–3/")
    heard = await head.page.evaluate(SPEAK, [head.page.url, [int(theirs or 0), 0]])
    assert json.loads(heard[-1]) == {"done": "madebyhand01", "not_taken": True}
    assert "Tin anh/chị trả lời không còn ở đây" in heard[-2]
    assert await kept(house, head) == {}
    assert (await kept(house, mai))["months_worked"] == 12
    own = await head.page.locator(".exchange:has([data-answer])").last.get_attribute("data-id")
    for place in ([int(own or 0), 9], [10**8, 0]):
        heard = await head.page.evaluate(SPEAK, [head.page.url, place])
        assert json.loads(heard[-1]).get("not_taken") is True
    assert await kept(house, head) == {}
