"""Texts awaited for a meeting: their purposes, and the page that asks for each."""

from collections.abc import Callable, Mapping

from dialogs.core.awaited import awaiting, unusable
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.meeting.guard import At, to_item, to_meeting
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.reviews import Json

#: The longest comment, conclusion or proposal, and the longest reason, in characters.
MOST, MOST_REASON = 3000, 500


def ask(
    what: str,
    meeting: Meeting,
    *,
    words: str = "",
    back: Key | None = None,
    now: str = "",
    name: str = "",
    about: Mapping[str, Json] | None = None,
    instead: Key | None = None,
) -> Turn:
    """Await a text for the purpose `meeting_<what>`.

    `words` selects the wording of the request ("": the same as `what`). `now` is the text as it reads so far, `name` is
    whose text it is or whom it is about, `about` is kept in the focus, and `instead` is a button that may be pressed in
    place of writing.
    """
    values: dict[str, Json] = {"what": words or what, "now": now, "name": name}
    reply = Reply("meeting/ask", values, rows((instead,) if instead else (), (back or to_meeting(meeting),)))
    return Turn((reply,), (awaiting(f"meeting_{what}", meeting=meeting.id, **(about or {})),))


def ask_of_item(what: str, at: At, *, words: str = "", name: str = "", about: Mapping[str, Json] | None = None) -> Turn:
    """Await a text about an item on the agenda, as `ask` does."""
    of = {"item": at.item.review, **(about or {})}
    return ask(what, at.meeting, words=words, back=to_item(at), name=name or at.item.name, about=of)


def usable(
    act: Callable[[Books, State, Meeting, str], Turn], limit: int = MOST
) -> Callable[[Books, State, Meeting, str], Turn]:
    """Wrap `act` so that a text that cannot be stored is refused with one line on what is wrong."""

    def checked(books: Books, state: State, meeting: Meeting, text: str) -> Turn:
        wrong = unusable(text, limit)
        return Turn((wrong,)) if wrong else act(books, state, meeting, text)

    return checked


def usable_of_item(
    act: Callable[[Books, State, At, str], Turn], limit: int = MOST
) -> Callable[[Books, State, At, str], Turn]:
    """The same as `usable`, for an `act` about an item on the agenda."""

    def checked(books: Books, state: State, at: At, text: str) -> Turn:
        wrong = unusable(text, limit)
        return Turn((wrong,)) if wrong else act(books, state, at, text)

    return checked
