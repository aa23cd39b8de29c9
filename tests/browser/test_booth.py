"""Five phones in a room, each with the real page: keys made, tokens received, ballots cast at once, the box opened by two tellers."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Route, expect

from bot.demo.office import HEAD
from bot.demo.setting import BEGINS, fresh_invitation, person_called
from bot.serving import RunningHouse
from rules.balloting.poll import Mode, Stage
from rules.book.ballots import Choices
from tests.browser.booths import SHOTS, VOTERS, Voter, casts, counts, opened, room_of, until_casting
from tests.browser.phones import Phone, page_says


async def test_five_phones_cast_at_once_and_two_tellers_open_the_box(house: RunningHouse, browser: Browser) -> None:
    lines = ("Nguyễn Thị Thử", "Trần <b>Văn</b> Mẫu")
    room = await room_of(house, browser, mode=Mode.SECRET, choices=Choices.AGREE, lines=lines)
    await until_casting(room)
    codes = {await one.page.locator('[data-fill="room"]').inner_text() for one in room.voters}
    assert len(codes) == 1
    marks = [{lines[0]: "Đồng ý", lines[1]: "Không đồng ý"}] * 3 + [{lines[0]: "Không đồng ý"}, {}]
    trackers = await asyncio.gather(*(casts(one, mark) for one, mark in zip(room.voters, marks, strict=True)))
    assert len(set(trackers)) == VOTERS
    for one in room.voters:
        await _nothing_names_them(one)
    await room.walk(Stage.CLOSED)
    for teller in room.voters[1:3]:
        await expect(teller.page.get_by_role("button", name="Mở thùng phiếu")).to_be_visible()
        await teller.shot("6-opening")
        await teller.listens()
        await teller.press("Mở thùng phiếu bằng chìa khóa của tôi")
    await room.all_see("phiếu của anh/chị có trong danh sách đã đếm")
    await room.voters[0].shot("7-counted")
    assert [await teller.refusals() for teller in room.voters[1:3]] == [[], []]
    async with house.store.reading() as tx:
        result = await tx.polls.result(room.poll)
    assert result
    assert list(result.trackers) == sorted(trackers)
    assert (result.tally.given, result.tally.returned, result.tally.invalid) == (VOTERS, VOTERS, 0)
    assert result.tally.lines == {"0": {"yes": 3, "no": 1}, "1": {"yes": 0, "no": 3}}


async def _nothing_names_them(voter: Voter) -> None:
    """From the token to the ballot the phone asked as anybody: no cookie, no referrer, no code."""
    assert any(one.method == "POST" for one in voter.asked)
    for one in voter.asked:
        said = await one.all_headers()
        assert not {"cookie", "referer", "authorization"} & set(said)
        assert re.fullmatch(r".*/phieu/[0-9a-f]{20}/thung", one.url), one.url
        if one.method == "POST":
            assert set(one.post_data_json or {}) == {"message", "signature", "sealed"}


async def test_a_phone_that_dies_after_its_token_goes_on_where_it_was(house: RunningHouse, browser: Browser) -> None:
    """The page is loaded anew between token and ballot; the line is gone while it casts; another browser of the same person has no ballot."""
    room = await room_of(house, browser, mode=Mode.SECRET, choices=Choices.RATINGS, lines=("Nguyễn Thị Thử",))
    await until_casting(room)
    voter, other, *_ = room.voters
    await voter.page.reload()
    await expect(voter.page.get_by_text("Dòng không đánh dấu là bỏ trống")).to_be_visible()
    await _nothing_names_them_but_the_page(voter)
    await voter.page.get_by_label("Hoàn thành tốt nhiệm vụ").check()
    await voter.press("Xem lại")
    await voter.page.context.set_offline(True)
    await voter.press("Bỏ phiếu")
    await expect(voter.page.get_by_role("alert")).to_contain_text("Chưa nối được")
    await expect(voter.page.get_by_role("alert")).to_be_visible()
    await voter.shot("8-offline")
    await voter.page.context.set_offline(False)
    await expect(voter.page.locator('[data-fill="tracker"]')).not_to_be_empty()
    elsewhere = await browser.new_context(viewport={"width": 360, "height": 740})
    page = await elsewhere.new_page()
    await page.goto(f"{house.address}/phieu/{room.at}#{room.codes[other.person]}")
    await expect(page.get_by_text("đã nhận ở một máy khác")).to_be_visible()
    if SHOTS:
        await page.screenshot(path=Path(SHOTS) / "9-elsewhere.png", full_page=True)


async def _nothing_names_them_but_the_page(voter: Voter) -> None:
    asked = [one for one in voter.asked if "/static/" not in one.url and not one.url.endswith("/thung")]
    assert [one.method for one in asked] == ["GET"]  # the page itself, which is the same for everybody


async def test_a_token_whose_answer_is_lost_comes_again_and_a_request_that_never_came_is_late(
    house: RunningHouse, browser: Browser
) -> None:
    """The line breaks as tokens are given, and voting is opened meanwhile: who had asked has a ballot still, who had not is told why not. A
    ballot that does not arrive before the box is closed is not counted, and its phone says so.
    """
    room = await room_of(house, browser, mode=Mode.SECRET, choices=Choices.AGREE, lines=("Nguyễn Thị Thử",))
    for teller in room.voters[:3]:
        await teller.press("Tạo chìa khóa trên máy này")
        await expect(teller.page.get_by_text("Chìa khóa ở trong máy này").first).to_be_visible()
    await room.walk(Stage.GATHERING)
    lost, late, *_ = room.voters

    async def answer_is_lost(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await lost.page.route("**/giay", answer_is_lost)
    await late.page.route("**/giay", lambda route: route.abort())
    for one in (lost, late):
        await one.press("Tôi có mặt, nhận phiếu")
        await expect(one.page.get_by_role("alert")).to_contain_text("Chưa nối được")
    await room.walk(Stage.CASTING)
    await expect(lost.page.get_by_text("Đang nhận lại phiếu đã xin")).to_be_visible()
    for one in (lost, late):
        await one.page.unroute("**/giay")
    await expect(lost.page.get_by_text("Dòng không đánh dấu là bỏ trống")).to_be_visible()
    await expect(late.page.get_by_text("Đã mở bỏ phiếu nên không phát thêm phiếu")).to_be_visible()
    await lost.page.route("**/thung", lambda route: route.abort())
    await lost.page.get_by_label("Đồng ý", exact=True).check()
    await lost.press("Xem lại")
    await lost.press("Bỏ phiếu")
    await expect(lost.page.get_by_role("alert")).to_contain_text("Chưa nối được")
    await room.walk(Stage.CLOSED)
    await lost.page.unroute("**/thung")
    await expect(lost.page.get_by_text("Phiếu không đến được trước khi khóa thùng")).to_be_visible()
    await lost.shot("13-missed")


async def test_the_page_speaks_the_language_of_its_link(house: RunningHouse, browser: Browser) -> None:
    _, at, codes = await opened(house, Mode.SECRET, Choices.AGREE, ("Nguyễn Thị Thử",))
    page = await (await browser.new_context(viewport={"width": 360, "height": 740})).new_page()
    await page.goto(f"{house.address}/phieu/{at}?language=en#{list(codes.values())[-1]}")
    await expect(page.get_by_text("Ballots are not given out yet")).to_be_visible()


async def test_votes_by_name_and_a_count_of_paper(house: RunningHouse, browser: Browser) -> None:
    room = await room_of(house, browser, 1, mode=Mode.OPEN, choices=Choices.AGREE, lines=("Tập thể phòng",))
    await room.walk(Stage.CASTING)
    voter = room.voters[0]
    await expect(voter.page.get_by_label("Đồng ý", exact=True)).to_be_visible()
    await voter.page.get_by_label("Đồng ý", exact=True).check()
    await voter.press("Xem lại")
    await voter.press("Bỏ phiếu")
    await expect(voter.page.get_by_text("Đã ghi ý kiến")).to_be_visible()
    paper = await room_of(house, browser, 2, mode=Mode.PAPER, choices=Choices.AGREE, lines=("Nguyễn Thị Thử",))
    first, second, *_ = paper.voters
    await first.page.evaluate("window.print = () => { window.printed = true; }")
    await first.press("In phiếu trắng")
    await page_says(first.page, "window.printed")
    await first.page.emulate_media(media="print")
    await expect(first.page.get_by_role("cell", name="1. Nguyễn Thị Thử")).to_be_visible()
    await expect(first.page.get_by_role("columnheader", name="Không đồng ý")).to_be_visible()
    await first.shot("12-blank")
    await first.page.emulate_media(media="screen")
    await paper.walk(Stage.CLOSED)
    await counts(first, 5, 5, 0, 4, 2)
    refused = first.page.get_by_role("alert").filter(has_text="Số chưa khớp")
    await expect(refused).to_be_visible()
    for _ in range(
        2
    ):  # it stands there until there are other figures, however often the page looks how far the poll is
        async with first.page.expect_response("**/thung"):
            pass
    await expect(refused).to_be_visible()
    await first.shot("10-paper")
    await counts(first, 5, 5, 0, 4, 1)
    await expect(first.page.get_by_text("Đã nhập. Chờ người kiểm thứ hai.")).to_be_visible()
    await counts(second, 5, 5, 0, 3, 1)
    for one in (first, second):  # both count anew, and see nothing of what either had entered
        await expect(one.page.get_by_text("Hai bản chưa khớp.")).to_be_visible()
        await expect(one.page.get_by_role("spinbutton").nth(3)).to_have_value("")
    await expect(second.page.get_by_text("Hai bản chưa khớp.")).to_be_in_viewport()  # who pressed stood below all lines
    await second.shot("11-differs")
    await second.listens()
    for one in (first, second):
        await counts(one, 5, 5, 0, 4, 1)
    await expect(second.page.get_by_text("Đã kiểm phiếu xong")).to_be_visible()
    assert await second.refusals() == []  # their figures ended it: nothing was wrong with their link


async def test_the_chat_on_the_page_leads_into_the_booth_and_only_by_its_newest_link(
    house: RunningHouse, browser: Browser
) -> None:
    await opened(house, mode=Mode.SECRET, choices=Choices.AGREE, lines=("Nguyễn Thị Thử",))
    phone = await Phone.bought(browser, 360, 640)
    code = await fresh_invitation(house.store, await person_called(house.store, HEAD), BEGINS)
    await phone.enter(f"{house.address}/i/{code}")
    await phone.say("/bophieu")
    await phone.page.get_by_role("button", name=re.compile("^Bỏ phiếu lần 2")).last.click()
    for _ in range(2):  # the earlier one is shown no more once there is a newer
        await phone.press("Vào trang bỏ phiếu")
        await phone.is_heard()
        await phone.page.reload()
        await expect(phone.page.locator("#talk a[href*='/phieu/']")).to_have_count(1)
    await phone.sees("Đường dẫn này không còn dùng được.")
    booth = await phone.context.new_page()
    await booth.goto(await phone.page.locator("#talk a[href*='/phieu/']").evaluate("link => link.href"))
    await expect(booth.get_by_text("Chưa phát phiếu.")).to_be_visible()


@pytest.mark.parametrize("code", ["", "ABCDEFGHJKMN"])
async def test_who_has_no_link_learns_nothing(house: RunningHouse, browser: Browser, code: str) -> None:
    room = await room_of(house, browser, mode=Mode.SECRET, choices=Choices.AGREE, lines=("Nguyễn Thị Thử",))
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{house.address}/phieu/{room.at}#{code}")
    await expect(page.locator('[data-step="stranger"]')).to_be_visible()
    assert "Nguyễn Thị Thử" not in await page.content()
