"""Many notices at once, watched by a Telegram that counts."""

import asyncio

from bot.door.channel import Later, Worded
from bot.telegram.pacing import Lane
from bot.telegram.service import Telegram
from tests.bot.telegram.conftest import Opening
from tests.standins.telegram import TelegramStandIn


def crowd(telegram: TelegramStandIn, count: int) -> list[str]:
    people = [telegram.person(f"Người {number}", 2000 + number) for number in range(count)]
    for person in people:
        person.started = True
    return [str(person.id) for person in people]


def notices(open_: Telegram, accounts: list[str]) -> list[asyncio.Task[tuple[int, ...]]]:
    send = open_.sender.send
    return [asyncio.create_task(send(account, Worded("Nhắc hạn nộp"), lane=Lane.NOTICE)) for account in accounts]


async def test_a_broadcast_never_exceeds_thirty_in_a_rolling_second(channel: Opening, telegram: TelegramStandIn):
    telegram.watch(overall=30)
    async with channel() as open_:
        await asyncio.gather(*notices(open_, crowd(telegram, 70)))
    assert [call.status for call in telegram.calls if call.method == "sendmessage"] == [200] * 70
    assert telegram.most_in_a_second() <= 30


async def test_a_reply_goes_out_while_a_broadcast_waits(channel: Opening, telegram: TelegramStandIn):
    an = telegram.person("An", 1001)
    an.started = True
    async with channel() as open_:
        waiting = notices(open_, crowd(telegram, 90))
        await telegram.until(lambda: len(telegram.sent()) >= 40)  # the thirty places of a second are taken
        before = len(telegram.sent())
        await open_.sender.send("1001", Worded("Câu 3"))
        place = [call.chat for call in telegram.sent()].index(1001)
        assert place - before < 0.25 * 30  # so many notices flow in a quarter of a second
        assert place < 90
        await asyncio.gather(*waiting)


async def test_one_person_gets_one_notice_a_second(channel: Opening, telegram: TelegramStandIn):
    telegram.watch(overall=30, per_chat=1)
    accounts = crowd(telegram, 1)
    async with channel() as open_:
        await asyncio.gather(*notices(open_, accounts * 3))
    assert [call.status for call in telegram.calls if call.method == "sendmessage"] == [200, 200, 200]


async def test_after_a_429_everybody_waits_until_the_deadline(channel: Opening, telegram: TelegramStandIn):
    telegram.flood("sendMessage", retry_after=1)
    accounts = crowd(telegram, 40)
    async with channel() as open_:
        done = await asyncio.gather(*notices(open_, accounts), return_exceptions=True)
    refused = next(call.at for call in telegram.calls if call.status == 429)
    later = [call.at for call in telegram.sent() if call.at > refused + 0.3]
    assert [type(outcome) for outcome in done].count(Later) == 1
    assert len(telegram.sent()) == 39
    assert min(later) - refused >= 1.0
