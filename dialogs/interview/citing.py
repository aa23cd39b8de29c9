"""/cancu: why the question at hand is asked, and the texts the campaign rests on, clause by clause."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnCommand, OnPress
from dialogs.core.keys import go_on, rows
from dialogs.core.paging import number, word
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.interview.own_review import OwnReview
from dialogs.interview.position import looking, no_review
from rules.book.texts import LawText, texts_for
from rules.nouns.reviews import Json

#: Buttons side by side.
A_ROW = 3


def cancu(books: Books, state: State, _: str) -> Turn:
    """The command /cancu: the question at hand with the clause it is asked for and its text, and all other texts."""
    if state.own is None:
        return no_review()
    sheet = OwnReview.of(books, state)
    place = sheet.current()
    cite = (place.question.cite or sheet.form.cite) if place else ""
    values: dict[str, Json] = {
        "question": place.question.text if place else "",
        "cite": cite,
        "texts": [_values(one) for one in texts_for(sheet.book.texts, cite)],
        "plan": sheet.book.title,
        "known": len(sheet.book.texts),
    }
    return Turn((Reply("review/basis", values, _keyboard(sheet)),))


def clause(sheet: OwnReview, button: Button) -> Turn:
    """One text, word for word."""
    named, texts = word(button, 0), sheet.book.texts
    wanted = number(button, 0)
    if str(wanted) != named or wanted >= len(texts):
        return Turn((Reply("review/basis", _none(sheet), _keyboard(sheet)),))
    return Turn((Reply("review/clause", _values(texts[wanted]), rows((go_on(sheet.review),))),))


def _none(sheet: OwnReview) -> dict[str, Json]:
    known = len(sheet.book.texts)
    return {"question": "", "cite": "", "texts": [], "plan": sheet.book.title, "known": known}


def _keyboard(sheet: OwnReview) -> tuple[tuple[Key, ...], ...]:
    keys = [
        Key("review/clause", Button("cited", sheet.review.id, (str(number),)), {"clause": one.clause})
        for number, one in enumerate(sheet.book.texts)
    ]
    each = (tuple(keys[at : at + A_ROW]) for at in range(0, len(keys), A_ROW))
    return (*each, (go_on(sheet.review),))


def _values(one: LawText) -> dict[str, Json]:
    return {"clause": one.clause, "title": one.title, "text": one.text, "source": one.source}


VERBS: dict[str, OnPress] = {"cited": looking(clause)}
COMMANDS: dict[str, OnCommand] = {"cancu": cancu}
