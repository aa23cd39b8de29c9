"""Who comes to one's own review: what the interview reads of it, shows and keeps, is asked of the table as well."""

from collections.abc import Callable, Iterator, Mapping

from dialogs.core.buttons import Button
from dialogs.core.guard import NOTHING, Guard, What, allowed
from dialogs.core.handlers import Books
from dialogs.core.refused import Refused, Tried
from dialogs.core.state import State
from dialogs.core.turn import KeepAnswer, Papers, Reply, Submit, Turn, Withdraw
from dialogs.interview.question_page import news
from rules.campaign.permissions import Action
from rules.nouns.reviews import Review

#: What a turn keeps of one's own review → what one does by it.
_DONE: Mapping[type, Action] = {
    KeepAnswer: Action.ANSWER,
    Submit: Action.SUBMIT,
    Withdraw: Action.WITHDRAW,
}

#: One's own review: what the interview reads of it, shows and keeps is asked of the table like everything else.
OWN: Guard[Review] = Guard(
    rooms=(),
    find=lambda state, button: own_review(state, button.review) or Refused("missing"),
    may=allowed,
    denied=lambda _, review, __: Refused("not_allowed", tried=Tried(review=review.id)),
    words=lambda _, __, ___, ____, _____: (Reply("review/line", {"news": [news("unknown")]}),),
)


def own_review(state: State, review: int) -> Review | None:
    """One of this person's reviews; the present one where none is named."""
    mine = [one for one in (state.own, *state.others) if one]
    return next((one for one in mine if one.id == review), state.own)


def of_own(handler: Callable[[Books, State, What], Turn]) -> Callable[[Books, State, What], Turn]:
    """A handler of one's own review, as far as the table lets it."""

    def asked(books: Books, state: State, what: What) -> Turn:
        button = what if isinstance(what, Button) else NOTHING
        turn: Turn = handler(books, state, what)
        if state.own is None:
            return turn
        for action in (Action.READ_DRAFT, *_done(turn)):
            review = OWN.look(state, button, action)
            if isinstance(review, Refused):
                return OWN.refuse(books, state, review, action, button)
        return turn

    return asked


def _done(turn: Turn) -> Iterator[Action]:
    """What a turn does with one's own review besides reading it."""
    yield from (_DONE[type(command)] for command in turn.commands if type(command) in _DONE)
    if any(isinstance(reply.attached, Papers) for reply in turn.replies):
        yield Action.READ_PAPERS
