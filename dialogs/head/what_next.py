"""After a decision: where an approver goes on."""

from collections.abc import Sequence

from dialogs.core.buttons import Button
from dialogs.core.turn import Key
from dialogs.shown.draft_card import in_order
from rules.nouns.reviews import Review


def what_next(others: Sequence[Review]) -> tuple[tuple[Key, ...], ...]:
    """The next waiting draft, in the order of the list, and the list."""
    if not others:
        return ()
    return ((Key("head/next", Button("head_card", in_order(others)[0].id)), Key("head/list", Button("head_list"))),)
