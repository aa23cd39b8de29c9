"""What a unit sends up, played through the chat: sent, replaced, withdrawn, returned; who has and who has not; nothing of it ever changes."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import docx
import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import DeskFile
from rules.upward.package import fingerprint
from storage.tables import AUDIT, SENT_UP
from tests.bot.campaign.upward.office import OTHER, ROOM, begun
from tests.bot.meetings.talking import Talk
from tests.campaigns.stage import Play

HERE = Path(__file__).parent


@pytest.fixture
async def play(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    played = await begun(sqlite_url, tmp_path)
    yield played
    await played.ends()


def as_written(talk: Talk, name: str) -> None:
    file = HERE / f"{name}.txt"
    kept = file.read_text("utf-8") if file.exists() else ""
    if kept != talk.text:
        file.with_suffix(".new").write_text(talk.text, "utf-8")
    assert kept == talk.text, f"read {name}.new"


async def test_what_a_meeting_concluded_that_still_runs_is_not_sent(play: Play) -> None:
    """It may be reopened there; the page says so, and once it is closed it goes."""
    play.on("22/11/2023 09:00")
    await holds_a_meeting(play, running=True)
    head = await play.phone("head")
    await head.commands("guilen")
    await head.presses("upward_look")
    assert f"Cuộc họp của {ROOM} chưa bế mạc" in head.text
    await sends(play)
    for verb in ("meeting_close", "meeting_close_now"):
        await head.does(Pressed(Button(verb, 0, ("1",))))
    await sends(play)
    before, after = [
        next(one for one in value["proposals"] if one["name"] == play.cast.name("deputy"))
        for value in await versions(play)
    ]
    assert (before["by"], before["ratings"][-1]["rating"], before["strengths"]) == ("chain", "good", "")
    assert (after["by"], after["ratings"][-1]["rating"]) == ("meeting", "excellent")
    await head.commands("guilen")
    await head.presses("upward_look")
    assert "chưa bế mạc" not in head.text


async def test_a_room_sends_and_sends_again(play: Play) -> None:
    talk = Talk(play)
    await talk.says("head", "/guilen")
    await talk.presses("head", ROOM)
    await talk.presses("head", "⬆ Gửi hồ sơ")
    await talk.told("desk")
    await talk.presses("head", "◀ Về hồ sơ này")
    await talk.says("desk", "/guilen")
    await talk.presses("desk", "Các đơn vị, năm 2023")
    await talk.presses("desk", ROOM)
    await talk.presses("desk", "↩ Trả lại để bổ sung")
    await talk.says("desk", "Đề nghị kèm <b>biên bản</b> cuộc họp")
    await talk.told("head")
    play.on("22/11/2023 09:00")
    await holds_a_meeting(play)
    await talk.presses("head", "Mở hồ sơ")
    await talk.presses("head", "⬆ Gửi bản thay thế")
    await talk.presses("desk", "Mở hồ sơ")
    await talk.presses("head", "◀ Về hồ sơ này")
    await talk.presses("head", "Rút hồ sơ")
    await talk.says("head", "Gửi nhầm bảng thi đua")
    await talk.told("desk")
    await talk.says("chief", "/guilen")
    as_written(talk, "gui-len")


async def holds_a_meeting(play: Play, *, running: bool = False) -> None:
    """The room meets: one is concluded on otherwise than they rate themselves; the minutes are adopted, unless it still runs."""
    head = await play.phone("head")
    await head.commands("hop")
    await head.presses("meeting_new")
    await head.says("9h00 22/11/2023, phòng họp")
    async with play.store.reading() as tx:
        (meeting,) = await tx.meetings.of_office(1)
    of = {one.person: one.review for one in meeting.items}

    async def press(who: str, verb: str, *about: object) -> None:
        await (await play.phone(who)).does(Pressed(Button(verb, 0, (str(meeting.id), *map(str, about)))))

    await press("head", "meeting_open")
    for who in ("deputy", "an", "binh"):
        await press(who, "meeting_came")
    review = of[play.ids["deputy"]]
    await press("head", "meeting_turn_why", review)
    await head.says("Trưởng phòng sau")
    await press("head", "meeting_conclude", review)
    await head.says("Làm tốt việc được giao")
    await head.says("Không")
    await press("head", "meeting_rate", review, 0, "excellent")
    await press("head", "meeting_concluded", review)
    if running:
        return
    await press("head", "meeting_close")
    await press("head", "meeting_close_now")
    await press("head", "meeting_secretary", play.ids["an"])
    await press("an", "meeting_lay")
    for who in ("deputy", "an", "binh", "head"):
        await press(who, "meeting_agree", 1)
    await press("head", "meeting_adopt", 1)
    await head.taps("meeting_adopt_now")


async def sends(play: Play, who: str = "head", unit: int = 2) -> str:
    phone = await play.phone(who)
    await phone.does(Pressed(Button("upward_look", 0, ("1", str(unit)))))
    await phone.taps("upward_send")
    return phone.text


async def versions(play: Play) -> list[dict[str, object]]:
    async with play.store.reading() as tx:
        kept = [one for one in await tx.sent_ups.of_campaign(1) if one.fingerprint]
        return [content for one in kept if (content := await tx.sent_ups.content(one.id)) is not None]


async def test_what_was_sent_stays_as_it_was_and_its_hash_is_that_of_what_is_kept(play: Play) -> None:
    await sends(play)
    (first,) = await versions(play)
    (row,) = await play.rows(SENT_UP)
    assert row["fingerprint"] == fingerprint(first)
    play.on("22/11/2023 09:00")
    await holds_a_meeting(play)
    await sends(play)
    kept = await versions(play)
    assert kept[0] == first
    assert len(kept) == 2
    assert kept[1]["minutes"]
    deputy = [one for one in kept[1]["proposals"] if one["by"] == "meeting"]  # type: ignore[attr-defined]
    assert [one["ratings"] for one in deputy] == [[{"about": "", "rating": "excellent"}]]


async def test_the_same_button_twice_sends_once(play: Play) -> None:
    phone = await play.phone("head")
    await phone.does(Pressed(Button("upward_look", 0, ("1", "2"))))
    button = next(Button.decode(key.data) for key in phone.shown if "Gửi hồ sơ" in key.label)
    await phone.does(Pressed(button))
    await phone.does(Pressed(button))
    assert "Vừa có người khác gửi" in phone.text
    assert len(await play.rows(SENT_UP)) == 1


async def test_two_who_send_at_once_send_once(play: Play) -> None:
    """The head on two phones."""
    phone, other = await play.phone("head"), await play.phone("head")
    await phone.does(Pressed(Button("upward_look", 0, ("1", "2"))))
    button = next(Button.decode(key.data) for key in phone.shown if "Gửi hồ sơ" in key.label)
    await asyncio.gather(phone.does(Pressed(button)), other.does(Pressed(button)))
    assert len(await play.rows(SENT_UP)) == 1


async def test_papers_that_changed_since_they_were_shown_are_shown_again(play: Play) -> None:
    phone = await play.phone("head")
    await phone.does(Pressed(Button("upward_look", 0, ("1", "2"))))
    button = next(Button.decode(key.data) for key in phone.shown if "Gửi hồ sơ" in key.label)
    play.on("22/11/2023 09:00")
    await holds_a_meeting(play)
    await phone.does(Pressed(button))
    assert "vừa khác đi nên chưa gửi" in phone.text
    assert await play.rows(SENT_UP) == []


async def test_a_reason_is_asked_for_what_still_stands(play: Play) -> None:
    await sends(play)
    head, desk = await play.phone("head"), await play.phone("desk")
    await head.does(Pressed(Button("upward_withdraw", 0, ("1", "2"))))
    await desk.does(Pressed(Button("upward_return", 0, ("1", "2"))))
    await desk.says("Thiếu biên bản")
    await head.says("Gửi nhầm")
    assert "Vừa có người khác" in head.text
    assert [row["deed"] for row in await play.rows(SENT_UP)] == ["sent", "returned"]
    await desk.does(Pressed(Button("upward_return", 0, ("1", "2"))))
    assert "không có hồ sơ nào đang gửi" in desk.text
    await head.does(Pressed(Button("upward_withdraw", 0, ("1", "2"))))
    await head.says("x" * 2000)
    assert [row["deed"] for row in await play.rows(SENT_UP)] == ["sent", "returned"]


async def test_the_cover_sheet_names_every_paper_with_its_code(play: Play) -> None:
    await sends(play)
    (content,) = await versions(play)
    (word,) = await play.house.documents(play.ids["desk"], DeskFile("sentupword_1", "docx"))
    (pdf,) = await play.house.documents(play.ids["desk"], DeskFile("sentup_1", "pdf"))
    assert pdf.content.startswith(b"%PDF")
    sheet = docx.Document(io.BytesIO(word.content))
    cells = [cell.text for table in sheet.tables for row in table.rows for cell in row.cells]
    marks = [str(one["mark"])[:12] for one in content["proposals"]]  # type: ignore[attr-defined]
    assert set(marks) <= set(cells)
    assert any("Trưởng phòng" in cell for cell in cells)
    assert fingerprint(content) in "\n".join(each.text for each in sheet.paragraphs)


async def test_nobody_sends_for_another_room(play: Play) -> None:
    phone = await play.phone("head2")
    await phone.does(Pressed(Button("upward_send", 0, ("1", "2", "0" * 12, "0"))))
    assert "người đứng đầu" in phone.text
    assert await play.rows(SENT_UP) == []
    assert [row["what"] for row in await play.rows(AUDIT, what="refused")] == ["refused"]
    assert OTHER not in phone.text
