"""May this person decide this draft, with this button? If not: why. Refusals are values, they are ordinary."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.buttons import Button
from dialogs.state import State
from rules.reviews import Decision, Draft, Json, Outcome, Review, ReviewStatus

#: Hexadecimal digits of a draft's fingerprint that its buttons carry.
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Refused:
    """Why not. `reason`: `missing` (no such review), `own` (nobody approves their own), `not_yours`
    (somebody else approves it), `decided`, `withdrawn`, `resubmitted` (the button shows an older
    version). `values` say who and when, for the template `head/refused`.
    """

    reason: str
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Open:
    """A review this person may see and decide, and its newest draft."""

    review: Review
    draft: Draft


def open_draft(state: State, button: Button) -> Open | Refused:
    """The draft a button was drawn from, when it is this person's to decide, now and in that version.

    The button carries the review, the version and the first digits of the draft's fingerprint.
    """
    mine = my_draft(state, button)
    if isinstance(mine, Refused):
        return mine
    current, last = mine.draft, mine.review.last_decision
    if undecided(mine.review):
        shown = (str(current.version), current.fingerprint[:DIGITS])
        newer: dict[str, Json] = {"version": current.version, "at": current.submitted_at.isoformat()}
        return mine if button.about[:2] == shown else Refused("resubmitted", newer)
    return Refused("decided", decided_values(last)) if last else Refused("missing")


def my_draft(state: State, button: Button) -> Open | Refused:
    """The newest draft of the button's review, when this person is the one who decides it.

    A draft that its author took back is theirs alone again.
    """
    review = state.about
    if _own(state, button.review):
        return Refused("own")
    if review is None or review.id != button.review or review.draft is None:
        return Refused("missing")
    if state.person is None or review.approver_id != state.person.id:
        return Refused("not_yours")
    last = review.last_decision
    if last and last.outcome is Outcome.WITHDRAWN and not undecided(review):
        return Refused("withdrawn", decided_values(last))
    return Open(review, review.draft)


def undecided(review: Review) -> bool:
    """Whether the newest draft waits for its approver."""
    return review.status is ReviewStatus.SUBMITTED


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


def _own(state: State, review: int) -> bool:
    if state.own and state.own.id == review:
        return True
    return bool(state.about and state.person and state.about.person.id == state.person.id)
