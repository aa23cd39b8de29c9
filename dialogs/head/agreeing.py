"""Đồng ý: agreeing to a draft after one more question. The agreement is to exactly what was shown."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.commands.drafts import Approve, Endorse
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.paging import word
from dialogs.core.rooms import Room
from dialogs.core.stamps import comment_stamp
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, SetFocus, Turn
from dialogs.head.guard import OpenDraft, what_next
from dialogs.head.proposing import place, too_many
from dialogs.shown.chain import acting_for, chain_values, handed_on, has_it, to_see
from dialogs.shown.draft_card import card, drawn, looking_at, next_draft, shown
from dialogs.shown.notices import agreed_values, approved_notice, tell_decider
from dialogs.shown.person import form_of, which_values
from dialogs.shown.truth import known_beside
from rules.judging.interview import has_rating
from rules.nouns.reviews import Json, Review

#: The key of the focus that holds when the card replaced the last one.
_DRAWN_AT = "drawn_at"
#: Nobody reads a card in less time: such a press is the second tap of a thumb, meant for the card before.
_A_GLANCE = dt.timedelta(seconds=1.5)


def ask(books: Books, state: State, draft: OpenDraft, button: Button) -> Turn:
    """Agree with the comment on display, if nothing on the card asked for a second look and no quota would be exceeded.
    Otherwise ask for confirmation, with what differs and the comment that goes into the document.

    The card is shown again first if it would now tell of something (the person's other form was sent and says
    otherwise), or if nobody can have read it yet.
    """
    if word(button, 2) == comment_stamp(draft.review.comment) and not too_many(books, state, draft.review):
        now = shown(books, state, draft.review, replaces=True)
        if now.values["plain"] and not _just_drawn(state, draft.review):
            return agree_with(books, state, draft)
        return Turn((now,), (SetFocus(looking_at(drawn("head_card", draft.review))),))
    return Turn((confirm(books, state, draft.review),), let_go(state, Room.HEAD))


def confirm(books: Books, state: State, review: Review) -> Reply:
    """The question before an agreement. Its button carries the mark of the comment shown with it."""
    agreed = drawn("head_approve", review, comment_stamp(review.comment))
    keys = (
        (Key("head/approve_with_comment" if review.comment else "head/approve_plain", agreed),),
        (Key("head/rewrite" if review.comment else "head/comment_first", drawn("head_comment", review, "agree")),),
        (Key("head/cancel", drawn("head_card", review)),),
    )
    chain = chain_values(review, state.names, acting_for(state, review))
    draft = review.draft
    values: dict[str, Json] = {
        **which_values(books, review),
        "comment": review.comment,
        "self_rating": draft.self_rating if draft else None,
        "suggested": draft.suggested if draft else None,
        "above": is_above(review),
        "places": place(books, state, review),
        **chain,
    }
    return Reply("head/confirm", values, keys, replaces=True)


def is_above(review: Review) -> bool:
    """Whether the self-rating is higher than the suggestion."""
    draft = review.draft
    return bool(draft and draft.self_rating and draft.suggested and draft.self_rating.rank < draft.suggested.rank)


def approve(books: Books, state: State, draft: OpenDraft, button: Button) -> Turn:
    """Agree after confirmation. If the comment has changed since, it is shown again."""
    review = draft.review
    if button.about[2:3] != (comment_stamp(review.comment),):
        return Turn((confirm(books, state, review),), let_go(state, Room.HEAD))
    return agree_with(books, state, draft)


def agree_with(books: Books, state: State, draft: OpenDraft) -> Turn:
    """Agree with exactly this draft and the present comment."""
    others = [one for one in to_see(state) if one.id != draft.review.id]
    return hand_on(books, state, draft, others) if draft.review.next_step else _approve(books, state, draft, others)


def _approve(books: Books, state: State, draft: OpenDraft, others: Sequence[Review]) -> Turn:
    """The last step agrees; the authority is next."""
    review, version = draft.review, draft.draft.version
    told = Notify(review.person.id, f"approved:{review.id}:{version}", approved_notice(books, state, review))
    agreed = Approve(review.id, version, review.comment, acting_for(state, review))
    commands = (agreed, told, *tell_decider(books, state, review, version))
    values: dict[str, Json] = {**which_values(books, review), "waiting": len(others)}
    return (
        _next_card(books, state, draft, values, commands)
        if others
        else _last(state, _none_left(books, state, review, values), commands)
    )


def _none_left(books: Books, state: State, review: Review, values: Mapping[str, Json]) -> Reply:
    """The reply after agreeing to the last draft that waited."""
    pdf = Key("head/pdf", drawn("head_papers", review, "pdf"))
    return Reply("head/approved", values, (*_decide_now(books, state, review), (pdf,)), replaces=True)


def _last(state: State, done: Reply, commands: tuple[Command, ...]) -> Turn:
    return Turn((done,), (*commands, *let_go(state, Room.HEAD)))


def _next_card(
    books: Books, state: State, draft: OpenDraft, values: Mapping[str, Json], commands: tuple[Command, ...]
) -> Turn:
    """The next draft in place of the one agreed to. A text typed next is about it."""
    after = next_draft(to_see(state), draft.review)
    assert after is not None, "another waits"
    agreed: dict[str, Json] = {"review": draft.review.id, "handed_on": None, **values}
    card = shown(books, state, after, agreed=agreed, replaces=True)
    decide = (
        Key("head/decide_agreed", key.button, agreed) for row in _decide_now(books, state, draft.review) for key in row
    )
    card = replace(card, keyboard=rows(*card.keyboard, decide))
    focus = {**looking_at(drawn("head_card", after)), _DRAWN_AT: state.now.isoformat()}
    return Turn((card,), (*commands, SetFocus(focus)))


def _just_drawn(state: State, review: Review) -> bool:
    """Whether this card replaced another one less than `_A_GLANCE` ago."""
    focus = state.focus or {}
    at = focus.get(_DRAWN_AT)
    return (
        focus.get("review") == review.id
        and isinstance(at, str)
        and state.now - dt.datetime.fromisoformat(at) < _A_GLANCE
    )


def _decide_now(books: Books, state: State, review: Review) -> tuple[tuple[Key, ...], ...]:
    """The button to the decision, if the last step and the authority are the same person."""
    same = state.person is not None and review.decider_id == state.person.id and has_rating(form_of(books, review))
    return ((Key("notice/decide", Button("decide_card", review.id)),),) if same else ()


def hand_on(books: Books, state: State, draft: OpenDraft, others: Sequence[Review]) -> Turn:
    """Agree at this step. `others` still wait for this person; so does this draft if the next step is theirs as well."""
    review, version = draft.review, draft.draft.version
    for_whom = acting_for(state, review)
    after = handed_on(state, review)
    chain = chain_values(review, state.names, for_whom)
    left = (*others, after) if has_it(state, after) else tuple(others)
    key = f"{review.id}:{version}:{review.step + 1}"
    values: dict[str, Json] = {**which_values(books, review), "waiting": len(left), **chain}
    commands: tuple[Command, ...] = (
        Endorse(review.id, version, review.comment, for_whom, review.step),
        Notify(
            review.person.id,
            f"endorsed:{key}",
            Reply("notice/endorsed", {**chain, **agreed_values(books, state, review)}),
        ),
        *_tell_next(books, state, after, f"handed_on:{key}"),
    )
    if others:
        return _next_card(books, state, draft, {**values, "handed_on": chain["next"]}, commands)
    return _last(state, Reply("head/handed_on", values, what_next(left), replaces=True), commands)


def _tell_next(books: Books, state: State, after: Review, key: str) -> tuple[Command, ...]:
    """The card of the draft with its pages, for the person whose turn it is now."""
    assert after.approver_id is not None, "a step names a person"
    if state.person and state.person.id == after.approver_id:
        return ()
    known = known_beside(books, state, after)
    told = card(books, after, names=state.names, ledger=state.ledgers.get(after.id), known=known, pages=True)
    return (Notify(after.approver_id, key, told, cover_except=after.person.id),)
