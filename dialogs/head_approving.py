"""Đồng ý: asked once more, then decided. What is approved is exactly what was shown."""

import hashlib

from dialogs.buttons import Button
from dialogs.given import ratings
from dialogs.handlers import Books
from dialogs.head_card import drawn, form_of
from dialogs.head_opening import let_go
from dialogs.head_refusals import Open
from dialogs.state import State
from dialogs.turn import Approve, Key, Notify, Papers, Reply, Turn
from rules.reviews import Json, Review


def ask(_: Books, state: State, draft: Open, __: Button) -> Turn:
    """Ask once more, with the comment that would go into the document."""
    return Turn((confirm(draft.review),), let_go(state))


def confirm(review: Review) -> Reply:
    """The question before an agreement; its button carries the mark of the comment shown with it."""
    agreed = drawn("head_approve", review, mark(review.comment))
    keys = (
        (Key("head/approve_with_comment" if review.comment else "head/approve_plain", agreed),),
        (Key("head/rewrite" if review.comment else "head/comment_first", drawn("head_comment", review, "agree")),),
        (Key("head/cancel", drawn("head_card", review)),),
    )
    return Reply("head/confirm", {"name": review.person.name, "comment": review.comment}, keys)


def approve(books: Books, state: State, draft: Open, button: Button) -> Turn:
    """The confirmed agreement. A comment that changed since it was shown is shown again instead."""
    review = draft.review
    if button.about[2:3] != (mark(review.comment),):
        return Turn((confirm(review),), let_go(state))
    version = draft.draft.version
    told = Notify(review.person.id, f"approved:{review.id}:{version}", approved_notice(books, state, review))
    others = [one for one in state.waiting if one.id != review.id]
    done = Reply(
        "head/approved",
        {"name": review.person.name, "waiting": len(others)},
        what_next(others),
        Papers(review.id, version, ("pdf",)),
        replaces=True,
    )
    return Turn((done,), (Approve(review.id, version, draft.draft.fingerprint, review.comment), told, *let_go(state)))


def approved_notice(books: Books, state: State, review: Review) -> Reply:
    """What the person is told: who agreed, when, with which comment; and the documents."""
    assert state.person is not None, "an approver is known"
    assert review.draft is not None, "an approved review has a draft"
    values: dict[str, Json] = {
        "by": state.person.name,
        "position": state.person.position,
        "at": state.now.isoformat(),
        "comment": review.comment,
        "form": form_of(books, review).title,
        "year": review.campaign.year,
        "ratings": ratings(
            books[review.campaign.edition], form_of(books, review), review.person, review.draft.answers
        ),
    }
    return Reply("notice/approved", values, (), Papers(review.id, review.draft.version, ("docx", "pdf")))


def what_next(others: list[Review]) -> tuple[tuple[Key, ...], ...]:
    """After a decision: the next waiting draft and the list."""
    if not others:
        return ()
    return ((Key("head/next", Button("head_card", others[0].id)), Key("head/list", Button("head_list"))),)


def mark(comment: str) -> str:
    """A few digits that tell one comment from another; `0` for none."""
    return hashlib.sha256(comment.encode()).hexdigest()[:6] if comment else "0"
