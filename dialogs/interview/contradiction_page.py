"""The message about two answers of a form that are unlikely together: either may be changed, or both are right."""

from collections.abc import Iterator, Sequence

from dialogs.core.keys import foot, key, rows
from dialogs.core.turn import Key, Reply
from dialogs.interview.own_review import ALONE, OwnReview, Place, focus_on
from dialogs.interview.question_page import News
from dialogs.interview.together_page import SAID
from rules.forms.answers import said
from rules.forms.contradicting import contradictions
from rules.forms.form import Question, Unlikely
from rules.nouns.reviews import Json


def new_contradiction(before: OwnReview, after: OwnReview, given: Sequence[Place]) -> Unlikely | None:
    """The unlikely combination that the answer just given has created."""
    about = {place.key for place in given}
    if not any(about & set(one.questions) for one in after.form.unlikely):
        return None
    old = list(_of(before))
    return next((one for one in _of(after) if one not in old and about & set(one.questions)), None)


def ask_about(sheet: OwnReview, found: Unlikely, *lines: News) -> Reply:
    """Both answers in one line, a button to change each, and one to continue."""
    review = sheet.review
    told = (place for key_ in found.questions if key_ not in found.count and (place := sheet.place(key_)))
    named = sorted(told, key=lambda place: place.number)
    counted = [place for key_ in found.count if (place := sheet.place(key_))]
    parts: list[Json] = [
        {
            "number": place.number,
            "text": _called(place.question),
            "said": said(place.question, sheet.answer(place.key)),
        }
        for place in named
    ]
    there = sum(bool(answer and answer.value is not None) for place in counted if (answer := sheet.answer(place.key)))
    values: dict[str, Json] = {
        "news": list(lines),
        "parts": parts,
        "counted": {"item": counted[0].item.title, "count": there} if counted else None,
        "both": found.both,
    }
    right = key("question/both_right", review, "next") if found.both else None
    return Reply(
        "question/contradiction", values, rows((right,), *_changes(sheet, named, counted), *foot(review, None))
    )


def _changes(sheet: OwnReview, named: Sequence[Place], counted: Sequence[Place]) -> Iterator[tuple[Key, ...]]:
    for place in named:
        if sheet.may_change(place):
            yield (key("question/change", sheet.review, "one", place.key, SAID, number=place.number),)
    first = next((place for place in counted if sheet.may_change(place)), None)
    if first:
        yield (key("question/change_list", sheet.review, "go", first.key, title=first.item.title),)


def _called(question: Question) -> str:
    """The question in a few words: without the part of its short name in brackets or after a colon."""
    return (question.short or question.text).partition(" (")[0].partition(":")[0]


def _of(sheet: OwnReview) -> Iterator[Unlikely]:
    return contradictions(sheet.form, frozenset(place.key for place in sheet.places), sheet.review.answers)


def focus_after(sheet: OwnReview, found: Unlikely, given: Sequence[Place]) -> dict[str, Json]:
    """What a text would now change: the last of the answers just given that are in doubt; if there are many, their
    screen.
    """
    place = next(place for place in reversed(given) if place.key in found.questions)
    focus = focus_on(sheet, place)
    return focus if place.key in found.count else {**focus, ALONE: True}
