"""May this person decide this draft, with this button? If not: why. Refusals are values, they are ordinary."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.buttons import Button
from dialogs.state import State
from dialogs.turn import Key, Reply, Turn
from rules.reviews import Decision, Draft, Json, Outcome, Review, ReviewStatus

#: Hexadecimal digits of a draft's fingerprint that its buttons carry.
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Refused:
    """Why not. `reason`: `missing` (no such review), `own` (nobody approves their own), `not_yours`
    (somebody else approves it), `decided`, `withdrawn`, `resubmitted` (the button shows an older
    version). `values` say who and when, for the template `head/refused`."""

    reason: str
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Open:
    """A review this person may decide now, and the draft the decision is about."""

    review: Review
    draft: Draft


def open_draft(state: State, button: Button) -> Open | Refused:
    """The draft a button of the head's side was drawn from, when it is this person's to decide now.

    The button carries the review, the version and the first digits of the draft's fingerprint.
    """
    mine = my_draft(state, button.review)
    if isinstance(mine, Refused):
        return mine
    version, digits = (*button.about, "", "")[:2]
    decided = next((d for d in reversed(mine.review.decisions) if str(d.version) == version), None)
    if decided:
        return _already(decided)
    current = mine.draft
    if (version, digits) != (str(current.version), current.fingerprint[:DIGITS]):
        return Refused("resubmitted", {"version": current.version, "at": current.submitted_at.isoformat()})
    return mine


def my_draft(state: State, review_id: int) -> Open | Refused:
    """The newest draft of a review, whatever its state, when this person is the one who decides it."""
    review = state.about
    own = state.own.id if state.own else 0
    if review_id == own or (review and state.person and review.person.id == state.person.id):
        return Refused("own")
    if review is None or review.id != review_id or review.draft is None:
        return Refused("missing")
    if state.person is None or review.approver_id != state.person.id:
        return Refused("not_yours")
    return Open(review, review.draft)


def undecided(review: Review) -> bool:
    """Whether the newest draft waits for its approver."""
    return review.status is ReviewStatus.SUBMITTED


def refuse(refused: Refused, after: tuple[Reply, ...] = ()) -> Turn:
    """The refusal in words, then `after`: what is to be seen instead."""
    way_out = ((Key("head/list", Button("head_list")),),) if not after else ()
    return Turn((Reply("head/refused", {"reason": refused.reason, "values": dict(refused.values)}, way_out), *after))


def _already(decision: Decision) -> Refused:
    reason = "withdrawn" if decision.outcome is Outcome.WITHDRAWN else "decided"
    return Refused(reason, decided_values(decision))


def decided_values(decision: Decision) -> dict[str, Json]:
    """A decision as templates take it."""
    return {
        "outcome": decision.outcome.value,
        "by": decision.by_name,
        "position": decision.by_position,
        "at": decision.at.isoformat(),
        "comment": decision.comment,
        "version": decision.version,
    }
