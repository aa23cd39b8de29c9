"""Updates as Telegram sends them when people answer a form: the same feed for every bot we measure."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

#: A form of ordinary length; every third answer is typed, the others are pressed.
QUESTIONS = 24
TYPED_EVERY = 3

#: What the press on answer `choice` to question `question` carries. A bot under measurement may bring its own.
Data = Callable[[int, int], str]


def updates(
    count: int, people: int = 50, first_id: int = 1, data: Data = "answer:1:q{}:{}".format
) -> Iterator[dict[str, Any]]:
    """`count` updates of `people` who answer by turns, each going through the questions from the first on.

    Update ids are new each; a person's first update is /start.
    """
    ids = itertools.count(first_id)
    for number in range(count):
        person, step = 10_000 + number % people, number // people
        yield {"update_id": next(ids), **_content(person, step, data)}


def _content(person: int, step: int, data: Data) -> dict[str, Any]:
    if step == 0:
        return {"message": message(person, step, "/start")}
    question = (step - 1) % QUESTIONS
    if question % TYPED_EVERY == TYPED_EVERY - 1:
        return {"message": message(person, step, f"Đã hoàn thành {80 + step % 20} % nhiệm vụ được giao trong năm.")}
    return {"callback_query": press(person, step, data(question, step % 4))}


def message(person: int, step: int, text: str) -> dict[str, Any]:
    return {
        "message_id": 2 * step + 1,
        "from": _user(person),
        "chat": {"id": person, "first_name": "Người", "last_name": str(person), "type": "private"},
        "date": 1_800_000_000 + step,
        "text": text,
    }


def press(person: int, step: int, data: str) -> dict[str, Any]:
    """With the message it stands on and its keyboard, as Telegram sends it."""
    bot = {"id": 7_000_001, "is_bot": True, "first_name": "Tự Soi", "username": "tusoi_thu_bot"}
    keyboard = [[{"text": f"Mức {choice}", "callback_data": f"answer:1:q0:{choice}"}] for choice in range(4)]
    stands_on = {**message(person, step, "Câu hỏi"), "from": bot, "reply_markup": {"inline_keyboard": keyboard}}
    return {
        "id": str(person * 1_000 + step),
        "from": _user(person),
        "chat_instance": "-42",
        "message": stands_on,
        "data": data,
    }


def _user(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": "Người", "last_name": str(person), "language_code": "vi"}
