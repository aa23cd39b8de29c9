"""Thirty texts in a second: few messages come back, nothing is lost, nothing is taken twice."""

import asyncio

from bot.door.channel import Worded
from bot.door.front import Answered
from bot.telegram.service import Telegram
from dialogs.core.events import Said
from tests.bot.telegram.conftest import Opening, SmallHouse, polling
from tests.standins.telegram import TelegramStandIn

TEXTS = tuple(f"Việc số {number}" for number in range(1, 31))
ALL = "\n".join(TEXTS)


def lines(house: SmallHouse) -> list[str]:
    return [line for event in house.events if isinstance(event, Said) for line in event.text.splitlines()]


async def test_what_waits_together_is_one_text_and_gets_one_answer(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An")
    an.says_at_once(*TEXTS)
    async with channel() as open_, polling(open_):
        await an.hears("Việc số 30")
    assert house.events == [Said(ALL)]
    assert len(telegram.sent()) == 1


async def test_what_comes_one_after_the_other_gets_two_answers_and_every_text_is_taken_once(
    polled: Telegram, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An")
    an.moment = 1_800_000_000
    for text in TEXTS:
        an.says(text)
        await asyncio.sleep(0.02)
    await an.hears("Việc số 30")
    assert lines(house) == list(TEXTS)
    assert len(telegram.sent()) <= 3  # the first; those that came while it was taken


async def test_texts_that_are_sent_in_their_own_time_are_taken_one_by_one_however_late_they_come(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An")
    for text in ("một", "hai", "ba"):
        an.says(text)
    async with channel() as open_, polling(open_):
        await an.hears("ba")
    assert house.events == [Said("một"), Said("hai"), Said("ba")]


async def test_a_press_and_a_command_between_texts_keep_their_place(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    an = telegram.person("An")
    an.says_at_once("một", "hai", "/tieptuc", "ba")
    async with channel() as open_, polling(open_):
        await an.hears("ba")
    assert [getattr(event, "text", "/tieptuc") for event in house.events] == ["một\nhai", "/tieptuc", "ba"]


async def test_a_code_among_texts_of_one_breath_stands_by_itself(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    """Put together with a greeting it would be no code, and its person left at the door."""
    an = telegram.person("An")
    an.says_at_once("Chào Tự Soi", "mã của em đây", "ABCD-EFGH-JKMN", "em cảm ơn")
    async with channel() as open_, polling(open_):
        await an.hears("em cảm ơn")
    assert house.events == [Said("Chào Tự Soi\nmã của em đây"), Said("ABCD-EFGH-JKMN"), Said("em cảm ơn")]


async def test_what_comes_again_and_is_put_together_otherwise_is_taken_once(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse
) -> None:
    """After a process that died: of thirty texts ten were taken together, the others never came through."""
    an = telegram.person("An")
    an.says_at_once(*TEXTS)
    tenth = telegram.updates[9]["update_id"]
    house.kept[f"{telegram.me['id']}:{tenth}"] = Answered(7, (Worded("Đã ghi"),))
    async with channel() as open_, polling(open_):
        await an.hears("Việc số 30")
    assert lines(house) == list(TEXTS[10:])
