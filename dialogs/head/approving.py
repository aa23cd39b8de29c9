"""Đồng ý: asked once more, then agreed. What is agreed with is exactly what was shown."""

import hashlib
from collections.abc import Sequence

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import Approve, Command, Key, Notify, Papers, Reply, Turn
from dialogs.head.handing_on import hand_on
from dialogs.head.opening import let_go
from dialogs.head.refusals import Open
from dialogs.head.what_next import what_next
from dialogs.shown.chain import acting_for, chain_values, for_values, to_see
from dialogs.shown.draft_card import drawn, form_of
from dialogs.shown.given import ratings
from dialogs.shown.person import review_values
from rules.judging.rated import has_rating
from rules.nouns.reviews import Json, Review


def ask(_: Books, state: State, draft: Open, __: Button) -> Turn:
    """Ask once more, with the comment that would go into the document."""
    return Turn((confirm(state, draft.review),), let_go(state))


def confirm(state: State, review: Review) -> Reply:
    """The question before an agreement; its button carries the mark of the comment shown with it."""
    agreed = drawn("head_approve", review, mark(review.comment))
    keys = (
        (Key("head/approve_with_comment" if review.comment else "head/approve_plain", agreed),),
        (Key("head/rewrite" if review.comment else "head/comment_first", drawn("head_comment", review, "agree")),),
        (Key("head/cancel", drawn("head_card", review)),),
    )
    chain = chain_values(review, state.names, acting_for(state, review))
    return Reply("head/confirm", {"name": review.person.name, "comment": review.comment, **chain}, keys)


def approve(books: Books, state: State, draft: Open, button: Button) -> Turn:
    """The confirmed agreement. A comment that changed since it was shown is shown again instead."""
    review = draft.review
    if button.about[2:3] != (mark(review.comment),):
        return Turn((confirm(state, review),), let_go(state))
    others = [one for one in to_see(state) if one.id != review.id]
    return hand_on(books, state, draft, others) if review.next_step else _approve(books, state, draft, others)


def _approve(books: Books, state: State, draft: Open, others: Sequence[Review]) -> Turn:
    """The last step has agreed: the authority is next."""
    review, version = draft.review, draft.draft.version
    told = Notify(review.person.id, f"approved:{review.id}:{version}", approved_notice(books, state, review))
    done = Reply(
        "head/approved",
        {"name": review.person.name, "waiting": len(others)},
        (*_decide_now(books, state, review), *what_next(others)),
        Papers(review.id, version, ("pdf",)),
        replaces=True,
    )
    agreed = Approve(review.id, version, draft.draft.fingerprint, review.comment, acting_for(state, review))
    return Turn((done,), (agreed, told, *tell_decider(books, state, review, version), *let_go(state)))


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
        "rated": has_rating(form_of(books, review)),
        **for_values(acting_for(state, review), state.names),
    }
    return Reply("notice/approved", values, (), Papers(review.id, review.draft.version, ("docx", "pdf")))


def tell_decider(books: Books, state: State, review: Review, version: int) -> tuple[Command, ...]:
    """To the authority: one more waits for its decision. One outside this installation is told by the desk; of a sheet
    without a rating there is nothing to decide.
    """
    decider = review.decider_id
    if decider is None or not has_rating(form_of(books, review)) or (state.person and decider == state.person.id):
        return ()
    values = review_values(form_of(books, review), review)
    notice = Reply("notice/to_decide", values, ((Key("notice/decide", Button("decide_card", review.id)),),))
    return (Notify(decider, f"todecide:{review.id}:{version}", notice, cover_except=review.person.id),)


def _decide_now(books: Books, state: State, review: Review) -> tuple[tuple[Key, ...], ...]:
    """Where the last step and the authority are the same person, the decision is one press away."""
    same = state.person is not None and review.decider_id == state.person.id and has_rating(form_of(books, review))
    return ((Key("notice/decide", Button("decide_card", review.id)),),) if same else ()


def mark(comment: str) -> str:
    """A few digits that tell one comment from another; `0` for none."""
    return hashlib.sha256(comment.encode()).hexdigest()[:6] if comment else "0"
