"""The ledger that an event is about: its period and owner, from the button or the awaited text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.core.awaited import text_of
from dialogs.core.events import Event, Pressed
from dialogs.core.paging import as_number, number, word
from rules.nouns.periods import is_tracked
from rules.nouns.reviews import Json

_PERIOD = re.compile(r"(\d{4})([mq]\d{1,2})")


@dataclass(frozen=True, slots=True)
class Named:
    """The period and person that an event names."""

    #: The year; 0: no period is named.
    year: int = 0
    #: The period; "": none is named.
    period: str = ""
    #: The id of the person; 0: oneself.
    person: int = 0


def named(event: Event, focus: Mapping[str, Json] | None) -> Named:
    """What a button of this room names; for a text, what it is awaited for."""
    if isinstance(event, Pressed):
        button = event.button
        return _named(word(button, 0), number(button, 1)) if button else Named()
    about = focus or {}
    if not text_of(about, "for").startswith("work_"):
        return Named()
    return _named(text_of(about, "period"), as_number(text_of(about, "person")))


def _named(period: str, person: int) -> Named:
    found = _PERIOD.fullmatch(period)
    return Named(int(found[1]), found[2], person) if found and is_tracked(found[2]) else Named(person=person)
