"""Texts that are probably not an answer.

A question is answered if the program can. A text that names somebody else's review is led there. If the text might
still be an answer, the person says which it is; nothing is stored before that.
"""

from collections.abc import Mapping

from dialogs.core.buttons import Button
from dialogs.core.keys import key, rows
from dialogs.core.turn import Key, Reply, SetFocus, Turn
from dialogs.interview.items import list_page
from dialogs.interview.own_review import OwnReview, Place, focus_on
from dialogs.interview.position import told
from dialogs.interview.question_page import News, chosen_rating, lacks_reason, news
from dialogs.shown.person import which_values
from rules.forms.form import Field, Question, QuestionKind
from rules.forms.kinds import Problem, accept
from rules.nouns.questions import seems_asked, speaks_of, topic_of
from rules.nouns.reviews import Json, Review
from rules.nouns.spoken import proves_nothing
from rules.nouns.text import shorten

#: The purpose of the focus while a sentence about a choice is awaited.
NOTE = "note"


def something_else(sheet: OwnReview, place: Place | None, text: str) -> Turn | None:
    """The reply to a text that is probably a question or about somebody else's review; None: it is an answer."""
    if place is not None and fits(sheet, place, text):
        return None
    other = _named(sheet, text)
    if other:
        return _of_another(sheet, place, text, other)
    if not seems_asked(text):
        return None
    known = about(sheet, place, text)
    if place is None or not _keeps_words(sheet, place):
        return told(sheet, known)
    values: dict[str, Json] = {"news": [known], "piece": shorten(text), **_question(place)}
    return _asked(sheet, place, text, Reply("question/asked", values, rows(*_which(sheet, place))))


def about(sheet: OwnReview, place: Place | None, text: str) -> News:
    """What the program knows about the topic of a question: the last day, who is next, the clause, whether it is
    optional.
    """
    state, review = sheet.state, sheet.review
    steps = review.steps[review.step :]
    chain: list[Json] = [{"role": one.role, "name": state.names.get(one.person, "")} for one in steps]
    if state.approver and len(chain) <= 1:
        chain = [{"role": review.approver_role, "name": state.approver.name}]
    question = place.question if place else None
    return news(
        "asked",
        topic=topic_of(text),
        due=state.due.isoformat() if state.due else "",
        days=(state.due - state.now.date()).days if state.due else 0,
        open=sheet.open,
        at=review.draft.submitted_at.isoformat() if review.draft else "",
        chain=chain,
        cite=(question.cite or sheet.form.cite) if question else sheet.form.cite,
        help=question.help if question else "",
        example=question.example if question else "",
        required=question.required if question else False,
        ask=place.number if place else 0,
        kind=question.kind.value if question else "",
    )


def note_awaited(sheet: OwnReview, place: Place) -> bool:
    """Whether a sentence about the choice in this question was asked for."""
    focused = (sheet.state.focus or {}).get("for") == NOTE and place.key == sheet.focused
    return focused and sheet.takes_word(place)


def fits(sheet: OwnReview, place: Place, text: str) -> bool:
    """Whether the text is a valid value of a question that is not answered in words."""
    part = _part(sheet, place)
    if note_awaited(sheet, place) or part is None or part.kind is QuestionKind.TEXT:
        return False
    return not isinstance(accept(part, text, sheet.state.now.date()), Problem)


def _keeps_words(sheet: OwnReview, place: Place) -> bool:
    """Whether any text would be stored: as the answer, its note, or the reason of a rating."""
    part = _part(sheet, place)
    if place.question.kind is QuestionKind.RATING:
        chosen = chosen_rating(sheet, place)
        return chosen is not None and lacks_reason(sheet, place, chosen)
    return sheet.takes_word(place) or (part is not None and part.kind is QuestionKind.TEXT)


def _part(sheet: OwnReview, place: Place) -> Question | Field | None:
    """What the text would answer: the question, or the awaited part of its list."""
    if place.question.kind is not QuestionKind.ITEMS:
        return place.question
    awaited = list_page.awaited(sheet, place)
    return awaited.field if awaited else place.question.fields[0]


def _asked(sheet: OwnReview, place: Place, text: str, asked: Reply) -> Turn:
    """The reply to a question, with the text at hand in case it is the answer."""
    focus: Mapping[str, Json] = (sheet.state.focus or {}) if sheet.focused == place.key else {}
    kept = {name: value for name, value in focus.items() if name not in {"piece", "after", "heard"}}
    return Turn((asked,), (SetFocus({**focus_on(sheet, place), **kept, "piece": text}),))


def _which(sheet: OwnReview, place: Place) -> tuple[tuple[Key, ...], ...]:
    """The buttons for "it is the answer" and "it was a question"."""
    answer = key("question/it_answers", sheet.review, "piece_off", place.key, number=place.number)
    question = key("question/it_asks", sheet.review, "go", place.key, number=place.number)
    return (answer,), (question,)


def _question(place: Place) -> dict[str, Json]:
    return {"number": place.number, "text": place.question.text}


def no_evidence(sheet: OwnReview, place: Place, text: str) -> Turn | None:
    """Ask once about a word that proves nothing. If it is sent again, it is accepted."""
    focus = sheet.state.focus or {}
    if not proves_nothing(text) or sheet.explains(place) or focus.get("asked") == text:
        return None
    kept = {**focus, **focus_on(sheet, place)} if sheet.focused != place.key else dict(focus)
    asked = told(sheet, news("no_evidence", piece=shorten(text)), brief=True)
    return Turn(asked.replies, (SetFocus({**kept, "asked": text}),))


def words_awaited(sheet: OwnReview, place: Place) -> bool:
    """Whether words are asked for now: as the answer, as evidence, or as the reason of a rating."""
    if place.question.kind is QuestionKind.CHOICE:
        return (sheet.state.focus or {}).get("for") == NOTE and place.key == sheet.focused
    return _keeps_words(sheet, place)


def meant(sheet: OwnReview, place: Place, text: str, way: str, there: Key | None) -> Turn:
    """Ask whether a text that also navigates (`way`) is the answer. `there` carries out the navigation."""
    answer = key("question/it_answers", sheet.review, "piece_off", place.key, number=place.number)
    values: dict[str, Json] = {"piece": shorten(text), "way": way, **_question(place)}
    return _asked(sheet, place, text, Reply("question/way_meant", values, rows((there,), (answer,))))


def answers_another(sheet: OwnReview, place: Place | None, text: str) -> Turn:
    """Ask whether a reply to an unrelated message is meant for the current question."""
    kept = place if place and _keeps_words(sheet, place) else None
    values: dict[str, Json] = {"piece": shorten(text), **(_question(kept) if kept else {"number": 0, "text": ""})}
    mine = key("question/it_answers", sheet.review, "piece_off", kept.key, number=kept.number) if kept else None
    back = key("question/to_question", sheet.review, "go", place.key, number=place.number) if place else None
    asked = Reply("question/under_another", values, rows((mine,), (back,)))
    return _asked(sheet, place, text, asked) if place else Turn((asked,))


# ── somebody else's review ─────────────────────────────────────────────────────────────────────


def _named(sheet: OwnReview, text: str) -> str:
    """The name found in the text, of somebody whose reviews go through this person; "" for nobody."""
    return next((name for name in sheet.state.led if speaks_of(text, name)), "")


def _of_another(sheet: OwnReview, place: Place | None, text: str, name: str) -> Turn:
    """Nothing goes into one's own review by itself. A button leads to the other review, which can be returned with
    corrections.
    """
    theirs = [review for review in sheet.state.waiting if review.person.name == name]
    kept = place if place and _keeps_words(sheet, place) else None
    values: dict[str, Json] = {
        "piece": shorten(text),
        "name": name,
        "waits": len(theirs),
        **(_question(kept) if kept else {"number": 0, "text": ""}),
    }
    opened = tuple((_to(sheet, review),) for review in theirs)
    mine = key("question/it_is_mine", sheet.review, "piece_off", kept.key, number=kept.number) if kept else None
    back = key("question/to_question", sheet.review, "go", place.key, number=place.number) if place else None
    asked = Reply("question/another", values, rows(*opened, (mine,), (back,)))
    return _asked(sheet, place, text, asked) if place else Turn((asked,))


def _to(sheet: OwnReview, review: Review) -> Key:
    return Key("question/open_theirs", Button("head_card", review.id), which_values(sheet.books, review))
