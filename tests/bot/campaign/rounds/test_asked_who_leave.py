"""Somebody who was asked leaves the office, or works in another unit: what becomes of their sheet, the count, the reminder, the means."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from bot.campaign.dossiers.assembling import dossier_files, dossier_of
from bot.campaign.rounds.points import points_of
from bot.daily.rounds import Rounds
from bot.delivery.seam import NoJobs
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.book.dossier import Of
from rules.campaign.assembling import Scope
from rules.nouns.sheets import outcome
from storage.kept_files import KeptFiles
from storage.tables import ROUND_ANSWER
from tests.bot.campaign.rounds.test_sheets import district, sends
from tests.bot.campaign.rounds.told import Told
from tests.campaigns.stage import Play

PEERS = ("Tập thể lãnh đạo cùng cấp", "Tập thể lãnh đạo cùng cấp (")


@pytest.fixture
async def play(sqlite_url, tmp_path):
    played = await Play.begin(sqlite_url, district(), "07/12/2020 08:30")
    await played.opens(tmp_path, "son-duong-2020", year=2020)
    yield played
    await played.ends()


async def gives(talk: Told, who: str, points: str) -> str:
    await talk.hears(who)
    await talk.presses(who, "Mở phiếu", silently=True)
    return await talk.says(who, points, silently=True)


async def card(talk: Told) -> str:
    phone = await talk.play.phone("desk")
    await phone.does(Pressed(Button("round_card", 0, ("1",))))
    return phone.text


async def come_to(play: Play):
    """What the sheets about the head came to once they are over; and the talk."""
    await Rounds(play.store, NoJobs(), play.clock).close()
    async with play.store.reading() as tx:
        talk = await tx.rounds.talk(1)
        assert talk is not None
        found = await points_of(tx, talk.round.campaign or 0, talk.round.rulebook)
    return found.people[play.ids["head"]], talk


async def test_who_leaves_before_they_answered_is_awaited_no_longer(play, tmp_path):
    talk = Told(play)
    await sends(talk, "head", *PEERS)
    await gives(talk, "d1", "85,5")
    await talk.hears("d2")
    gone = play.cast.name("d2")
    await play.imports(tmp_path, play.cast.without("d2"))
    said = await card(talk)
    assert "Đã trả lời: <b>1/3</b>" in said
    assert f"Chưa trả lời: {play.cast.name('d3')}." in said
    assert f"Đã nghỉ hoặc chuyển công tác, không trả lời: {gone}." in said

    # Their phone opens the sheet no more, and nothing they type is kept.
    before = await play.rows(ROUND_ANSWER)
    phone = play.phones["d2"]
    await phone.does(Pressed(Button("round_read", 0, ("1",))))
    assert play.cast.name("head") not in phone.text
    await phone.says("40")
    assert await play.rows(ROUND_ANSWER) == before

    told = await play.reminders("14/12/2020 08:30")
    assert [who for who, things in told.items() if any(one["what"] == "round" for one in things)] == ["d3"]

    play.on("19/12/2020 08:30")
    points, sheet = await come_to(play)
    assert (points.means, points.outcomes["peers"].sheets) == ({"peers": 85.5}, 1)
    assert [one.person for one in sheet.missing] == [play.ids["d3"]]


async def test_who_leaves_after_they_answered_has_said_what_counts(play, tmp_path):
    """Their sheet stays in the mean and among the papers, under their name and post of then."""
    talk = Told(play)
    await sends(talk, "head", *PEERS)
    await gives(talk, "d1", "85,5")
    await gives(talk, "d2", "90")
    gone = play.cast.name("d2")
    await play.imports(tmp_path, play.cast.without("d2"))
    said = await card(talk)
    assert "Đã trả lời: <b>2/3</b>" in said
    assert "Đã nghỉ" not in said
    assert gone in said
    play.on("19/12/2020 08:30")
    points, sheet = await come_to(play)
    assert points.means == {"peers": 87.75}
    async with play.store.reading() as tx:
        papers = {one.person: one for one in await tx.sheets.papers([sheet.round.id])}
    assert papers[play.ids["d2"]].by_name == gone


async def test_who_comes_from_another_unit_fills_theirs_and_sees_no_other(play, tmp_path):
    """The desk picks them by name; who moves meanwhile stays asked, as what they were then."""
    talk = Told(play)
    await talk.says("desk", "/gopy")
    for label in ("Gửi lấy ý kiến", f"{play.cast.name('head')} – ", "Tập thể lãnh đạo cùng cấp", "Chọn từng người"):
        await talk.presses("desk", label)
    token = f"s{(await play.standings('head'))[0].review}.peers"
    for who in ("clerk", "d1"):
        await (await play.phone("desk")).does(Pressed(Button("round_pick", 0, (token, "0", str(play.ids[who])))))
    await talk.presses("desk", "Xong (2 người)")
    await talk.says("desk", "18/12")
    await talk.presses("desk", "✓ Gửi 2 người")
    await play.imports(tmp_path, play.cast.changed("d1", unit="Văn phòng Huyện ủy", unit_since=dt.date(2020, 12, 7)))
    assert "86 điểm" in await gives(talk, "d1", "86")
    assert "91 điểm" in await gives(talk, "clerk", "91")

    phone = await play.phone("clerk")
    await phone.does(Pressed(Button("round_read", 0, ("1",))))
    assert "<b>91</b> điểm" in phone.text
    assert "86" not in phone.text
    await phone.does(Pressed(Button("round_card", 0, ("1",))))
    assert "86" not in phone.text
    play.on("19/12/2020 08:30")
    points, sheet = await come_to(play)
    assert outcome(sheet).mean == Decimal("88.50")
    assert points.means == {"peers": 88.5}
    units = {one.person: one.unit for one in sheet.asked}
    assert units == {play.ids["clerk"]: "Văn phòng Huyện ủy", play.ids["d1"]: "Ban Tuyên giáo"}


async def test_points_put_together_say_what_is_there_and_what_is_not(play):
    """Only the leadership beside them was asked: each blank has its reason, and the text stands below it."""
    talk = Told(play)
    await sends(talk, "head", *PEERS)
    await gives(talk, "d1", "85,5")
    play.on("19/12/2020 08:30")
    await come_to(play)
    assert await put_together(play) == [
        ("Điểm của cá nhân", "", "chưa gửi"),
        ("Tập thể lãnh đạo cùng cấp chấm điểm", 1, 85.5),
        ("Cấp trên trực tiếp chấm điểm", "", "chưa lấy phiếu"),
        ("Tổng hợp chung điểm của các hội nghị", "", "chưa đặt trọng số"),
        "Cấp trên trực tiếp chấm điểm: chưa lấy phiếu.",
    ]
    await sends(talk, "head", "Cấp trên trực tiếp", "Cấp trên trực tiếp (", "25/12")
    assert (await put_together(play))[2][2] == "đang lấy phiếu"
    assert len(await put_together(play)) == 4
    play.on("26/12/2020 08:30")
    await come_to(play)
    assert (await put_together(play))[2][2] == "không có phiếu chấm"


async def put_together(play: Play) -> list:
    """The rows of the page about the head, then the note that quotes the text, as far as its quote."""
    async with play.store.reading() as tx:
        scope = Scope(Of.PERSON, play.ids["head"])
        dossier = await dossier_of(tx, play.house.books, await play.parts(), scope, play.clock())
        [_ async for _ in dossier_files(tx, dossier, KeptFiles(Path("/nowhere")))]
    page = dossier.points[play.ids["head"]]
    quotes = [one.partition(" Theo văn bản")[0] for one in page.notes if "Theo văn bản" in one]
    return [row[1:] for row in page.rows] + quotes
