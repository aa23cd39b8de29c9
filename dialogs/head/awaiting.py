"""A text that is awaited from the head: which draft it is about, and what may be wrong with it."""

from collections.abc import Mapping

from dialogs.core.buttons import Button
from dialogs.core.state import State
from dialogs.core.turn import Reply, SetFocus
from dialogs.head.refusals import DIGITS, Open, Refused, open_draft
from dialogs.shown.chain import stamp
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json

#: Characters of a reason or a comment: what still reads well in a chat and in the document.
MAX_CHARS = 1000


def awaiting(purpose: str, draft: Open, **more: Json) -> SetFocus:
    """From now on the next text is for `purpose` of this draft, until anything else is pressed."""
    about: dict[str, Json] = {
        "for": purpose,
        "review": draft.review.id,
        "version": stamp(draft.review),
        "digits": draft.draft.fingerprint[:DIGITS],
    }
    return SetFocus({**about, **more})


def awaited_draft(state: State, action: Action) -> Open | Refused:
    """The draft the awaited text is about, if that may still be done with it."""
    focus = state.focus or {}
    review = focus.get("review")
    button = Button(
        "head_card", review if isinstance(review, int) else 0, (text_of(focus, "version"), text_of(focus, "digits"))
    )
    return open_draft(state, button, action)


def awaits(state: State, purpose: str, draft: Open) -> bool:
    """Whether a text for `purpose` of this very draft is awaited."""
    focus = state.focus or {}
    wanted = (purpose, draft.review.id, stamp(draft.review))
    return (focus.get("for"), focus.get("review"), text_of(focus, "version")) == wanted


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
