"""A text that is awaited from the head: which draft it is about, and what may be wrong with it."""

from dialogs.core.awaited import text_of
from dialogs.core.buttons import Button
from dialogs.core.refused import Refused
from dialogs.core.state import State
from dialogs.core.turn import SetFocus
from dialogs.head.refusals import OpenDraft, open_draft
from dialogs.shown.chain import DIGITS, stamp
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json


def awaiting(purpose: str, draft: OpenDraft, **more: Json) -> SetFocus:
    """From now on the next text is for `purpose` of this draft, until anything else is pressed."""
    about: dict[str, Json] = {
        "for": purpose,
        "review": draft.review.id,
        "version": stamp(draft.review),
        "digits": draft.draft.fingerprint[:DIGITS],
    }
    return SetFocus({**about, **more})


def awaited_draft(state: State, action: Action) -> OpenDraft | Refused:
    """The draft the awaited text is about, if that may still be done with it."""
    focus = state.focus or {}
    review = focus.get("review")
    button = Button(
        "head_card", review if isinstance(review, int) else 0, (text_of(focus, "version"), text_of(focus, "digits"))
    )
    return open_draft(state, button, action)


def awaits(state: State, purpose: str, draft: OpenDraft) -> bool:
    """Whether a text for `purpose` of this very draft is awaited."""
    focus = state.focus or {}
    wanted = (purpose, draft.review.id, stamp(draft.review))
    return (focus.get("for"), focus.get("review"), text_of(focus, "version")) == wanted
