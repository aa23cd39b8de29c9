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

#: What the focus is for while a day is awaited.
DAY = "desk_roster_day"
#: The button: nothing changed, it was only written wrongly before.
WRONG = "desk_roster_wrong"
#: What stands for that among the days.
CORRECTED = ""
#: Of whom a day is asked, when it is one for all.
ALL = ""

Focus = Mapping[str, Json] | None


def said_of(focus: Focus, sha256: str) -> dict[str, str]:
    """What was said of that file so far: roster key → an ISO day, or CORRECTED."""
    days = (focus or {}).get("days")
    ours = text_of(focus or {}, "file") == sha256[:FINGERPRINT]
    return {key: str(day) for key, day in days.items()} if ours and isinstance(days, dict) else {}


def whom(focus: Focus) -> str:
    """Whose day is asked now: a roster key, or ALL."""
    return text_of(focus or {}, "who")


def given(focus: Focus, event: Event, sha256: str, revision: int, asked: Sequence[str]) -> dict[str, str]:
    """What was said of the people `asked`, this event included. A question drawn from another `revision` of the kept roster
    is not answered by it: it is asked anew. Of a file that is handed in once more everything is asked again.
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
    """The day this event says, or CORRECTED; None: it says none."""
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
