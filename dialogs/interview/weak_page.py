"""The question, asked once before sending, about texts that say almost nothing."""

from collections.abc import Sequence

from dialogs.core.keys import key, rows
from dialogs.core.stamps import stamp
from dialogs.core.turn import Key, Reply
from dialogs.interview.own_review import OwnReview
from dialogs.interview.review_page import DIGITS, about, content
from rules.forms.answers import said
from rules.forms.form import QuestionKind
from rules.forms.weak import WeakText, weak_texts
from rules.nouns.reviews import Json
from rules.nouns.text import shorten

#: How many texts one screen asks about; the rest wait for the next.
_ASKED = 8
#: How many characters of a question stand beside the text.
_QUESTION_CHARS = 110


def text_stamp(found: WeakText) -> str:
    """The stamp by which a text is recognised as one that was asked about."""
    return stamp([found.question, found.text])


def unasked(sheet: OwnReview) -> tuple[WeakText, ...]:
    """The weak texts that may still be changed and were never asked about nor already sent as they are."""
    free = [place.question for place in sheet.places if sheet.may_change(place)]
    found = weak_texts(free, {**sheet.review.answers, **sheet.reasons_gone})
    new = (one for one in found if text_stamp(one) not in sheet.review.asked and not _sent_before(sheet, one))
    return tuple(new)[:_ASKED]


def _sent_before(sheet: OwnReview, found: WeakText) -> bool:
    before = (draft.answers.get(found.question) for draft in sheet.review.drafts)
    return any(one and found.text == (one.note if found.noted else one.value) for one in before)


def weak_page(sheet: OwnReview, weak: Sequence[WeakText]) -> Reply:
    """Each weak text with a button to change it, and one to send it all as it is."""
    lines: list[Json] = []
    ways: list[Key] = []
    for mark, one in enumerate(weak, 1):
        place = sheet.place(one.question)
        assert place is not None, "it is asked, for it may be changed"
        question = place.question
        asked = question.short or (question.text if one.noted else question.printed_as or question.text)
        what = "text" if not one.noted else "reason" if question.kind is QuestionKind.RATING else "evidence"
        lines.append(
            {
                "mark": mark,
                "what": what,
                "asked": shorten(asked, _QUESTION_CHARS),
                "said": {**said(question, sheet.answer(place.key)), "note": ""},
                "text": shorten(one.text),
            }
        )
        verb = "illustrate" if what == "evidence" else "go"
        ways.append(key("review/mend", sheet.review, verb, place.key, number=mark))
    send = key("review/send_so", sheet.review, "send", content(sheet)[:DIGITS])
    return Reply("review/weak", {**about(sheet), "weak": lines}, rows(ways, (send,)))
