"""The web chat as a channel: its name, its pulse, and the phones of the demo page."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

NAME = "web"
#: The command by which a person signs this device out.
SIGN_OUT = "thoat"
#: Seconds between signs of life to an open page. A page that misses them takes its line for dead; all its waiting times
#: are multiples of this.
PULSE = 4.0


@dataclass(frozen=True, slots=True)
class DemoPhone:
    """A phone of the demo page."""

    person: int
    #: Shown above the phone, like `position`.
    name: str
    position: str
    #: Makes a new code, for a browser that is not signed in yet.
    fresh_code: Callable[[], Awaitable[str]]


#: Role in the story (`employee`, `head`, `authority`) → phone of the demo page.
DemoPhones = Mapping[str, DemoPhone]
