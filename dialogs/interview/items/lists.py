"""Answering item by item: a part, another item, "that is all"; changing and removing items."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import OnPress
from dialogs.core.keys import key, option_of, rows
from dialogs.core.paging import word
from dialogs.core.stamps import stamp
from dialogs.core.turn import Reply, Turn
from dialogs.interview.items import figures, pasted
from dialogs.interview.items.figures import in_item, opened
from dialogs.interview.items.list_page import (
    NAME_CHARS,
    NEW,
    Awaited,
    answer_of,
    awaited,
    closed,
    fact_values,
    item_keys,
    item_named,
    item_stamp,
    items,
    list_stamp,
    listed_values,
    name_of,
    to_list,
    with_part,
)
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.position import changing, go_to, in_place, kept, told
from dialogs.interview.question_page import News, news, problem
from rules.forms.answers import said, value_said
from rules.forms.figures import wished
from rules.forms.form import OptionValue, QuestionKind
from rules.forms.kinds import ListItem, Problem, accept, accept_name, missing_field, same
from rules.forms.listing import single
from rules.nouns.reviews import Json
from rules.nouns.text import shorten


def on_text(sheet: OwnReview, place: Place, text: str) -> Turn:
    """A text answers the awaited part. If the whole list is shown, it gives figures or names one or more further items."""
    listed, today = items(sheet, place), sheet.state.now.date()
    first = place.question.fields[0]
    part = awaited(sheet, place)
    naming = part is None or (part.field == first and not any(listed[part.index : part.index + 1]))
    if part and not naming:
        value = accept(part.field, text, today)
        if not isinstance(value, Problem):
            return keep_part(sheet, place, part, value)
        if part.field.kind is QuestionKind.TEXT:
            return told(sheet, problem(value), brief=True)
    if wish := _wished(sheet, place, text):
        return wish
    at = part.index if part and not naming else None
    turn = figures.typed(sheet, place, text, at) or pasted.proposed(sheet, place, text, certain=at is not None)
    if turn:
        return turn
    part = part or Awaited(len(listed), first)
    if part.index >= place.question.max_items:
        return told(sheet, news("list_full", limit=place.question.max_items), brief=True)
    name = single(text, part.index + 1)
    value = accept_name(part.field, name, today) if naming else accept(part.field, text, today)
    if isinstance(value, Problem):
        return told(sheet, problem(value), brief=True)
    return keep_part(sheet, place, part, value)


def _wished(sheet: OwnReview, place: Place, text: str) -> Turn | None:
    """A text that asks to change or remove an item by its number; removing is confirmed first."""
    wish = wished(text)
    listed = items(sheet, place)
    if wish is None or not listed:
        return None
    what, number = wish
    if not 1 <= number <= len(listed):
        line = news("no_such_item", item_name=place.question.item_name, number=number, count=len(listed))
        return told(sheet, line, brief=True)
    return (_ask_drop if what == "drop" else _open)(sheet, place, number - 1, replaces=False)


def put(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """A button for the value of a part: the awaited one, or one answered earlier if the item still exists."""
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
    """Add an item. Pressing twice adds only one."""
    listed = items(sheet, place)
    if word(button, 1) != str(len(listed)) or any(missing_field(place.question, item) for item in listed):
        return told(sheet)
    if len(listed) >= place.question.max_items:
        return told(sheet, news("list_full", limit=place.question.max_items))
    return kept(sheet, place, answer_of((*listed, {}), is_all=False))


def enough(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Close the list ("that is all"). An outdated button does not close a list that has changed since."""
    listed = items(sheet, place)
    if place.key not in sheet.unsettled and closed(sheet, place):
        return told(sheet, news("stands", question=place.key, number=place.number, said=_said(place, listed)))
    if word(button, 1) != list_stamp(listed):
        return told(sheet, news("list_changed", number=place.number))
    if any(missing_field(place.question, item) for item in listed):
        return told(sheet)
    if len(listed) < place.question.min_items:
        return told(sheet, news("list_short", limit=place.question.min_items, item_name=place.question.item_name))
    facts = fact_values(place.question, listed)
    line = news("list_kept", question=place.key, number=place.number, said=_said(place, listed), facts=facts)
    return kept(sheet, place, answer_of(listed, is_all=True), line)


def keep_part(sheet: OwnReview, place: Place, part: Awaited, value: OptionValue) -> Turn:
    """Store one part. A list in progress stays open until "that is all" is pressed."""
    listed = items(sheet, place)
    item: ListItem = listed[part.index] if part.index < len(listed) else {}
    line = part_line(place, part, item, value)
    if part.index < len(listed) and same(item.get(part.field.key), value):
        return _as_it_was(sheet, place, part, line)
    return in_item(sheet, place, part.index, with_part(listed, part, value), line)


def edit(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Ask which item to change."""
    return _choose(sheet, place, "pick")


def remove(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Ask which item to remove."""
    return _choose(sheet, place, "drop")


def pick(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Open an item: ask for its missing parts or, if it is complete, which part to change."""
    at = _named(sheet, place, button)
    return _gone(sheet, place) if at is None else _open(sheet, place, at)


def _open(sheet: OwnReview, place: Place, at: int, *, replaces: bool = True) -> Turn:
    question, item = place.question, items(sheet, place)[at]
    lacks = missing_field(question, item)
    if lacks:
        return opened(sheet, place, Awaited(at, lacks), replaces=replaces)
    mark = item_stamp(question, item)
    parts = tuple(
        key("question/part", sheet.review, "part", place.key, str(at), mark, f.key, text=f.label)
        for f in question.fields
    )
    remove = key("question/drop", sheet.review, "drop", place.key, str(at), mark, name=question.item_name)
    values: dict[str, Json] = {
        "item_name": question.item_name,
        "number": at + 1,
        "item": listed_values(question, (item,))[0],
    }
    keyboard = rows(*((one,) for one in parts), (remove,), (to_list(sheet, place),))
    return Turn((Reply("question/pick", values, keyboard, replaces=replaces),))


def part(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Ask for this part again."""
    at = _named(sheet, place, button)
    name = button.about[3] if len(button.about) > 3 else ""
    field = next((f for f in place.question.fields if f.key == name), None)
    if at is None or field is None:
        return _gone(sheet, place)
    return opened(sheet, place, Awaited(at, field))


def drop(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Ask for confirmation before removing an item."""
    at = _named(sheet, place, button)
    return _gone(sheet, place) if at is None else _ask_drop(sheet, place, at)


def _ask_drop(sheet: OwnReview, place: Place, at: int, *, replaces: bool = True) -> Turn:
    question, item = place.question, items(sheet, place)[at]
    values: dict[str, Json] = {
        "item_name": question.item_name,
        "number": at + 1,
        "name": shorten(name_of(question, item), NAME_CHARS),
    }
    sure = key("question/dropped", sheet.review, "dropped", place.key, str(at), _whole(item))
    return Turn((Reply("question/drop", values, ((sure,), (to_list(sheet, place),)), replaces=replaces),))


def dropped(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Remove the item if it is unchanged since the confirmation was asked. Pressing twice removes only one."""
    listed = items(sheet, place)
    _, index, mark = (*button.about, "", "", "")[:3]
    at = int(index) if index.isdecimal() else len(listed)
    if at >= len(listed) or _whole(listed[at]) != mark:
        return _gone(sheet, place)
    name = shorten(name_of(place.question, listed[at]), NAME_CHARS)
    line = news("dropped", question=place.key, item_name=place.question.item_name, number=at + 1, name=name)
    return kept(sheet, place, answer_of((*listed[:at], *listed[at + 1 :]), is_all=False), line)


def show(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Show the whole list again."""
    return go_to(sheet, place, replaces=True)


def _as_it_was(sheet: OwnReview, place: Place, part: Awaited, line: News) -> Turn:
    """The same value again: a part that was asked for is done; anything else stays."""
    asked_for = awaited(sheet, place)
    if sheet.current() == place and asked_for == part:
        return in_item(sheet, place, part.index, items(sheet, place), line)
    return told(sheet)


def part_line(place: Place, part: Awaited, item: ListItem, value: OptionValue) -> News:
    """One line about a stored part, with the earlier value if there was one."""
    field, before = part.field, item.get(part.field.key)
    changed = before is not None and not same(before, value)
    first = field == place.question.fields[0]
    return news(
        "part",
        question=place.key,
        item_name=place.question.item_name,
        item_number=part.index + 1,
        name="" if first else shorten(name_of(place.question, item), NAME_CHARS),
        label=field.label,
        said=value_said(field, value),
        before=value_said(field, before) if changed else None,
        first=first,
    )


def _index(sheet: OwnReview, place: Place, index: str, mark: str) -> int | None:
    """The item that a button is about, if it still exists or is the next new one."""
    listed = items(sheet, place)
    if mark == NEW:
        part = awaited(sheet, place)
        named = part is not None and index == str(part.index) and not any(listed[part.index : part.index + 1])
        return part.index if part and named else None
    return item_named(place.question, listed, index, mark)


def _said(place: Place, listed: tuple[ListItem, ...]) -> dict[str, Json]:
    return said(place.question, answer_of(listed, is_all=True))


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


def _whole(item: ListItem) -> str:
    """The stamp of everything in an item, so that only what was seen is removed."""
    return stamp(dict(item))


VERBS: dict[str, OnPress] = {
    "put": changing(in_place(put)),
    "add": changing(in_place(add)),
    "enough": changing(enough),
    "edit": changing(in_place(edit)),
    "remove": changing(remove),
    "pick": changing(pick),
    "part": changing(part),
    "drop": changing(drop),
    "dropped": changing(in_place(dropped)),
    "list": changing(show),
    **figures.VERBS,
    **pasted.VERBS,
}
