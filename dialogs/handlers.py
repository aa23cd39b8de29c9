"""How a module of `dialogs` takes part: what it offers to `dialogs.step`, as data.

A module may offer any of
    VERBS     verb of a button → handler(books, state, button)
    TEXTS     `for` of the focus → handler(books, state, text)     (who gets the next text)
    COMMANDS  command of the menu → handler(books, state, argument)
Verbs, focuses and commands are unique over all modules.
"""

from collections.abc import Callable, Mapping

from dialogs.buttons import Button
from dialogs.state import State
from dialogs.turn import Turn
from rules.rulebook import Rulebook

#: All rulebooks that campaigns of this installation use, by id.
Books = Mapping[str, Rulebook]

OnPress = Callable[[Books, State, Button], Turn]
OnText = Callable[[Books, State, str], Turn]
OnCommand = Callable[[Books, State, str], Turn]
