"""A step of the chain that is not the last agrees: the draft goes on to the next step, and the person is told."""

from collections.abc import Sequence

from dialogs.handlers import Books
from dialogs.head_card import card, form_of
from dialogs.head_chain import acting_for, chain_values, handed_on
from dialogs.head_opening import let_go
from dialogs.head_refusals import Open
from dialogs.head_what_next import what_next
from dialogs.office_commands import Endorse
from dialogs.state import State
from dialogs.turn import Notify, Reply, Turn
from rules.reviews import Json, Review


def hand_on(books: Books, state: State, draft: Open, others: Sequence[Review]) -> Turn:
    """Agree at this step. `others` still wait for this person."""
    review, version = draft.review, draft.draft.version
    for_whom = acting_for(state, review)
    after = handed_on(state, review)
    assert after.approver_id is not None, "a step names a person"
    chain = chain_values(review, state.names, for_whom)
    key = f"{review.id}:{version}:{review.step + 1}"
    done = Reply(
        "head/handed_on",
        {"name": review.person.name, "waiting": len(others), **chain},
        what_next(others),
        replaces=True,
    )
    return Turn(
        (done,),
        (
            Endorse(review.id, version, draft.draft.fingerprint, review.comment, for_whom, review.step),
            Notify(review.person.id, f"endorsed:{key}", _notice(books, state, review, chain)),
            Notify(
                after.approver_id,
                f"handed_on:{key}",
                card(books, after, names=state.names, pages=True),
                cover_except=review.person.id,
            ),
            *let_go(state),
        ),
    )


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
