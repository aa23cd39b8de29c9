"""How a module of `dialogs` takes part in the conversation: the tables it offers to `dialogs.step`, as data.

A module may offer any of
    VERBS     verb of a button → handler(books, state, button)
    TEXTS     `for` of the focus → handler(books, state, text)     (for the next text)
    FILES     `for` of the focus → handler(books, state, file)     (for the next file)
    COMMANDS  command of the menu → handler(books, state, argument)
    CHOSEN    deed → handler(books, state, event)                  (for people selected in a list of the console)
Verbs, focuses and commands are unique over all modules.
"""

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from dialogs.core.buttons import Button
from dialogs.core.events import Chosen, Handed
from dialogs.core.state import State
from dialogs.core.turn import Turn
from rules.book.rulebook import Rulebook


class Books(Protocol):
    """The rulebooks by edition, i.e. with the rules in force on a day of reference: `books[campaign.edition]`."""

    def __getitem__(self, edition: tuple[str, dt.date], /) -> Rulebook:
        """The rulebook of that id as of that day. Raises KeyError when there is no such rulebook."""


OnPress = Callable[[Books, State, Button], Turn]
OnText = Callable[[Books, State, str], Turn]
OnFile = Callable[[Books, State, Handed], Turn]
OnChosen = Callable[[Books, State, Chosen], Turn]
OnCommand = Callable[[Books, State, str], Turn]
