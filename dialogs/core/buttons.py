"""Buttons: what a press means, in at most 64 bytes, for good.

A button names the review, the place and the state it was drawn from, so that a press on a
month-old message can be understood: it does the sensible thing or is refused with a reason.
"""

from dataclasses import dataclass

#: Telegram's limit for callback data; the web keeps to it as well.
MAX_BYTES = 64
#: No review has a greater number: what names one was not drawn by us.
MAX_REVIEW = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Button:
    """A press: `verb`, the review it is about (0: none), and up to a few short words."""

    verb: str
    review: int = 0
    about: tuple[str, ...] = ()

    def encode(self) -> str:
        """The callback data. Raises ValueError when it would not fit or could not be read back."""
        parts = (self.verb, str(self.review), *self.about)
        text = ":".join(parts)
        if len(text.encode()) > MAX_BYTES or any(":" in part for part in parts):
            raise ValueError(f"button does not fit: {text!r}")
        return text

    @staticmethod
    def decode(data: str) -> "Button | None":
        """The button, or None when the data was not drawn by us."""
        verb, *rest = data.split(":")
        if not verb.isidentifier() or not rest or not rest[0].isdecimal() or len(data.encode()) > MAX_BYTES:
            return None
        review = int(rest[0])
        return Button(verb, review, tuple(rest[1:])) if review <= MAX_REVIEW else None
