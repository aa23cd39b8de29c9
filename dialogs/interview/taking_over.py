"""Taking over what was said elsewhere: as it is, or as a text to change."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import OnPress
from dialogs.core.keys import key, rows
from dialogs.core.stamps import stamp
from dialogs.core.turn import Reply, SetFocus, Turn
from dialogs.interview.here import kept, on, told
from dialogs.interview.offered import as_kept, offer_keys, on_offer, source
from dialogs.interview.own import changing
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import news
from dialogs.shown.said import said
from rules.forms.form import QuestionKind
from rules.nouns.reviews import Answer, Json


def reuse(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Take it over. What is answered by now stays; what reads otherwise by now is shown first."""
    found = on_offer(sheet, place)
    if found is None or place.question.kind is QuestionKind.CHOICE:
        return _not_on_offer(sheet, place)
    if stamp(as_kept(found)) != (button.about[1] if len(button.about) > 1 else ""):
        return told(sheet, news("offer_changed", number=place.number))
    old = sheet.answer(place.key)
    answer = Answer(as_kept(found), note=(old.note if old else "") or found.note)
    line = news("taken", number=place.number, said=said(place.question, answer), **source(sheet, found))
    return kept(sheet, place, answer, line)


def revise(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """The whole text, to copy and change; the next text answers the question."""
    found = on_offer(sheet, place)
    if found is None or place.question.kind is not QuestionKind.TEXT:
        return _not_on_offer(sheet, place)
    values: dict[str, Json] = {
        **source(sheet, found),
        "number": place.number,
        "text": place.question.text,
        "whole": str(found.value),
        "limit": place.question.max_chars,
    }
    take, *_rest = offer_keys(sheet, place)
    back = key("question/back", sheet.review, "go", place.key)
    return Turn((Reply("question/revise", values, rows((take,), (back,))),), (SetFocus(on(sheet, place)),))


def _not_on_offer(sheet: OwnReview, place: Place) -> Turn:
    old = sheet.answer(place.key)
    if old is None or (old.value is None and not old.skipped):
        return told(sheet, news("offer_changed", number=place.number))
    return told(
        sheet, news("stands", question=place.key, number=place.number, said={**said(place.question, old), "note": ""})
    )


VERBS: dict[str, OnPress] = {
    "reuse": changing(reuse),
    "revise": changing(revise),
}
