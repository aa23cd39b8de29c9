"""A question that is answered item by item: its items, the part that is awaited, outdated buttons, and its message."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.core.keys import Row, Rows, foot, key, rows, spread
from dialogs.core.stamps import stamp
from dialogs.core.turn import Key, Reply
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import News, keep, line_of, offered, place_values, steps
from rules.forms.answers import facts_from, items_so_far, value_said
from rules.forms.form import Field, OptionValue, Question, Usual
from rules.forms.kinds import ListItem, button_value, is_closed, missing_field, same
from rules.nouns.reviews import Answer, Json
from rules.nouns.text import shorten

#: The stamp of an item that does not exist yet.
NEW = "new"
#: A longer list shows only the names of its items.
SHOWN_WHOLE = 12
#: How many item buttons stand beside each other.
_NUMBERS_A_ROW = 6
#: In a button: all items that lack something, in place of an item's number.
ALL = "all"
#: How many characters of an item's name are shown: alone, as a line of a list, on a button.
NAME_CHARS = 80
LINE_CHARS = 36
KEY_CHARS = 34
#: In a shorter list, names may take more than one line.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Awaited:
    """The part that is asked for: `field` of the item at `index` (from 0; one past the end is a new item)."""

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
    """The part asked for now: one that the person wants to change, else a missing name, else what the only incomplete
    item lacks.

    None: the list is shown as a whole. If several items are incomplete, their missing parts can be entered together
    there.
    """
    listed = items(sheet, place)
    chosen = _chosen(sheet, place, listed)
    if chosen:
        return chosen
    lacking = incomplete(place.question, listed)
    unnamed = [part for part in lacking if part.field == place.question.fields[0]]
    if unnamed or len(lacking) == 1:
        return (unnamed or lacking)[0]
    untouched = not listed and not closed(sheet, place)
    return Awaited(0, place.question.fields[0]) if untouched else None


def incomplete(question: Question, listed: Sequence[ListItem]) -> list[Awaited]:
    """The first missing part of each incomplete item."""
    lacking = ((index, missing_field(question, item)) for index, item in enumerate(listed))
    return [Awaited(index, field) for index, field in lacking if field]


def answer_of(listed: tuple[ListItem, ...], *, is_all: bool) -> Answer:
    """The items as an answer."""
    return Answer({"items": [dict(item) for item in listed], "closed": is_all})


def with_part(listed: tuple[ListItem, ...], part: Awaited, value: OptionValue) -> tuple[ListItem, ...]:
    """The items with this part answered."""
    padded = (*listed, {}) if part.index == len(listed) else listed
    return tuple({**item, part.field.key: value} if i == part.index else item for i, item in enumerate(padded))


def name_of(question: Question, item: ListItem) -> str:
    """An item's name, which is its first part."""
    return str(item.get(question.fields[0].key, ""))


def item_stamp(question: Question, item: ListItem) -> str:
    """The stamp of an item's name. Other parts may change without making it a different item."""
    return stamp(item.get(question.fields[0].key))


def list_stamp(listed: tuple[ListItem, ...]) -> str:
    """The stamp of the whole content of the list."""
    return stamp([dict(item) for item in listed])


def item_named(question: Question, listed: tuple[ListItem, ...], index: str, mark: str) -> int | None:
    """The index of a button's item, if that item still exists."""
    at = int(index) if index.isdecimal() else len(listed)
    return at if at < len(listed) and item_stamp(question, listed[at]) == mark else None


def _chosen(sheet: OwnReview, place: Place, listed: tuple[ListItem, ...]) -> Awaited | None:
    """The part that the focus names, if it still exists."""
    focus = sheet.state.focus or {}
    if focus.get("for") != "part" or sheet.focused != place.key:
        return None
    index = item_named(place.question, listed, str(focus.get("item", "")), str(focus.get("stamp", "")))
    field = next((f for f in place.question.fields if f.key == focus.get("part")), None)
    return Awaited(index, field) if index is not None and field else None


def ask_list(
    sheet: OwnReview, place: Place, *lines: News, brief: bool = False, example: bool = False, replaces: bool = False
) -> Reply:
    """The list's question: the awaited part, or everything so far."""
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
    """The question for one part of one item."""
    question, field, listed = place.question, part.field, items(sheet, place)
    item: ListItem = listed[part.index] if part.index < len(listed) else {}
    value = item.get(field.key)
    # One line of help is enough at the start of the list.
    told_before = not listed and bool(question.help) and not example
    values: dict[str, Json] = {
        **place_values(sheet, place, lines),
        "intro": not listed,
        "intro_help": "" if brief else question.help if example else line_of(question.help),
        "example": question.example if example else "",
        "item_name": question.item_name,
        "item_number": part.index + 1,
        "name": shorten(name_of(question, item), NAME_CHARS),
        "part": {"text": field.text, "help": "" if brief or told_before else field.help, "unit": field.unit},
        "now": value_said(field, value) if value is not None else None,
        "usual": usual_values(question) if _untold(question, part, item) else [],
        "usual_labels": [one.label for one in question.usual],
        **({} if brief or listed else offered(sheet, place)[0]),
    }
    return Reply("question/part", values, _part_keyboard(sheet, place, part, item, example=example), replaces=replaces)


def listed_values(
    question: Question, listed: tuple[ListItem, ...], shared: ListItem | None = None, chars: int = NAME_CHARS
) -> list[Json]:
    """The items as templates take them: names cut to `chars`, with the answered parts except `shared` ones.

    `untold`: an item without values, next to others shown without their parts.
    """
    whole = shared or len(listed) <= SHOWN_WHOLE or chars > NAME_CHARS
    shown = question.fields[1:] if whole else ()
    told: list[Json] = []
    for item in listed:
        alike = bool(shared) and _figures(question, item) == shared
        parts = [] if alike else part_values(shown, item)
        untold = bool(shared) and not alike and not parts
        told.append({"name": shorten(name_of(question, item), chars), "parts": parts, "untold": untold})
    return told


def name_chars(count: int) -> int:
    """How long names may be in a list of that length. In a longer list each takes one line."""
    return LINE_CHARS if count > _FEW else NAME_CHARS


def part_values(fields: Sequence[Field], item: ListItem) -> list[Json]:
    """The answered parts of an item, by label."""
    return [
        {"label": f.label, "said": value_said(f, item[f.key]), "before": None}
        for f in fields
        if item.get(f.key) is not None
    ]


def shared_figures(question: Question, listed: tuple[ListItem, ...]) -> ListItem:
    """The figures that are most frequent among the complete items, if at least two items have them; otherwise empty."""
    told = Counter(stamp(_figures(question, item)) for item in listed if not missing_field(question, item))
    most, many = next(iter(told.most_common(1)), ("", 0))
    if many <= 1:
        return {}
    return next(_figures(question, item) for item in listed if stamp(_figures(question, item)) == most)


def _figures(question: Question, item: ListItem) -> dict[str, Json]:
    return {f.key: item.get(f.key) for f in question.fields[1:]}


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
    lacking = incomplete(question, listed)
    shared = shared_figures(question, listed)
    first = question.fields[1] if len(question.fields) > 1 else None
    values: dict[str, Json] = {
        **place_values(sheet, place, lines),
        "again": any(line.get("item_name") for line in lines),
        "items": listed_values(question, listed, shared, name_chars(len(listed))),
        "shared": part_values(question.fields[1:], shared) if shared else [],
        "all_alike": all(_figures(question, item) == shared for item in listed),
        "lacking": len(lacking),
        "usual": usual_values(question) if lacking else None,
        "usual_labels": [one.label for one in question.usual],
        "exception": {"label": first.label, "said": first.options[1].label, "by_label": first.options[1].value is False}
        if lacking and first and len(first.options) > 1
        else None,
        "closed": closed(sheet, place),
        "full": len(listed) >= question.max_items,
    }
    return Reply("question/list", values, _whole_keyboard(sheet, place), replaces=replaces)


def usual_values(question: Question) -> list[Json]:
    """What all buttons with usual values have in common, so that it need not be repeated on them."""
    if not question.usual:
        return []
    first, *others = (one.answers for one in question.usual)
    alike = {name: value for name, value in first.items() if all(same(one.get(name), value) for one in others)}
    return part_values(question.fields[1:], alike)


def _untold(question: Question, part: Awaited, item: ListItem) -> bool:
    """Whether the first figure of an item is asked for and none is given yet, so that usual values may be entered by
    one press.
    """
    return part.field in question.fields[1:2] and bool(item) and not part_values(question.fields[1:], item)


def usual_keys(sheet: OwnReview, place: Place, index: int | None = None) -> Rows:
    """Buttons with usual values, for the item at `index` or for all that lack something."""
    question, listed = place.question, items(sheet, place)
    lacking = incomplete(question, listed)
    about = (ALL, names_stamp(question, listed)) if index is None else (str(index), item_stamp(question, listed[index]))
    count, whole = (len(lacking), len(lacking) == len(listed)) if index is None else (1, False)
    open_items = [listed[part.index] for part in lacking if index in {None, part.index}]
    return tuple(
        (
            key(
                "question/figures",
                sheet.review,
                "figures",
                question.key,
                *about,
                usual_stamp(one),
                text=one.label,
                count=count,
                whole=whole,
            ),
        )
        for one in _apart(question.usual, open_items)
        if (index is None or len(one.answers) > 1)  # a single value is already on the field's own buttons
        and any(item.get(name) is None for item in open_items for name in one.answers)
    )


def _apart(usual: Sequence[Usual], open_items: Sequence[ListItem]) -> list[Usual]:
    """The buttons that would each store something different. Existing values are kept: of two with the same effect, the
    one is shown whose label matches the existing values.
    """

    def keeps(one: Usual) -> str:
        return stamp(
            [{name: value for name, value in one.answers.items() if item.get(name) is None} for item in open_items]
        )

    def belies(one: Usual) -> int:
        said = [(item.get(name), value) for item in open_items for name, value in one.answers.items()]
        return sum(there is not None and not same(there, value) for there, value in said)

    best: dict[str, Usual] = {}
    for one in sorted(usual, key=belies):
        best.setdefault(keeps(one), one)
    return [one for one in usual if any(one is kept for kept in best.values())]


def usual_stamp(usual: Usual) -> str:
    """The stamp of usual answers. It does not change if the form rewords them."""
    return stamp(dict(usual.answers))


def names_stamp(question: Question, listed: Sequence[ListItem]) -> str:
    """The stamp of the items' names."""
    return stamp([name_of(question, item) for item in listed])


def _numbers(sheet: OwnReview, place: Place, add: Key | None) -> list[Row]:
    """A button to open each item, with `add` after the last."""
    question = place.question
    keys = [
        key(
            "question/open_item", sheet.review, "pick", question.key, str(at), item_stamp(question, item), number=at + 1
        )
        for at, item in enumerate(items(sheet, place))
    ]
    found = [tuple(keys[at : at + _NUMBERS_A_ROW]) for at in range(0, len(keys), _NUMBERS_A_ROW)]
    *before, last = found or [()]
    return [*before, (*last, add) if add else last]


def _whole_keyboard(sheet: OwnReview, place: Place) -> Rows:
    question, review, listed = place.question, sheet.review, items(sheet, place)
    lacks = bool(incomplete(question, listed))
    settle = keep(sheet, place) if closed(sheet, place) else _enough(sheet, place)
    by_number = len(listed) <= SHOWN_WHOLE
    room = len(listed) < question.max_items and not lacks
    short = "question/add_short" if listed and by_number else "question/add"
    add = key(short, review, "add", question.key, str(len(listed)), name=question.item_name) if room else None
    edit = key("question/edit", review, "edit", question.key)
    back, onward = steps(sheet, place)
    return rows(
        *(usual_keys(sheet, place) if lacks else ((settle,),)),
        *(_numbers(sheet, place, add) if by_number else ((add, edit),)),
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
    more = (
        first
        and not example
        and (question.example or (question.help and (part.field.help or line_of(question.help) != question.help)))
    )
    label = "question/example" if question.example else "question/more"
    back, onward = steps(sheet, place)
    at = question.fields.index(part.field)
    if at and item:  # one step back within the item
        before = (question.key, str(part.index), item_stamp(question, item), question.fields[at - 1].key)
        back = key("question/before", review, "part", *before)
    return (
        *(usual_keys(sheet, place, part.index) if _untold(question, part, item) else ()),
        *spread([_option(sheet, place, part, item, button_value(o), o.label) for o in part.field.options]),
        *rows(
            offered(sheet, place)[1],
            (_enough(sheet, place) if first and not question.min_items else None,),
            (key(label, review, "example", question.key) if more else None,),
            (to_list(sheet, place) if value_kept else None if first else drop,),
            (onward,),
            *foot(review, back),
        ),
    )


def to_list(sheet: OwnReview, place: Place) -> Key:
    """Back to the whole list."""
    return key("question/to_list", sheet.review, "list", place.key)


def _option(sheet: OwnReview, place: Place, part: Awaited, item: ListItem, value: str, text: str) -> Key:
    mark = item_stamp(place.question, item) if item else NEW
    about = (place.key, str(part.index), mark, part.field.key, value)
    return key("question/option", sheet.review, "put", *about, text=text)


def _enough(sheet: OwnReview, place: Place) -> Key:
    listed = items(sheet, place)
    label = "question/enough" if listed else "question/none"
    return key(label, sheet.review, "enough", place.key, list_stamp(listed), name=place.question.item_name)


def fact_values(question: Question, listed: tuple[ListItem, ...]) -> list[Json]:
    """The facts that the complete items give so far; empty if all items have the same figures, which then say as much."""
    if shared_figures(question, listed) and len({stamp(_figures(question, item)) for item in listed}) == 1:
        return []
    complete = tuple(item for item in listed if not missing_field(question, item))
    facts = facts_from((question,), {question.key: answer_of(complete, is_all=True)}) if complete else {}
    return [
        {"fact": fact, "value": list(value) if isinstance(value, tuple) else value} for fact, value in facts.items()
    ]
