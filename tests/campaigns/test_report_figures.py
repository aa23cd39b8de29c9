"""Figures that others' forms give a body's report: of a cell's members how they are rated, of a unit's people what they did in the year and its
months; counts alone, of five people or more, each with its source, taken by one press.
"""

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.nouns.office import OfficeSettings
from rules.nouns.values import Subject
from storage.tables import ANSWER
from tests.campaigns.office import Hiring
from tests.campaigns.stage import Play

OFFICE, ROOM, CELL = "Ban Dân tộc tỉnh Sông Trăng", "Phòng Chính sách", "Chi bộ Ban Dân tộc"


def of_a_cell():
    hire = Hiring(OFFICE, above="UBND tỉnh Sông Trăng", seed=31)
    hire.unit(ROOM)
    hire.unit("Phòng Hành chính", desk=True)
    hire.one("chief", "Trưởng ban", role="head")
    hire.one("head", "Trưởng phòng", ROOM, role="head", member=True)
    hire.one("deputy", "Phó Trưởng phòng", ROOM, role="deputy", member=True)
    hire.one("desk", "Trưởng phòng", "Phòng Hành chính", role="head")
    hire.staff("TH", 4, "Chuyên viên", ROOM, members=4)
    hire.one("cell", "Chi bộ", name=CELL, subject=Subject.PARTY_CELL)
    hire.cell(CELL, OFFICE, ROOM, secretary="head", deputy="deputy")
    return hire.done()


@pytest.fixture
async def cell(sqlite_url, tmp_path):
    play = await Play.begin(sqlite_url, of_a_cell(), "09/11/2020 08:00")
    await play.imports(tmp_path)
    await play.opens(tmp_path, "party-2019", year=2020)
    yield play
    await play.ends()


async def asks(play, phone, question: str) -> str:
    """The question of the cell's report, on the phone of who drafts it."""
    (line,) = await play.standings("cell")
    await phone.does(Pressed(Button("next", line.review)))
    await phone.does(Pressed(Button("go", line.review, (question,))))
    return phone.text


async def kept(play, question: str) -> list[object]:
    return [row["value"] for row in await play.rows(ANSWER, question=question)]


async def test_ratings_of_the_members_are_counted_from_five_on(cell):
    head = await cell.phone("head")
    for who in ("TH1", "TH2", "TH3", "TH4"):
        await (await cell.phone(who)).hands_in_all()
    text = await asks(cell, head, "members_good")
    assert "Bản đã gửi của 4/6 người: từ 5 người trở lên tôi mới gộp" in text
    assert not head.sees("figure")
    await (await cell.phone("deputy")).hands_in_all()
    text = await asks(cell, head, "members_good")
    assert "chưa ghi vào báo cáo" in text
    assert "trong bản đã gửi của 5/6 người: 5 người → 100%" in text
    assert not await kept(cell, "members_good")
    old = next(key for key in head.shown if key.data.startswith("figure"))
    await head.taps("figure")
    assert await kept(cell, "members_good") == [100]
    assert "Đã ghi vào câu" in head.text
    assert "trong bản đã gửi của 5/6 người" in head.text
    # A figure that is another by now is shown first.
    await asks(cell, head, "members_completed")
    await (await cell.phone("TH1")).commands("tieptuc")
    (mine,) = [one for one in await cell.standings("TH1") if one.form.startswith("mau-02")][:1]
    await (await cell.phone("TH1")).does(Pressed(Button("withdraw_now", mine.review)))
    await head.does(Pressed(Button.decode(old.data)))
    assert await kept(cell, "members_good") == [100]
