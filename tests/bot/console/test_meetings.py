"""The meetings of a campaign by unit, for who may read them; their minutes as a file."""

import html
import re

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from tests.bot.playing import HEAD

DESK, OTHER_HEAD = HEAD, "AP-008"


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text.partition("<main")[2])).split())


async def held(console) -> None:
    """The head calls the meeting of their unit and opens it."""
    head = await console.phone(HEAD)
    (person,) = await console.stage.rows("person", id=await console.stage.person(HEAD))
    await head.commands("hop")
    await head.does(Pressed(Button("meeting_new", 0, ("1", str(person["unit_id"])))))
    await head.says("14h00 hôm nay, phòng họp tầng 2")
    await head.presses("meeting_called")


async def test_meetings_stand_by_unit_with_what_is_missing_and_their_minutes(console):
    desk = await console.screen_of(DESK)
    assert "chưa có cuộc họp nào" in plain(await desk.opens("/bang/hop"))
    await held(console)
    set_ = plain(await desk.opens("/bang/hop/1"))
    assert "Đã lập, chưa họp: 1." in set_
    assert "phòng họp tầng 2 chưa khai mạc" in set_
    await desk.opens("/bang/hop/bienban/1.pdf")
    assert desk.status == 404  # nothing was said yet
    head = await console.phone(HEAD)
    await head.does(Pressed(Button("meeting_open", 0, ("1",))))
    shown = await desk.opens("/bang/hop/1")
    assert "Đang họp hoặc tạm dừng: 1." in plain(shown)
    assert '/bang/hop/bienban/1.docx"' in shown
    await head.does(Pressed(Button("meeting_close_now", 0, ("1",))))
    assert "chờ thông qua biên bản: 1." in plain(await desk.opens("/bang/hop/1"))
    async with desk.browser.get(f"{desk.address}/bang/hop/bienban/1.pdf") as answer:
        assert (await answer.read()).startswith(b"%PDF")


async def test_who_may_read_no_meeting_of_a_unit_sees_none_and_gets_no_minutes(console):
    await held(console)
    head = await console.phone(HEAD)
    await head.does(Pressed(Button("meeting_open", 0, ("1",))))
    other = await console.screen_of(OTHER_HEAD, "choduyet")
    assert "chưa có cuộc họp nào" in plain(await other.opens("/bang/hop/1"))
    for path in ("/bang/hop/77", "/bang/hop/bienban/1.pdf", "/bang/hop/bienban/77.docx"):
        await other.opens(path)
        assert other.status == 404
    refused = [one for one in await console.stage.rows("audit") if one["what"] == "console refused"]
    assert len(refused) == 3
