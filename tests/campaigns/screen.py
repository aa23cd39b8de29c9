"""A phone and its screen: only buttons that are shown now are pressed."""

from dataclasses import dataclass, field

from bot.door.channel import WordedKey
from dialogs.core.buttons import Button
from dialogs.core.events import Event, Pressed
from tests.bot.playing import Phone

_NEXT_PAGE = ("Trang sau ▶", "Tiếp theo ▶")


@dataclass
class Screen(Phone):
    """A phone tied to somebody. `who`: their short name in the play; `name`: their name in the chat."""

    who: str = ""
    name: str = ""
    steps: int = field(default=0)

    # ── what is on the screen ──────────────────────────────────────────────────────────────────

    @property
    def keys(self) -> list[tuple[WordedKey, Button]]:
        """The buttons of the last answer."""
        shown = (key for reply in self.answered.replies for row in reply.keyboard for key in row)
        return [(key, button) for key in shown if (button := Button.decode(key.data))]

    def sees(self, verb: str, *about: str, label: str = "") -> Button | None:
        """The button of the last answer with this verb, these first words, and this text in its label; None: there is
        none.
        """
        for key, button in self.keys:
            if button.verb == verb and button.about[: len(about)] == about and label in key.label:
                return button
        return None

    async def taps(self, verb: str, *about: str, label: str = "") -> None:
        """Press that button."""
        button = self.sees(verb, *about, label=label)
        shown = [key.data for key, _ in self.keys]
        assert button, f"{self.who} sees no {verb} {about} {label!r}, but {shown}: {self.text}"
        await self.does(Pressed(button))

    async def opens(self, verb: str, name: str, holding: str = "") -> None:
        """From a list with pages on the screen, open the card of that name whose text contains `holding`."""
        seen: set[str] = set()
        while True:
            listed, before = (
                self.answered,
                [button for key, button in self.keys if button.verb == verb and name in key.label],
            )
            for button in before:
                await self.does(Pressed(button))
                if holding in self.text:
                    return
            self.answered = listed
            turning = next((key for key, _ in self.keys if key.label in _NEXT_PAGE and key.data not in seen), None)
            assert turning, f"{self.who} finds no card of {name} with {holding!r}: {self.text}"
            seen.add(turning.data)
            await self.does(Pressed(Button.decode(turning.data)))

    @property
    def labels(self) -> str:
        """The labels of all buttons."""
        return "\n".join(key.label for key, _ in self.keys)

    async def does(self, event: Event, update: str = "") -> object:  # type: ignore[override]
        """As on any phone; the events are counted."""
        self.steps += 1
        return await super().does(event, update)
