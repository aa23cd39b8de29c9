"""What may go wrong while it is voted, as the person at the page meets it: what they read, and what comes of it (docs/ballots.md)."""

import asyncio
import json
import re

from playwright.async_api import Browser, expect

from bot.demo.office import HEAD
from bot.demo.setting import BEGINS, fresh_invitation, person_called
from bot.serving import RunningHouse
from rules.balloting.poll import Mode, Stage
from rules.book.ballots import Choices
from tests.browser.booths import VOTERS, Room, Voter, casts, counts, room_of, until_casting
from tests.browser.phones import PATIENCE, Phone

LINE = "Nguyễn Thị Thử"
AGREED, NOT_AGREED = "Đồng ý", "Không đồng ý"


async def room_that_casts(house: RunningHouse, browser: Browser, *, clock: bool = False) -> Room:
    room = await room_of(house, browser, clock=clock, mode=Mode.SECRET, choices=Choices.AGREE, lines=(LINE,))
    await until_casting(room)
    return room


async def opened_box(room: Room) -> None:
    await room.walk(Stage.CLOSED)
    for teller in room.voters[:2]:
        await teller.press("Mở thùng phiếu bằng chìa khóa của tôi")
    await expect(room.voters[0].page.get_by_text("phiếu của anh/chị có trong danh sách đã đếm")).to_be_visible()


async def kept_in(voter: Voter) -> str:
    """All that the browser keeps of it."""
    return await voter.page.evaluate("JSON.stringify(localStorage)")


async def test_a_tracker_shown_as_proof_says_the_same_of_every_mark(house: RunningHouse, browser: Browser) -> None:
    """Before the count and after it the pages of who agreed and who did not are the same but for the tracker; it says so; all trackers are on
    every page, and neither page nor browser keeps what would open the ballot.
    """
    room = await room_that_casts(house, browser)
    marks = [AGREED, NOT_AGREED, AGREED, NOT_AGREED, AGREED]
    trackers = await asyncio.gather(*(casts(one, {LINE: mark}) for one, mark in zip(room.voters, marks, strict=True)))
    for counted in (False, True):
        shown = []
        for one, tracker in zip(room.voters, trackers, strict=True):
            await expect(one.page.get_by_text("không cho thấy đã chọn gì")).to_be_visible()
            assert AGREED not in await one.page.locator("main").inner_text()
            await expect(one.page.locator("[data-part=found]")).to_be_visible(visible=counted)
            shown.append((await one.page.locator("section[data-step=done]").inner_text()).replace(tracker, "…", 1))
            kept = json.loads(await kept_in(one))
            (mine,) = [json.loads(text) for text in kept.values() if tracker in text]
            assert not {"ballot", "token", "begun"} & {name for name, value in mine.items() if value}
        assert len(set(shown)) == 1
        if not counted:
            await opened_box(room)
    for one, tracker in zip(room.voters, trackers, strict=True):
        await one.page.locator("summary").click()
        listed = await one.page.locator('[data-fill="trackers"] li').all_inner_texts()
        assert listed == sorted(trackers)  # whoever is asked for a proof has everybody's
        assert tracker in listed
    await room.voters[0].shot("14-trackers")


async def test_ten_minutes_without_network_in_the_middle_lose_no_ballot(house: RunningHouse, browser: Browser) -> None:
    """The line goes as the ballot is sent; the phone's clock goes on ten minutes; the line is back, the page sends by itself, and it counts once.
    Another was cut off for as long with nothing marked yet, and goes on where it was.
    """
    room = await room_that_casts(house, browser, clock=True)
    sending, choosing, *others = room.voters
    await sending.page.get_by_label(AGREED, exact=True).check()
    await sending.press("Xem lại")
    for one in (sending, choosing):
        await one.page.context.set_offline(True)
    await sending.press("Bỏ phiếu")
    for one in (sending, choosing):
        await expect(one.page.get_by_role("alert")).to_contain_text("Chưa nối được với máy chủ; trang đang thử lại")
        await one.page.clock.fast_forward("10:00")
    await expect(sending.page.get_by_text("Mất mạng thì trang tự gửi lại; phiếu chỉ được tính một lần")).to_be_visible()
    await sending.shot("15-ten-minutes")
    for one in (sending, choosing):
        await expect(one.page.get_by_role("alert")).to_be_visible()
        await one.page.context.set_offline(False)
    await expect(sending.page.locator('[data-fill="tracker"]')).not_to_be_empty()
    await expect(choosing.page.get_by_role("alert")).to_be_hidden()
    await asyncio.gather(*(casts(one, {LINE: NOT_AGREED}) for one in (choosing, *others)))
    await opened_box(room)
    async with house.store.reading() as tx:
        result = await tx.polls.result(room.poll)
    assert result
    assert (result.tally.given, result.tally.returned) == (VOTERS, VOTERS)
    assert result.tally.lines == {"0": {"yes": 1, "no": VOTERS - 1}}


async def test_cast_in_two_windows_of_one_browser_the_first_counts_and_its_tracker_stays(
    house: RunningHouse, browser: Browser
) -> None:
    room = await room_that_casts(house, browser)
    first = room.voters[0]
    beside = Voter(first.person, await first.page.context.new_page())
    await beside.page.goto(first.page.url)
    await beside.page.get_by_label(NOT_AGREED, exact=True).check()
    await beside.press("Xem lại")
    # The other window asks nothing while this one casts: it stands as it was.
    await beside.page.route("**/thung", lambda route: route.abort())
    await expect(beside.page.get_by_role("alert")).to_contain_text("Chưa nối được")
    tracker = await casts(first, {LINE: AGREED})
    assert tracker in await kept_in(beside)
    await beside.page.unroute("**/thung")
    await expect(beside.page.locator('[data-fill="tracker"]')).to_have_text(tracker)
    await first.page.reload()
    await expect(first.page.locator('[data-fill="tracker"]')).to_have_text(tracker)


async def test_a_second_window_that_casts_before_it_has_looked_is_told_that_it_is_cast(
    house: RunningHouse, browser: Browser
) -> None:
    room = await room_that_casts(house, browser, clock=True)
    first = room.voters[0]
    beside = Voter(first.person, await first.page.context.new_page())
    await beside.page.clock.install()
    await beside.page.goto(first.page.url)
    await beside.page.get_by_label(NOT_AGREED, exact=True).check()
    await beside.press("Xem lại")
    await beside.page.clock.pause_at(await beside.page.evaluate("Date.now() + 1000"))  # it looks no more by itself
    tracker = await casts(first, {LINE: AGREED})
    await beside.press("Bỏ phiếu")
    await expect(beside.page.get_by_role("alert")).to_have_text("Phiếu này đã được bỏ rồi; lần sau không được tính.")
    await expect(beside.page.locator('[data-fill="tracker"]')).to_have_text(tracker)
    await beside.shot("16-cast-twice")
    assert tracker in await kept_in(first)


async def test_three_counts_that_differ_wait_for_who_leads_who_has_them_count_on(
    house: RunningHouse, browser: Browser
) -> None:
    """Two tellers at their pages, who leads in the chat: neither is told what the other has; the result says each time."""
    paper = await room_of(house, browser, 2, mode=Mode.PAPER, choices=Choices.AGREE, lines=(LINE,))
    first, second, *_ = paper.voters
    await paper.walk(Stage.CLOSED)
    for attempt in range(3):
        await counts(first, 5, 5, 0, 4, 1)
        await expect(first.page.get_by_text("Đã nhập. Chờ người kiểm thứ hai.")).to_be_visible()
        await counts(second, 5, 5, 0, 3, 2)
        for one in (first, second):
            if attempt < 2:  # the sheet is empty again: neither sees what either had entered
                await expect(one.page.get_by_role("spinbutton").nth(3)).to_have_value("")
            else:
                await expect(one.page.locator("[data-teller=stuck]")).to_contain_text("Ba lần hai bản không khớp")
    await first.shot("17-stuck")
    await expect(first.page.get_by_role("button", name="Gửi số đã kiểm")).to_be_hidden()
    head = await Phone.bought(browser, 360, 740)
    invitation = await fresh_invitation(house.store, await person_called(house.store, HEAD), BEGINS)
    await head.enter(f"{house.address}/i/{invitation}")
    await head.say("/bophieu")
    await head.page.get_by_role("button", name=re.compile("^Bỏ phiếu lần 2")).last.click()
    await head.sees("nhập chưa khớp 3 lần")
    await head.press("↻ Cho đếm tiếp")
    await head.sees("Tổ kiểm phiếu đếm tiếp")
    for one in (first, second):
        await expect(one.page.get_by_role("button", name="Gửi số đã kiểm")).to_be_visible()
        assert await one.page.get_by_role("spinbutton").nth(3).input_value() == ""
    for one in (first, second):
        await counts(one, 5, 5, 0, 4, 1)
    await expect(second.page.get_by_text("Đã kiểm phiếu xong")).to_be_visible()
    await head.press("Mở lượt này")
    await head.press("Kết quả")
    await expect(head.page.locator("#talk")).to_contain_text("Lần đếm 3 chưa khớp giữa", timeout=PATIENCE)
    await expect(head.page.locator("#talk")).to_contain_text(f"{LINE}: đồng ý 4, không đồng ý 1")
    assert not head.errors


async def test_everybody_reads_before_they_vote_that_few_received_a_ballot(
    house: RunningHouse, browser: Browser
) -> None:
    """Five may vote, three were given a ballot: whoever leads may have waited for no more."""
    room = await room_of(house, browser, 3, mode=Mode.SECRET, choices=Choices.AGREE, lines=(LINE,))
    await until_casting(room)
    for one in room.voters:
        await expect(one.page.get_by_text("Ít hơn 5 người nhận phiếu")).to_be_visible()
    await room.voters[0].shot("14-fewer")
