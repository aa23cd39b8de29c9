"""The list of ratings that are proposed goes round: by the line of a plan that speaks of it, and where another is silent."""

from pathlib import Path

import pytest

from rules.nouns.rounds import Naming
from storage.tables import ROUND, ROUND_ANSWER
from tests.bot.campaign.rounds.test_rounds import ethnic
from tests.bot.campaign.rounds.told import Told
from tests.campaigns.stage import Play

HERE = Path(__file__).parent
LINE = "hoàn chỉnh hồ sơ báo cáo lãnh đạo Ban để lấy ý kiến, Trưởng Ban quyết định"


@pytest.mark.parametrize(
    ("rulebook", "cite", "told"),
    [
        ("quang-ngai-ethnic-2023", "II.4.2.b2", "danh-sach-du-kien.txt"),
        ("quang-ngai-office-2023", "", "danh-sach-du-kien-khong-noi.txt"),
    ],
)
async def test_a_list_goes_round_by_its_plan(sqlite_url, tmp_path, rulebook: str, cite: str, told: str) -> None:
    play = await Play.begin(sqlite_url, ethnic(2), "13/11/2023 08:30")
    await play.opens(tmp_path, rulebook, year=2023)
    talk = Told(play)
    for who in ("p1", "p2"):
        await (await play.phone(who)).hands_in_all(1)
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", "Danh sách dự kiến xếp loại")
    assert (LINE in play.phones["desk"].text) == bool(cite)
    await talk.presses("desk", "Chọn từng người")
    for who in ("chief", "vice"):
        await talk.presses("desk", play.cast.name(who), silently=True)
    await talk.presses("desk", "Xong (2 người)")
    await talk.says("desk", "17/11")
    await talk.presses("desk", "Gửi 2 người")
    await talk.hears("vice")
    await talk.presses("vice", "Xem và góp ý")
    await talk.presses("vice", "Góp ý: Phòng Chính sách")
    await talk.says("vice", "Đề nghị xem lại mức của người thứ nhất")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "– 1/2")
    (sent,) = await play.rows(ROUND)
    assert (sent["cite"], sent["naming"], sent["token"][0]) == (cite, Naming.NAMED, "l")
    assert [piece["title"] for piece in sent["pieces"]] == ["Phòng Chính sách"]
    assert all(play.cast.name(who) in sent["pieces"][0]["text"] for who in ("p1", "p2"))
    assert len(await play.rows(ROUND_ANSWER)) == 1
    assert talk.is_as(HERE / told)
    await play.ends()
