"""The same input for every bot that is measured: a whole review, answered by many people by turns.

It is recorded once from an obliging person, from the first question to the page before sending. The bare bot asks the
same questions.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bench.telegram_updates import message, press
from bot.door.channel import Incoming, Worded
from bot.door.front import Front
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said

#: The verbs that an obliging person presses first.
EAGERLY = ("known_none", "put", "usual", "answer", "rest", "all", "enough", "next", "rate")
ORDINARY = {
    "months_worked": "12",
    "leave_months": "0",
    "maternity_leave": "false",
    "disciplined": "false",
    "degradation": "false",
}


@dataclass(frozen=True, slots=True)
class Step:
    """What a person does with the message they see (`before`), and the message that follows (`asked`)."""

    before: Worded
    event: Event
    asked: Worded


async def recorded(house: Front, account: str) -> tuple[Step, ...]:
    """The steps of a whole review, played once by this account."""
    before = (await house.take(Incoming("telegram", account, "recorded", Commanded("tieptuc")))).replies[0]
    steps: list[Step] = []
    while event := _next(before, len(steps)):
        (asked,) = (await house.take(Incoming("telegram", account, f"recorded {len(steps)}", event))).replies
        steps.append(Step(before, event, asked))
        before = asked
    return tuple(steps)


def updates(steps: Sequence[Step], reviews: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    """Everybody's steps by turns, as Telegram's updates. `reviews`: person → their review."""
    ids = itertools.count(1)
    for number, step in enumerate(steps):
        for person, review in reviews.items():
            yield {"update_id": next(ids), **content(person, review, number, step)}


def content(person: int, review: int, number: int, step: Step) -> dict[str, Any]:
    """An update, without its id, for the step of that number by that person."""
    match step.event:
        case Pressed(Button() as button):
            return {"callback_query": press(person, number, replace(button, review=review).encode(), step.before)}
        case Said(text):
            return {"message": message(person, number, text)}
        case _:
            raise AssertionError(step.event)


def _next(asked: Worded, number: int) -> Event | None:
    decoded = [Button.decode(key.data) for row in asked.keyboard for key in row]
    buttons = [button for button in decoded if button]
    if any(button.verb == "send" for button in buttons):
        return None
    for verb in EAGERLY:
        options = [button for button in buttons if button.verb == verb]
        if options:
            return Pressed(_pick(options))
    return Said(f"Đã hoàn thành {80 + number % 20} % nhiệm vụ được giao trong năm.")


def _pick(options: Sequence[Button]) -> Button:
    """The ordinary answer. Of the ratings it is the second, because the conditions of the highest are seldom met."""
    ordinary = [one for one in options if one.verb != "rate" and one.about[-1] == ORDINARY.get(one.about[0])]
    return ordinary[0] if ordinary else options[1 if options[0].verb == "rate" else 0]
