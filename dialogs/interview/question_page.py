"""Draws a question that is answered by a button or by typing."""

from dialogs.core.keys import Rows, foot, key, rows, spread
from dialogs.core.turn import Key, Reply
from dialogs.interview.offered import offer_keys, offer_values
from dialogs.interview.own_review import OwnReview, Place
from dialogs.shown.said import said
from rules.forms.answers import items_so_far
from rules.forms.form import Question, QuestionKind
from rules.forms.validate import Problem, button_value
from rules.nouns.reviews import Json

News = dict[str, Json]


def news(what: str, **values: Json) -> News:
    """A line above the question: what the last event did. `what` names a template of `question/news`."""
    return {"what": what, **values}


def problem(found: Problem) -> News:
    """What was wrong with an input, and what is expected."""
    return news("problem", code=found.code, values=dict(found.values))


def ask(
    sheet: OwnReview, place: Place, *lines: News, brief: bool = False, example: bool = False, replaces: bool = False
) -> Reply:
    """The question. `brief`: without help, after a line that says what is expected."""
    values: dict[str, Json] = {
        **position(sheet, place, *lines),
        "help": "" if brief else place.question.help,
        "example": place.question.example if example else "",
        **({} if brief else offer_values(sheet, place)),
    }
    return Reply("question/ask", values, _keyboard(sheet, place, lines, example=example), replaces=replaces)


def position(sheet: OwnReview, place: Place, *lines: News) -> dict[str, Json]:
    """What every drawn question tells: the news, where it stands, how far the review is, what is kept."""
    answer = sheet.answer(place.key)
    return {
        "news": list(lines),
        "number": place.number,
        "total": len(sheet.places),
        "done": len(sheet.places) - len(sheet.unsettled),
        "section": {"number": place.section.number, "title": place.section.title},
        "item": {"number": place.item.number, "title": place.item.title, "hint": place.item.hint},
        "text": place.question.text,
        "unit": place.question.unit,
        "required": place.question.required,
        "kept": said(place.question, answer) if answer else None,
    }


def steps(sheet: OwnReview, place: Place) -> tuple[Key | None, ...]:
    """Back, and forward where the question needs no answer any more (or may be skipped)."""
    before, after = sheet.before(place), sheet.after(place)
    back = key("question/back", sheet.review, "go", before.key) if before else None
    if place.key in sheet.unsettled:
        skip = key("question/skip", sheet.review, "skip", place.key)
        return back, None if place.question.required or items_so_far(sheet.answer(place.key)) else skip
    return back, key("question/forward", sheet.review, "go", after.key) if after else None


def keep(sheet: OwnReview, place: Place) -> Key | None:
    """The button that keeps the shown answer as it is."""
    answer = sheet.answer(place.key)
    kept = answer is not None and (answer.skipped or answer.value is not None)
    return key("question/keep", sheet.review, "keep", place.key) if kept else None


def options(sheet: OwnReview, question: Question) -> Rows:
    """The answers to press."""
    return spread(
        [
            key("question/option", sheet.review, "answer", question.key, button_value(option), text=option.label)
            for option in question.options
        ]
    )


def _keyboard(sheet: OwnReview, place: Place, lines: tuple[News, ...], *, example: bool) -> Rows:
    question = place.question
    show_example = question.example and not example
    return (
        *(options(sheet, question) if question.kind in {QuestionKind.CHOICE, QuestionKind.NUMBER} else ()),
        *rows(
            (keep(sheet, place),),
            offer_keys(sheet, place),
            (
                key("question/example", sheet.review, "example", question.key) if show_example else None,
                _illustrate(sheet, lines),
            ),
            steps(sheet, place),
        ),
        *foot(sheet.review),
    )


def _illustrate(sheet: OwnReview, lines: tuple[News, ...]) -> Key | None:
    """A small button for a word about the choice just made."""
    for line in lines:
        place = sheet.place(str(line.get("question", "")))
        answer = sheet.answer(place.key) if place else None
        if place and answer and place.question.illustrated and not answer.note:
            return key("question/illustrate", sheet.review, "illustrate", place.key, number=place.number)
    return None
