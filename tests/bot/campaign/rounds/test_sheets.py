"""Sheets of points about somebody: the leadership beside them, then the level above, each with what came before in sight."""

from pathlib import Path

import pytest

from rules.nouns.values import Subject
from tests.bot.campaign.rounds.told import Told
from tests.campaigns.office import Hiring
from tests.campaigns.stage import Play

HERE = Path(__file__).parent


def district(below: int = 6, deputies: int = 3):
    """A district party committee: a cadre who heads a department with deputies, people below, leaders above."""
    hire = Hiring("Huyện ủy Sơn Thạch", above="Tỉnh ủy", seed=12)
    hire.one("chief", "Bí thư Huyện ủy", role="head", subject=Subject.CADRE)
    hire.one("vice", "Phó Bí thư Huyện ủy", role="deputy", subject=Subject.CADRE)
    hire.unit("Ban Tuyên giáo", in_charge="vice")
    hire.unit("Ban Tổ chức", desk=True)
    hire.unit("Văn phòng Huyện ủy")
    hire.one("head", "Trưởng ban", "Ban Tuyên giáo", role="head", subject=Subject.CADRE)
    for number in range(1, deputies + 1):
        hire.one(f"d{number}", "Phó Trưởng ban", "Ban Tuyên giáo", role="deputy", subject=Subject.CADRE)
    for number in range(1, below + 1):
        hire.one(f"p{number}", "Chuyên viên", "Ban Tuyên giáo")
    hire.one("desk", "Chuyên viên", "Ban Tổ chức", desk=True)
    hire.one("desk_head", "Trưởng ban", "Ban Tổ chức", role="head", subject=Subject.CADRE)
    hire.one("clerk", "Chánh Văn phòng", "Văn phòng Huyện ủy", role="head", subject=Subject.CADRE)
    return hire.done()


@pytest.fixture
async def play(sqlite_url, tmp_path):
    played = await Play.begin(sqlite_url, district(), "07/12/2020 08:30")
    await played.opens(tmp_path, "son-duong-2020", year=2020)
    yield played
    await played.ends()


async def sends(talk: Told, whom: str, what: str, to: str, day: str = "18/12") -> None:
    """The desk sends a sheet about somebody."""
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", f"{talk.play.cast.name(whom)} – ")
    await talk.presses("desk", what)
    await talk.presses("desk", to)
    await talk.says("desk", day)
    await talk.presses("desk", "✓ Gửi")


async def test_peers_and_the_level_above_give_points(play):
    talk = Told(play)
    talk.note("Tập thể lãnh đạo cùng cấp chấm điểm, rồi cấp trên trực tiếp.")
    await sends(talk, "head", "Tập thể lãnh đạo cùng cấp", "Tập thể lãnh đạo cùng cấp (")
    await talk.hears("d1")
    await talk.presses("d1", "Mở phiếu")
    await talk.says("d1", "tốt lắm")
    await talk.says("d1", "105")
    await talk.says("d1", "80 90")
    await talk.says("d1", "85,5")
    await talk.says("d1", "86")
    await talk.presses("d1", "Về phiếu")
    for who, points in (("d2", "90 điểm"), ("d3", "88")):
        await talk.hears(who)
        await talk.presses(who, "Mở phiếu", silently=True)
        await talk.says(who, points)
    await talk.presses("d3", "Nhận xét thêm")
    await talk.says("d3", "=Quyết liệt, sát việc")
    await talk.says("head", "/gopy")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "– 3/3")
    await talk.presses("desk", "Bảng tổng hợp")
    await talk.presses("desk", "Kết thúc sớm")
    await talk.presses("desk", "Kết thúc ngay")
    await sends(talk, "head", "Cấp trên trực tiếp", "Cấp trên trực tiếp (")
    await talk.hears("vice")
    await talk.presses("vice", "Mở phiếu")
    await talk.says("vice", "84")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "– 1/2")
    assert talk.is_as(HERE / "cham-diem.txt")
