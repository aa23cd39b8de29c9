"""The guard of results: is it this person's, and is the decision they respond to still in force?"""

from dialogs.core.awaited import number, text_of
from dialogs.core.buttons import Button
from dialogs.core.guard import Guard, Refused, Tried, allowed
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Reply
from dialogs.result.decided_review import DecidedReview, decided_review, decided_reviews
from dialogs.result.page import page
from rules.campaign.permissions import Action


def _find(state: State, button: Button) -> DecidedReview | Refused:
    """The decided review of the button. Reasons of a refusal: `not_yours`, `undecided` (no decision yet), `missing`."""
    result = decided_review(state, button.review)
    if result:
        return result
    if button.review in {review.id for review in (state.own, *state.others) if review}:
        return Refused("undecided")
    others = state.about and state.person and state.about.person.id != state.person.id
    return Refused("not_yours", tried=Tried(review=button.review)) if others else Refused("missing")


def may_do(state: State, result: DecidedReview, action: Action) -> bool:
    """Whether this person has permission for the action on a result of their own."""
    return allowed(state, result.review, action)


def _changed(_: State, result: DecidedReview, button: Button) -> Refused | None:
    """The refusal if the button is not about the ruling in force."""
    if button.about[:1] == (str(result.ruling.number),):
        return None
    return Refused("newer", {"number": result.ruling.number, "decided_at": result.ruling.at.isoformat()})


def _words(books: Books, state: State, refused: Refused, _: Action, button: Button) -> tuple[Reply, ...]:
    """The refusal, and how things stand."""
    result = decided_review(state, button.review)
    shown = (page(books, state, result),) if result and may_do(state, result, Action.READ_RATING) else ()
    return Reply("result/refused", {"reason": refused.reason, **refused.values}), *shown


def readable(state: State) -> tuple[DecidedReview, ...]:
    """The results that this person may read."""
    return tuple(result for result in decided_reviews(state) if may_do(state, result, Action.READ_RATING))


#: The guard of a result. A response is to the ruling in force, whose number the button or the focus carries.
RESULTS: Guard[DecidedReview] = Guard(
    rooms=(Room.RESULT,),
    find=_find,
    may=may_do,
    denied=lambda _, result, __: Refused("not_yours", tried=Tried(review=result.review.id)),
    words=_words,
    changed=_changed,
    awaited=lambda state: Button("result_show", number(state, "review"), (text_of(state.focus or {}, "number"),)),
)
