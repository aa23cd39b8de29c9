"""The buttons of the room INQUIRY that other rooms use."""

from dialogs.core.buttons import Button
from dialogs.core.turn import Key

#: Asks, and shows the new link; shows the link that opens again.
ASK, LINK = "inquiry_ask", "inquiry_link"
#: Asks about everybody about whom nothing was asked.
EVERYBODY = "inquiry_every"
HOME = Key("inquiry/home", Button("inquiry_home"))
