"""The whole way: the person's phone, Telegram, the long poll, the house, and back."""

import asyncio
from collections.abc import Sequence

from bot.door.channel import Worded, WordedKey
from bot.telegram.service import Telegram
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Edited, Event, Pressed, Said, Sent
from tests.bot.telegram.conftest import SmallHouse
from tests.standins.telegram import TelegramStandIn


async def one_question(event: Event) -> Sequence[Worded]:
    key = WordedKey("Tốt", "answer:1:cau_3:good")
    if isinstance(event, Pressed):
        return (Worded("Đã ghi câu 3: Tốt", replaces=True), Worded("Câu 4/23"))
    return (Worded("Câu <b>3</b>/23", ((key,),)),)


async def failing(event: Event) -> Sequence[Worded]:
    raise RuntimeError("câu trả lời riêng tư")


async def test_what_a_person_says_reaches_the_house_and_its_reply_the_person(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An", 1001)
    an.says("Tôi là công chức")
    await an.hears("Đã ghi: Tôi là công chức")
    assert [(i.channel, i.account, i.update_id, i.event) for i in house.taken] == [
        ("telegram", "1001", "7000001:500000", Said("Tôi là công chức"))
    ]


async def test_the_link_of_an_invitation_arrives_with_its_code(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An")
    an.starts("ABCD-1234")
    await an.hears("Lệnh start ABCD-1234")
    assert house.events == [Commanded("start", "ABCD-1234")]


async def test_a_press_is_answered_once_and_changes_the_message_it_stands_on(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    house.answer, an = one_question, telegram.person("An")
    an.starts()
    await an.hears("Câu 3/23")
    an.presses("Tốt")
    await an.hears("Câu 4/23")
    assert an.texts == ["Đã ghi câu 3: Tốt", "Câu 4/23"]
    assert house.events[1] == Pressed(Button("answer", 1, ("cau_3", "good")))
    assert [call.status for call in telegram.calls if call.method == "answercallbackquery"] == [200]


async def test_a_press_is_answered_once_although_handling_fails(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    house.answer, an = failing, telegram.person("An")
    an.started = True
    an.presses_data("answer:1:cau_3:good", message_id=1)
    await an.hears("Xin lỗi")
    assert [call.status for call in telegram.calls if call.method == "answercallbackquery"] == [200]


async def test_after_a_failure_polling_goes_on(polled: Telegram, telegram: TelegramStandIn, house: SmallHouse) -> None:
    house.answer, an = failing, telegram.person("An")
    an.says("một")
    await an.hears("Xin lỗi anh/chị, vừa có trục trặc.")
    house.answer = one_question
    an.says("hai")
    await an.hears("Câu 3/23")


async def test_the_events_of_one_person_are_handled_in_their_order(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    async def first_slow(event: Event) -> Sequence[Worded]:
        for _ in range(200 if event == Said("một") else 0):  # the next would overtake it
            await asyncio.sleep(0)
        return (Worded(f"Đã ghi: {event.text}"),) if isinstance(event, Said) else ()

    house.answer, an = first_slow, telegram.person("An")
    for text in ("một", "hai", "ba"):
        an.says(text)
    await an.hears("Đã ghi: ba")
    assert an.texts == ["Đã ghi: một", "Đã ghi: hai", "Đã ghi: ba"]


async def test_a_slow_person_does_not_hold_up_another(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    released = asyncio.Event()

    async def slow_for_an(event: Event) -> Sequence[Worded]:
        if event == Said("chậm"):
            await released.wait()
        return (Worded("xong"),)

    house.answer, an, binh = slow_for_an, telegram.person("An"), telegram.person("Bình")
    an.says("chậm")
    binh.says("nhanh")
    await binh.hears("xong")
    assert an.texts == []
    released.set()
    await an.hears("xong")


async def test_what_is_not_text_arrives_by_its_kind(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An")
    for kind in ("photo", "sticker", "voice", "video", "document", "location", "dice"):
        an.sends(kind)
    await an.until(lambda: len(house.taken) == 7, "seven events")
    assert house.events == [Sent("photo"), Sent("sticker"), Sent("voice"), Sent("video"), Sent("document"), Sent("location"), Sent("other")]  # fmt: skip


async def test_pictures_sent_together_are_one_event(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An")
    for _ in range(5):
        an.sends("photo", media_group_id="album-1")
    an.says("đủ rồi")
    await an.hears("đủ rồi")
    assert house.events == [Sent("photo"), Said("đủ rồi")]


async def test_a_text_the_app_cut_in_three_is_one_event(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An")
    updates = an.says("a" * 4096 + "b" * 4096 + "c" * 1808)
    await an.until(lambda: bool(house.taken), "an event")
    assert len(updates) == 3
    assert house.events == [Said("a" * 4096 + "b" * 4096 + "c" * 1808)]


async def test_a_long_text_alone_is_taken_after_a_moment(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An")
    an.says("a" * 3000)
    await an.until(lambda: bool(house.taken), "an event")
    assert house.events == [Said("a" * 3000)]


async def test_an_edited_text_is_an_event_of_its_own(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An")
    an.says("95")
    await an.hears("Đã ghi: 95")
    an.edits(1, "96")
    await an.hears("Đã sửa: 96")
    assert house.events == [Said("95"), Edited("96", f"{telegram.me['id']}:1")]


async def test_a_group_is_told_why_and_left(polled: Telegram, telegram: TelegramStandIn, house: SmallHouse) -> None:
    group = telegram.group(-5005, "Phòng Tổng hợp")
    group.adds_the_bot()
    await group.hears("Tôi chỉ trò chuyện riêng.")
    await telegram.until(lambda: -5005 not in telegram.groups)
    assert house.taken == []


async def test_who_blocks_and_returns_is_noticed(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An", 1001)
    an.blocks()
    an.unblocks()
    await an.until(lambda: len(house.reaches) == 2, "two notices")
    assert house.reaches == [("1001", False), ("1001", True)]
    assert house.taken == []


async def test_a_reply_to_someone_who_just_blocked_the_bot_is_noticed_too(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An", 1001)
    an.says("tạm biệt")
    an.blocked = True
    await an.until(lambda: bool(house.reaches), "the notice")
    assert house.reaches == [("1001", False)]
