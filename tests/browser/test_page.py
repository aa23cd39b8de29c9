"""The phone page: texts are data, a second tap is none, two devices show one conversation, it fits small screens."""

import re
from itertools import pairwise

import pytest
from playwright.async_api import Dialog, Route, expect

from bot.demo.office import EMPLOYEE, HEAD
from bot.demo.setting import BEGINS, fresh_invitation, person_called
from tests.browser.phones import Phone
from tests.browser.test_review import entered

HOSTILE = "<script>document.title='bị chiếm'</script> {{ 7*7 }} {% for x in y %} #eval(\"1\") *đậm* <b>x</b>"


async def test_markup_in_a_text_is_shown_as_typed_and_never_run(browser, house):
    mai = await entered(browser, house, EMPLOYEE, house.address)
    await mai.say(HOSTILE)
    await mai.is_heard()
    assert await mai.page.locator(".bubble.mine").last.inner_text() != ""
    assert HOSTILE in await mai.page.locator("#talk").inner_text()
    assert await mai.page.title() != "bị chiếm"


async def test_a_double_tap_acts_once(browser, house):
    mai = await entered(browser, house, EMPLOYEE, house.address)
    await mai.press("Bắt đầu ▶")
    await mai.is_heard()
    await mai.page.locator("#talk").get_by_role("button", name="Cả năm, không nghỉ").dblclick()
    await mai.is_heard()
    await mai.sees("Câu 4–7/26")
    async with house.store.reading() as tx:
        history = await tx.reviews.history((await tx.reviews.own(mai.person)).id)
    assert [question for question, _ in history] == ["months_worked", "leave_months", "maternity_leave"]


async def test_what_one_device_says_shows_on_the_other(browser, house):
    first, second = [await entered(browser, house, EMPLOYEE, house.address) for _ in range(2)]
    await first.press("Bắt đầu ▶")
    await second.sees("Câu 1–3/26")
    await second.press("Cả năm, không nghỉ")
    await first.sees("Câu 4–7/26")


async def test_two_people_are_signed_in_side_by_side_in_one_browser(browser, house):
    phone = await Phone.bought(browser)
    for key in (EMPLOYEE, HEAD):
        code = await fresh_invitation(house.store, await person_called(house.store, key), BEGINS)
        await phone.enter(f"{house.address}/i/{code}")
    employee = await person_called(house.store, EMPLOYEE)
    await phone.page.goto(f"{house.address}/p/{employee}/")
    await phone.sees("Trần Thị Hoa Mai")


async def agree(dialog: Dialog) -> None:
    await dialog.accept()


async def test_signing_out_shows_the_way_in_and_the_page_is_closed(browser, house):
    mai = await entered(browser, house, EMPLOYEE, house.address)
    address = mai.page.url
    mai.page.on("dialog", agree)
    await mai.page.get_by_role("button", name="Đăng xuất").click()
    await mai.page.wait_for_url(f"{house.address}/")
    response = await mai.page.goto(address)
    assert response is not None
    assert response.status == 401


@pytest.mark.parametrize("width", [320, 390])
async def test_nothing_is_wider_than_the_screen_and_buttons_fit_a_thumb(browser, house, width):
    phone = await Phone.bought(browser, width=width, height=700)
    code = await fresh_invitation(house.store, await person_called(house.store, EMPLOYEE), BEGINS)
    await phone.enter(f"{house.address}/i/{code}")
    await phone.press("Bắt đầu ▶")
    await phone.sees("Câu 1–3/26")
    assert await phone.page.evaluate("document.documentElement.scrollWidth") <= width
    heights = await phone.page.locator("#talk button[data-press]").evaluate_all("all => all.map(b => b.offsetHeight)")
    assert min(heights) >= 44


async def older(route: Route) -> None:
    """A style sheet as Chromium 80 reads it: neither dvh nor color-mix, :has, :focus-visible, aspect-ratio, shorthands of lines."""
    response = await route.fetch()
    known = re.sub(r"(\d)dv[hw]\b", r"\1unknown", await response.text())
    for newer in (
        "color-mix(",
        ":has(",
        ":focus-visible",
        "aspect-ratio:",
        "border-inline:",
        "padding-inline:",
        "inset:",
    ):
        known = known.replace(newer, newer.replace(newer.strip(":("), "unknown"))
    known = re.sub(r"(display: (?:inline-)?flex;[^}]*?)\bgap:", r"\1unknown:", known)
    await route.fulfill(response=response, body=known)


#: What Chromium 80 and Safari 13 have not.
TAKEN_AWAY = """() => {
  for (const [of, names] of [
    [Array.prototype, ["at", "findLast"]], [String.prototype, ["at", "replaceAll"]], [Object, ["hasOwn"]],
    [Element.prototype, ["replaceChildren", "checkVisibility"]], [Document.prototype, ["replaceChildren"]],
    [HTMLFormElement.prototype, ["requestSubmit"]], [HTMLElement.prototype, ["inert"]],
    [window, ["BroadcastChannel", "structuredClone", "HTMLDialogElement", "PushManager", "Notification", "AudioContext"]],
    [AbortSignal, ["timeout", "any"]], [HTMLDialogElement.prototype, ["showModal", "show", "close"]],
    [MediaQueryList.prototype, ["addEventListener"]], [Navigator.prototype, ["setAppBadge", "clearAppBadge", "vibrate"]],
  ]) for (const name of names) delete of[name];
}"""


async def test_the_page_is_usable_in_an_older_engine(browser, house):
    """`css-without-dvh.txt`: the body was 2.708 px high instead of 640, nothing scrolled, the composer lay below."""
    phone = await Phone.bought(browser, width=360, height=640)
    await phone.context.route("**/*.css*", older)
    await phone.context.add_init_script(f"({TAKEN_AWAY})()")
    code = await fresh_invitation(house.store, await person_called(house.store, EMPLOYEE), BEGINS)
    await phone.enter(f"{house.address}/i/{code}")
    await phone.press("Bắt đầu ▶")
    await phone.sees("Câu 1–3/26")
    await phone.press("Cả năm, không nghỉ")
    await phone.sees("Câu 4–7/26")
    await phone.is_heard()
    assert await phone.page.evaluate("document.body.offsetHeight") == 640
    composer = await phone.page.locator("#composer").bounding_box()
    assert composer is not None
    assert composer["y"] + composer["height"] <= 640
    await phone.page.mouse.move(180, 300)
    await phone.page.mouse.wheel(0, -10_000)
    await expect(phone.page.locator("#talk .exchange").first).to_be_in_viewport()
    await phone.say("Xin chào")
    await phone.is_heard()
    places = (
        await phone.page.locator("#talk .keyboard")
        .last.locator("button")
        .evaluate_all("all => all.map((one) => one.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom])")
    )
    rows = sorted({(top, bottom) for top, bottom in places})
    assert all(below[0] - above[1] >= 4 for above, below in pairwise(rows))
    await phone.press("Mục lục")
    await phone.press("Bản nháp")
    await phone.is_heard()
    await phone.page.locator("#talk .sheets").scroll_into_view_if_needed()
    sheet = phone.page.locator("#talk a.sheet").first
    async with phone.context.expect_page() as opened:
        await sheet.click()
    await (await opened.value).wait_for_url("**/page-1.png")
    assert phone.errors == []


async def test_joined_signs_stay_joined_and_decorative_letters_are_told(browser, house):
    phone = await Phone.bought(browser, width=360, height=640)
    code = await fresh_invitation(house.store, await person_called(house.store, EMPLOYEE), BEGINS)
    await phone.enter(f"{house.address}/i/{code}")
    for label in ("Bắt đầu ▶", "Cả năm, không nghỉ", "Mục lục"):
        await phone.press(label)
        await phone.is_heard()
    await phone.page.locator("#talk").get_by_role("button", name="Tự nhận xét").last.click()
    await phone.is_heard()
    await phone.say("𝐓𝐨̂́𝐭 👨‍👩‍👧")
    await phone.sees("Chữ trang trí được ghi bằng chữ thường: 𝐓𝐨̂́𝐭 → Tốt.")
    await phone.sees("👨‍👩‍👧 (sẽ in [U+1F468 U+1F469 U+1F467])")
    async with house.store.reading() as tx:
        kept = (await tx.reviews.own(phone.person)).answers
    assert "Tốt 👨‍👩‍👧" in [answer.value for answer in kept.values()]
