"""A kind line for what cannot be done, and what can be done instead."""

from dialogs.core.commands import Refuse
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from dialogs.interview.here import told
from dialogs.interview.own_review import OwnReview
from dialogs.interview.question_page import News, news
from rules.campaign.permissions import Action

#: Who awaits text of another's review: a photo does not bring one's own question up then.
_OF_OWN = {None, "question", "part", "note"}


def unknown_button(books: Books, state: State) -> Turn:
    """A button that nobody understands (any more)."""
    return _line(books, state, news("unknown"))


def not_own(books: Books, state: State, action: Action) -> Turn:
    """A button of a review that is not this person's own of this campaign; trying that with another's is kept."""
    if state.about is None:
        return _line(books, state, news("unknown"))
    if state.person is not None and state.about.person.id == state.person.id:
        return _line(books, state, news("earlier"))
    told = _line(books, state, news("others"))
    return Turn(told.replies, (*told.commands, Refuse(action, "not_yours", review=state.about.id)))


def not_text(books: Books, state: State, what: str) -> Turn:
    """A photo, a sticker, a voice note: only text and buttons are understood."""
    line = news("not_text", sent=what)
    if (state.focus or {}).get("for") not in _OF_OWN:
        return _alone(line)
    return _line(books, state, line)


def no_review() -> Turn:
    """There is no review for this person in this campaign."""
    return _alone(news("no_review"))


def _line(books: Books, state: State, line: News) -> Turn:
    if state.own is None:
        return _alone(line)
    return told(OwnReview(books, state), line, brief=True)


def _alone(line: News) -> Turn:
    return Turn((Reply("review/line", {"news": [line]}),))
