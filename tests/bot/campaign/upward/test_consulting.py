"""The authority's meeting on what came up, played through the chat, and how its conclusions come back as decisions."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.documents.minutes import minutes_of
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.meeting.nouns.items import ItemStatus
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.values import Rating
from rules.upward.standing import Deed
from storage.tables import DELIVERY
from tests.bot.campaign.upward.office import ROOM, begun
from tests.bot.campaign.upward.test_sending import as_written, holds_a_meeting, sends
from tests.bot.meetings.talking import Talk
from tests.campaigns.stage import Play


@pytest.fixture
async def play(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """Both rooms have sent; one had its meeting, which proposed somebody for more than they rate themselves."""
    played = await begun(sqlite_url, tmp_path)
    played.on("22/11/2023 09:00")
    await holds_a_meeting(played)
    await sends(played)
    await sends(played, "head2", 3)
    played.on("28/11/2023 13:50")
    yield played
    await played.ends()


async def consulting(play: Play) -> Meeting:
    async with play.store.reading() as tx:
        return next(one for one in await tx.meetings.of_office(1) if one.consults)


async def press(play: Play, who: str, verb: str, *about: object) -> str:
    phone = await play.phone(who)
    meeting = await consulting(play)
    await phone.does(Pressed(Button(verb, 0, (str(meeting.id), *map(str, about)))))
    return phone.text


async def called(play: Play, who: str = "chief") -> Meeting:
    phone = await play.phone(who)
    await phone.does(Pressed(Button("upward_consult", 0, ("1", "consultation"))))
    await phone.says("14h00 28/11/2023, phòng họp số 1")
    return await consulting(play)


async def test_the_authority_looks_at_what_came_up_and_decides(play: Play) -> None:
    talk = Talk(play)
    await talk.says("chief", "/guilen")
    await talk.presses("chief", "Các đơn vị, năm 2023")
    await talk.presses("chief", "＋ Lập cuộc họp")
    await talk.says("chief", "14h00 28/11/2023, phòng họp số 1")
    await talk.presses("chief", "Vào trang cuộc họp")
    await talk.presses("chief", "✉ Gửi lời mời")
    await talk.told("head2")
    play.on("28/11/2023 14:00")
    await talk.presses("chief", "▶ Khai mạc")
    for who in ("vice", "head", "head2"):
        await talk.presses(who, "✓ Tôi có mặt")
    await talk.presses("chief", "▶ Tiếp theo")
    await talk.presses("chief", "✓ Kết luận như đề xuất")
    await talk.presses("chief", "◀ Về cuộc họp")
    await talk.presses("chief", "✓ Các bản còn lại")
    await talk.presses("chief", "✓ Kết luận 5 bản")
    await press(play, "chief", "meeting_secretary", play.ids["vice"])
    await talk.presses("chief", "Bế mạc")
    await talk.presses("chief", "Bế mạc cuộc họp")
    await talk.says("chief", "/quyetdinh")
    await talk.presses("chief", f"◆ {play.cast.name('deputy')}")
    as_written(talk, "hop-tham-van")


async def test_the_welcome_counts_what_waits_for_the_authority_as_its_list_does(play: Play) -> None:
    for who, count in (("chief", 6), ("head", 0)):
        phone = await play.phone(who)
        await phone.commands("start")
        assert bool(phone.sees("decide_list")) == bool(count)
        assert (f"Có {count} bản đang chờ anh/chị quyết định." in phone.text) == bool(count)
        await phone.commands("quyetdinh")
        assert (f"Có {count} bản đang chờ anh/chị quyết định." in phone.text) == bool(count)


async def test_the_head_of_the_office_has_the_chair_also_where_the_desk_calls(play: Play) -> None:
    meeting = await called(play, "desk")
    assert meeting.chair == play.ids["chief"]
    assert {one.id for one in meeting.members} == {play.ids[who] for who in ("chief", "vice", "head", "head2")}
    assert len(meeting.items) == 6
    assert all(ROOM in item.position or "Phòng Nội chính" in item.position for item in meeting.items)


async def test_heads_and_deputies_are_gone_through_before_the_others_by_the_plan(play: Play) -> None:
    meeting = await called(play)
    first = [item.person for item in meeting.items[:3]]
    assert set(first) == {play.ids[who] for who in ("head", "deputy", "head2")}


async def test_what_a_meeting_goes_through_is_not_withdrawn_and_a_new_version_says_so(play: Play) -> None:
    await called(play)
    head, desk = await play.phone("head"), await play.phone("desk")
    for phone, verb in ((head, "upward_withdraw"), (desk, "upward_return")):
        await phone.does(Pressed(Button("upward_look", 0, ("1", "2"))))
        assert phone.sees(verb), "until it is opened"
    play.on("28/11/2023 14:00")
    await press(play, "chief", "meeting_open")
    await head.does(Pressed(Button("upward_withdraw", 0, ("1", "2"))))
    assert "đã đưa ra họp" in head.text
    await desk.does(Pressed(Button("upward_return", 0, ("1", "2"))))
    assert "đã đưa ra họp" in desk.text
    for phone, verb in ((head, "upward_withdraw"), (desk, "upward_return")):
        await phone.does(Pressed(Button("upward_look", 0, ("1", "2"))))
        assert "Cấp có thẩm quyền đã đưa ra họp" in phone.text
        assert not phone.sees(verb), "no button of what is refused"


async def test_all_that_are_left_are_concluded_as_proposed_and_nobody_is_told_before_the_decision(play: Play) -> None:
    await called(play)
    play.on("28/11/2023 14:00")
    await press(play, "chief", "meeting_open")
    told = len(await play.rows(DELIVERY))
    await press(play, "chief", "meeting_rest")
    await (await play.phone("chief")).taps("meeting_rest_now")
    meeting = await consulting(play)
    assert {item.status for item in meeting.items} == {ItemStatus.CONCLUDED}
    deputy = next(item for item in meeting.items if item.person == play.ids["deputy"])
    assert deputy.conclusion is not None
    assert [one.rating for one in deputy.conclusion.ratings] == [Rating.EXCELLENT]
    assert deputy.conclusion.strengths == "Làm tốt việc được giao"
    async with play.store.reading() as tx:
        value = await minutes_of(tx, meeting)
    assert value["consults"] is True
    assert len(await play.rows(DELIVERY)) == told


async def sends_otherwise(play: Play, who: str) -> None:
    """The room of `who` sends up anew, with one of its people proposed for less."""
    async with play.store.transaction() as tx:
        last = [one for one in await tx.sent_ups.of_campaign(1) if one.unit == 2][-1]
        content = await tx.sent_ups.content(last.id)
        assert content is not None
        proposals = [
            {**one, "ratings": [{**each, "rating": "completed"} for each in one["ratings"]]}
            if one["name"] == play.cast.name(who)
            else one
            for one in content["proposals"]
        ]
        head = await tx.people.get(play.ids["head"])
        about = (1, 2, Deed.SENT, head, play.clock())
        assert await tx.sent_ups.add(*about, content={**content, "proposals": proposals}, reason="", after=last.number)
        await tx.commit()


async def test_what_a_unit_sends_anew_after_the_list_was_shown_is_shown_before_it_is_concluded(play: Play) -> None:
    await called(play)
    play.on("28/11/2023 14:00")
    await press(play, "chief", "meeting_open")
    await press(play, "chief", "meeting_rest")
    chief = await play.phone("chief")
    await sends_otherwise(play, "deputy")
    await chief.taps("meeting_rest_now")
    assert "Kết luận 6 bản như đơn vị đề xuất?" in chief.text
    assert all(item.conclusion is None for item in (await consulting(play)).items)
    await chief.taps("meeting_rest_now")
    deputy = next(item for item in (await consulting(play)).items if item.person == play.ids["deputy"])
    assert deputy.conclusion is not None
    assert [one.rating for one in deputy.conclusion.ratings] == [Rating.COMPLETED]


async def test_one_review_is_not_concluded_by_a_button_older_than_what_its_unit_proposes(play: Play) -> None:
    meeting = await called(play)
    play.on("28/11/2023 14:00")
    await press(play, "chief", "meeting_open")
    (deputy,) = (item.review for item in meeting.items if item.person == play.ids["deputy"])
    await press(play, "chief", "meeting_turn_why", deputy)
    chief = await play.phone("chief")
    await chief.says("Người khác chưa đến")
    await sends_otherwise(play, "deputy")
    await chief.taps("meeting_as_proposed")
    assert "vừa gửi bản khác" in chief.text
    item = (await consulting(play)).item(deputy)
    assert item is not None
    assert item.conclusion is None
    await chief.taps("meeting_as_proposed")
    item = (await consulting(play)).item(deputy)
    assert item is not None
    assert item.conclusion is not None


async def test_a_second_press_of_the_same_list_concludes_nothing_more(play: Play) -> None:
    await called(play)
    play.on("28/11/2023 14:00")
    await press(play, "chief", "meeting_open")
    await press(play, "chief", "meeting_rest")
    last = (await consulting(play)).last
    await press(play, "vice", "meeting_came")
    assert "Kết luận 6 bản như đơn vị đề xuất?" in await press(play, "chief", "meeting_rest_now", last)
    assert all(item.conclusion is None for item in (await consulting(play)).items)


async def test_a_member_does_not_conclude(play: Play) -> None:
    await called(play)
    play.on("28/11/2023 14:00")
    await press(play, "chief", "meeting_open")
    assert "đang chủ trì" in await press(play, "head", "meeting_rest")
    assert "đang chủ trì" in await press(play, "head", "meeting_rest_now", (await consulting(play)).last)
