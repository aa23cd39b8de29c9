"""A step of the chain that is not the last agrees: the draft goes on to the next step, and the person is told."""

from collections.abc import Sequence

from dialogs.core.awaited import let_go
from dialogs.core.commands import Endorse
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Notify, Reply, Turn
from dialogs.head.guard import OpenDraft
from dialogs.head.what_next import what_next
from dialogs.shown.chain import acting_for, chain_values, handed_on, has_it
from dialogs.shown.draft_card import card
from dialogs.shown.person import form_of
from rules.nouns.reviews import Json, Review


def hand_on(books: Books, state: State, draft: OpenDraft, others: Sequence[Review]) -> Turn:
    """Agree at this step. `others` still wait for this person; so does this one, where the next step is theirs too."""
    review, version = draft.review, draft.draft.version
    for_whom = acting_for(state, review)
    after = handed_on(state, review)
    chain = chain_values(review, state.names, for_whom)
    left = (*others, after) if has_it(state, after) else tuple(others)
    key = f"{review.id}:{version}:{review.step + 1}"
    values = {"name": review.person.name, "waiting": len(left), **chain}
    done = Reply("head/handed_on", values, what_next(left), replaces=True)
    commands = (
        Endorse(review.id, version, draft.draft.fingerprint, review.comment, for_whom, review.step),
        Notify(review.person.id, f"endorsed:{key}", _notice(books, state, review, chain)),
        *_tell_next(books, state, after, f"handed_on:{key}"),
        *let_go(state, Room.HEAD),
    )
    return Turn((done,), commands)


def _tell_next(books: Books, state: State, after: Review, key: str) -> tuple[Command, ...]:
    """The card of the draft with its pages, to who has it now."""
    assert after.approver_id is not None, "a step names a person"
    if state.person and state.person.id == after.approver_id:
        return ()
    shown = card(books, after, names=state.names, pages=True)
    return (Notify(after.approver_id, key, shown, cover_except=after.person.id),)


def _notice(books: Books, state: State, review: Review, chain: dict[str, Json]) -> Reply:
    """What the person is told: who agreed, at which step, who has it now."""
    assert state.person is not None, "an approver is known"
    values: dict[str, Json] = {
        **chain,
        "by": state.person.name,
        "position": state.person.position,
        "at": state.now.isoformat(),
        "comment": review.comment,
        "form": form_of(books, review).title,
        "year": review.campaign.year,
    }
    return Reply("notice/endorsed", values)
