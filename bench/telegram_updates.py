"""Updates in Telegram's JSON."""

from typing import Any

from bot.door.channel import Worded


def message(person: int, number: int, text: str) -> dict[str, Any]:
    """A text from somebody in their private chat."""
    return {
        "message_id": 2 * number + 1,
        "from": _user(person),
        "chat": {"id": person, "first_name": "Người", "last_name": str(person), "type": "private"},
        "date": 1_800_000_000 + 10 * number,  # so far apart that no two texts are one breath
        "text": text,
    }


def press(person: int, number: int, data: str, on: Worded) -> dict[str, Any]:
    """A press of a button, with the message it belongs to and its keyboard."""
    bot = {"id": 7_000_001, "is_bot": True, "first_name": "Tự Soi", "username": "tusoi_thu_bot"}
    keyboard = [[{"text": key.label, "callback_data": key.data} for key in row] for row in on.keyboard]
    shown = {**message(person, number, on.html), "from": bot, "reply_markup": {"inline_keyboard": keyboard}}
    return {
        "id": str(person * 1_000 + number),
        "from": _user(person),
        "chat_instance": "-42",
        "message": shown,
        "data": data,
    }


def _user(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": "Người", "last_name": str(person), "language_code": "vi"}
