"""The buttons of the room INQUIRY that other rooms use."""

from dialogs.core.buttons import Button
from dialogs.core.turn import Key

#: The verbs that give and show a new link, and that show the valid link again.
ASK, LINK = "inquiry_ask", "inquiry_link"
#: The verb that asks about everybody about whom nothing was asked.
EVERYBODY = "inquiry_every"
HOME = Key("inquiry/home", Button("inquiry_home"))
