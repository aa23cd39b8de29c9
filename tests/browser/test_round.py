"""A draft sent round on the page of a phone of 360 pixels: read, commented, agreed to; without names nothing of it stays on the page."""

import itertools
import os
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.demo.office import HEAD
from bot.demo.setting import BEGINS, fresh_invitation, person_called
from bot.serving import RunningHouse
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.nouns.rounds import BOXED_BYTES
from storage.tables import ROUND, ROUND_BOX
from tests.bot.enclosures.test_looking import PDF
from tests.bot.playing import COLLEAGUE, EMPLOYEE
from tests.bot.playing import Phone as Account
from tests.browser.phones import Phone

#: Set, pictures of what the phone shows are put there.
SHOTS = os.environ.get("TUSOI_SHOTS", "")
SECRET = "Nên nêu rõ số liệu từng quý"


async def sent_round(house: RunningHouse) -> None:
    """The employee's review goes to the whole office."""
    author = Account(house.house, "author@web", itertools.count(10**6))
    person = await person_called(house.store, EMPLOYEE)
    await author.commands("start", await fresh_invitation(house.store, person, BEGINS))
    await author.hands_in()
    async with house.store.reading() as tx:
        review = next(one for one in await tx.reviews.mine(person) if one.draft)
    await author.does(Pressed(Button("round_to", 0, (f"r{review.id}", "all"))))
    await author.says("30/11")
    await author.presses("round_send")


async def of_colleague(house: RunningHouse, browser: Browser) -> Phone:
    phone = await Phone.bought(browser, 360, 568)
    code = await fresh_invitation(house.store, await person_called(house.store, COLLEAGUE), BEGINS)
    await phone.enter(f"{house.address}/i/{code}")
    return phone


async def shot(phone: Phone, name: str) -> None:
    if SHOTS:
        await phone.page.screenshot(path=Path(SHOTS) / f"round-{name}.png")


async def test_a_draft_is_read_and_answered_on_a_phone(house: RunningHouse, browser: Browser) -> None:
    await sent_round(house)
    phone = await of_colleague(house, browser)
    await phone.say("/gopy")
    await phone.sees("Có 1 dự thảo chờ anh/chị góp ý.")
    await shot(phone, "list")
    await phone.page.locator("#talk").get_by_role("button", name="●").last.click()
    await phone.sees("Ý kiến ghi tên.")
    await shot(phone, "read")
    await phone.page.locator("#talk").get_by_role("button", name="✎ Góp ý:").last.click()
    await phone.sees("tối đa 1000 ký tự")
    await phone.say(SECRET)
    await phone.sees("Đã ghi góp ý.")
    await shot(phone, "said")
    await phone.press("✓ Nhất trí")
    await phone.sees("Đã ghi: nhất trí.")
    await shot(phone, "agreed")
    assert phone.errors == []


async def test_what_is_said_without_a_name_does_not_stay_on_the_page(house: RunningHouse, browser: Browser) -> None:
    await sent_round(house)
    async with house.store.transaction() as tx:
        await tx.connection.execute(ROUND.update().values(naming="unnamed"))
        (one,) = await tx.rounds.running()
        box = tx.held.key.lock_box(b"[]".ljust(BOXED_BYTES * 6))
        await tx.connection.execute(ROUND_BOX.insert().values(round_id=one.id, content=box))
        await tx.commit()
    phone = await of_colleague(house, browser)
    await phone.say("/gopy")
    await phone.page.locator("#talk").get_by_role("button", name="●").last.click()
    await phone.press("✎ Góp ý hoặc nhất trí")
    await phone.sees("Gửi là vào hộp ngay")
    await shot(phone, "box")
    await phone.say(SECRET)
    await phone.sees("Góp ý đã vào hộp")
    await shot(phone, "boxed")
    await phone.is_heard()  # until then the browser keeps it, to send it again
    await phone.page.reload()
    await phone.sees("Góp ý đã vào hộp")
    assert SECRET not in await phone.page.content()
    await shot(phone, "reloaded")
    assert phone.errors == []


async def test_a_file_goes_round_from_one_phone_to_another(house: RunningHouse, browser: Browser) -> None:
    desk = await Phone.bought(browser, 360, 568)
    code = await fresh_invitation(house.store, await person_called(house.store, HEAD), BEGINS)
    await desk.enter(f"{house.address}/i/{code}")
    await desk.say("/gopy")
    await desk.press("✉ Gửi lấy ý kiến")
    await desk.press("📎 Tệp Word, PDF của tôi")
    await desk.sees("Tệp gửi đi nguyên như anh/chị gửi")
    async with desk.page.expect_file_chooser() as choosing:
        await desk.page.get_by_role("button", name="📎 Chọn tệp").click()
    await (await choosing.value).set_files({"name": "Quy chế.pdf", "mimeType": "application/pdf", "buffer": PDF})
    await desk.sees("Đã nhận tệp “Quy chế.pdf”")
    await shot(desk, "file-came")
    await desk.press("Chọn người nhận ▶")
    await desk.page.locator("#talk").get_by_role("button", name="Cả cơ quan").last.click()
    await desk.sees("Trả lời đến hết ngày nào?")
    await desk.say("30/11")
    await desk.sees("Gửi tệp “Quy chế.pdf” nguyên như anh/chị gửi tôi.")
    await shot(desk, "file-preview")
    await desk.page.locator("#talk").get_by_role("button", name="✓ Gửi").last.click()
    await desk.sees("Mỗi ngày làm việc, tôi nhắc người chưa trả lời.")
    phone = await of_colleague(house, browser)
    await phone.say("/gopy")
    await phone.page.locator("#talk").get_by_role("button", name="●").last.click()
    await phone.sees("Trả lời đến hết ngày")
    link = phone.page.locator("#talk").get_by_role("link", name="Tải").last
    await shot(phone, "file-read")
    async with phone.page.expect_download() as taken:
        await link.click()
    assert (await taken.value).suggested_filename == "Quy chế.pdf"
    assert Path(await (await taken.value).path()).read_bytes() == PDF  # noqa: ASYNC240 - one small file
    await phone.press("✎ Góp ý chung")
    await phone.sees("ghi rõ trang hoặc mục của tệp")
    await phone.say(SECRET)
    await phone.sees("Đã ghi góp ý.")
    assert phone.errors == desk.errors == []


pytestmark = pytest.mark.browser
