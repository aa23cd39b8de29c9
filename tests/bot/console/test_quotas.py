"""Where groups stand against their share, before anyone decides: the same for whoever proposes, with the names each may know."""

import html
import re

import pytest

from dialogs.core.buttons import Button
from tests.bot import playing
from tests.bot.playing import COLLEAGUE, EMPLOYEE, HEAD, LONGEST, Phone, obliging, preferred

DESK = HEAD
OTHER_HEAD = "AP-008"


async def hand_in_as_excellent(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both forms; the second is the party's, under whose quota they compete."""

    def highest(options: list[Button], chosen: dict[str, str]) -> Button:
        return options[0] if options[0].verb == "rate" else preferred(options, chosen)

    with monkeypatch.context() as patched:
        patched.setattr(playing, "preferred", highest)
        await phone.hands_in()
        await phone.commands("tieptuc")
        for _ in range(LONGEST):
            typed = "05/3/1990" if re.search(r"ngày, tháng|Ngày [^<]*\?", phone.text) else playing.TEXTS[0]
            event = obliging(
                phone.answered.replies,
                lambda options: highest(options, {}),
                lambda typed=typed: typed,
            )
            await phone.does(event)
            if "Đã gửi bản tự đánh giá" in phone.text:
                return
    raise AssertionError(phone.text)


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text.partition("<main")[2])).split())


async def test_who_competes_is_named_to_whom_may_know_it(console, monkeypatch):
    await hand_in_as_excellent(await console.phone(EMPLOYEE), monkeypatch)
    desk = await console.screen_of(DESK)
    shown = plain(await desk.opens("/bang/muc"))
    assert desk.url.endswith("/bang/muc/1")
    # Of eight members of the party at most one may have it: below five the clause says so.
    assert "“Xuất sắc”, toàn cơ quan 1 trường hợp xếp hoặc đề nghị mức này, tối đa 1. Vừa đủ." in shown
    assert "Đã quyết định 0; đã đề nghị 0; tự xếp, chờ ý kiến ở đơn vị 1." in shown
    assert "Khi ngang nhau: Các đảng viên có số phiếu ngang nhau" in shown
    assert "Trần Thị Hoa Mai" in shown  # it waits for them as the head
    assert "/bang/nguoi/AP-005" in desk.text
    other = await console.screen_of(OTHER_HEAD, "choduyet")
    assert "Trần Thị Hoa Mai" not in await other.opens("/bang/muc")
    assert "chưa có nhóm nào trong phần anh/chị theo dõi" in other.text


async def test_more_than_may_be_is_told_and_stops_nobody(console, monkeypatch):
    for key in (EMPLOYEE, COLLEAGUE):
        await hand_in_as_excellent(await console.phone(key), monkeypatch)
    desk = await console.screen_of(DESK)
    shown = plain(await desk.opens("/bang/muc"))
    assert "2 trường hợp xếp hoặc đề nghị mức này, tối đa 1. Nhiều hơn 1." in shown
    head = await console.phone(HEAD)
    await head.commands("choduyet")
    assert "tối đa 1; đã đề nghị 0, đang chờ 2" in html.unescape(head.text)  # what chat says of the same


@pytest.mark.parametrize("path", ["/bang/muc/999", "/bang/muc/1?trang=x", "/bang/muc/1?trang=99999999999999"])
async def test_an_address_made_by_hand(console, path):
    desk = await console.screen_of(DESK)
    await desk.opens(path)
    assert desk.status == (404 if "999" in path.partition("?")[0] else 200)
