"""Phones in a room, each with the real page of a poll, which the chair leads from stage to stage."""

import asyncio
import datetime as dt
import os
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Page, Request, expect

from bot.balloting import protocol
from bot.codes import fresh_code
from bot.serving import RunningHouse
from rules.balloting.poll import Line, Mode, Poll, Stage, Taking
from rules.book.ballots import Choices

#: If set, screenshots of the phones are put into this folder.
SHOTS = os.environ.get("TUSOI_SHOTS", "")
AT = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)
VOTERS = 5


@dataclass
class Voter:
    """Somebody's phone, and every request it made."""

    person: int
    page: Page
    asked: list[Request] = field(default_factory=list)

    async def press(self, name: str) -> None:
        """Press a button."""
        await self.page.get_by_role("button", name=name).click()

    async def listens(self) -> None:
        """From now on record every refusal that the page shows, even for a moment."""
        await self.page.evaluate("""() => {
            const why = document.querySelector('[data-part="why"]');
            window.refusals = [];
            const note = () => { if (!why.hidden) window.refusals.push(why.textContent); };
            new MutationObserver(note).observe(why, { attributes: true, childList: true, characterData: true });
        }""")

    async def refusals(self) -> list[str]:
        """The refusals shown since `listens`."""
        return await self.page.evaluate("window.refusals")

    async def shot(self, name: str) -> None:
        """Take a screenshot, if they are wanted."""
        if SHOTS:
            await self.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@dataclass
class Room:
    """The poll and its phones."""

    house: RunningHouse
    poll: int
    at: str
    codes: dict[int, str]
    voters: list[Voter]

    async def walk(self, to: Stage) -> None:
        """Lead the poll to another stage, as the chair does in the chat (tested in tests/bot/turn)."""
        async with self.house.store.transaction() as tx:
            poll = await tx.polls.locked(self.poll)
            assert poll
            if to is Stage.GATHERING:
                await protocol.open_gathering(tx, poll, AT)
            else:
                await tx.polls.walk(self.poll, to, AT)
            await tx.commit()

    async def all_see(self, text: str) -> None:
        """Wait until every phone shows the text, without anybody touching it."""
        await asyncio.gather(*(expect(one.page.get_by_text(text).first).to_be_visible() for one in self.voters))


async def opened(
    house: RunningHouse, mode: Mode, choices: Choices, lines: tuple[str, ...]
) -> tuple[int, str, dict[int, str]]:
    async with house.store.transaction() as tx:
        (office,) = (await tx.units.offices()).values()
        people = list(await tx.people.of_office(office))[:VOTERS]
        taking = tuple(
            Taking(one.id, one.name, voter=True, teller=place + 1 if place < 3 else None)
            for place, one in enumerate(people)
        )
        poll = Poll(
            0,
            office,
            people[0].id,
            "Bỏ phiếu lần 2: đảng viên hoàn thành xuất sắc nhiệm vụ",
            mode,
            choices,
            tuple(map(Line, lines)),
            taking=taking,
        )
        poll_id = await tx.polls.add(poll, AT)
        codes = {one.id: fresh_code() for one in people}
        for person, code in codes.items():
            await tx.polls.admit(poll_id, person, code)
        at = await tx.polls.address(poll_id)
        await tx.commit()
    assert at
    return poll_id, at, codes


async def room_of(
    house: RunningHouse, browser: Browser, phones: int = VOTERS, *, clock: bool = False, **how: object
) -> Room:
    poll, at, codes = await opened(house, **how)  # type: ignore[arg-type]
    voters = []
    for person, code in list(codes.items())[:phones]:
        context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
        page = await context.new_page()
        if clock:  # the clock of this phone alone, which runs until a test moves it
            await page.clock.install()
        voter = Voter(person, page)
        page.on("request", lambda one, voter=voter: voter.asked.append(one))
        await page.goto(f"{house.address}/phieu/{at}#{code}")
        voters.append(voter)
    return Room(house, poll, at, codes, voters)


async def until_casting(room: Room) -> None:
    for teller in room.voters[:3]:
        await teller.press("Tạo chìa khóa trên máy này")
        await expect(teller.page.get_by_text("Chìa khóa ở trong máy này").first).to_be_visible()
    await room.walk(Stage.GATHERING)
    await room.all_see("Bấm nút dưới đây để nhận phiếu")
    await room.voters[0].shot("1-receive")
    await asyncio.gather(*(one.press("Tôi có mặt, nhận phiếu") for one in room.voters))
    await room.all_see("Đã nhận phiếu.")
    await room.voters[0].shot("2-holding")
    for one in room.voters:
        one.asked.clear()
    await room.walk(Stage.CASTING)
    await room.all_see("Dòng không đánh dấu là bỏ trống")


async def casts(voter: Voter, marks: dict[str, str]) -> str:
    for line, option in marks.items():
        await voter.page.get_by_role("group", name=line).get_by_label(option, exact=True).check()
    await voter.shot("3-choosing")
    await voter.press("Xem lại")
    await voter.shot("4-confirming")
    await voter.press("Bỏ phiếu")
    await expect(voter.page.locator('[data-fill="tracker"]')).not_to_be_empty()
    await voter.shot("5-cast")
    return (await voter.page.locator('[data-fill="tracker"]').inner_text()).strip()


async def counts(teller: Voter, *figures: int) -> None:
    boxes = teller.page.get_by_role("spinbutton")
    await expect(boxes.first).to_be_visible()
    for place, value in enumerate(figures):
        await boxes.nth(place).fill(str(value))
    await teller.press("Gửi số đã kiểm")
