"""The guards of reviews to be decided and of petitions: may this person decide, and is it still as the button shows?"""

from dataclasses import dataclass

from dialogs.core.awaited import number, text_of
from dialogs.core.buttons import Button
from dialogs.core.guard import Guard, Refused, Tried, allowed, held
from dialogs.core.handlers import Books
from dialogs.core.knowledge.authority import Deciding
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from dialogs.shown.ruling import ruling_values
from rules.campaign.permissions import Action, Relation, may
from rules.nouns.reviews import RULED, Json, Review, ReviewStatus
from rules.nouns.rulings import Petition
from rules.nouns.standings import ReviewLine


@dataclass(frozen=True, slots=True)
class OpenReview:
    """A review that this person may decide."""

    review: Review
    #: The absent authority for whom they act; None: they act for themselves.
    for_whom: int | None = None
    #: Whether the desk records the written decision of an authority outside.
    outside: bool = False

    @property
    def version(self) -> int:
        """The number of the newest draft; 0: there is none."""
        return self.review.draft.version if self.review.draft else 0

    @property
    def number(self) -> int:
        """The number of the ruling to come."""
        return self.review.ruling.number + 1 if self.review.ruling else 1


@dataclass(frozen=True, slots=True)
class OpenPetition:
    """An open petition that this person may answer, with its review."""

    petition: Petition
    opened: OpenReview


#: Whoever may do one of these decides the review. The table of permissions says what else in this room is theirs.
_DECIDES = (Action.DECIDE, Action.REDECIDE, Action.ANSWER_PETITION)

#: Reasons of a refusal that offers a button to the review.
_STILL_SEEN = frozenset({"decided", "resubmitted", "appealed", "final"})


def known(state: State) -> Deciding:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, Deciding) else Deciding()


def undecided(review: Review | ReviewLine) -> bool:
    """Whether the authority has not decided yet."""
    return review.status not in RULED


def may_do(state: State, review: Review | ReviewLine, action: Action) -> bool:
    """Whether this person has permission for the action as the one who decides the review or records a decision from
    outside.
    """
    if review.decider_id is None:
        return allowed(state, review, Action.RECORD_OUTSIDE)
    if not may(held(state, review), *_DECIDES):
        return False
    anew = action is Action.DECIDE and not undecided(review)
    answers = Action.ANSWER_PETITION if review.status is ReviewStatus.APPEALED else Action.REDECIDE
    return allowed(state, review, answers if anew else action)


def entrusted(state: State, action: Action) -> tuple[ReviewLine, ...]:
    """The reviews for which this person has permission for the action as the one who decides."""
    return tuple(line for line in known(state).mine if may_do(state, line, action))


def drawn(verb: str, opened: OpenReview, *more: str) -> Button:
    """A button of the review as it stands: it carries the version and the number of the ruling to come."""
    return Button(verb, opened.review.id, (str(opened.version), str(opened.number), *more))


# ── the review ─────────────────────────────────────────────────────────────────────────────────


def _find(state: State, button: Button) -> OpenReview | Refused:
    """The review that a button names. This includes one's own, so that it is refused for that reason."""
    named = (review for review in (state.own, *state.others, state.about) if review and review.id == button.review)
    review = next(named, None)
    is_own = review is not None and Relation.SELF in held(state, review)
    if review is None or (review.status is ReviewStatus.ENDED and not is_own):
        return Refused("missing")
    return OpenReview(review, _for_whom(state, review), outside=review.decider_id is None)


def _denied(state: State, opened: OpenReview, _: Action) -> Refused:
    """Why not. Nobody decides their own review, not even for somebody absent."""
    review = opened.review
    barred = state.person is not None and state.person.id in review.barred
    reason = "gave_code" if barred else "not_yours"
    if Relation.DRAFTER in held(state, review) or (state.person is not None and state.person.id in review.authors):
        reason = "author"
    if Relation.SELF in held(state, review):
        reason = "own_cover" if opened.for_whom else "own"
    return Refused(reason, tried=Tried(review=review.id))


def _changed(state: State, opened: OpenReview, button: Button) -> Refused | None:
    """Whether somebody has decided since the button was drawn, or there is another version."""
    draft, ruling = opened.review.draft, opened.review.ruling
    version, number_, *_ = (*button.about, "", "")
    if ruling and number_ != str(opened.number):
        mine = state.person is not None and ruling.by == state.person.id
        return Refused("decided", {**ruling_values(ruling), "mine": mine})
    if (version, number_) != (str(opened.version), str(opened.number)):
        newer: dict[str, Json] = {"version": opened.version, "at": draft.submitted_at.isoformat() if draft else ""}
        return Refused("resubmitted", newer)
    return None


def _words(_: Books, __: State, refused: Refused, ___: Action, button: Button) -> tuple[Reply, ...]:
    """The refusal, with a button to the review as it stands or to the list."""
    back = Key("decide/back", Button("decide_card", button.review))
    way_out = back if refused.reason in _STILL_SEEN else Key("decide/list", Button("decide_list"))
    return (Reply("decide/refused", {**refused.values, "reason": refused.reason}, ((way_out,),)),)


def _awaited(state: State) -> Button:
    focus = state.focus or {}
    return Button("decide_page", number(state, "review"), (text_of(focus, "version"), text_of(focus, "number")))


def _for_whom(state: State, review: Review) -> int | None:
    """The absent authority for whom this person acts; None: they act for themselves."""
    himself = state.person is not None and review.decider_id == state.person.id
    return review.decider_id if review.decider_id in state.acts_for and not himself else None


REVIEWS: Guard[OpenReview] = Guard(
    rooms=(Room.DECIDE,),
    find=_find,
    may=lambda state, opened, action: may_do(state, opened.review, action),
    denied=_denied,
    words=_words,
    changed=_changed,
    awaited=_awaited,
)


# ── the petition ───────────────────────────────────────────────────────────────────────────────


def _find_petition(state: State, button: Button) -> OpenPetition | Refused:
    """The petition that the button `<verb>:<review>:<petition>` names, with its review."""
    opened = REVIEWS.look(state, button, Action.ANSWER_PETITION)
    if isinstance(opened, Refused):
        return opened
    about = (petition for petition in known(state).petitions if petition.review == opened.review.id)
    petition = next((petition for petition in about if (str(petition.id),) == button.about[:1]), None)
    return OpenPetition(petition, opened) if petition else Refused("missing")


def _answered(_: State, pleaded: OpenPetition) -> Refused | None:
    """The refusal that tells when and how the petition was answered."""
    petition = pleaded.petition
    if petition.outcome is None:
        return None
    answered_at = petition.answered_at.isoformat() if petition.answered_at else ""
    return Refused(
        "answered", {"outcome": petition.outcome.value, "answer": petition.answer, "answered_at": answered_at}
    )


def _petition_words(_: Books, __: State, refused: Refused, ___: Action, ____: Button) -> tuple[Reply, ...]:
    return (Reply("petition/refused", {**refused.values, "reason": refused.reason}, ((TO_PETITIONS,),)),)


#: The way out of the room: the list of petitions.
TO_PETITIONS = Key("petition/list", Button("petition_list"))

PETITIONS: Guard[OpenPetition] = Guard(
    rooms=(Room.PETITION,),
    find=_find_petition,
    may=lambda state, pleaded, action: may_do(state, pleaded.opened.review, action),
    denied=lambda state, pleaded, action: _denied(state, pleaded.opened, action),
    words=_petition_words,
    ended=_answered,
    awaited=lambda state: Button("petition_keep", number(state, "review"), (str(number(state, "petition")),)),
)
