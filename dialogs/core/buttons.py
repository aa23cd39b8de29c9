"""Buttons: the meaning of a press in at most 64 bytes, valid for good.

A button names the review, the place and the state from which it was drawn. So a press on a month-old message can be
understood: it is either carried out sensibly or refused with a reason.
"""

from dataclasses import dataclass

#: Telegram's limit for callback data; the web keeps to it as well.
MAX_BYTES = 64
#: The greatest possible review id; a button with a greater one was not drawn by this program.
MAX_REVIEW = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Button:
    """A press: the `verb`, the review it is about (0: none), and a few short words."""

    verb: str
    review: int = 0
    about: tuple[str, ...] = ()

    def encode(self) -> str:
        """The callback data. Raises ValueError when it is too long or could not be decoded again."""
        parts = (self.verb, str(self.review), *self.about)
        text = ":".join(parts)
        if len(text.encode()) > MAX_BYTES or any(":" in part for part in parts):
            raise ValueError(f"button does not fit: {text!r}")
        return text

    @staticmethod
    def decode(data: str) -> "Button | None":
        """The button, or None when this program did not draw the data."""
        verb, *rest = data.split(":")
        if not verb.isidentifier() or not rest or not rest[0].isdecimal() or len(data.encode()) > MAX_BYTES:
            return None
        review = int(rest[0])
        return Button(verb, review, tuple(rest[1:])) if review <= MAX_REVIEW else None
