"""Texts that a room awaits: the focus that says so, and letting go of it."""

from collections.abc import Mapping

from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Reply, SetFocus
from rules.nouns.reviews import Json


def awaiting(purpose: str, **about: Json) -> SetFocus:
    """From now on the next text is for `purpose` (`<room>_…`), until anything else is pressed."""
    return SetFocus({"for": purpose, **about})


def awaits(state: State, purpose: str, **about: Json) -> bool:
    """Whether a text for `purpose` is awaited, about exactly this."""
    focus = state.focus or {}
    return focus.get("for") == purpose and all(focus.get(key) == value for key, value in about.items())


def written(state: State, key: str) -> str:
    """A text kept in the focus; "" when there is none."""
    value = (state.focus or {}).get(key)
    return value if isinstance(value, str) else ""


def number(state: State, key: str) -> int:
    """A number kept in the focus; 0 when there is none."""
    value = (state.focus or {}).get(key)
    return value if isinstance(value, int) else 0


def let_go(state: State, room: Room) -> tuple[Command, ...]:
    """Stop awaiting a text of this room. A focus of another stays."""
    awaited = str((state.focus or {}).get("for", ""))
    return (SetFocus(None),) if awaited.startswith(f"{room}_") else ()


#: Characters of a reason or a comment: what still reads well in a chat and in the document.
MAX_CHARS = 1000


#: Where the focus keeps which of several reviews is at work, whatever else it is about.
AT_WORK = "at_work"


def at_work_of(focus: Mapping[str, Json] | None) -> int:
    """Which of the person's reviews was at work last; 0: not known. A focus on a question says it, too."""
    kept = focus or {}
    named = kept.get(AT_WORK)
    if named is None and not in_a_room(focus):
        named = kept.get("review")
    return named if isinstance(named, int) else 0


def in_a_room(focus: Mapping[str, Json] | None) -> bool:
    """Whether the next text is for a room, not for one's own review."""
    return text_of(focus or {}, "for").partition("_")[0] in tuple(Room)


def text_of(focus: Mapping[str, Json], key: str) -> str:
    """A text of the focus; "" when there is none."""
    value = focus.get(key)
    return str(value) if value is not None else ""


def unusable(text: str, limit: int = MAX_CHARS) -> Reply | None:
    """One line on what is wrong with a reason, a comment or another text of at most `limit` characters, or None."""
    if not text:
        return Reply("head/expected", {})
    if len(text) > limit:
        return Reply("head/too_long", {"length": len(text), "max": limit})
    return None
