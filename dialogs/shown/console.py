"""The button that leads to the console: in the rooms of those who oversee somebody."""

from dialogs.core.buttons import Button
from dialogs.core.turn import Key

OPEN = "console"

#: A row of its own.
TO_CONSOLE: tuple[Key, ...] = (Key("menu/console", Button(OPEN)),)
