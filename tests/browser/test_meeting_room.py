"""Twelve phones and the screen on the wall through one meeting at once: presence by the code, comments from several phones, a ballot, the conclusion."""

import asyncio
import os
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.phones import Phone
from tests.browser.rooms import WALL, called, members, open_room

#: Where pictures are put for somebody to look at; nowhere, where it is not said.
PICTURES = os.environ.get("TUSOI_PICTURES", "")
PHONES = 12
BALLOT = "Danh hiệu của phòng"

pytestmark = pytest.mark.long


async def picture(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")


def newest(phone: Phone, name: str) -> Locator:
    """The newest button that begins so."""
    return phone.page.locator("#talk").get_by_role("button", name=re.compile(f"^{re.escape(name)}")).last


async def scans(phone: Phone, wall: Page) -> None:
    """The code on the wall, as a camera reads it, and the one button behind it."""
    address = await wall.locator("figure svg").get_attribute("aria-label")
    assert address
    await phone.page.goto(address)
    await phone.page.get_by_role("button", name="Tôi có mặt").click()
    await phone.sees("Đã ghi anh/chị có mặt")


async def at_hand(phone: Phone) -> None:
    """From wherever they are to what is gone through now."""
    await phone.say("/hop")
    await phone.is_heard()  # before that the newest buttons are those of an earlier time
    await phone.sees("đang họp")
    await newest(phone, "● Đang xem xét").click()
    await phone.is_heard()
    await phone.sees("Đang xem xét.")


async def comments(phone: Phone, text: str) -> None:
    await at_hand(phone)
    await phone.press("✎ Góp ý")
    await phone.sees("Mời anh/chị gửi ý kiến góp ý")
    await phone.say(text)
    await phone.sees("Đã ghi ý kiến")


async def concludes(chair: Phone) -> None:
    await at_hand(chair)
    await picture(chair.page, "chair-3-comments")
    await chair.press("✓ Kết luận")
    await chair.sees("mời anh/chị gửi ưu điểm trước")
    await chair.say("Phối hợp tốt, chủ động.")
    await chair.sees("Tiếp theo là hạn chế")
    await chair.say("Không")
    await chair.press("Hoàn thành tốt nhiệm vụ")
    await chair.sees("Đã ghi 5 ý kiến góp ý")
    await picture(chair.page, "chair-4-conclusion")
    await chair.press("✓ Kết luận như trên")
    await chair.sees("Đã kết luận.")


async def set_ballot(chair: Phone) -> None:
    """By name, on one question of the room's own."""
    await newest(chair, "☑ Bỏ phiếu").click()
    await newest(chair, "Việc khác: đồng ý").click()
    await newest(chair, "Công khai").click()
    await chair.sees("Dòng đầu ghi nội dung")
    await chair.say(f"{BALLOT}\nĐề nghị danh hiệu Lao động tiên tiến")
    await newest(chair, "Mở lượt này").click()
    await leads_on(chair, "▶ Mở bỏ phiếu")
    await chair.sees("Đã mở bỏ phiếu")


async def leads_on(chair: Phone, step: str) -> None:
    """A step of the ballot, and the button that asks whether it is meant; the one of the step before still stands above."""
    sure = chair.page.locator("#talk").get_by_role("button", name=re.compile("^✓ Đúng"))
    before = await sure.count()
    await newest(chair, step).click()
    await expect(sure).to_have_count(before + 1)
    await sure.last.click()


async def casts(phone: Phone, mark: str) -> None:
    """By the link that came."""
    home = phone.page.url
    await newest(phone, "Vào trang bỏ phiếu").click()
    link = phone.page.locator("#talk a[href*='/phieu/']").last
    await expect(link).to_be_visible()
    await phone.page.goto(await link.evaluate("link => link.href"))
    await phone.page.get_by_label(mark, exact=True).check()
    await phone.page.get_by_role("button", name="Xem lại").click()
    await phone.page.get_by_role("button", name="Bỏ phiếu").click()
    await expect(phone.page.get_by_text("Đã ghi ý kiến")).to_be_visible()
    await phone.page.goto(home)


async def test_twelve_phones_and_a_wall_go_through_a_meeting(browser: Browser, tmp_path: Path) -> None:
    async with open_room(tmp_path, PHONES) as room:
        everybody = members(PHONES)
        phones = dict(
            zip(everybody, await asyncio.gather(*(room.phone(browser, who) for who in everybody)), strict=True)
        )
        head, others = phones["head"], [phones[who] for who in everybody[1:]]
        await called(head)
        wall = await room.wall(browser, head)
        await expect(wall.locator(".present strong")).to_have_text("1")
        await asyncio.gather(*(scans(phone, wall) for phone in others))
        await expect(wall.locator(".present strong")).to_have_text(f"{PHONES}")
        await picture(wall, "wall-1-present")
        await picture(others[-1].page, "member-1-present")
        await head.say("/hop")
        await head.is_heard()
        await picture(head.page, "chair-1-page")
        await _deputy_at_hand(head)
        await expect(wall.locator("li.open")).to_contain_text(room.cast.name("deputy"))
        speaking = others[1:6]
        await asyncio.gather(*(comments(one, f"Ý kiến {n}: phối hợp tốt.") for n, one in enumerate(speaking, 1)))
        await picture(speaking[0].page, "member-2-comment")
        await picture(wall, "wall-2-open")
        await concludes(head)
        await expect(wall.locator("li.concluded")).to_contain_text(room.cast.name("deputy"))
        await phones["deputy"].sees("đã kết luận về bản của anh/chị")
        await set_ballot(head)
        await asyncio.gather(*(casts(one, "Đồng ý" if n else "Không đồng ý") for n, one in enumerate(others)))
        await newest(head, "Mở lượt này").click()
        await head.is_heard()
        await leads_on(head, "▶ Kết thúc biểu quyết")
        await expect(wall.locator(".count")).to_contain_text(BALLOT)
        await expect(wall.locator(".count")).to_contain_text("không đồng ý: 1")
        await picture(wall, "wall-3-ballot")
        words = await wall.locator("#board").inner_text()
        assert "phối hợp tốt" not in words.lower()
        assert "Hoàn thành" not in words
        for side in ("Width", "Height"):
            assert await wall.evaluate(f"document.documentElement.scroll{side}") <= WALL[side.lower()]
        async with room.house.store.reading() as tx:
            meeting = await tx.meetings.get(1)
            (poll,) = await tx.polls.of_meeting(1)
            result = await tx.polls.result(poll.id)
        assert meeting
        assert result
        assert len(meeting.present) == PHONES
        assert not any(map(meeting.own_word, meeting.members))
        assert sorted(len(one.comments) for one in meeting.items) == [*[0] * (len(meeting.items) - 1), len(speaking)]
        assert result.tally.lines["0"] == {"yes": len(others) - 1, "no": 1}
        assert not [error for phone in phones.values() for error in phone.errors]


async def _deputy_at_hand(head: Phone) -> None:
    """The deputy's review before the head's, with the reason that the order is another one."""
    await newest(head, "2").click()
    await head.press("▶ Bắt đầu nội dung này")
    await head.is_heard()
    asked = newest(head, "Vẫn đổi")
    if await asked.count():
        await asked.click()
        await head.sees("Vì sao")
        await head.say("Trưởng phòng kiểm điểm sau")
    await head.sees("Đang xem xét.")
