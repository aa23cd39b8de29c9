"""The code on the wall that says somebody sees it: another one every minute. Pure: which minutes count now, whoever makes codes of them."""

import datetime as dt
from enum import StrEnum

#: Seconds after which the wall shows another one.
EACH = 60
#: So many count besides the one that is shown: a phone may be slow.
BEFORE = 1


class Seen(StrEnum):
    """What a code says that comes with a press."""

    NONE = "none"  # a press without one: a word of one's own
    GOOD = "good"  # the wall shows it, or just did
    OLD = "old"


def spans(at: dt.datetime) -> tuple[int, ...]:
    """Which minutes count, the newest first."""
    now = int(at.timestamp()) // EACH
    return tuple(now - back for back in range(BEFORE + 1))
