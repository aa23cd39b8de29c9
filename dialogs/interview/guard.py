"""Who comes to one's own review: what the interview reads of it, shows and keeps, is asked of the table as well."""

from collections.abc import Callable, Iterator, Mapping

from dialogs.core.buttons import Button
from dialogs.core.commands import Refuse
from dialogs.core.guard import What
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import KeepAnswer, Papers, Reply, Submit, Turn, Withdraw
from dialogs.interview.question_page import news
from rules.campaign.permissions import Action, Relation, may

#: What a turn keeps of one's own review → what one does by it.
_DONE: Mapping[type, Action] = {
    KeepAnswer: Action.ANSWER,
    Submit: Action.SUBMIT,
    Withdraw: Action.WITHDRAW,
}
#: What somebody is to what is their own.
_OWNER = frozenset({Relation.SELF})


def of_own(handler: Callable[[Books, State, What], Turn]) -> Callable[[Books, State, What], Turn]:
    """A handler of one's own review, as far as the table lets it."""

    def asked(books: Books, state: State, what: What) -> Turn:
        turn: Turn = handler(books, state, what)
        denied = next((action for action in _done(turn) if not may(_OWNER, action)), None)
        if state.own is None or denied is None:
            return turn
        review = what.review if isinstance(what, Button) else state.own.id
        refused = Refuse(denied, "not_allowed", review=review or state.own.id)
        return Turn((Reply("review/line", {"news": [news("unknown")]}),), (refused,))

    return asked


def _done(turn: Turn) -> Iterator[Action]:
    """What a turn does with one's own review."""
    yield Action.READ_DRAFT
    yield from (_DONE[type(command)] for command in turn.commands if type(command) in _DONE)
    if any(isinstance(reply.attached, Papers) for reply in turn.replies):
        yield Action.READ_PAPERS
