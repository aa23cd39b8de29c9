"""May this person decide this draft, with this button? If not: why. Refusals are values, they are ordinary."""

from dataclasses import dataclass

from dialogs.core.buttons import Button
from dialogs.core.refused import Refused
from dialogs.core.state import State
from dialogs.shown.chain import DIGITS, acted_on, allowed, concerned, decided_values, for_values, stamp, undecided
from rules.campaign.permissions import Action
from rules.nouns.reviews import Draft, Json, Outcome, Review


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A review this person may see and decide, and its newest draft."""

    review: Review
    draft: Draft


def open_draft(state: State, button: Button, action: Action) -> OpenDraft | Refused:
    """The draft a button was drawn from, when this person may do that with it, now and in that version.

    The button carries the review, version and step, and the first digits of the draft's fingerprint.
    """
    mine = my_draft(state, button, action)
    if isinstance(mine, Refused):
        return mine
    return _as_drawn(state, mine, button) if undecided(mine.review) else _elsewhere(state, mine.review)


def my_draft(state: State, button: Button, action: Action = Action.READ_DRAFT) -> OpenDraft | Refused:
    """The newest draft of the button's review, when this person may do that with it, whatever became of it.

    A draft that its author took back is theirs alone again.
    """
    review = state.about
    if _own(state, button.review):
        return _refused_own(state)
    if review is None or review.id != button.review or review.draft is None:
        return Refused("missing")
    may_do = allowed(state, review, action)
    if not may_do and not concerned(state, review):
        return Refused("not_yours")
    last = review.last_decision
    if last and last.outcome is Outcome.WITHDRAWN and not undecided(review):
        return Refused("withdrawn", decided_values(last, state.names))
    return OpenDraft(review, review.draft) if may_do else _elsewhere(state, review)


def _as_drawn(state: State, mine: OpenDraft, button: Button) -> OpenDraft | Refused:
    """The draft, when the button was drawn from this very version at this very step."""
    review, draft = mine.review, mine.draft
    if button.about[:2] == (stamp(review), draft.fingerprint[:DIGITS]):
        return mine
    if button.about[:1] == (str(draft.version),) and button.about[1:2] == (draft.fingerprint[:DIGITS],):
        return _elsewhere(state, review)  # of an earlier step, which was theirs as well
    newer: dict[str, Json] = {"version": draft.version, "at": draft.submitted_at.isoformat()}
    return Refused("resubmitted", newer)


def _elsewhere(state: State, review: Review) -> Refused:
    """What became of a draft that is not this person's to decide now: decided, handed on, or not here yet."""
    if undecided(review):
        return Refused("handed_on" if acted_on(state, review) else "not_yet", _where(state, review))
    last = review.last_decision
    return Refused("decided", decided_values(last, state.names)) if last else Refused("missing")


def _where(state: State, review: Review) -> dict[str, Json]:
    """At which step the draft is, with whom, and when it came there ("": it was just sent)."""
    last = review.endorsements[-1] if review.endorsements else None
    return {
        "role": review.approver_role,
        "holder": state.names.get(review.approver_id or 0, ""),
        "step": review.step + 1,
        "steps": len(review.steps),
        "at": last.at.isoformat() if last else "",
    }


def _refused_own(state: State) -> Refused:
    """Nobody decides their own, for an absent head neither: it waits for the head, or another stand-in."""
    own = state.about or state.own
    if own and own.approver_id in state.acts_for:
        return Refused("own_cover", for_values(own.approver_id, state.names))
    return Refused("own")


def _own(state: State, review: int) -> bool:
    if state.own and state.own.id == review:
        return True
    return bool(state.about and state.person and state.about.person.id == state.person.id)
