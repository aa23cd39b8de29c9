"""The message, before a form's first question, with everything already known: taken over by one press, or looked at one
by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.core.keys import Row, foot, key, rows
from dialogs.core.stamps import stamp
from dialogs.core.turn import Reply
from dialogs.interview.items.list_page import name_of
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import News, offer_value, on_offer, source
from dialogs.shown.person import which_values
from dialogs.shown.self_rating import stands
from rules.forms.answers import items_so_far, value_said
from rules.forms.form import Question, QuestionKind
from rules.forms.recalling import whole
from rules.forms.weak import NAME_CHARS
from rules.nouns.reviews import Answer, Json
from rules.nouns.rulings import Offer
from rules.nouns.text import shorten
from rules.nouns.values import Rating

#: Set in the focus while a person looks at a single offer, so that they return to the others.
OFFERS = "offers"
#: Fewer offers are made at their own questions instead.
_WORTH = 2
#: Characters of a question and of a text, names of a list's items and their characters: on a phone each takes a line or two, and what
#: is whole stands behind its number.
_ASKED_CHARS, _TEXT_CHARS, _NAMES, _NAME_CHARS = 34, 32, 1, 26
#: How many fit a phone's screen with the buttons; the others follow after these are taken over.
_ON_A_SCREEN = 5
_NUMBERS_A_ROW = 6


@dataclass(frozen=True, slots=True)
class Known:
    """An offered answer, with its question."""

    place: Place
    offer: Offer

    @property
    def answer(self) -> Answer:
        """What taking it over stores. A list that was shown in full counts as closed."""
        note = self.offer.note if self.place.question.illustrated else ""
        return Answer(whole(self.place.question, offer_value(self.offer)), note=note)


def known_already(sheet: OwnReview) -> tuple[Known, ...]:
    """All offers for unanswered questions: first what the office knows, then by source."""
    found: dict[str, Known] = {}
    after, more = sheet, True
    while more:  # an answer taken over may lead to further questions, e.g. a civil servant's rating
        new = [one for place in after.places if place.key not in found and (one := _known(after, place))]
        found |= {one.place.key: one for one in new}
        for one in new:
            after = after.answered(one.place.key, one.answer)
        more = bool(new)
    return tuple(sorted(found.values(), key=lambda one: (one.offer.form != "", one.offer.form, -one.offer.year)))


def _known(sheet: OwnReview, place: Place) -> Known | None:
    answer = sheet.answer(place.key)
    if (
        place.question.recalls
        or not sheet.may_change(place)
        or (answer and (answer.skipped or answer.value is not None))
    ):
        return None
    offer = on_offer(sheet, place)
    return Known(place, offer) if offer is not None and _allowed(sheet, place, offer) else None


def _of_any_year(question: Question) -> bool:
    """Whether the question asks for something that stays the same from year to year. Last year's remarks are offered at
    their own question, to be thought over.
    """
    name = question.kind is QuestionKind.TEXT and question.max_chars <= NAME_CHARS
    return name or question.lasting or question.kind is QuestionKind.DATE


def _allowed(sheet: OwnReview, place: Place, offer: Offer) -> bool:
    """From another year only what stays the same; a rating only if it needs no reason and no rule excludes it."""
    if source(sheet, offer)["year"] and not _of_any_year(place.question):
        return False
    if place.question.kind is not QuestionKind.RATING:
        return True
    return stands(sheet.suggestions.get(place.key), Rating(str(offer.value)), "")


def shows_offers(sheet: OwnReview) -> bool:
    """Whether the form begins with its offers: nothing is answered yet, or the person only looked at one of them."""
    focus = sheet.state.focus or {}
    here = focus.get("review") == sheet.review.id and bool(focus.get(OFFERS)) and not focus.get("question")
    begins = not sheet.review.begun and not sheet.review.drafts and not sheet.focused
    return sheet.open and (here or begins) and len(known_already(sheet)) >= (1 if here else _WORTH)


def offers_stamp(found: tuple[Known, ...]) -> str:
    """The stamp of what the screen showed."""
    values: Mapping[str, Json] = {one.place.key: [one.answer.value, *filter(None, [one.answer.note])] for one in found}
    return stamp(dict(values))


def offered_now(sheet: OwnReview) -> tuple[Known, ...]:
    """The offers on one screen. Nobody takes over what they have not seen."""
    return known_already(sheet)[:_ON_A_SCREEN]


def offers_page(sheet: OwnReview, *lines: News, replaces: bool = False) -> Reply:
    """The message with one screen of offers and their sources."""
    all_known, found = known_already(sheet), offered_now(sheet)
    told: list[Json] = [_line(sheet, mark, one) for mark, one in enumerate(found, 1)]
    numbers = [
        key("question/known_one", sheet.review, "known_one", one.place.key, number=mark)
        for mark, one in enumerate(found, 1)
    ]
    by_row: list[Row] = [tuple(numbers[at : at + _NUMBERS_A_ROW]) for at in range(0, len(numbers), _NUMBERS_A_ROW)]
    values: dict[str, Json] = {
        "news": list(lines),
        "which": which_values(sheet.books, sheet.review),
        "lines": told,
        "drafts": any(one.offer.near for one in found),
        "more": len(all_known) - len(found),
        "left": len(sheet.unsettled) - len(all_known),
    }
    take = key("question/known_all", sheet.review, "known_all", offers_stamp(found), count=len(found))
    each = key("question/known_none", sheet.review, "known_none")
    keyboard = (*rows((take,), *by_row), *foot(sheet.review, each))
    return Reply("question/known", values, keyboard, replaces=replaces)


def _line(sheet: OwnReview, mark: int, one: Known) -> dict[str, Json]:
    question, value = one.place.question, offer_value(one.offer)
    items = items_so_far(Answer(value)) if question.kind is QuestionKind.ITEMS else ()
    names: list[Json] = [shorten(name_of(question, item), _NAME_CHARS).rstrip(".") for item in items[:_NAMES]]
    said = {**value_said(question, value), "note": shorten(one.answer.note, _TEXT_CHARS)}
    if question.kind is QuestionKind.TEXT:
        said["text"] = shorten(str(value), _TEXT_CHARS)
    return {
        **source(sheet, one.offer),
        "mark": mark,
        "asked": shorten(question.short or question.printed_as or question.text, _ASKED_CHARS),
        "said": said,
        "names": names,
        "more": len(items) - len(names),
        "near": one.offer.near,
    }
