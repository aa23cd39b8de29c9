"""What the log says when things go wrong: neither the token nor a word of anybody."""

import logging
from collections.abc import Sequence

import structlog

from bot.door.channel import Worded
from dialogs.core.events import Event
from tests.bot.telegram.conftest import Opening, SmallHouse, polling
from tests.standins.telegram import TOKEN, TelegramStandIn

PRIVATE = "lời riêng của An"


async def failing(event: Event) -> Sequence[Worded]:
    raise RuntimeError(f"INSERT … {event}")


async def test_a_failure_is_logged_by_its_class_and_place_only(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse, caplog
):
    caplog.set_level(logging.DEBUG)
    house.answer, an = failing, telegram.person("An")
    telegram.refuse("getUpdates", 502, "Bad Gateway")
    telegram.refuse("sendMessage", 502, "Bad Gateway")
    with structlog.testing.capture_logs() as logged:
        async with channel() as open_, polling(open_):
            an.says(PRIVATE)
            await an.hears("Xin lỗi")
    [failure] = [entry for entry in logged if entry["event"] == "telegram_update_failed"]
    assert failure["error"] == "RuntimeError"
    assert "test_discretion.py" in failure["at"]
    assert PRIVATE not in f"{logged}{caplog.text}"
    assert TOKEN not in f"{logged}{caplog.text}"
