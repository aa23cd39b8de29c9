"""The waiting room, on an event loop whose clock jumps."""

import asyncio

import pytest

from bot.telegram.pacing import Gate, Lane, Limit, NotSoon, PacingLimits, Sending
from tests.waiting import timeless

NARROW = PacingLimits(overall=Limit(2, 0.2), notices=Limit(2, 0.2), chat_gap=0.1, burst=2)


async def send(gate: Gate, lane: Lane, chat: str, log: list[str], cost: int = 1) -> None:
    async with gate.passage(Sending(lane, chat, cost)):
        log.append(chat)


def now() -> float:
    return asyncio.get_running_loop().time()


@timeless
async def test_replies_go_before_notices_that_have_waited_longer():
    gate, log = Gate(now, NARROW), []
    notices = [asyncio.create_task(send(gate, Lane.NOTICE, f"thông báo {n}", log)) for n in range(1, 6)]
    await asyncio.sleep(0.01)
    await asyncio.gather(send(gate, Lane.REPLY, "trả lời", log), *notices)
    assert log == ["thông báo 1", "thông báo 2", "trả lời", "thông báo 3", "thông báo 4", "thông báo 5"]


@timeless
async def test_a_reply_that_needs_many_places_is_not_overtaken_by_small_notices():
    gate, log = Gate(now, NARROW), []
    await send(gate, Lane.NOTICE, "một", log)
    big = asyncio.create_task(send(gate, Lane.REPLY, "ảnh", log, cost=2))
    await asyncio.sleep(0.01)
    await asyncio.gather(big, send(gate, Lane.NOTICE, "hai", log))
    assert log == ["một", "ảnh", "hai"]


@timeless
async def test_a_busy_chat_does_not_hold_up_another():
    gate, log = Gate(now, PacingLimits(chat_gap=0.1, burst=1)), []
    await asyncio.gather(*(send(gate, Lane.REPLY, chat, log) for chat in ("an", "an", "bình")))
    assert log == ["an", "bình", "an"]


@timeless
async def test_one_chat_gets_its_messages_in_order():
    gate, log = Gate(now, NARROW), []

    async def numbered(number: int) -> None:
        async with gate.passage(Sending(Lane.REPLY, "an")):
            log.append(number)

    await asyncio.gather(*(numbered(number) for number in range(5)))
    assert log == [0, 1, 2, 3, 4]


@timeless
async def test_nobody_goes_before_a_pause_is_over():
    gate, log = Gate(now, PacingLimits()), []
    gate.pause(0.3)
    start = now()
    await asyncio.gather(*(send(gate, lane, str(n), log) for n, lane in enumerate(Lane)))
    assert now() - start >= 0.5  # 0.3 and the margin of 0.2


@timeless
async def test_an_answer_to_a_press_waits_for_no_place():
    gate, log = Gate(now, NARROW), []
    crowd = [asyncio.create_task(send(gate, Lane.REPLY, f"{n}", log)) for n in range(4)]
    await asyncio.sleep(0.01)
    await send(gate, Lane.REPLY, "nút", log, cost=0)
    assert log == ["0", "1", "nút"]
    await asyncio.gather(*crowd)


@timeless
async def test_who_gives_up_waiting_takes_no_place():
    gate, log = Gate(now, NARROW), []
    gate.pause(0.05)
    impatient = [asyncio.create_task(send(gate, Lane.REPLY, f"{n}", log)) for n in range(10)]
    await asyncio.sleep(0.01)
    for task in impatient:
        task.cancel()
    await asyncio.gather(*impatient, return_exceptions=True)
    start = now()
    await asyncio.gather(send(gate, Lane.REPLY, "an", log), send(gate, Lane.REPLY, "bình", log))
    assert log == ["an", "bình"]
    assert now() - start < 0.4


@timeless
async def test_a_failing_request_gives_its_place_back():
    gate, log = Gate(now, NARROW), []
    for _ in range(2):
        with pytest.raises(OSError, match="mạng"):
            async with gate.passage(Sending(Lane.REPLY, "an")):
                raise OSError("mạng")
    async with asyncio.timeout(1):
        await send(gate, Lane.REPLY, "bình", log)
    assert log == ["bình"]


@timeless
async def test_a_long_pause_turns_notices_away_and_keeps_replies():
    gate, log = Gate(now, PacingLimits()), []
    gate.pause(0.05)
    waiting = asyncio.create_task(send(gate, Lane.NOTICE, "thông báo", log))
    reply = asyncio.create_task(send(gate, Lane.REPLY, "trả lời", log))
    await asyncio.sleep(0.01)
    gate.pause(300)
    with pytest.raises(NotSoon) as turned_away:
        await waiting
    assert turned_away.value.seconds > 299
    with pytest.raises(NotSoon):
        await send(gate, Lane.NOTICE, "thông báo khác", log)
    assert not reply.done()
    reply.cancel()
