"""Somebody at their phone, whose events and screens are recorded."""

from dataclasses import dataclass, field

from dialogs.core.buttons import Button
from dialogs.core.events import Event, Pressed, Said
from tests.bot.authorisation.world import Aim
from tests.bot.playing import Phone

#: What is typed wherever a text is asked for.
WRITTEN = "Đề nghị xem lại theo quy định"


@dataclass
class Trying:
    """Somebody at their phone: what they did, and what they read."""

    phone: Phone
    aim: Aim
    events: list[Event] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    async def does(self, event: Event) -> None:
        """Send one event, and record what is shown, including the labels of buttons."""
        self.events.append(event)
        replies = (await self.phone.does(event)).replies
        labels = [key.label for reply in replies for row in reply.keyboard for key in row]
        self.read += [*(reply.html for reply in replies), *labels]

    async def press(self, verb: str, review: int = 0, *about: object) -> None:
        """Press a button, even if it was never shown here."""
        await self.does(Pressed(Button(verb, review, tuple(str(word) for word in about))))

    async def taps(self, verb: str, *about: str) -> None:
        """Press a button that was shown."""
        await self.does(Pressed(self.phone.button(verb, *about)))

    async def says(self, text: str = WRITTEN) -> None:
        """A text."""
        await self.does(Said(text))
