"""Ghi ý kiến: the approver's comment, which is stored before deciding and can be rewritten."""

from dataclasses import replace

from dialogs.core.awaited import let_go, unusable
from dialogs.core.buttons import Button
from dialogs.core.commands.drafts import KeepComment
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.head.agreeing import confirm
from dialogs.head.guard import OpenDraft, awaiting, awaits
from dialogs.shown.chain import acting_for
from dialogs.shown.draft_card import drawn, shown
from dialogs.shown.person import which_values

#: The purpose of the focus while the comment is awaited. `then` is `agree` if an agreement was being confirmed.
COMMENT = "head_comment"


def ask(books: Books, _: State, draft: OpenDraft, button: Button) -> Turn:
    """Await the comment. An existing one may be removed."""
    review = draft.review
    remove = (Key("head/uncomment", drawn("head_uncomment", review)),) if review.comment else ()
    keys = (*remove, Key("head/cancel", drawn("head_card", review)))
    asked = Reply(
        "head/ask_comment", {**which_values(books, review), "comment": review.comment}, (keys,), replaces=True
    )
    then = "agree" if button.about[2:3] == ("agree",) else ""
    return Turn((asked,), (awaiting(COMMENT, draft, then=then),))


def keep(books: Books, state: State, draft: OpenDraft, text: str) -> Turn:
    """Store the comment."""
    wrong = unusable(text.strip())
    return Turn((wrong,)) if wrong else _kept(books, state, draft, text.strip())


def remove(books: Books, state: State, draft: OpenDraft, _: Button) -> Turn:
    """Remove the comment."""
    return _kept(books, state, draft, "")


def _kept(books: Books, state: State, draft: OpenDraft, comment: str) -> Turn:
    """Store it, then go on with what the comment was written for."""
    review = replace(draft.review, comment=comment)
    agreeing = awaits(state, COMMENT, draft) and (state.focus or {}).get("then") == "agree"
    then = confirm(books, state, review) if agreeing else shown(books, state, review)
    said = Reply("head/comment_kept" if comment else "head/comment_removed", {})
    return Turn((said, then), (KeepComment(review.id, comment, acting_for(state, review)), *let_go(state, Room.HEAD)))
