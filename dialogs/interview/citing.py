"""/cancu: why the current question is asked, and the legal texts of the campaign, clause by clause."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnCommand, OnPress
from dialogs.core.keys import Row, go_on, rows
from dialogs.core.paging import number, page, word
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.interview.own_review import OwnReview
from dialogs.interview.position import looking, no_review
from rules.book.texts import LawText, texts_for
from rules.nouns.reviews import Json

#: How many buttons stand side by side, and on one page.
A_ROW = 3
ON_A_PAGE = 12

#: How many characters of the clause are shown with the question; a button shows all of it.
GLANCE = 1200

#: Carried by buttons that turn the pages of the list of clauses.
PAGE = "p"


def cancu(books: Books, state: State, _: str) -> Turn:
    """The command /cancu: the current question with its clause and the clause's text, and a list of all other texts."""
    if state.own is None:
        return no_review()
    sheet = OwnReview.of(books, state)
    place = sheet.current()
    cite = (place.question.cite or sheet.form.cite) if place else ""
    cited = texts_for(sheet.book.texts, cite)
    values: dict[str, Json] = {
        **_none(sheet),
        "question": place.question.text if place else "",
        "cite": cite,
        "texts": [_glance(one) for one in cited],
    }
    longer = tuple(one for one in cited if len(one.text) > GLANCE)
    return Turn((Reply("review/basis", values, rows(_keys(sheet, longer), *_list(sheet, 0), (go_on(sheet.review),))),))


def clause(sheet: OwnReview, button: Button) -> Turn:
    """One text in full, or a page of the list of all."""
    if word(button, 0) == PAGE:
        return _listed(sheet, number(button, 1), replaces=True)
    texts, wanted = sheet.book.texts, number(button, 0)
    if str(wanted) != word(button, 0) or wanted >= len(texts):
        return _listed(sheet, 0)
    return Turn((Reply("review/clause", _values(texts[wanted]), rows((go_on(sheet.review),))),))


def _listed(sheet: OwnReview, first: int, *, replaces: bool = False) -> Turn:
    keyboard = rows(*_list(sheet, first), (go_on(sheet.review),))
    return Turn((Reply("review/basis", _none(sheet), keyboard, replaces=replaces),))


def _none(sheet: OwnReview) -> dict[str, Json]:
    known = len(sheet.book.texts)
    return {"question": "", "cite": "", "texts": [], "plan": sheet.book.title, "known": known}


def _list(sheet: OwnReview, first: int) -> tuple[Row, ...]:
    some = page(sheet.book.texts, first, ON_A_PAGE)
    keys = _keys(sheet, some.shown)
    each = (keys[at : at + A_ROW] for at in range(0, len(keys), A_ROW))
    return (*each, some.keys("cited", PAGE, room="decide", review=sheet.review.id))


def _keys(sheet: OwnReview, texts: tuple[LawText, ...]) -> Row:
    place = {one: number for number, one in enumerate(sheet.book.texts)}
    return tuple(
        Key("review/clause", Button("cited", sheet.review.id, (str(place[one]),)), {"clause": one.clause})
        for one in texts
    )


def _glance(one: LawText) -> dict[str, Json]:
    """The beginning of a long text, cut at a line."""
    if len(one.text) <= GLANCE:
        return {**_values(one), "more": False}
    begun = one.text[:GLANCE]
    line = begun.rfind("\n", GLANCE // 2)
    cut = line if line > 0 else begun.rfind(" ", GLANCE // 2)
    return {**_values(one), "text": begun[:cut].rstrip() + " …", "more": True}


def _values(one: LawText) -> dict[str, Json]:
    return {"clause": one.clause, "title": one.title, "text": one.text, "source": one.source}


VERBS: dict[str, OnPress] = {"cited": looking(clause)}
COMMANDS: dict[str, OnCommand] = {"cancu": cancu}
