"""Files over real HTTP: fetched where one is awaited, looked at first, never more than may come."""

import hashlib

import pytest

from bot.campaign.roster.exporting import workbook
from bot.demo.office import DEMO_ROSTER, OFFICE
from bot.roster.read import read_roster
from bot.telegram import fetching
from bot.telegram.service import Telegram, connected
from bot.telegram.wire import Access
from dialogs.core.events import Handed, Sent
from tests.bot.playing import EMPLOYEE, HEAD, staged
from tests.bot.roster.rosters import promoted
from tests.bot.telegram.conftest import LINES, SmallHouse, polling
from tests.standins.telegram import TOKEN, TelegramStandIn

CONTENT = b"PK\x03\x04" + bytes(range(256)) * 1000


async def test_a_file_that_is_awaited_is_fetched_whole(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    house.awaiting, an = "xlsx", telegram.person("An")
    an.sends_document("Danh sách.xlsx", CONTENT)
    await an.hears("Tệp Danh sách.xlsx")
    assert house.events == [Handed("Danh sách.xlsx", hashlib.sha256(CONTENT).hexdigest())]
    assert house.taken[0].content == CONTENT


async def test_a_file_nobody_awaits_is_not_fetched(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An")
    an.sends_document("Danh sách.xlsx", CONTENT)
    await an.hears("Tôi chưa đọc được document")
    assert (house.events, telegram.sent("getFile")) == ([Sent("document")], [])


@pytest.mark.parametrize(
    ("name", "size", "trouble"),
    [("bao-cao.docx", 10, "not_xlsx"), ("a.xlsx.exe", 10, "not_xlsx"), ("to.xlsx", 20_000_001, "too_big")],
)
async def test_a_file_of_the_wrong_kind_or_size_is_not_even_asked_for(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse, name, size, trouble
) -> None:
    house.awaiting, an = "xlsx", telegram.person("An")
    an.sends_document(name, b"x", file_size=size)
    await an.hears(trouble)
    assert house.events == [Handed(name, trouble=trouble)]
    assert telegram.sent("getFile") == []


async def test_no_more_is_read_than_may_come_whatever_was_said(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 100_000)
    house.awaiting, an = "xlsx", telegram.person("An")
    an.sends_document("to.xlsx", CONTENT, file_size=10)
    await an.hears("too_big")
    assert house.taken[0].content == b""


async def test_a_file_that_cannot_be_fetched_is_said_and_the_token_stays_out_of_the_log(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    house.awaiting, an = "xlsx", telegram.person("An")
    an.sends_document("mat.xlsx", CONTENT, file_id="gone")
    await an.hears("mat.xlsx lost")
    telegram.files.clear()
    telegram.refuse("getFile", 500, "Internal Server Error")
    an.sends_document("hong.xlsx", CONTENT)
    await an.hears("hong.xlsx lost")
    assert TOKEN not in "".join(capsys.readouterr())


async def test_the_desk_hands_in_its_roster_over_telegram(telegram: TelegramStandIn, sqlite_store) -> None:
    stage = await staged(sqlite_store)
    house = (await stage.phone_of(HEAD)).house
    desk = telegram.person("Bàn", 4001)
    async with sqlite_store.transaction() as tx:
        await tx.accounts.tie("telegram", "4001", await stage.person(HEAD), stage.clock.now)
        await tx.commit()
    async with connected(Access(TOKEN, telegram.base), house, LINES, SmallHouse().reach) as open_, polling(open_):
        desk.says("/dot")
        await desk.hears("Đợt đánh giá năm 2020")
        desk.presses("Các đợt đánh giá")
        await desk.hears("Có 1 đợt đánh giá đang mở")
        desk.presses("Tải danh sách đang lưu")
        await desk.until(lambda: any(one.kind == "document" for one in desk.bubbles), "the roster")
        sent = next(one for one in desk.bubbles if one.kind == "document")
        assert (sent.name, len(read_roster(sent.content).people)) == ("Danh sách.xlsx", len(DEMO_ROSTER.people))
        desk.presses("Cập nhật danh sách")
        await desk.hears("Mời anh/chị gửi tệp Excel")
        desk.sends_document("thang-11.xlsx", workbook(promoted(EMPLOYEE)))
        await desk.hears("Chức vụ, chức danh: “Chuyên viên” → “Chuyên viên chính”")
        desk.presses("✓ Cập nhật danh sách")
        await desk.hears(f"Đã ghi danh sách của {OFFICE}.")
    async with sqlite_store.reading() as tx:
        assert (await tx.people.get(await stage.person(EMPLOYEE))).position == "Chuyên viên chính"


async def test_where_a_paper_of_a_dossier_is_awaited_any_file_and_a_photo_is_one(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    house.awaiting, an = "any", telegram.person("An")
    an.sends_document("Kê khai.pdf", CONTENT)
    await an.hears("Tệp Kê khai.pdf")
    sizes = [
        {"file_id": f"size{side}", "file_unique_id": f"u{side}", "width": side, "height": side, "file_size": side}
        for side in (90, 1280)
    ]
    telegram.files["size1280"] = b"\xff\xd8\xff the largest"
    an.sends("photo", sizes)
    await an.hears("Tệp anh.jpg")
    assert [one.content for one in house.taken] == [CONTENT, b"\xff\xd8\xff the largest"]
