"""What all presses about a petition share: is it open, and is it this person's to answer?"""

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.authority.opening import OpenReview, RefusedDecision, entrusted, known, mine
from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.commands import Refuse
from dialogs.core.handlers import Books, OnPress
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Reply, Turn
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rulings import Petition
from rules.nouns.standings import ReviewLine


@dataclass(frozen=True, slots=True)
class Pleaded:
    """An open petition this person may answer, and the review it is about."""

    petition: Petition
    one: OpenReview


OnPetition = Callable[[Books, State, Pleaded, Button], Turn]


def opened(act: OnPetition) -> OnPress:
    """A handler for a button about an open petition: `<verb>:<review>:<petition>`."""

    def handler(books: Books, state: State, button: Button) -> Turn:
        found = pleaded(state, button)
        return refuse(state, found, button) if isinstance(found, RefusedDecision) else act(books, state, found, button)

    return handler


def pleaded(state: State, button: Button) -> Pleaded | RefusedDecision:
    """The petition of the button. Refused: `missing`, `own`, `not_yours`, `answered` (who, when, how)."""
    one = mine(state, button.review)
    if isinstance(one, RefusedDecision):
        return one
    named = "".join(button.about[:1])
    about = [each for each in known(state).petitions if each.review == one.review.id]
    petition = next((each for each in about if str(each.id) == named), None)
    if petition is None:
        return RefusedDecision("missing")
    return Pleaded(petition, one) if petition.outcome is None else RefusedDecision("answered", _answered(petition))


def refuse(state: State, refused: RefusedDecision, button: Button) -> Turn:
    """Why not, in words; the audit keeps who tried what is not theirs."""
    said = Reply("petition/refused", {**refused.values, "reason": refused.reason}, ((to_the_list(),),))
    return Turn((said,), (*_tried(refused, button), *let_go(state, Room.PETITION)))


def petitions_of(state: State) -> list[Petition]:
    """The open petitions that are this person's to answer, the most urgent first."""
    mine_too = {one.review for one in entrusted(state)}
    found = [one for one in known(state).petitions if one.outcome is None and one.review in mine_too]
    return sorted(
        found, key=lambda one: (one.due is None, one.due.isoformat() if one.due else "", one.at.isoformat(), one.id)
    )


def standing_of(state: State, petition: Petition) -> ReviewLine | None:
    """The review of a petition, as a line."""
    return next((one for one in entrusted(state) if one.review == petition.review), None)


def petition_values(state: State, petition: Petition) -> dict[str, Json]:
    """The petition and its clock. `days`: working days left, below 0 when late; None where no time is set."""
    return {
        "text": petition.text,
        "submitted": petition.at.isoformat(),
        "due": petition.due.isoformat() if petition.due else "",
        "days": known(state).days_left.get(petition.id),
        "cite": petition.cite,
    }


def drawn(verb: str, pleaded_: Pleaded, *more: str) -> Button:
    """A button about this petition."""
    return Button(verb, pleaded_.one.review.id, (str(pleaded_.petition.id), *more))


def to_the_list() -> Key:
    """The way out."""
    return Key("petition/list", Button("petition_list"))


def _answered(petition: Petition) -> dict[str, Json]:
    return {
        "outcome": petition.outcome.value if petition.outcome else "",
        "answer": petition.answer,
        "answered_at": petition.answered_at.isoformat() if petition.answered_at else "",
    }


def _tried(refused: RefusedDecision, button: Button) -> tuple[Command, ...]:
    if refused.reason not in {"own", "own_cover", "not_yours"}:
        return ()
    return (Refuse(Action.ANSWER_PETITION, refused.reason, review=button.review),)
