"""Awaited texts: setting the focus so that the next text goes to a room, and clearing it again."""

from collections.abc import Mapping

from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Reply, SetFocus
from rules.nouns.reviews import Json


def awaiting(purpose: str, **about: Json) -> SetFocus:
    """The command that directs the next text to `purpose` (`<room>_…`), until another button is pressed."""
    return SetFocus({"for": purpose, **about})


def awaits(state: State, purpose: str, **about: Json) -> bool:
    """Whether a text for `purpose` about exactly this is awaited."""
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
    """The command that stops awaiting a text of this room. The focus of another room is left alone."""
    awaited = str((state.focus or {}).get("for", ""))
    return (SetFocus(None),) if awaited.startswith(f"{room}_") else ()


#: The longest reason or comment, in characters: what is still readable in a chat and in the document.
MAX_CHARS = 1000


#: The key of the focus that holds which of several reviews the person is working on.
AT_WORK = "at_work"


def at_work_of(focus: Mapping[str, Json] | None) -> int:
    """The id of the review that the person worked on last, also taken from a focus on one of its questions; 0: not
    known.
    """
    kept = focus or {}
    named = kept.get(AT_WORK)
    if named is None and not in_a_room(focus):
        named = kept.get("review")
    return named if isinstance(named, int) else 0


def in_a_room(focus: Mapping[str, Json] | None) -> bool:
    """Whether the next text goes to a room instead of the person's own review."""
    return text_of(focus or {}, "for").partition("_")[0] in tuple(Room)


def text_of(focus: Mapping[str, Json], key: str) -> str:
    """A text of the focus; "" when there is none."""
    value = focus.get(key)
    return str(value) if value is not None else ""


def unusable(text: str, limit: int = MAX_CHARS) -> Reply | None:
    """The reply that says why a reason, comment or other text cannot be used, or None. `limit` is its greatest length
    in characters.
    """
    if not text:
        return Reply("head/expected", {})
    if len(text) > limit:
        return Reply("head/too_long", {"length": len(text), "max": limit})
    return None
