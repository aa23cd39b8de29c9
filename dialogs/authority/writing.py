"""The texts of a decision: remarks, measures, the reason; of one from outside its number, day and signer."""

from collections.abc import Callable

from dialogs.authority.choosing import go_on, not_to_decide
from dialogs.authority.guard import REVIEWS, OpenReview
from dialogs.authority.pages import MAX_CHARS, ask, offered
from dialogs.authority.pending import WRITTEN, pending
from dialogs.core.awaited import unusable
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.refused import Refused
from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from rules.campaign.permissions import Action
from rules.nouns.days import read_day


def page(books: Books, state: State, one: OpenReview, _: Button) -> Turn:
    """Where the decision in the making stands."""
    return go_on(books, state, one, pending(state, one))


def write(books: Books, state: State, one: OpenReview, button: Button) -> Turn:
    """A text is to be written, or written anew."""
    made, what = pending(state, one), button.about[2] if len(button.about) > 2 else ""
    if what not in WRITTEN or not made.ratings:
        return go_on(books, state, one, made)
    return ask(books, state, one, made, what)


def take(books: Books, state: State, one: OpenReview, _: Button) -> Turn:
    """The head's comment becomes the remarks of the authority; they may still be rewritten."""
    made = pending(state, one)
    return go_on(books, state, one, made.with_text("remarks", offered(one.review)[: MAX_CHARS["remarks"]]))


def again(books: Books, state: State, one: OpenReview, button: Button) -> Turn:
    """Decide anew: the reason comes first."""
    made = pending(state, one)
    refused = not_to_decide(one, made.with_text("reason", "-"))
    if refused:
        return REVIEWS.refuse(books, state, refused, Action.REDECIDE, button)
    if not one.review.ruling:
        return REVIEWS.refuse(books, state, Refused("final"), Action.REDECIDE, button)
    return ask(books, state, one, made, "reason")


def keep(what: str) -> Callable[[Books, State, OpenReview, str], Turn]:
    """Who gets the next text when `what` is awaited."""

    def handler(books: Books, state: State, one: OpenReview, text: str) -> Turn:
        wrong = unusable(text.strip(), MAX_CHARS[what]) or _not_a_document(state, what, text)
        if wrong:
            return Turn((wrong,))
        return go_on(books, state, one, pending(state, one).with_text(what, text.strip()))

    return handler


def expected(_: Books, __: State, ___: str) -> Turn:
    """A text came where a button is to be pressed: nothing is kept."""
    return Turn((Reply("decide/expected"),))


def _not_a_document(state: State, what: str, text: str) -> Reply | None:
    """What is wrong with the number and the day of a written decision; None: nothing, or it is another text."""
    if what != "document":
        return None
    today = state.now.date()
    words = [word.strip(",.;()") for word in text.split()]
    days = [day for word in words if word[-4:].isdecimal() and (day := read_day(word, today))]
    if not days or len(words) == len(days):
        return Reply("decide/wrong_document", {"reason": "no_day"})
    return Reply("decide/wrong_document", {"reason": "to_come"}) if max(days) > today else None
