"""The code on the wall, which changes every minute and proves that a person sees it. This says which minutes are valid;
the caller makes the codes.
"""

import datetime as dt
from enum import StrEnum

#: Seconds until the wall shows another code.
EACH = 60
#: How many earlier codes are still valid, because a phone may be slow.
BEFORE = 1


class Seen(StrEnum):
    """What the code that came with a press proves."""

    NONE = "none"  # no code: only the person's own tap
    GOOD = "good"  # the wall shows it, or did a moment ago
    OLD = "old"


def spans(at: dt.datetime) -> tuple[int, ...]:
    """The minutes whose codes are valid, newest first."""
    now = int(at.timestamp()) // EACH
    return tuple(now - back for back in range(BEFORE + 1))
