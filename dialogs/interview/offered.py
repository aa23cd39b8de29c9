"""What a person has said elsewhere, beside a question that asks it again: to be taken over, or only to be seen."""

from typing import cast

from dialogs.core.keys import key
from dialogs.core.stamps import stamp
from dialogs.core.turn import Key
from dialogs.interview.own_review import OwnReview, Place
from dialogs.shown.said import shorten, value_said
from rules.forms.answers import closed, items_so_far
from rules.forms.form import Question, QuestionKind
from rules.forms.recalling import Told, offer
from rules.nouns.reviews import Answer, Json, Review
from rules.nouns.rulings import Offer

#: Characters of a text that stand beside the question, names of a list's items and their characters.
_TEXT_CHARS, _NAMES, _NAME_CHARS = 300, 5, 80


def on_offer(sheet: OwnReview, place: Place) -> Offer | None:
    """What may be taken over as the answer; None once there is one."""
    return None if place.question.recalls or _answered(sheet, place) else _found(sheet, place)


def offer_values(sheet: OwnReview, place: Place) -> dict[str, Json]:
    """What templates show of it: nothing without an offer, or what is recalled as long as the question is asked."""
    found = _found(sheet, place) if place.question.recalls else on_offer(sheet, place)
    return {"offer": _values(sheet, place.question, found)} if found else {}


def offer_keys(sheet: OwnReview, place: Place) -> tuple[Key | None, ...]:
    """The buttons that take it over as it is, or open it to be changed. A choice is one tap either way: it has none."""
    found = on_offer(sheet, place)
    if found is None or place.question.kind is QuestionKind.CHOICE:
        return ()
    question, mark = place.question, stamp(as_kept(found))
    label = "question/reuse_list" if question.kind is QuestionKind.ITEMS else "question/reuse"
    text = question.kind is QuestionKind.TEXT
    return (
        key(label, sheet.review, "reuse", question.key, mark),
        key("question/revise", sheet.review, "revise", question.key) if text else None,
    )


def as_kept(found: Offer) -> Json:
    """The value, as an answer keeps it."""
    return cast("Json", found.value)


def source(sheet: OwnReview, found: Offer) -> dict[str, Json]:
    """Where it was said: the form, and the year when that is another one (else 0)."""
    return {"form": found.form, "year": found.year if found.year != sheet.review.campaign.year else 0}


def _found(sheet: OwnReview, place: Place) -> Offer | None:
    """First the other forms of the same campaign, then earlier years. Nothing is loaded for it."""
    told = [_told(sheet, review) for review in sheet.state.others if review.answers]
    now = offer(sheet.form, place.question, sheet.review.campaign.year, told) if told else None
    return now or sheet.review.offers.get(place.key)


def _told(sheet: OwnReview, review: Review) -> Told:
    book = sheet.books[review.campaign.edition]
    return Told(book.forms[review.form], review.campaign.year, book.id, review.answers)


def _answered(sheet: OwnReview, place: Place) -> bool:
    answer = sheet.answer(place.key)
    if answer is None or answer.skipped:
        return answer is not None
    if place.question.kind is QuestionKind.ITEMS:
        return bool(items_so_far(answer)) or closed(answer)
    return answer.value is not None


def _values(sheet: OwnReview, question: Question, found: Offer) -> dict[str, Json]:
    value = as_kept(found)
    values = {**source(sheet, found), "recalled": bool(question.recalls), "kind": question.kind.value}
    if question.recalls or question.kind is QuestionKind.TEXT:
        return {**values, "kind": "text", "text": shorten(str(value), _TEXT_CHARS)}
    if question.kind is QuestionKind.ITEMS:
        items = items_so_far(Answer(value))
        names: list[Json] = [shorten(str(item.get(question.fields[0].key, "")), _NAME_CHARS) for item in items]
        return {**values, "names": names[:_NAMES], "more": len(names[_NAMES:])}
    return {**values, "said": {**value_said(question, value), "note": shorten(found.note)}}
