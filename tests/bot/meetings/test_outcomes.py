"""Each thing that may happen in the middle of a meeting ends in what docs/meetings.md says, and tells those concerned."""

import asyncio
import datetime as dt

from bot.door.channel import WordedKey
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed, Said
from rules.meeting.nouns.items import ItemStatus
from rules.meeting.nouns.meeting import Handover, Status
from storage.tables import DELIVERY
from tests.bot.meetings.conftest import concluded, deputy_at_hand, item_of, meeting, opened, press
from tests.bot.meetings.talking import keys_of, reply_words
from tests.campaigns.stage import Play


async def told(play: Play, who: str) -> str:
    """All that came for somebody by itself."""
    return "\n".join([reply_words(row) for row in await play.rows(DELIVERY, person_id=play.ids[who])])


async def keys_told(play: Play, who: str) -> list[WordedKey]:
    """The buttons below it, the oldest first."""
    return [key for row in await play.rows(DELIVERY, person_id=play.ids[who]) for key in keys_of(row)]


async def labels(play: Play, who: str) -> list[str]:
    """The buttons that their phone shows now."""
    phone = await play.phone(who)
    return [key.label for reply in phone.answered.replies for row in reply.keyboard for key in row]


async def scanned(play: Play, who: str, code: str) -> str:
    """What the page behind the code on the wall presses."""
    phone = await play.phone(who)
    await phone.does(Pressed(Button("meeting_came", 0, ("1", "0", code))))
    return phone.text


async def on_the_wall(play: Play) -> str:
    async with play.store.reading() as tx:
        return tx.meetings.wall_code(1, play.clock())


async def test_the_button_below_a_new_meeting_opens_that_very_one(play: Play) -> None:
    head = await play.phone("head")
    await head.commands("hop")
    await head.presses("meeting_new")
    await head.says("14h00 24/11/2023, phòng họp")
    assert "Mời anh/chị vào trang cuộc họp" in head.text
    await head.presses("meeting_called")
    assert "chưa khai mạc" in head.text
    desk = await play.phone("desk")  # no button of somebody else's finds anything
    await desk.does(Pressed(Button("meeting_called", 0, ("1", str(int(play.clock().timestamp()) % 10**9)))))
    assert "chưa khai mạc" not in desk.text


async def test_hop_opens_the_meeting_that_is_meant_and_lists_where_none_is(play: Play) -> None:
    await opened(play)
    an = await play.phone("an")
    await an.commands("hop")
    assert "đang họp" in an.text
    await an.taps("meeting_home")
    assert "Đang có 1 cuộc họp" in an.text
    desk = await play.phone("desk")  # may take its chair, and was not called to it
    await desk.commands("hop")
    assert "Đang có 1 cuộc họp" in desk.text


async def test_the_chair_is_handed_over_by_the_clause_or_by_a_line_and_given_back(play: Play) -> None:
    await opened(play, "deputy", "an")
    name, own = play.cast.name, await item_of(play, "head")
    await press(play, "head", "meeting_chair", play.ids["deputy"])
    assert (await play.phone("head")).sees("meeting_chair_own", label="✓ Theo Kế hoạch, II.2.c")
    await press(play, "head", "meeting_chair_own", own, play.ids["deputy"])
    first = (await meeting(play)).chairs[-1]
    assert (first.name, first.why, first.cite, first.line) == (name("deputy"), Handover.OWN, "Kế hoạch, II.2.c", "")
    assert name("head") in await told(play, "deputy")
    await press(play, "deputy", "meeting_chair_back")  # something about the head comes next: it stays
    assert (await meeting(play)).chairs[-1] == first
    await _concluded_by(play, "deputy", own)
    await press(play, "deputy", "meeting_chair_back")
    assert [one.why for one in (await meeting(play)).chairs] == [None, Handover.OWN, Handover.BACK]
    await press(play, "head", "meeting_chair", play.ids["deputy"], says="Đi họp ở tỉnh")
    last = (await meeting(play)).chairs[-1]
    assert (last.name, last.why, last.line) == (name("deputy"), None, "Đi họp ở tỉnh")
    await press(play, "deputy", "meeting_chair_back")  # a line hands it over for good
    assert (await meeting(play)).chairs[-1] == last


async def _concluded_by(play: Play, chair: str, review: int) -> None:
    await press(play, chair, "meeting_turn", review)
    await press(play, chair, "meeting_conclude", review, says="Làm tốt")
    await (await play.phone(chair)).says("Không")
    await press(play, chair, "meeting_rate", review, 0, "good")
    await press(play, chair, "meeting_concluded", review)


async def test_what_is_adopted_is_told_to_all_and_to_the_head_that_it_is_sent_up(play: Play) -> None:
    await opened(play, "deputy", "an")
    await press(play, "head", "meeting_chair", play.ids["deputy"], says="Đi họp ở tỉnh")
    await press(play, "deputy", "meeting_close_now")
    await press(play, "deputy", "meeting_lay", 0)
    await press(play, "an", "meeting_agree", 1)
    await press(play, "head", "meeting_agree", 1)
    assert "mọi người đã trả lời bản 1" in await told(play, "deputy")
    assert "Việc tiếp theo" not in await press(play, "deputy", "meeting_adopt_now", 1)
    for who in ("an", "binh", "chi"):
        assert "Việc tiếp theo" not in await told(play, who)
        assert "đã được thông qua" in await told(play, who)
    assert "gửi hồ sơ của đơn vị lên cấp trên" in await told(play, "head")
    async with play.store.reading() as tx:
        kept = await tx.meetings.minutes(1)
    assert kept
    assert {*kept.content["adopted"]["agreed"]} == {play.cast.name(who) for who in ("head", "deputy", "an")}
    assert kept.content["adopted"]["silent"] == []


async def test_a_photo_of_the_code_is_worth_nothing_once_the_wall_shows_another(play: Play) -> None:
    await opened(play)
    photo = await on_the_wall(play)
    play.clock.forward(minutes=3)
    assert "Mã trên màn hình đã đổi" in await scanned(play, "an", photo)
    assert "Mã trên màn hình đã đổi" in await scanned(play, "an", "00000000")
    assert not [one for one in (await meeting(play)).present if one.id == play.ids["an"]]
    fresh = await on_the_wall(play)
    play.clock.forward(minutes=1)  # a slow phone: the wall shows the next one already
    assert "Đã ghi anh/chị có mặt" in await scanned(play, "an", fresh)


async def test_the_secretary_sees_who_is_there_by_their_own_word_and_confirms_whom_they_see(play: Play) -> None:
    await opened(play, "binh", "chi")
    await scanned(play, "an", await on_the_wall(play))
    people = await press(play, "head", "meeting_people")
    alone = [line for line in people.splitlines() if "tự bấm" in line]
    assert len(alone) == 2
    assert all(any(play.cast.name(who) in line for line in alone) for who in ("binh", "chi"))
    assert "thấy có mặt thật" in await press(play, "head", "meeting_person", play.ids["binh"])
    assert (await press(play, "head", "meeting_came", play.ids["binh"])).count("tự bấm") == 1
    await scanned(play, "chi", await on_the_wall(play))  # scanned after all
    assert "tự bấm" not in await press(play, "head", "meeting_people")


async def test_nobody_comes_by_the_code_who_was_not_called(play: Play) -> None:
    await opened(play)
    await scanned(play, "chief", await on_the_wall(play))
    assert len((await meeting(play)).present) == 1


async def test_a_chair_whose_phone_dies_is_replaced_by_the_deputy_and_what_was_begun_goes_on(play: Play) -> None:
    """The chair worded half of a conclusion; whoever takes over finds the item as it lies before all."""
    await opened(play, "deputy", "an")
    review = await item_of(play, "an")
    await press(play, "head", "meeting_turn_why", review, says="Đi công tác chiều nay")
    await press(play, "binh", "meeting_came")
    await press(play, "binh", "meeting_comment", review, says="Tốt")
    await press(play, "head", "meeting_conclude", review, says="Làm được một nửa rồi mất máy")
    await press(play, "deputy", "meeting_take", says="Trưởng phòng mất liên lạc")
    assert "từ nay" in await told(play, "head")
    assert (await meeting(play)).chairs[-1].line == "Trưởng phòng mất liên lạc"  # stands in the minutes
    phone = await play.phone("deputy")
    await press(play, "deputy", "meeting_conclude", review, says="Làm tốt")
    await phone.says("Không")
    await press(play, "deputy", "meeting_rate", review, 0, "good")
    await press(play, "deputy", "meeting_concluded", review)
    item = (await meeting(play)).item(review)
    assert item
    assert item.conclusion
    assert (item.conclusion.by_name, item.conclusion.strengths) == (play.cast.name("deputy"), "Làm tốt")
    head = await play.phone("head")  # the phone is back: what was typed into it concludes nothing
    await head.says("Không")
    item = (await meeting(play)).item(review)
    assert item
    assert len(item.conclusions) == 1


async def test_two_who_take_the_chair_at_once_leave_one_chair_and_both_know_it(play: Play) -> None:
    await opened(play, "deputy")
    for who in ("deputy", "desk"):
        await press(play, who, "meeting_take")
    phones = [await play.phone(who) for who in ("deputy", "desk")]
    await asyncio.gather(*(phone.does(Said("Chủ trì vắng")) for phone in phones))
    found = await meeting(play)
    assert len(found.chairs) == 3
    loser = next(who for who in ("deputy", "desk") if play.ids[who] != found.chair)
    assert found.name(found.chair) in await told(play, loser)
    assert f"Việc này của người chủ trì; hiện {found.name(found.chair)}" in await press(
        play, loser, "meeting_close_now"
    )
    assert (await meeting(play)).status is Status.RUNNING


async def test_a_late_member_stands_in_the_minutes_with_the_hour_and_speaks_from_then_on(play: Play) -> None:
    await opened(play, "an", "binh")
    review = await deputy_at_hand(play)
    assert "Tôi có mặt" in await press(play, "chi", "meeting_comment", review)  # first there, then heard
    play.clock.forward(minutes=40)
    await press(play, "chi", "meeting_came")
    await press(play, "chi", "meeting_comment", review, says="Đồng ý với các đồng chí")
    found = await meeting(play)
    chi = found.member(play.ids["chi"])
    assert chi
    assert chi.late
    assert chi.stays[0].since - found.sessions[0].since >= dt.timedelta(minutes=40)
    item = found.item(review)
    assert item
    assert [one.name for one in item.comments] == [play.cast.name("chi")]
    await press(play, "head", "meeting_close_now")
    await press(play, "head", "meeting_lay", 0)
    async with play.store.reading() as tx:
        laid = await tx.meetings.minutes(1)
    assert laid
    (line,) = [one for one in laid.content["present"] if one["name"] == chi.name]
    ((since, _, late),) = line["stays"]
    assert (since, late) == (chi.stays[0].since.isoformat(), True)


async def test_a_comment_is_withdrawn_by_who_said_it_alone_and_until_the_minutes_stand(play: Play) -> None:
    await opened(play, "an", "binh")
    review = await deputy_at_hand(play)
    await press(play, "an", "meeting_comment", review, says="Nói quá lời")
    item = (await meeting(play)).item(review)
    assert item
    number = item.comments[0].number
    await press(play, "binh", "meeting_withdraw", review, number)
    await press(play, "head", "meeting_withdraw", review, number)
    item = (await meeting(play)).item(review)
    assert item
    assert not item.comments[0].withdrawn
    await concluded(play, review)
    assert "Đã rút ý kiến" in await press(play, "an", "meeting_withdraw", review, number)
    item = (await meeting(play)).item(review)
    assert item
    assert item.comments[0].withdrawn
    assert item.comments[0].text == "Nói quá lời"
    await press(play, "head", "meeting_close_now")
    await press(play, "head", "meeting_lay", 0)
    async with play.store.reading() as tx:
        laid = await tx.meetings.minutes(1)
    assert laid
    assert "Nói quá lời" not in str(laid.content)


async def test_a_concluded_item_is_reopened_with_a_reason_and_the_person_hears_of_the_new_conclusion(
    play: Play,
) -> None:
    await opened(play, "deputy", "an")
    review = await deputy_at_hand(play)
    await concluded(play, review)
    await press(play, "deputy", "meeting_up", review, "same")
    phone = await play.phone("an")
    await press(play, "an", "meeting_reopen", review)  # of the chair alone
    await phone.says("Tôi muốn bàn lại")
    assert (await meeting(play)).item(review).status is ItemStatus.CONCLUDED  # type: ignore[union-attr]
    await press(play, "head", "meeting_reopen", review, says="Có thêm ý kiến của chi bộ")
    item = (await meeting(play)).item(review)
    assert item
    assert (item.status, item.taken_up) == (ItemStatus.WAITING, None)
    await press(play, "head", "meeting_turn_why", review, says="Bàn lại")
    await concluded(play, review, "completed")
    item = (await meeting(play)).item(review)
    assert item
    assert item.conclusion
    assert ([one.rating.value for one in item.conclusion.ratings], len(item.conclusions)) == (["completed"], 2)
    assert (await told(play, "deputy")).count("đã kết luận về bản của anh/chị") == 2


async def test_ten_minutes_without_network_lose_nothing_and_the_chair_is_told_what_stands(play: Play) -> None:
    """The chair's phone sends its conclusion when the deputy has concluded already; a comment typed meanwhile is told and kept by nobody."""
    await opened(play, "deputy", "an", "binh")
    review = await item_of(play, "an")
    await press(play, "head", "meeting_turn_why", review, says="Đi công tác")
    await press(play, "binh", "meeting_comment", review)
    await press(play, "head", "meeting_conclude", review, says="Làm tốt")
    head = await play.phone("head")
    await head.says("Không")
    await press(play, "head", "meeting_rate", review, 0, "good")
    play.clock.forward(minutes=10)
    await press(play, "deputy", "meeting_take", says="Chủ trì mất mạng")
    phone = await play.phone("deputy")
    await press(play, "deputy", "meeting_conclude", review, says="Làm khá")
    await phone.says("Không")
    await press(play, "deputy", "meeting_rate", review, 0, "completed")
    await press(play, "deputy", "meeting_concluded", review)
    assert play.cast.name("deputy") in await press(play, "head", "meeting_concluded", review)
    binh = await play.phone("binh")
    await binh.says("Góp ý khi mạng vừa có lại")
    assert "chưa ghi" in binh.text
    item = (await meeting(play)).item(review)
    assert item
    assert item.conclusion
    assert (item.conclusion.strengths, len(item.conclusions), item.comments) == ("Làm khá", 1, ())


async def test_who_is_told_what_was_concluded_takes_it_up_by_one_press_and_never_another_conclusion(play: Play) -> None:
    await opened(play, "deputy")
    review = await deputy_at_hand(play)
    await concluded(play, review)
    button = Button.decode(
        [one for one in await keys_told(play, "deputy") if one.label.startswith("✓ Tiếp thu")][-1].data
    )
    assert button
    await press(play, "head", "meeting_reopen", review, says="Bổ sung ý kiến")
    await press(play, "head", "meeting_turn", review)
    await concluded(play, review, "completed")
    phone = await play.phone("deputy")
    await phone.does(Pressed(button))  # what was told first: the page shows what is concluded now
    assert "Hoàn thành nhiệm vụ" in phone.text
    item = (await meeting(play)).item(review)
    assert item
    assert item.taken_up is None
    newest = Button.decode(
        [one for one in await keys_told(play, "deputy") if one.label.startswith("✓ Tiếp thu")][-1].data
    )
    assert newest
    await phone.does(Pressed(newest))
    item = (await meeting(play)).item(review)
    assert item
    assert item.taken_up is not None


async def test_from_what_is_over_one_press_leads_to_what_is_gone_through_now(play: Play) -> None:
    await opened(play, "an", "binh")
    review = await deputy_at_hand(play)
    await press(play, "an", "meeting_comment", review, says="Tốt")
    await concluded(play, review)
    await press(play, "head", "meeting_turn_why", await item_of(play, "binh"), says="Anh ấy đi công tác")
    await press(play, "an", "meeting_item", review)
    assert f"● Đang xem xét: {play.cast.name('binh')}" in await labels(play, "an")


async def test_minutes_worded_anew_after_they_were_laid_are_laid_again_first_and_the_chair_is_told_so(
    play: Play,
) -> None:
    await opened(play, "an", "deputy")
    review = await deputy_at_hand(play)
    await press(play, "an", "meeting_comment", review, says="Tốt")
    await concluded(play, review)
    await press(play, "head", "meeting_close_now")
    await press(play, "head", "meeting_lay", 0)
    (said,) = [one for item in (await meeting(play)).items for one in item.comments]
    shown = await press(play, "head", "meeting_word", said.number, says="Phối hợp tốt")
    assert "gửi lại bản mới cho mọi người đọc rồi mới thông qua" in shown
    assert (await labels(play, "head"))[0] == "✉ Gửi lại bản mới"
    for who in ("an", "deputy"):
        await press(play, who, "meeting_agree", 1)
    assert [one.label for one in await keys_told(play, "head")][-2:] == ["✉ Gửi lại bản mới", "Biên bản"]
