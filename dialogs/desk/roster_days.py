"""The first days of a roster's changes: the desk gives one day for all, or one for each person. The days are kept in
the focus, with the file to which they belong.
"""

from collections.abc import Mapping, Sequence

from dialogs.core.awaited import text_of
from dialogs.core.events import Event, Handed, Pressed, Said
from dialogs.core.paging import word
from dialogs.core.stamps import FINGERPRINT, seal
from rules.nouns.days import read_date
from rules.nouns.reviews import Json

#: The purpose of the focus while a day is awaited.
DAY = "desk_roster_day"
#: The verb of the button "nothing changed, it was only written wrongly before".
WRONG = "desk_roster_wrong"
#: Stands for that among the days.
CORRECTED = ""
#: Stands for everybody, if one day is asked for all.
ALL = ""

Focus = Mapping[str, Json] | None


def said_of(focus: Focus, sha256: str) -> dict[str, str]:
    """What was said so far about that file: roster key → an ISO day, or `CORRECTED`."""
    days = (focus or {}).get("days")
    ours = text_of(focus or {}, "file") == sha256[:FINGERPRINT]
    return {key: str(day) for key, day in days.items()} if ours and isinstance(days, dict) else {}


def whom(focus: Focus) -> str:
    """Whose day is being asked for: a roster key, or `ALL`."""
    return text_of(focus or {}, "who")


def given(focus: Focus, event: Event, sha256: str, revision: int, asked: Sequence[str]) -> dict[str, str]:
    """What was said about the people `asked`, including this event.

    An answer does not count if the question was drawn from another `revision` of the stored roster; it is asked again.
    If a file is handed in again, everything is.
    """
    if isinstance(event, Handed):
        return {}
    days = {key: day for key, day in said_of(focus, sha256).items() if key in asked}
    said = _answer(focus, event, sha256)
    if said is None or (focus or {}).get("revision") != revision:
        return days
    who = whom(focus)
    return days | {key: said for key in asked if key not in days and who in (ALL, key)}


def _answer(focus: Focus, event: Event, sha256: str) -> str | None:
    """The day that this event gives, or `CORRECTED`; None: it gives none."""
    if focus is None or focus.get("for") != DAY or text_of(focus, "file") != sha256[:FINGERPRINT]:
        return None
    match event:
        case Said(text):
            day = read_date(text)
            return day.isoformat() if day else None
        case Pressed(button) if button and button.verb == WRONG:
            ours = (word(button, 0), word(button, 1)) == (sha256[:FINGERPRINT], seal(whom(focus)))
            return CORRECTED if ours else None
    return None
