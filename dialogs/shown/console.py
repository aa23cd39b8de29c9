"""The button that leads to the console, for people with oversight."""

from dialogs.core.buttons import Button
from dialogs.core.turn import Key

OPEN = "console"

#: The button as a row of its own.
TO_CONSOLE: tuple[Key, ...] = (Key("menu/console", Button(OPEN)),)
