"""A question that is answered item by item: what is there, what is awaited, which button is old; and how it is drawn."""

from dataclasses import dataclass

from dialogs.core.keys import Rows, foot, key, rows, spread
from dialogs.core.stamps import stamp
from dialogs.core.turn import Key, Reply
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import News, keep, offered, place_values, steps
from rules.forms.answers import facts_from, items_so_far, value_said
from rules.forms.form import Field, OptionValue, Question
from rules.forms.kinds import ListItem, button_value, is_closed, missing_field
from rules.nouns.reviews import Answer, Json
from rules.nouns.text import shorten

#: Stamp of an item that is not there yet.
NEW = "new"
#: A longer list shows the names of its items only.
SHOWN_WHOLE = 12
#: Characters of an item's name in a list and on a button.
NAME_CHARS = 80
KEY_CHARS = 34


@dataclass(frozen=True, slots=True)
class Awaited:
    """The part that is asked for: `field` of the item at `index` (from 0; one past the end: a new item)."""

    index: int
    field: Field


def items(sheet: OwnReview, place: Place) -> tuple[ListItem, ...]:
    """The items so far, complete or not."""
    return items_so_far(sheet.answer(place.key))


def closed(sheet: OwnReview, place: Place) -> bool:
    """Whether the person said "that is all"."""
    answer = sheet.answer(place.key)
    return answer is not None and is_closed(answer.value)


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
    untouched = not listed and not closed(sheet, place)
    return Awaited(0, place.question.fields[0]) if untouched else None


def answer_of(listed: tuple[ListItem, ...], *, is_all: bool) -> Answer:
    """The items as an answer."""
    return Answer({"items": [dict(item) for item in listed], "closed": is_all})


def with_part(listed: tuple[ListItem, ...], part: Awaited, value: OptionValue) -> tuple[ListItem, ...]:
    """The items with this part answered."""
    padded = (*listed, {}) if part.index == len(listed) else listed
    return tuple({**item, part.field.key: value} if i == part.index else item for i, item in enumerate(padded))


def name_of(question: Question, item: ListItem) -> str:
    """What an item is called: its first part."""
    return str(item.get(question.fields[0].key, ""))


def item_stamp(question: Question, item: ListItem) -> str:
    """Stamp of an item by its name: its other parts may change and it is still the same item."""
    return stamp(item.get(question.fields[0].key))


def list_stamp(listed: tuple[ListItem, ...]) -> str:
    """Stamp of everything in the list."""
    return stamp([dict(item) for item in listed])


def item_named(question: Question, listed: tuple[ListItem, ...], index: str, mark: str) -> int | None:
    """The index a button names, if the item it was drawn from is still there."""
    at = int(index) if index.isdecimal() else len(listed)
    return at if at < len(listed) and item_stamp(question, listed[at]) == mark else None


def _chosen(sheet: OwnReview, place: Place, listed: tuple[ListItem, ...]) -> Awaited | None:
    """The part the focus names, if it is still there."""
    focus = sheet.state.focus or {}
    if focus.get("for") != "part" or sheet.focused != place.key:
        return None
    index = item_named(place.question, listed, str(focus.get("item", "")), str(focus.get("stamp", "")))
    field = next((f for f in place.question.fields if f.key == focus.get("part")), None)
    return Awaited(index, field) if index is not None and field else None


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
    item: ListItem = listed[part.index] if part.index < len(listed) else {}
    value = item.get(field.key)
    values: dict[str, Json] = {
        **place_values(sheet, place, lines),
        "intro": not listed,
        "intro_help": "" if brief else question.help,
        "example": question.example if example else "",
        "item_name": question.item_name,
        "item_number": part.index + 1,
        "name": shorten(name_of(question, item), NAME_CHARS),
        "part": {"text": field.text, "help": "" if brief else field.help, "unit": field.unit},
        "now": value_said(field, value) if value is not None else None,
        **({} if brief or listed else offered(sheet, place)[0]),
    }
    return Reply("question/part", values, _part_keyboard(sheet, place, part, item, example=example), replaces=replaces)


def listed_values(question: Question, listed: tuple[ListItem, ...]) -> list[Json]:
    """The items as templates take them."""
    shown = question.fields[1:] if len(listed) <= SHOWN_WHOLE else ()
    return [
        {
            "name": shorten(name_of(question, item), NAME_CHARS),
            "parts": [{"label": f.label, "said": value_said(f, item.get(f.key))} for f in shown],
        }
        for item in listed
    ]


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
        **place_values(sheet, place, lines),
        "item_name": question.item_name,
        "items": listed_values(question, listed),
        "facts": _fact_values(question, listed),
        "closed": closed(sheet, place),
        "full": len(listed) >= question.max_items,
    }
    return Reply("question/list", values, _whole_keyboard(sheet, place), replaces=replaces)


def _whole_keyboard(sheet: OwnReview, place: Place) -> Rows:
    question, review, listed = place.question, sheet.review, items(sheet, place)
    settle = keep(sheet, place) if closed(sheet, place) else _enough(sheet, place)
    add = key("question/add", review, "add", question.key, str(len(listed)), name=question.item_name)
    back, onward = steps(sheet, place)
    return rows(
        (settle,),
        (add if len(listed) < question.max_items else None,),
        (key("question/edit", review, "edit", question.key), key("question/remove", review, "remove", question.key))
        if listed
        else (),
        (onward,),
        *foot(review, back),
    )


def _part_keyboard(sheet: OwnReview, place: Place, part: Awaited, item: ListItem, *, example: bool) -> Rows:
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
    back, onward = steps(sheet, place)
    return (
        *spread([_option(sheet, place, part, item, button_value(o), o.label) for o in part.field.options]),
        *rows(
            offered(sheet, place)[1],
            (_enough(sheet, place) if first and not question.min_items else None,),
            (key("question/example", review, "example", question.key) if show_example else None,),
            (to_list(sheet, place) if value_kept else None if first else drop,),
            (onward,),
            *foot(review, back),
        ),
    )


def to_list(sheet: OwnReview, place: Place) -> Key:
    """Back to the list as a whole."""
    return key("question/to_list", sheet.review, "list", place.key)


def _option(sheet: OwnReview, place: Place, part: Awaited, item: ListItem, value: str, text: str) -> Key:
    mark = item_stamp(place.question, item) if item else NEW
    about = (place.key, str(part.index), mark, part.field.key, value)
    return key("question/option", sheet.review, "put", *about, text=text)


def _enough(sheet: OwnReview, place: Place) -> Key:
    listed = items(sheet, place)
    label = "question/enough" if listed else "question/none"
    return key(label, sheet.review, "enough", place.key, list_stamp(listed), name=place.question.item_name)


def _fact_values(question: Question, listed: tuple[ListItem, ...]) -> list[Json]:
    """What the complete items would say to the rules if they were all, fact by fact."""
    complete = tuple(item for item in listed if not missing_field(question, item))
    facts = facts_from((question,), {question.key: answer_of(complete, is_all=True)}) if complete else {}
    return [
        {"fact": fact, "value": list(value) if isinstance(value, tuple) else value} for fact, value in facts.items()
    ]
