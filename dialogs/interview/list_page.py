"""Draws a question that is answered item by item: the part that is awaited, or the list so far."""

from dialogs.core.keys import Rows, foot, key, rows, spread
from dialogs.core.turn import Key, Reply
from dialogs.interview.list_state import (
    Awaited,
    awaited,
    facts_so_far,
    is_closed,
    item_stamp,
    items,
    list_stamp,
    name_of,
)
from dialogs.interview.offered import offer_keys, offer_values
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import News, keep, position, steps
from dialogs.shown.said import shorten, value_said
from rules.forms.answers import Item
from rules.forms.form import Question
from rules.forms.validate import button_value
from rules.nouns.reviews import Json

#: Stamp of an item that is not there yet.
NEW = "new"
#: A longer list shows the names of its items only.
SHOWN_WHOLE = 12
#: Characters of an item's name in a list and on a button.
NAME_CHARS = 80
KEY_CHARS = 34


def ask_list(
    sheet: OwnReview, place: Place, *lines: News, brief: bool = False, example: bool = False, replaces: bool = False
) -> Reply:
    """The list's question: the part that is awaited, or everything so far."""
    part = awaited(sheet, place)
    if part is None:
        return _whole(sheet, place, *lines, replaces=replaces)
    return ask_part(sheet, place, part, *lines, brief=brief, example=example, replaces=replaces)


def ask_part(
    sheet: OwnReview,
    place: Place,
    part: Awaited,
    *lines: News,
    brief: bool = False,
    example: bool = False,
    replaces: bool = False,
) -> Reply:
    """One part of one item."""
    question, field, listed = place.question, part.field, items(sheet, place)
    item: Item = listed[part.index] if part.index < len(listed) else {}
    value = item.get(field.key)
    values: dict[str, Json] = {
        **position(sheet, place, *lines),
        "intro": not listed,
        "intro_help": "" if brief else question.help,
        "example": question.example if example else "",
        "item_name": question.item_name,
        "item_number": part.index + 1,
        "name": shorten(name_of(question, item), NAME_CHARS),
        "part": {"text": field.text, "help": "" if brief else field.help, "unit": field.unit},
        "now": value_said(field, value) if value is not None else None,
        **({} if brief or listed else offer_values(sheet, place)),
    }
    return Reply("question/part", values, _part_keyboard(sheet, place, part, item, example=example), replaces=replaces)


def listed_values(question: Question, listed: tuple[Item, ...]) -> list[Json]:
    """The items as templates take them."""
    shown = question.fields[1:] if len(listed) <= SHOWN_WHOLE else ()
    return [
        {
            "name": shorten(name_of(question, item), NAME_CHARS),
            "parts": [{"label": f.label, "said": value_said(f, item.get(f.key))} for f in shown],
        }
        for item in listed
    ]


def fact_values(question: Question, listed: tuple[Item, ...]) -> list[Json]:
    """What follows from the items, fact by fact."""
    return [{"fact": fact, "value": _json(value)} for fact, value in facts_so_far(question, listed).items()]


def item_keys(sheet: OwnReview, place: Place, verb: str) -> Rows:
    """A button for each item."""
    question = place.question
    return tuple(
        (
            key(
                "question/item",
                sheet.review,
                verb,
                question.key,
                str(index),
                item_stamp(question, item),
                number=index + 1,
                name=shorten(name_of(question, item), KEY_CHARS),
            ),
        )
        for index, item in enumerate(items(sheet, place))
    )


def _whole(sheet: OwnReview, place: Place, *lines: News, replaces: bool) -> Reply:
    question, listed = place.question, items(sheet, place)
    values: dict[str, Json] = {
        **position(sheet, place, *lines),
        "item_name": question.item_name,
        "items": listed_values(question, listed),
        "facts": fact_values(question, listed),
        "closed": is_closed(sheet, place),
        "full": len(listed) >= question.max_items,
    }
    return Reply("question/list", values, _whole_keyboard(sheet, place), replaces=replaces)


def _whole_keyboard(sheet: OwnReview, place: Place) -> Rows:
    question, review, listed = place.question, sheet.review, items(sheet, place)
    settle = keep(sheet, place) if is_closed(sheet, place) else _enough(sheet, place)
    add = key("question/add", review, "add", question.key, str(len(listed)), name=question.item_name)
    return rows(
        (settle,),
        (add if len(listed) < question.max_items else None,),
        (key("question/edit", review, "edit", question.key), key("question/remove", review, "remove", question.key))
        if listed
        else (),
        steps(sheet, place),
        *foot(review),
    )


def _part_keyboard(sheet: OwnReview, place: Place, part: Awaited, item: Item, *, example: bool) -> Rows:
    question, review = place.question, sheet.review
    first = not items(sheet, place)
    value_kept = part.field.key in item
    drop = key(
        "question/drop",
        review,
        "drop",
        question.key,
        str(part.index),
        item_stamp(question, item),
        name=question.item_name,
    )
    show_example = first and question.example and not example
    return (
        *spread([_option(sheet, place, part, item, button_value(o), o.label) for o in part.field.options]),
        *rows(
            offer_keys(sheet, place),
            (_enough(sheet, place) if first and not question.min_items else None,),
            (key("question/example", review, "example", question.key) if show_example else None,),
            (to_list(sheet, place) if value_kept else None if first else drop,),
            steps(sheet, place),
            *foot(review),
        ),
    )


def to_list(sheet: OwnReview, place: Place) -> Key:
    """Back to the list as a whole."""
    return key("question/to_list", sheet.review, "list", place.key)


def _option(sheet: OwnReview, place: Place, part: Awaited, item: Item, value: str, text: str) -> Key:
    mark = item_stamp(place.question, item) if item else NEW
    about = (place.key, str(part.index), mark, part.field.key, value)
    return key("question/option", sheet.review, "put", *about, text=text)


def _enough(sheet: OwnReview, place: Place) -> Key:
    listed = items(sheet, place)
    label = "question/enough" if listed else "question/none"
    return key(label, sheet.review, "enough", place.key, list_stamp(listed), name=place.question.item_name)


def _json(value: object) -> Json:
    """A fact as JSON keeps it."""
    return list(value) if isinstance(value, tuple) else value  # type: ignore[return-value]  # facts are plain values
