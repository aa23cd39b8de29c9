"""The same feed for every bot we measure: a whole review, answered by many people by turns.

It is recorded once from an obliging person, from the first question to the page before sending; what they were
asked on the way is what the bare bot asks, too.
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

#: What an obliging person presses first, and their ordinary year.
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
    """What a person does with the message before them, and what they are asked then."""

    before: Worded
    event: Event
    asked: Worded


async def recorded(house: Front, account: str) -> tuple[Step, ...]:
    """A whole review, played once by this account."""
    before = (await house.take(Incoming("telegram", account, "recorded", Commanded("tieptuc")))).replies[0]
    steps: list[Step] = []
    while event := _next(before, len(steps)):
        (asked,) = (await house.take(Incoming("telegram", account, f"recorded {len(steps)}", event))).replies
        steps.append(Step(before, event, asked))
        before = asked
    return tuple(steps)


def updates(steps: Sequence[Step], reviews: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    """The steps of everybody by turns, as Telegram sends them. `reviews`: person → their review."""
    ids = itertools.count(1)
    for number, step in enumerate(steps):
        for person, review in reviews.items():
            yield {"update_id": next(ids), **content(person, review, number, step)}


def content(person: int, review: int, number: int, step: Step) -> dict[str, Any]:
    """An update without its id: the step of this number as this person makes it."""
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
    """The ordinary answer; of the ratings the second, since the highest is seldom founded."""
    ordinary = [one for one in options if one.verb != "rate" and one.about[-1] == ORDINARY.get(one.about[0])]
    return ordinary[0] if ordinary else options[1 if options[0].verb == "rate" else 0]
