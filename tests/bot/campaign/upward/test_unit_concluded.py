"""Where no meeting of the authority was held, the decider is shown what the unit's own meeting concluded."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.campaign.upward.office import begun
from tests.bot.campaign.upward.test_sending import holds_a_meeting
from tests.bot.meetings.talking import Talk
from tests.campaigns.stage import Play


@pytest.fixture
async def play(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    played = await begun(sqlite_url, tmp_path)
    played.on("22/11/2023 09:00")
    await holds_a_meeting(played)
    yield played
    await played.ends()


async def test_the_card_shows_what_the_units_meeting_concluded(play: Play) -> None:
    talk = Talk(play)
    await talk.says("chief", "/quyetdinh")
    phone = await play.phone("chief")
    assert "◆ 1 bản cuộc họp kết luận khác mức tự xếp loại" in phone.text
    assert any("(5)" in key.label for key in phone.shown), (
        "six were handed in; one was concluded otherwise than suggested"
    )
    assert any(f"{play.cast.name('deputy')} – Tốt → Xuất sắc" in key.label for key in phone.shown)
    await talk.presses("chief", f"◆ {play.cast.name('deputy')}")
    line = next(one for one in phone.text.splitlines() if ", 22/11/2023" in one)
    assert "Hoàn thành xuất sắc nhiệm vụ" in line
