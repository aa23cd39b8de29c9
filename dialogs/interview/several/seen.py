"""What a person had seen when they answered.

Every button of a body's report carries the number of the newest answer at the time it was drawn, so that a later answer
by somebody else is never replaced unseen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.events import Event, Pressed, Said
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from rules.nouns.reviews import Review

#: The prefix of the last argument of such a button.
MARK = "~"


def with_seen(state: State, event: Event) -> tuple[State, Event]:
    """The state that knows which answers the person had seen, and the event with its buttons as their handlers expect
    them.
    """
    match event:
        case Pressed(button=button) if button and (number := _number(button)) is not None:
            return replace(state, seen=number), Pressed(_plain(button))
        case Pressed():
            return replace(state, seen=0), event
        case Said(under=under) if under:
            own = state.own.id if state.own else 0
            numbers = [number for one in under if one.review == own and (number := _number(one)) is not None]
            seen = max(numbers, default=0)
            return replace(state, seen=seen), replace(event, under=tuple(map(_plain, under)))
    return state, event


def seen_in(replies: Sequence[Reply], review: int) -> int | None:
    """The number that the buttons of these replies carry; None: they show nothing of that report."""
    keys = (key.button for reply in replies for row in reply.keyboard for key in row)
    numbers = [number for one in keys if one.review == review and (number := _number(one)) is not None]
    return max(numbers, default=None)


def marked(state: State, turn: Turn, verbs: frozenset[str]) -> Turn:
    """The turn with the current number added to the buttons about bodies' reports. `verbs`: those of one's own review."""
    mine = [one for one in (state.own, *state.others) if one is not None]
    reports: Mapping[int, int] = {one.id: _at(one) for one in mine if one.report is not None and _at(one)}
    if not reports:
        return turn

    def stamped(key: Key) -> Key:
        at = reports.get(key.button.review)
        if at is None or key.button.verb not in verbs:
            return key
        button = replace(key.button, about=(*key.button.about, f"{MARK}{at:x}"))
        return replace(key, button=button) if _fits(button) else key

    replies = tuple(
        replace(reply, keyboard=tuple(tuple(map(stamped, row)) for row in reply.keyboard)) for reply in turn.replies
    )
    return replace(turn, replies=replies)


def _at(review: Review) -> int:
    return review.report.at if review.report else 0


def _fits(button: Button) -> bool:
    try:
        button.encode()
    except ValueError:
        return False
    return True


def _number(button: Button) -> int | None:
    last = button.about[-1] if button.about else ""
    digits = last.removeprefix(MARK)
    if not last.startswith(MARK) or not digits or not set(digits) <= set("0123456789abcdef") or len(digits) > 8:
        return None
    return int(digits, 16)


def _plain(button: Button) -> Button:
    return button if _number(button) is None else replace(button, about=button.about[:-1])
