"""A form that rates somebody twice, as a civil servant and as a member of the party: each rating is weighed and shown as itself."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.meetings.conftest import deputy_at_hand, opened, press
from tests.bot.meetings.talking import BEGINS, BOOK, ROOM, YEAR
from tests.campaigns.office import Cast, Hiring
from tests.campaigns.stage import Play


def office() -> Cast:
    """A room of three; its deputy is of the party."""
    hire = Hiring("Văn phòng UBND tỉnh Cao Mây", above="UBND tỉnh Cao Mây", seed=12, prefix="VP")
    hire.one("chief", "Chánh Văn phòng", role="head")
    hire.unit(ROOM)
    hire.unit("Phòng Hành chính - Quản trị", desk=True)
    hire.one("head", "Trưởng phòng", ROOM, role="head", group="Trưởng phòng")
    hire.one("deputy", "Phó Trưởng phòng", ROOM, role="deputy", group="Phó Trưởng phòng", member=True)
    hire.one("an", "Chuyên viên", ROOM, group="Chuyên viên")
    hire.one("desk", "Chuyên viên", "Phòng Hành chính - Quản trị", desk=True)
    return hire.done()


@pytest.fixture
async def play(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    play = await Play.begin(sqlite_url, office(), BEGINS)
    await play.opens(tmp_path, BOOK, year=YEAR)
    for who in ("head", "deputy", "an"):
        await (await play.phone(who)).hands_in_all()
    play.on("24/11/2023 14:00")
    yield play
    await play.ends()


@pytest.mark.parametrize(
    ("civil", "party", "over"), [("excellent", "good", "Công chức, viên chức"), ("good", "excellent", "Đảng viên")]
)
async def test_whichever_of_the_two_is_over_its_quota_is_said_and_both_stand_on_the_agenda(
    play: Play, civil: str, party: str, over: str
) -> None:
    await opened(play, "an")
    review = await deputy_at_hand(play)
    phone = await play.phone("head")
    await press(play, "head", "meeting_conclude", review, says="Rất tốt")
    await phone.says("Không")
    await press(play, "head", "meeting_rate", review, 0, civil)
    shown = await press(play, "head", "meeting_rate", review, 1, party)
    (warned,) = [line for line in shown.splitlines() if "⚠" in line]
    assert f"⚠ {over}: “Hoàn thành xuất sắc nhiệm vụ”" in warned
    assert "tối đa 0, đã đề nghị 1" in warned
    assert "Vẫn đề nghị được" in warned
    await press(play, "head", "meeting_concluded", review)
    words = {"excellent": "Hoàn thành xuất sắc nhiệm vụ", "good": "Hoàn thành tốt nhiệm vụ"}
    page = await press(play, "head", "meeting_look")
    assert f"{words[civil]} (công chức, viên chức), {words[party]} (đảng viên)" in page
