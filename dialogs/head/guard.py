"""The guard of drafts in the chain: may this person do that, and is it still the draft that the button shows?"""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.core.awaited import awaiting as awaiting_text
from dialogs.core.awaited import text_of
from dialogs.core.buttons import Button
from dialogs.core.guard import Guard, Refused, Tried, held
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.stamps import FINGERPRINT
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, SetFocus
from dialogs.shown.chain import decided_values, for_values, to_see, undecided, version_and_step
from dialogs.shown.draft_card import in_order, shown
from rules.campaign.permissions import Action, Relation, may
from rules.nouns.reviews import Draft, Json, Outcome, Review

#: Reasons of a refusal after which the person may still see how the draft stands.
_STILL_SEEN = frozenset({"decided", "withdrawn", "resubmitted", "handed_on"})

#: Relations of people whose step is not the present one. They are told where the draft is.
_ELSEWHERE = frozenset({Relation.EARLIER_STEP, Relation.IN_CHARGE, Relation.OTHER_STEP})

#: One's own draft is read in one's own review, never here.
_READS = frozenset({Action.READ_DRAFT, Action.READ_PAPERS})

#: The way out of every dead end in this room.
TO_THE_LIST = (Key("head/list", Button("head_list")),)


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A review that this person may see and decide, with its newest draft."""

    review: Review
    draft: Draft


def _find(state: State, button: Button) -> OpenDraft | Refused:
    """The newest draft of the review that a button names, whatever became of it."""
    mine = (review for review in (state.own, *state.others) if review and review.id == button.review)
    review = next(mine, state.about)
    is_own = review is not None and Relation.SELF in held(state, review)
    if review is None or (review.id != button.review and not is_own):
        return Refused("missing")
    if review.draft is None:
        return _own(state, review) if is_own else Refused("missing")
    return OpenDraft(review, review.draft)


def _may(state: State, opened: OpenDraft, action: Action) -> bool:
    relations = held(state, opened.review)
    return may(relations - {Relation.SELF} if action in _READS else relations, action)


def _denied(state: State, opened: OpenDraft, _: Action) -> Refused:
    """Why not: whose draft it is. People at another step are told what became of it."""
    review, relations = opened.review, held(state, opened.review)
    if Relation.SELF in relations:
        return _own(state, review)
    if Relation.DRAFTER in relations or (state.person is not None and state.person.id in review.authors):
        return Refused("author", tried=Tried(review=review.id))
    if state.person is not None and state.person.id in review.barred:
        return Refused("gave_code", _where(state, review), Tried(review=review.id))
    if not may(relations & _ELSEWHERE, Action.READ_PROGRESS):
        return Refused("not_yours", tried=Tried(review=review.id))
    return _withdrawn(state, opened) or _elsewhere(state, review)


def _own(state: State, review: Review) -> Refused:
    """Nobody decides their own draft, not even for an absent head: it waits for the head or another stand-in."""
    tried = Tried(review=review.id)
    if review.approver_id in state.acts_for:
        return Refused("own_cover", for_values(review.approver_id, state.names), tried)
    return Refused("own", tried=tried)


def _withdrawn(state: State, opened: OpenDraft) -> Refused | None:
    """The refusal of a draft that its author took back."""
    last = opened.review.last_decision
    if last and last.outcome is Outcome.WITHDRAWN and not undecided(opened.review):
        return Refused("withdrawn", decided_values(last, state.names))
    return None


def _changed(state: State, opened: OpenDraft, button: Button) -> Refused | None:
    """Why the button is out of date: the draft must still wait in this version at this step. The button carries the
    review, version and step, and the first digits of the draft's stamp.
    """
    review, draft = opened.review, opened.draft
    digits = draft.stamp[:FINGERPRINT]
    if not undecided(review):
        return _elsewhere(state, review)
    if button.about[:2] == (version_and_step(review), digits):
        return None
    if button.about[:2] == (str(draft.version), digits):
        return _elsewhere(state, review)  # the button is from an earlier step that was theirs as well
    return Refused("resubmitted", {"version": draft.version, "at": draft.submitted_at.isoformat()})


def _elsewhere(state: State, review: Review) -> Refused:
    """What became of a draft that this person cannot decide now: decided, handed on, or not yet here."""
    if undecided(review):
        return Refused("handed_on" if _acted_on(state, review) else "not_yet", _where(state, review))
    last = review.last_decision
    return Refused("decided", decided_values(last, state.names)) if last else Refused("missing")


def _acted_on(state: State, review: Review) -> bool:
    """Whether this person, or somebody for them, agreed with or decided the newest draft."""
    if state.person is None or review.draft is None:
        return False
    endorsed = ((one.version, one.by, one.for_whom) for one in review.endorsements)
    decided = ((one.version, one.by, one.for_whom) for one in review.decisions)
    return any(of == review.draft.version and state.person.id in by for of, *by in (*endorsed, *decided))


def _where(state: State, review: Review) -> dict[str, Json]:
    """The present step of the draft, who has it, and when it came there ("": it was just sent)."""
    last = review.endorsements[-1] if review.endorsements else None
    return {
        "role": review.approver_role,
        "holder": state.names.get(review.approver_id or 0, ""),
        "step": review.step + 1,
        "steps": len(review.steps),
        "at": last.at.isoformat() if last else "",
    }


def _words(books: Books, state: State, refused: Refused, _: Action, __: Button) -> tuple[Reply, ...]:
    """The refusal, and how the review stands now if this person may see it."""
    by = refused.values.get("by")
    mine = state.person is not None and by == state.person.name  # whether the decision in the way is their own
    values: dict[str, Json] = {"reason": refused.reason, **refused.values, "mine": mine}
    review = state.about if refused.reason in _STILL_SEEN else None
    seen = DRAFTS.look(state, Button("head_card", review.id), Action.READ_DRAFT) if review else refused
    if isinstance(seen, Refused):
        return (Reply("head/refused", values, (TO_THE_LIST,) if to_see(state) else ()),)
    return Reply("head/refused", values), shown(books, state, seen.review)


# ── a text that is awaited ─────────────────────────────────────────────────────────────────────


def awaiting(purpose: str, opened: OpenDraft, **more: Json) -> SetFocus:
    """Await a text for `purpose` of this draft, until anything else is pressed."""
    digits = opened.draft.stamp[:FINGERPRINT]
    where = version_and_step(opened.review)
    return awaiting_text(purpose, review=opened.review.id, version=where, digits=digits, **more)


def awaits(state: State, purpose: str, opened: OpenDraft) -> bool:
    """Whether a text for `purpose` of exactly this draft is awaited."""
    focus = state.focus or {}
    wanted = (purpose, opened.review.id, version_and_step(opened.review))
    return (focus.get("for"), focus.get("review"), text_of(focus, "version")) == wanted


def _awaited(state: State) -> Button:
    focus = state.focus or {}
    review = focus.get("review")
    about = (text_of(focus, "version"), text_of(focus, "digits"))
    return Button("head_card", review if isinstance(review, int) else 0, about)


#: The guard of a draft. A button acts only on what it was drawn from.
DRAFTS: Guard[OpenDraft] = Guard(
    rooms=(Room.HEAD,),
    find=_find,
    may=_may,
    denied=_denied,
    words=_words,
    ended=_withdrawn,
    changed=_changed,
    awaited=_awaited,
)


def what_next(others: Sequence[Review]) -> tuple[tuple[Key, ...], ...]:
    """The buttons to the next waiting draft, in the order of the list, and to the list."""
    if not others:
        return ()
    return (
        (Key("head/go_next", Button("head_card", in_order(others)[0].id)), Key("head/to_list", Button("head_list"))),
    )
