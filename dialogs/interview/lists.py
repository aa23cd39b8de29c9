"""Answers item by item: a part, another item, "that is all"."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import OnPress
from dialogs.core.keys import option_of
from dialogs.core.turn import Turn
from dialogs.interview.here import kept, told
from dialogs.interview.list_page import NAME_CHARS, NEW
from dialogs.interview.list_state import (
    Awaited,
    answer_of,
    awaited,
    is_closed,
    item_named,
    items,
    list_stamp,
    name_of,
    new_item,
    with_part,
)
from dialogs.interview.own import changing
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import News, news, problem
from dialogs.shown.said import said, same, shorten, value_said
from rules.forms.answers import Item, missing_field
from rules.forms.form import OptionValue
from rules.forms.validate import Problem, accept
from rules.nouns.reviews import Json


def on_text(sheet: OwnReview, place: Place, text: str) -> Turn:
    """A text answers the part that is awaited; where the list stands as a whole it names another item."""
    listed = items(sheet, place)
    part = awaited(sheet, place) or new_item(place, listed)
    if part.index >= place.question.max_items:
        return told(sheet, news("list_full", limit=place.question.max_items), brief=True)
    value = accept(part.field, text)
    if isinstance(value, Problem):
        return told(sheet, problem(value), brief=True)
    return keep_part(sheet, place, part, value)


def put(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """A quick button of a part: the awaited one, or one long answered of an item that is still there."""
    _, index, mark, name, value, *_ = (*button.about, "", "", "", "", "")
    field = next((f for f in place.question.fields if f.key == name), None)
    option = option_of(field.options, value) if field else None
    if field is None or option is None:
        return told(sheet, news("unknown"))
    at = _index(sheet, place, index, mark)
    if at is None:
        return told(sheet, news("list_changed", number=place.number))
    return keep_part(sheet, place, Awaited(at, field), option.value)


def add(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Another item. Pressed twice, it adds one."""
    listed = items(sheet, place)
    if _word(button, 1) != str(len(listed)) or any(missing_field(place.question, item) for item in listed):
        return told(sheet)
    if len(listed) >= place.question.max_items:
        return told(sheet, news("list_full", limit=place.question.max_items))
    return kept(sheet, place, answer_of((*listed, {}), is_all=False))


def enough(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """That is all. An older button does not close a list that was changed since."""
    listed = items(sheet, place)
    if place.key not in sheet.unsettled and is_closed(sheet, place):
        return told(sheet, news("stands", question=place.key, number=place.number, said=_said(place, listed)))
    if _word(button, 1) != list_stamp(listed):
        return told(sheet, news("list_changed", number=place.number))
    if any(missing_field(place.question, item) for item in listed):
        return told(sheet)
    if len(listed) < place.question.min_items:
        return told(sheet, news("list_short", limit=place.question.min_items, item_name=place.question.item_name))
    line = news("kept", question=place.key, number=place.number, said=_said(place, listed))
    return kept(sheet, place, answer_of(listed, is_all=True), line)


def keep_part(sheet: OwnReview, place: Place, part: Awaited, value: OptionValue) -> Turn:
    """Keeps one part. A list that is being worked on stays open until "that is all" is pressed."""
    listed = items(sheet, place)
    item: Item = listed[part.index] if part.index < len(listed) else {}
    line = _part_line(place, part, item, value)
    if part.index < len(listed) and same(item.get(part.field.key), value):
        return _as_it_was(sheet, place, part, line)
    here = sheet.current() == place
    answer = answer_of(with_part(listed, part, value), is_all=is_closed(sheet, place) and not here)
    return kept(sheet, place, answer, line)


def _as_it_was(sheet: OwnReview, place: Place, part: Awaited, line: News) -> Turn:
    """The same value again: a part that was asked for is done with, anything else is as it was."""
    asked_for = awaited(sheet, place)
    if sheet.current() == place and asked_for == part:
        return kept(sheet, place, answer_of(items(sheet, place), is_all=False), line)
    return told(sheet)


def _part_line(place: Place, part: Awaited, item: Item, value: OptionValue) -> News:
    field = part.field
    first = field == place.question.fields[0]
    return news(
        "part",
        item_name=place.question.item_name,
        item_number=part.index + 1,
        name="" if first else shorten(name_of(place.question, item), NAME_CHARS),
        label=field.label,
        said=value_said(field, value),
        changed=item.get(field.key) is not None,
        first=first,
    )


def _index(sheet: OwnReview, place: Place, index: str, mark: str) -> int | None:
    """Which item a button is about, when it is still there (or is the next one to come)."""
    listed = items(sheet, place)
    if mark == NEW:
        part = awaited(sheet, place)
        named = part is not None and index == str(part.index) and not any(listed[part.index : part.index + 1])
        return part.index if part and named else None
    return item_named(place.question, listed, index, mark)


def _said(place: Place, listed: tuple[Item, ...]) -> dict[str, Json]:
    return said(place.question, answer_of(listed, is_all=True))


def _word(button: Button, at: int) -> str:
    return button.about[at] if len(button.about) > at else ""


VERBS: dict[str, OnPress] = {
    "put": changing(put),
    "add": changing(add),
    "enough": changing(enough),
}
