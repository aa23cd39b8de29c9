"""Changing or removing an item of a list: which one, which part, are you sure."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import OnPress
from dialogs.core.keys import key, rows
from dialogs.core.stamps import stamp
from dialogs.core.turn import Reply, SetFocus, Turn
from dialogs.interview.here import go_to, kept, told
from dialogs.interview.list_page import NAME_CHARS, ask_part, item_keys, listed_values, to_list
from dialogs.interview.list_state import Awaited, answer_of, item_named, item_stamp, items, name_of
from dialogs.interview.own import changing
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import news
from dialogs.shown.said import shorten
from rules.forms.answers import Item
from rules.nouns.reviews import Json


def edit(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Which item is to be changed."""
    return _choose(sheet, place, "pick")


def remove(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Which item is to be removed."""
    return _choose(sheet, place, "drop")


def pick(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Which part of the item is to be changed."""
    at = _named(sheet, place, button)
    if at is None:
        return _gone(sheet, place)
    question, item = place.question, items(sheet, place)[at]
    mark = item_stamp(question, item)
    parts = tuple(
        (key("question/part", sheet.review, "part", place.key, str(at), mark, f.key, text=f.label),)
        for f in question.fields
    )
    values: dict[str, Json] = {
        "item_name": question.item_name,
        "number": at + 1,
        "item": listed_values(question, (item,))[0],
    }
    return Turn((Reply("question/pick", values, (*parts, (to_list(sheet, place),)), replaces=True),))


def part(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Ask for this part again."""
    at = _named(sheet, place, button)
    name = button.about[3] if len(button.about) > 3 else ""
    field = next((f for f in place.question.fields if f.key == name), None)
    if at is None or field is None:
        return _gone(sheet, place)
    mark = item_stamp(place.question, items(sheet, place)[at])
    focus: dict[str, Json] = {
        "for": "part",
        "review": sheet.review.id,
        "question": place.key,
        "item": at,
        "stamp": mark,
        "part": field.key,
    }
    asked = ask_part(sheet.looking_at(focus), place, Awaited(at, field), replaces=True)
    return Turn((asked,), (SetFocus(focus),))


def drop(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Ask before an item is removed."""
    at = _named(sheet, place, button)
    if at is None:
        return _gone(sheet, place)
    question, item = place.question, items(sheet, place)[at]
    values: dict[str, Json] = {
        "item_name": question.item_name,
        "number": at + 1,
        "name": shorten(name_of(question, item), NAME_CHARS),
    }
    sure = key("question/dropped", sheet.review, "dropped", place.key, str(at), _whole(item))
    return Turn((Reply("question/drop", values, ((sure,), (to_list(sheet, place),)), replaces=True),))


def dropped(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Remove the item, if it still is what was asked about. Pressed twice, it removes one."""
    listed = items(sheet, place)
    _, index, mark = (*button.about, "", "", "")[:3]
    at = int(index) if index.isdecimal() else len(listed)
    if at >= len(listed) or _whole(listed[at]) != mark:
        return _gone(sheet, place)
    name = shorten(name_of(place.question, listed[at]), NAME_CHARS)
    line = news("dropped", item_name=place.question.item_name, number=at + 1, name=name)
    return kept(sheet, place, answer_of((*listed[:at], *listed[at + 1 :]), is_all=False), line)


def show(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Back to the list as a whole."""
    return go_to(sheet, place, replaces=True)


def _choose(sheet: OwnReview, place: Place, verb: str) -> Turn:
    question = place.question
    values: dict[str, Json] = {"item_name": question.item_name, "verb": verb}
    keyboard = (*item_keys(sheet, place, verb), (to_list(sheet, place),))
    return Turn((Reply("question/choose_item", values, rows(*keyboard), replaces=True),))


def _named(sheet: OwnReview, place: Place, button: Button) -> int | None:
    _, index, mark = (*button.about, "", "", "")[:3]
    return item_named(place.question, items(sheet, place), index, mark)


def _gone(sheet: OwnReview, place: Place) -> Turn:
    return told(sheet, news("list_changed", number=place.number))


def _whole(item: Item) -> str:
    """Stamp of everything in an item: what is removed is exactly what was seen."""
    return stamp(dict(item))


VERBS: dict[str, OnPress] = {
    "edit": changing(edit),
    "remove": changing(remove),
    "pick": changing(pick),
    "part": changing(part),
    "drop": changing(drop),
    "dropped": changing(dropped),
    "list": changing(show),
}
