"""What all presses of the head's side share: open the draft or refuse, and let go of an awaited text."""

from collections.abc import Callable

from dialogs.core.buttons import Button
from dialogs.core.commands import Refuse
from dialogs.core.handlers import Books, OnPress
from dialogs.core.refused import Refused
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Reply, SetFocus, Turn
from dialogs.head.refusals import OpenDraft, my_draft, open_draft
from dialogs.shown.chain import to_see
from dialogs.shown.draft_card import shown
from rules.campaign.permissions import Action

Act = Callable[[Books, State, OpenDraft], Turn]
ActOnButton = Callable[[Books, State, OpenDraft, Button], Turn]

#: Reasons of who tried what is not theirs to do: kept in the audit.
NOT_ALLOWED = frozenset({"own", "own_cover", "not_yours"})

#: Refusals after which one may still see how the draft stands now.
_STILL_SEEN = frozenset({"decided", "withdrawn", "resubmitted", "handed_on"})

#: Way out of every dead end of the head's side.
TO_THE_LIST = (Key("head/list", Button("head_list")),)


def deciding(act: ActOnButton, action: Action) -> OnPress:
    """A handler for a button that decides: only on the very draft it was drawn from, and only while it waits."""

    def handler(books: Books, state: State, button: Button) -> Turn:
        draft = open_draft(state, button, action)
        return refuse(books, state, draft, action) if isinstance(draft, Refused) else act(books, state, draft, button)

    return handler


def looking(act: ActOnButton, action: Action = Action.READ_DRAFT) -> OnPress:
    """A handler for a button that only shows something of the newest draft."""

    def handler(books: Books, state: State, button: Button) -> Turn:
        draft = my_draft(state, button, action)
        return refuse(books, state, draft, action) if isinstance(draft, Refused) else act(books, state, draft, button)

    return handler


def refuse(books: Books, state: State, refused: Refused, action: Action) -> Turn:
    """The refusal in words, and the present state of that review where this person may see it."""
    review = state.about if refused.reason in _STILL_SEEN else None
    seen = my_draft(state, Button("head_card", review.id)) if review else refused
    values = {"reason": refused.reason, **refused.values, "mine": _mine(state, refused)}
    commands = (*let_go(state), *_for_the_audit(state, refused, action))
    if isinstance(seen, Refused):
        way_out = (TO_THE_LIST,) if to_see(state) else ()
        return Turn((Reply("head/refused", values, way_out),), commands)
    return Turn((Reply("head/refused", values), shown(books, state, seen.review)), commands)


def _for_the_audit(state: State, refused: Refused, action: Action) -> tuple[Command, ...]:
    review = state.about or state.own
    if refused.reason not in NOT_ALLOWED or review is None:
        return ()
    return (Refuse(action, refused.reason, review=review.id),)


def let_go(state: State) -> tuple[Command, ...]:
    """Stop awaiting a text of the head's side. The focus of the own review stays."""
    awaited = str((state.focus or {}).get("for", ""))
    return (SetFocus(None),) if awaited.startswith("head_") else ()


def _mine(state: State, refused: Refused) -> bool:
    """Whether this person took the decision that stands in the way."""
    return bool(state.person) and refused.values.get("by") == (state.person.name if state.person else "")
