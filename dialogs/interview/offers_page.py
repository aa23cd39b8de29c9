"""Draws, before the first question of a form, all that is known of it already: one press takes it over, each may be looked at by itself."""

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

#: What the focus holds besides while somebody looks at one of what is on offer: they come back to the rest.
OFFERS = "offers"
#: Fewer are offered where they are asked.
_WORTH = 2
#: Characters of a question and of a text, names of a list's items and their characters: on a phone each takes a line or two, and what
#: is whole stands behind its number.
_ASKED_CHARS, _TEXT_CHARS, _NAMES, _NAME_CHARS = 34, 32, 1, 26
#: As many stand on one screen of a phone with its buttons; the rest comes when these are taken over.
_ON_A_SCREEN = 5
_NUMBERS_A_ROW = 6


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that is on offer, with its question."""

    place: Place
    offer: Offer

    @property
    def answer(self) -> Answer:
        """What taking it over keeps: a list that is shown with all it says is done."""
        note = self.offer.note if self.place.question.illustrated else ""
        return Answer(whole(self.place.question, offer_value(self.offer)), note=note)


def known_already(sheet: OwnReview) -> tuple[Known, ...]:
    """All that is on offer of what has no answer yet: what the office knows first, then by where it was said."""
    found: dict[str, Known] = {}
    after, more = sheet, True
    while more:  # what is taken over may ask for more: of a civil servant their rating
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
    """Whether it asks for what stays so from year to year; a remark of last year is offered where it is asked, to be thought of anew."""
    name = question.kind is QuestionKind.TEXT and question.max_chars <= NAME_CHARS
    return name or question.lasting or question.kind is QuestionKind.DATE


def _allowed(sheet: OwnReview, place: Place, offer: Offer) -> bool:
    """Of another year only what stays so; a rating only where it needs no reason and no rule excludes it."""
    if source(sheet, offer)["year"] and not _of_any_year(place.question):
        return False
    if place.question.kind is not QuestionKind.RATING:
        return True
    return stands(sheet.suggestions.get(place.key), Rating(str(offer.value)), "")


def shows_offers(sheet: OwnReview) -> bool:
    """Whether a form begins with what is known of it: nothing is answered yet, or the person looked at one of it and has not said more."""
    focus = sheet.state.focus or {}
    here = focus.get("review") == sheet.review.id and bool(focus.get(OFFERS)) and not focus.get("question")
    begins = not sheet.review.begun and not sheet.review.drafts and not sheet.focused
    return sheet.open and (here or begins) and len(known_already(sheet)) >= (1 if here else _WORTH)


def offers_stamp(found: tuple[Known, ...]) -> str:
    """What the screen showed."""
    values: Mapping[str, Json] = {one.place.key: [one.answer.value, *filter(None, [one.answer.note])] for one in found}
    return stamp(dict(values))


def offered_now(sheet: OwnReview) -> tuple[Known, ...]:
    """Of what is on offer, what one screen shows: nobody takes over what they have not seen."""
    return known_already(sheet)[:_ON_A_SCREEN]


def offers_page(sheet: OwnReview, *lines: News, replaces: bool = False) -> Reply:
    """The answers that are on offer, with where each comes from, a screen of them."""
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
