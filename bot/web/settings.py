"""What the web chat is as a channel: its name, its times, the phones of the demo page."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

NAME = "web"
#: The command by which a person signs this device out.
SIGN_OUT = "thoat"
#: Seconds. An open page hears something so often, and takes its line for dead when it does not; all its times follow.
PULSE = 4.0


@dataclass(frozen=True, slots=True)
class DemoPhone:
    """A phone of the demo page: whose, as it is written above it, and a fresh code for a browser that has not been in."""

    person: int
    name: str
    position: str
    fresh_code: Callable[[], Awaitable[str]]


#: The phones of the demo page, by who in the story has them: `employee`, `head`, `authority`.
DemoPhones = Mapping[str, DemoPhone]
