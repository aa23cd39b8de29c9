"""Drafts sent round on the console: who has not answered, every comment as text, the table as a file; for whoever may read the answers."""

import io

import pytest
from docx import Document as Docx
from openpyxl import load_workbook

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from tests.bot.console.test_stopping import plain
from tests.bot.playing import COLLEAGUE, HEAD

DESK, OTHER_HEAD = HEAD, "AP-008"
SAID = "=1+1 <b>Nên</b> họp sáng thứ Hai"


@pytest.fixture
async def sent(console):
    """The desk's letter to the whole office, answered by one."""
    desk = await console.phone(DESK)
    await desk.does(Pressed(Button("round_text")))
    await desk.says("Dự thảo quy chế <i>\nI. Giờ làm\nSáng 7 giờ.\nII. Họp\nChiều thứ Sáu.")
    await desk.presses("round_of")
    keys = [key.data for reply in desk.answered.replies for row in reply.keyboard for key in row]
    await desk.does(Pressed(Button.decode(next(one for one in keys if one.endswith(":all")))))
    await desk.presses("round_until")
    await desk.presses("round_send")
    reader = await console.phone(COLLEAGUE)
    await reader.does(Pressed(Button("round_say", 0, ("1", "1"))))
    await reader.says(SAID)
    assert "Đã ghi góp ý" in reader.text
    return console


async def test_who_has_not_answered_and_what_was_said(sent):
    desk = await sent.screen_of(DESK)
    listed = await desk.opens("/bang/gopy")
    assert "Dự thảo quy chế &lt;i&gt;" in listed
    shown = plain(await desk.opens("/bang/gopy/1"))
    assert "II. Họp" in shown
    assert SAID in shown
    assert "chưa xem xét" in shown
    assert "Đã trả lời: 1/" in shown
    for kind, reads in (("xlsx", load_workbook), ("docx", Docx)):
        async with desk.browser.get(f"{desk.address}/bang/gopy/1/bang.{kind}") as answer:
            assert answer.status == 200
            reads(io.BytesIO(await answer.read()))


@pytest.mark.parametrize("path", ["/bang/gopy/1", "/bang/gopy/1/bang.xlsx", "/bang/gopy/1/bang.docx", "/bang/gopy/9"])
async def test_nobody_else_reads_it(sent, path):
    other = await sent.screen_of(OTHER_HEAD, "choduyet")
    assert "Chưa có dự thảo nào" in await other.opens("/bang/gopy")
    await other.opens(path)
    assert other.status == 404
    stranger = await sent.screen()
    await stranger.opens(path)
    assert stranger.status == 401
