"""Answers by button and by text, and the way from question to question."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import key, option_of, rows
from dialogs.core.state import State
from dialogs.core.turn import Reply, SetFocus, Turn
from dialogs.interview import lists, rating
from dialogs.interview.here import draw, go_to, kept, told
from dialogs.interview.own import changing
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import News, news, problem
from dialogs.interview.refusing import no_review
from dialogs.shown.said import said, same
from rules.forms.answers import items_so_far
from rules.forms.form import QuestionKind
from rules.forms.validate import Problem, accept, accept_text
from rules.nouns.reviews import Answer, Json

#: A sentence or two about a choice.
NOTE_CHARS = 600


def press_answer(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """An option, of this question or of one long answered."""
    option = option_of(place.question.options, button.about[1] if len(button.about) > 1 else "")
    if option is None or place.question.kind not in {QuestionKind.CHOICE, QuestionKind.NUMBER}:
        return told(sheet, news("unknown"))
    return keep_value(sheet, place, option.value)


def on_text(books: Books, state: State, text: str) -> Turn:
    """A text answers the current question."""
    if state.own is None:
        return no_review()
    sheet = OwnReview(books, state)
    place = sheet.current() if sheet.open else None
    if place is None:
        return told(sheet, news("not_awaited"))
    match place.question.kind:
        case QuestionKind.ITEMS:
            return lists.on_text(sheet, place, text)
        case QuestionKind.RATING:
            return rating.on_text(sheet, place, text)
        case _:
            return _typed(sheet, place, text)


def on_note(books: Books, state: State, text: str) -> Turn:
    """The text that was asked for to illustrate a choice."""
    sheet = OwnReview(books, state) if state.own else None
    place = sheet.current() if sheet and sheet.open else None
    if sheet is None or place is None or not place.question.illustrated or place.key != sheet.focused():
        return on_text(books, state, text)
    return _illustrated(sheet, place, text)


def keep_value(sheet: OwnReview, place: Place, value: Json) -> Turn:
    """Keeps a value and says what became of it: new, changed, or as it was. Its note stays."""
    old = sheet.answer(place.key)
    answer = Answer(value, note=old.note if old else "")
    return kept(sheet, place, answer, confirmation(sheet, place, answer))


def confirmation(sheet: OwnReview, place: Place, answer: Answer) -> News:
    """One short line for an answer: kept, changed, or as it stood already."""
    old = sheet.answer(place.key)
    had = old is not None and old.value is not None
    what = "kept"
    if old is not None and had:
        awaited = place.key in sheet.unsettled or sheet.focused() == place.key
        again = same(old.value, answer.value) and old.note == answer.note
        what = ("kept" if awaited else "stands") if again else "changed"
    words = {**said(place.question, answer), "note": ""}
    return news(what, question=place.key, number=place.number, said=words)


def skip(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Leave a question out that may be left out. An answer that is there already stays."""
    old = sheet.answer(place.key)
    if place.question.required:
        return told(sheet, news("required", number=place.number))
    if old is not None and (old.skipped or old.value is not None) and place.key not in sheet.unsettled:
        return told(sheet, confirmation(sheet, place, old))
    if items_so_far(old):
        return told(sheet, news("has_items", number=place.number))
    skipped = Answer(None, note=old.note if old else "", skipped=True)
    return kept(sheet, place, skipped, news("skipped", number=place.number))


def keep(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """The shown answer stays as it is."""
    old = sheet.answer(place.key)
    if old is None or (old.value is None and not old.skipped):
        return told(sheet)
    words = {**said(place.question, old), "note": ""}
    line = news("stays", question=place.key, number=place.number, said=words)
    return kept(sheet, place, old, line)


def go(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Back, forward, or to any question by its name."""
    return go_to(sheet, place, replaces=True)


def example(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """The same question with an example of a good answer. On an older question it is a way back to it."""
    turn = Turn(()) if place == sheet.current() else go_to(sheet, place)
    return Turn((draw(sheet, place, example=True, replaces=True),), turn.commands)


def illustrate(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Ask for a sentence or two about a choice."""
    if not place.question.illustrated:
        return told(sheet, news("unknown"))
    focus: dict[str, Json] = {"for": "note", "review": sheet.review.id, "question": place.key}
    values: dict[str, Json] = {
        "number": place.number,
        "text": place.question.text,
        "said": said(place.question, sheet.answer(place.key)),
        "note": (sheet.answer(place.key) or Answer(None)).note,
        "example": place.question.example,
        "limit": NOTE_CHARS,
    }
    return Turn(
        (Reply("question/note", values, rows((key("question/no_note", sheet.review, "next"),))),), (SetFocus(focus),)
    )


def _typed(sheet: OwnReview, place: Place, text: str) -> Turn:
    value = accept(place.question, text)
    if not isinstance(value, Problem):
        return keep_value(sheet, place, value)
    if place.question.illustrated and value.code == "not_an_option":
        return _illustrated(sheet, place, text)
    return told(sheet, problem(value), brief=True)


def _illustrated(sheet: OwnReview, place: Place, text: str) -> Turn:
    """The text becomes the note of a choice; without a choice the question stays open."""
    note = accept_text(text, NOTE_CHARS)
    if isinstance(note, Problem):
        return told(sheet, problem(note), brief=True)
    old = sheet.answer(place.key)
    value = old.value if old else None
    line = news("noted", number=place.number, choose=value is None)
    return kept(sheet, place, Answer(value, note), line)


VERBS: dict[str, OnPress] = {
    "answer": changing(press_answer),
    "skip": changing(skip),
    "keep": changing(keep),
    "go": changing(go),
    "example": changing(example),
    "illustrate": changing(illustrate),
}

TEXTS: dict[str, OnText] = {"note": on_note}
