"""Files that dossiers lack, in the one message of the day: to who owes them by the plan's day, and to the desk, which sees who owes what."""

from dataclasses import replace

import pytest

from bot.turn.uploads import Enclosing
from dialogs.lobby import reminders
from rules.nouns.enclosures import Enclosure
from storage.kept_files import KeptFiles
from storage.tables import DELIVERY
from tests.bot.enclosures.test_looking import PDF
from tests.campaigns.offices import son_thach_2020 as office
from tests.campaigns.stage import Play


@pytest.fixture
async def play(database_url, tmp_path):
    play = await Play.begin(database_url, office.cast(), "16/11/2020 08:00")
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    play.house = replace(play.house, enclosing=Enclosing(KeptFiles(tmp_path / "enclosures")))
    yield play
    await play.ends()


async def hands_in(play, who: str, place: str) -> None:
    async with play.store.transaction() as tx:
        told = ("0" * 64, len(PDF), "pdf", "a.pdf", play.ids["head:TC"], "Ai đó", play.clock())
        await tx.enclosures.add(Enclosure(0, 1, "son-duong-2020", place, None, play.ids[who], *told))
        await tx.commit()


def files(told: list[dict]) -> list[tuple[str, list[str]]]:
    return [(one["due"], [file["title"] for file in one["files"]]) for one in told if one["what"] == "files"]


async def test_who_owes_some_is_told_by_their_own_day_with_the_rest_of_the_day(play) -> None:
    """III.1.1: ý kiến nơi cư trú trước 25/11; III.1.3: báo cáo trước 10/12."""
    told = await play.reminders("18/11/2020")
    assert files(told["head:TG"]) == [("2020-11-25", ["Ý kiến của cấp ủy nơi cư trú"])]
    assert "TG1" not in told or not files(told["TG1"]), "who is no cadre has no dossier"
    told = await play.reminders("02/12/2020")
    owed = [
        "Ý kiến của cấp ủy nơi công tác",
        "Phiếu bổ sung hồ sơ cán bộ theo mẫu 2d/BTCTW",
        "Bản kê khai tài sản, thu nhập (Nghị định 130/2020/NĐ-CP)",
    ]
    assert files(told["head:TG"]) == [("2020-11-25", ["Ý kiến của cấp ủy nơi cư trú"]), ("2020-12-09", owed)]
    rows = await play.rows(DELIVERY, kind="reminder", person_id=play.ids["head:TG"])
    assert len(rows) == 2, "one message a day"


async def test_what_is_handed_in_is_told_of_no_longer(play) -> None:
    await hands_in(play, "head:TG", "residence")
    told = await play.reminders("18/11/2020")
    assert "head:TG" not in told or not files(told["head:TG"])
    assert files(told["dep:TG"])


async def test_the_desk_sees_who_owes_which_and_what_it_owes_itself(play, monkeypatch) -> None:
    monkeypatch.setattr(reminders, "THINGS", 20)  # this one heads a unit, too, and has twelve things on the second day
    await hands_in(play, "head:TG", "residence")
    told = await play.reminders("18/11/2020")
    (one,) = [one for one in told["head:TC"] if one["what"] == "dossier"]
    owing = {each["name"]: each["count"] for each in one["owing"]}
    assert one["own"] == []
    assert play.cast.name("head:TG") not in owing
    assert set(owing.values()) == {1}
    assert len(owing) + one["owing_more"] == one["count"]
    told = await play.reminders("02/12/2020")
    late, soon = [one for one in told["head:TC"] if one["what"] == "dossier"]
    assert (late["due"], soon["due"]) == ("2020-11-25", "2020-12-09")
    own = {each["title"]: each["count"] for each in soon["own"]}
    assert own["Tờ trình đề nghị cấp có thẩm quyền xem xét đánh giá cán bộ"] == 1, "one of the office"
    cadres = own["Biểu tổng hợp thông tin đánh giá, xếp loại cán bộ (Mẫu số 10)"]
    assert cadres > 5
    assert soon["count"] == 1 + 4 * cadres + 3 * cadres


async def test_the_message_is_read_and_leads_to_the_place(play) -> None:
    phone = await play.phone("head:TG")
    await play.reminders("02/12/2020")
    notices = [one for one in await play.house.history(play.ids["head:TG"]) if one.channel == "notice"]
    (reply,) = notices[-1].replies
    assert "Bản kê khai tài sản, thu nhập" in reply.html
    assert "09/12/2020" in reply.html
    phone.shown += [key for row in reply.keyboard for key in row]
    assert any(key.data.startswith("dossier_home") for row in reply.keyboard for key in row)
