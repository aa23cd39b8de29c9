"""Notices to others when the chain has agreed with a draft."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Papers, Reply
from dialogs.shown.chain import acting_for, for_values
from dialogs.shown.deciders import decided_outside
from dialogs.shown.person import form_of, review_values, which_values
from dialogs.shown.self_rating import self_rating_values
from rules.judging.interview import has_rating
from rules.nouns.reviews import Json, Review


def agreed_values(books: Books, state: State, review: Review) -> dict[str, Json]:
    """Who agrees with a draft of which form, when, with which comment."""
    assert state.person is not None, "an approver is known"
    return {
        **which_values(books, review),
        "by": state.person.name,
        "position": state.person.position,
        "at": state.now.isoformat(),
        "comment": review.comment,
        "form": form_of(books, review).title,
    }


def approved_notice(books: Books, state: State, review: Review) -> Reply:
    """The notice to the person: who agreed, when, with which comment, and the documents."""
    assert review.draft is not None, "an approved review has a draft"
    values: dict[str, Json] = {
        **agreed_values(books, state, review),
        "ratings": self_rating_values(
            books[review.campaign.edition], form_of(books, review), review.person, review.draft.answers
        ),
        "rated": has_rating(form_of(books, review)),
        **for_values(acting_for(state, review), state.names),
    }
    return Reply("notice/approved", values, (), Papers(review.id, review.draft.version, ("docx", "pdf")))


def tell_decider(books: Books, state: State, review: Review, version: int) -> tuple[Command, ...]:
    """The notice to the authority that one more review waits. For an authority outside, the desk is told. A sheet
    without a rating has nothing to decide.
    """
    decider = review.decider_id
    if outside := decided_outside(books, review):
        values = {**review_values(books, review), "decider": outside}
        to_record = Reply("notice/to_record", values, ((Key("notice/record", Button("decide_card", review.id)),),))
        others = (one for one in state.desk if one != review.person.id)
        return tuple(Notify(one, f"torecord:{review.id}:{version}:{one}", to_record) for one in others)
    if decider is None or not has_rating(form_of(books, review)) or (state.person and decider == state.person.id):
        return ()
    values = review_values(books, review)
    notice = Reply("notice/to_decide", values, ((Key("notice/decide", Button("decide_card", review.id)),),))
    return (Notify(decider, f"todecide:{review.id}:{version}", notice, cover_except=review.person.id),)
