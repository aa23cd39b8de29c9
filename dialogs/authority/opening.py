"""What all presses of the authority's side share: may this person decide this review, and is it as the button shows?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.commands import Refuse
from dialogs.core.handlers import Books, OnPress
from dialogs.core.rooms import Deciding, Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Reply, Turn
from dialogs.shown.ruling import ruling_values
from rules.campaign.permissions import Action, may, relations
from rules.nouns.reviews import RULED, Json, Review, ReviewStatus
from rules.nouns.standings import ReviewLine


@dataclass(frozen=True, slots=True)
class RefusedDecision:
    """Why not. `reason`: `missing`, `own` (nobody decides their own review; `own_cover`: not even for somebody
    absent), `not_yours`, `decided` (somebody was first: who, what, when), `resubmitted` (there is another version),
    `appealed` (a petition is to be answered first), `final` (nothing was decided that could be decided anew).
    """

    reason: str
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenReview:
    """A review this person may decide. `for_whom`: the absent authority for whom they act; `outside`: the desk
    records the written decision of an authority outside.
    """

    review: Review
    for_whom: int | None = None
    outside: bool = False

    @property
    def version(self) -> int:
        """The newest draft, 0 without one."""
        return self.review.draft.version if self.review.draft else 0

    @property
    def number(self) -> int:
        """That of the ruling to come."""
        return self.review.ruling.number + 1 if self.review.ruling else 1


#: What a press wants to do; any other wants to decide.
ACTIONS = {
    "decide_card": Action.READ_DRAFT,
    "decide_why": Action.READ_DRAFT,
    "decide_papers": Action.READ_PAPERS,
    "decide_again": Action.REDECIDE,
}

OnOpen = Callable[[Books, State, OpenReview, Button], Turn]


def known(state: State) -> Deciding:
    """What the room knows; nothing, when the shell loaded none."""
    return state.room if isinstance(state.room, Deciding) else Deciding()


def drawn(verb: str, one: OpenReview, *more: str) -> Button:
    """A button of the review as it stands: it carries the version and the number of the ruling to come."""
    return Button(verb, one.review.id, (str(one.version), str(one.number), *more))


def looking(act: OnOpen) -> OnPress:
    """A handler for a button that only shows something."""

    def handler(books: Books, state: State, button: Button) -> Turn:
        one = mine(state, button.review)
        return refuse(books, state, one, button) if isinstance(one, RefusedDecision) else act(books, state, one, button)

    return handler


def deciding(act: OnOpen) -> OnPress:
    """A handler for a button that leads to a decision: only on the review as it was drawn."""

    def handler(books: Books, state: State, button: Button) -> Turn:
        one = as_drawn(state, button)
        return refuse(books, state, one, button) if isinstance(one, RefusedDecision) else act(books, state, one, button)

    return handler


def mine(state: State, review_id: int) -> OpenReview | RefusedDecision:
    """The review, when this person decides it."""
    review, person = state.about, state.person
    own = _own(state, review_id)
    if own:
        return RefusedDecision("own_cover" if _for_whom(state, own) else "own")
    if person is None or review is None or review.id != review_id or review.status is ReviewStatus.ENDED:
        return RefusedDecision("missing")
    held = relations(person, review, state.acts_for)
    if may(held, Action.DECIDE):
        return OpenReview(review, _for_whom(state, review))
    if review.decider_id is None and may(held, Action.RECORD_OUTSIDE):
        return OpenReview(review, outside=True)
    return RefusedDecision("not_yours")


def as_drawn(state: State, button: Button) -> OpenReview | RefusedDecision:
    """The same, when the button shows the newest version and nobody decided since."""
    one = mine(state, button.review)
    if isinstance(one, RefusedDecision):
        return one
    draft, ruling = one.review.draft, one.review.ruling
    version, number, *_ = (*button.about, "", "")
    if ruling and number != str(one.number):
        return RefusedDecision(
            "decided", {**ruling_values(ruling), "mine": bool(state.person and ruling.by == state.person.id)}
        )
    if (version, number) != (str(one.version), str(one.number)):
        newer: dict[str, Json] = {"version": one.version, "at": draft.submitted_at.isoformat() if draft else ""}
        return RefusedDecision("resubmitted", newer)
    return one


def refuse(_: Books, state: State, refused: RefusedDecision, button: Button) -> Turn:
    """The refusal in words, with the way to the review as it stands now or to the list; the audit keeps who tried
    what is not theirs.
    """
    seen = refused.reason in {"decided", "resubmitted", "appealed", "final"}
    keys = (
        Key("decide/back", Button("decide_card", button.review)) if seen else Key("decide/list", Button("decide_list")),
    )
    said = Reply("decide/refused", {**refused.values, "reason": refused.reason}, (keys,))
    return Turn((said,), (*_tried(refused, button), *let_go(state, Room.DECIDE)))


def entrusted(state: State) -> tuple[ReviewLine, ...]:
    """What this person may decide: everything of `mine` that is theirs by the table."""
    return tuple(one for one in known(state).mine if _theirs(state, one))


def undecided(review: Review | ReviewLine) -> bool:
    """Whether the authority has not decided yet."""
    return review.status not in RULED


def _theirs(state: State, one: ReviewLine) -> bool:
    if state.person is None:
        return False
    held = relations(state.person, one, state.acts_for)
    return may(held, Action.DECIDE) or (one.decider_id is None and may(held, Action.RECORD_OUTSIDE))


def _tried(refused: RefusedDecision, button: Button) -> tuple[Command, ...]:
    if refused.reason not in {"own", "own_cover", "not_yours"}:
        return ()
    return (Refuse(ACTIONS.get(button.verb, Action.DECIDE), refused.reason, review=button.review),)


def _own(state: State, review_id: int) -> Review | None:
    """Their own review, if it is the one that is meant."""
    mine_too = (one for one in (state.own, *state.others, state.about) if one and one.id == review_id)
    return next((one for one in mine_too if state.person and one.person.id == state.person.id), None)


def _for_whom(state: State, review: Review) -> int | None:
    """The absent authority for whom this person acts; None: they act for themself."""
    himself = state.person is not None and review.decider_id == state.person.id
    return review.decider_id if review.decider_id in state.acts_for and not himself else None
