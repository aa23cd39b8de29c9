"""A list that is answered item by item, as a value: what is there, what is awaited, which button is old."""

from dataclasses import dataclass

from dialogs.core.stamps import stamp
from dialogs.interview.own_review import OwnReview, Place
from rules.forms.answers import Item, closed, items_so_far, missing_field
from rules.forms.form import Field, OptionValue, Question
from rules.forms.yields import facts_from
from rules.nouns.conditions import Facts
from rules.nouns.reviews import Answer


@dataclass(frozen=True, slots=True)
class Awaited:
    """The part that is asked for: `field` of the item at `index` (from 0; one past the end: a new item)."""

    index: int
    field: Field


def items(sheet: OwnReview, place: Place) -> tuple[Item, ...]:
    """The items so far, complete or not."""
    return items_so_far(sheet.answer(place.key))


def is_closed(sheet: OwnReview, place: Place) -> bool:
    """Whether the person said "that is all"."""
    return closed(sheet.answer(place.key))


def awaited(sheet: OwnReview, place: Place) -> Awaited | None:
    """What the person asked to change, else the first part that is missing. None: the list stands as a whole."""
    listed = items(sheet, place)
    chosen = _chosen(sheet, place, listed)
    if chosen:
        return chosen
    for index, item in enumerate(listed):
        field = missing_field(place.question, item)
        if field:
            return Awaited(index, field)
    untouched = not listed and not is_closed(sheet, place)
    return Awaited(0, place.question.fields[0]) if untouched else None


def new_item(place: Place, listed: tuple[Item, ...]) -> Awaited:
    """The first part of an item that is not there yet."""
    return Awaited(len(listed), place.question.fields[0])


def with_part(listed: tuple[Item, ...], part: Awaited, value: OptionValue) -> tuple[Item, ...]:
    """The items with this part answered."""
    padded = (*listed, {}) if part.index == len(listed) else listed
    return tuple({**item, part.field.key: value} if i == part.index else item for i, item in enumerate(padded))


def answer_of(listed: tuple[Item, ...], *, is_all: bool) -> Answer:
    """The items as an answer."""
    return Answer({"items": [dict(item) for item in listed], "closed": is_all})


def name_of(question: Question, item: Item) -> str:
    """What an item is called: its first part."""
    return str(item.get(question.fields[0].key, ""))


def facts_so_far(question: Question, listed: tuple[Item, ...]) -> Facts:
    """What the complete items would say to the rules if they were all."""
    complete = tuple(item for item in listed if not missing_field(question, item))
    return facts_from((question,), {question.key: answer_of(complete, is_all=True)}) if complete else {}


def item_stamp(question: Question, item: Item) -> str:
    """Stamp of an item by its name: its other parts may change and it is still the same item."""
    return stamp(item.get(question.fields[0].key))


def list_stamp(listed: tuple[Item, ...]) -> str:
    """Stamp of everything in the list."""
    return stamp([dict(item) for item in listed])


def item_named(question: Question, listed: tuple[Item, ...], index: str, mark: str) -> int | None:
    """The index a button names, if the item it was drawn from is still there."""
    at = int(index) if index.isdecimal() else len(listed)
    return at if at < len(listed) and item_stamp(question, listed[at]) == mark else None


def _chosen(sheet: OwnReview, place: Place, listed: tuple[Item, ...]) -> Awaited | None:
    """The part the focus names, if it is still there."""
    focus = sheet.state.focus or {}
    if focus.get("for") != "part" or sheet.focused() != place.key:
        return None
    index = item_named(place.question, listed, str(focus.get("item", "")), str(focus.get("stamp", "")))
    field = next((f for f in place.question.fields if f.key == focus.get("part")), None)
    return Awaited(index, field) if index is not None and field else None
