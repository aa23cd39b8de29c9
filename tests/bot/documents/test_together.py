"""What several want at once is made once, is never kept for long, and fails for each who asked."""

import asyncio
import threading

import pytest

from bot.documents.together import Together


async def test_a_room_that_asks_at_once_has_it_made_once() -> None:
    together, gate, made = Together(), threading.Event(), []

    def making() -> str:
        gate.wait(10)
        made.append(1)
        return "paper"

    asking = [asyncio.create_task(together.make("key", making)) for _ in range(10)]
    await asyncio.sleep(0)
    asking[0].cancel()  # who goes away takes it from nobody
    gate.set()
    assert await asyncio.gather(*asking[1:]) == ["paper"] * 9
    assert await together.make("key", making) == "paper"
    assert len(made) == 1
    assert await together.make("other", making) == "paper"
    assert len(made) == 2


async def test_what_fails_is_made_again_for_who_asks_next() -> None:
    together, fails = Together(), [False, True, False]

    def making() -> int:
        if fails.pop(0):
            raise OSError
        return 1

    assert await together.make("a", making) == 1
    with pytest.raises(OSError):
        await together.make("b", making)
    assert await together.make("b", making) == 1
