"""Figures of a list's items: usual values by one press, exceptions by item number, and unlikely combinations."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.handlers import OnPress
from dialogs.core.keys import key, rows
from dialogs.core.stamps import stamp
from dialogs.core.turn import Reply, SetFocus, Turn
from dialogs.interview.items.list_page import (
    ALL,
    NAME_CHARS,
    Awaited,
    answer_of,
    ask_part,
    closed,
    incomplete,
    item_named,
    item_stamp,
    items,
    name_of,
    names_stamp,
    usual_stamp,
)
from dialogs.interview.own_review import OwnReview, Place, focus_on
from dialogs.interview.position import changing, draw, in_place, kept, told
from dialogs.interview.question_page import News, after_change, news
from rules.forms.answers import value_said
from rules.forms.figures import Parts, figures_in, puzzling
from rules.forms.form import Field, Question
from rules.forms.kinds import ListItem, fits, missing_field, same
from rules.nouns.conditions import When, holds
from rules.nouns.reviews import Json
from rules.nouns.text import shorten
from rules.nouns.values import Verdict

Items = tuple[ListItem, ...]


def usual(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Enter the usual values for one item, or for all that lack something: `figures:<review>:<question>:<number or
    all>:<mark>:<which>`.

    Existing values are kept.
    """
    _, which, mark, named, *_ = (*button.about, "", "", "", "")
    question, listed = place.question, items(sheet, place)
    found = next((one for one in question.usual if usual_stamp(one) == named), None)
    if found is None:
        return told(sheet, news("unknown"))
    at = item_named(question, listed, which, mark)
    if (which == ALL and mark != names_stamp(question, listed)) or (which != ALL and at is None):
        return told(sheet, news("list_changed", number=place.number))
    wanted = [part.index for part in incomplete(question, listed) if which == ALL or part.index == at]
    if not wanted:
        return told(sheet, news("figures_there"))
    return keep_figures(sheet, place, {one: _lacking(question, listed[one], found.answers) for one in wanted}, at)


def typed(sheet: OwnReview, place: Place, text: str, at: int | None) -> Turn | None:
    """The turn for a text made of figures only; None for any other text.

    `at`: the current item, if there is one. A text that is only partly understood is not taken for the name of another
    item.
    """
    question, listed = place.question, items(sheet, place)
    found = figures_in(text, question.fields[1:], sheet.state.now.date()) if listed else None
    if found is None:
        unread = puzzling(text, question.fields[1:], sheet.state.now.date()) if listed else ""
        return told(sheet, news("figures_unread", said=shorten(unread, NAME_CHARS)), brief=True) if unread else None
    lacking = [part.index for part in incomplete(question, listed)]
    changes: dict[int, Parts] = {}
    for index in range(len(listed)):
        said = dict(found.every)
        if index in lacking:
            said = {**_lacking(question, listed[index], found.rest), **said}
        changes[index] = {**said, **found.by_number.get(index + 1, {})}
    if found.bare:
        only = at if at is not None else lacking[0] if len(lacking) == 1 else 0 if len(listed) == 1 else None
        if only is None:
            return told(sheet, news("whose_figures", item_name=question.item_name, count=len(listed)), brief=True)
        changes[only] = {**found.bare, **changes[only]}
    beyond = [number for number in found.by_number if not 1 <= number <= len(listed)]
    if beyond:
        return told(
            sheet, news("no_such_item", item_name=question.item_name, number=beyond[0], count=len(listed)), brief=True
        )
    return keep_figures(sheet, place, {index: said for index, said in changes.items() if said}, at)


def keep_figures(sheet: OwnReview, place: Place, changes: Mapping[int, Parts], at: int | None) -> Turn:
    """Store parts of items, and say which. `at`: the current item, if there is one."""
    listed = items(sheet, place)
    after = tuple({**item, **changes.get(index, {})} for index, item in enumerate(listed))
    if after == listed:
        return told(sheet, news("figures_there"))
    line = _line(place, listed, changes)
    return in_item(sheet, place, at, after, line)


def in_item(sheet: OwnReview, place: Place, at: int | None, after: Items, line: News) -> Turn:
    """Store the list. An unlikely combination is asked about at once; an item that was begun (`at`) is continued."""
    before, question = items(sheet, place), place.question
    here = sheet.current() == place
    answer = answer_of(after, is_all=closed(sheet, place) and not here)
    turn = kept(sheet, place, answer, line)
    doubted = next(
        (found for index, item in enumerate(after) if (found := _new_doubt(question, before, index, item))), None
    )
    if doubted is None and (at is None or not _goes_on(question, before, at, after)):
        return turn
    answered = sheet.answered(place.key, replace(answer, round=len(sheet.review.drafts)))
    commands = tuple(command for command in turn.commands if not isinstance(command, SetFocus))
    if doubted is None and at is not None:
        lacks = missing_field(question, after[at])
        assert lacks is not None, "an item that is gone through lacks something"
        focus = _focus_on_part(sheet, place, Awaited(at, lacks), after)
        there = answered.looking_at(focus)
        asked = after_change(there, (line,), (place.key,), draw(there, place, line))
        return Turn((asked,), (*commands, SetFocus(focus)))
    assert doubted is not None
    return Turn((_doubtful(answered, place, *doubted, line),), (*commands, SetFocus(focus_on(sheet, place))))


def opened(sheet: OwnReview, place: Place, part: Awaited, *, replaces: bool = True) -> Turn:
    """Ask for a part of an item in place of its value; if it was typed, the question comes below it."""
    focus = _focus_on_part(sheet, place, part, items(sheet, place))
    asked = ask_part(sheet.looking_at(focus), place, part, replaces=replaces)
    return Turn((asked,), (SetFocus(focus),))


def _focus_on_part(sheet: OwnReview, place: Place, part: Awaited, listed: Items) -> dict[str, Json]:
    return {
        "for": "part",
        "review": sheet.review.id,
        "question": place.key,
        "item": part.index,
        "stamp": item_stamp(place.question, listed[part.index]),
        "part": part.field.key,
    }


def _goes_on(question: Question, before: Items, at: int, after: Items) -> bool:
    """Whether an item whose figures are entered one by one still lacks some, and so do others."""
    renamed = at >= len(before) or name_of(question, before[at]) != name_of(question, after[at])
    return not renamed and missing_field(question, after[at]) is not None and len(incomplete(question, after)) > 1


def _new_doubt(question: Question, before: Items, index: int, item: ListItem) -> tuple[int, When] | None:
    """An unlikely combination in an item that was not there before."""
    old = before[index] if index < len(before) else {}
    for when in question.unlikely:
        if _says(when, item) and not _says(when, old):
            return index, when
    return None


def _says(when: When, item: ListItem) -> bool:
    told_ = {name: value for name, value in item.items() if isinstance(value, bool | int | float | str)}
    return holds(when, told_) is Verdict.MET


def _doubtful(sheet: OwnReview, place: Place, index: int, when: When, line: News) -> Reply:
    """The line about what was stored, and the question about two parts that are unlikely together."""
    question, item = place.question, items(sheet, place)[index]
    mark = item_stamp(question, item)
    tested = [field for field in question.fields if field.key in {test.fact for test in when.every_test}]
    values: dict[str, Json] = {
        "news": [line],
        "item_name": question.item_name,
        "number": index + 1,
        "name": shorten(name_of(question, item), NAME_CHARS),
        "parts": [
            {"label": field.label, "said": value_said(field, item.get(field.key)), "before": None} for field in tested
        ],
    }
    changes = [
        (key("question/change_part", sheet.review, "part", place.key, str(index), mark, field.key, text=field.label),)
        for field in tested
    ]
    right = key("question/is_right", sheet.review, "list", place.key)
    return Reply("question/doubtful", values, rows((right,), *changes))


def _lacking(question: Question, item: ListItem, said: Parts) -> Parts:
    """Of the given values, those that the item does not have yet."""
    fields = {field.key: field for field in question.fields}
    return {name: value for name, value in said.items() if not fits(fields[name], item.get(name))}


def _line(place: Place, before: Items, changes: Mapping[int, Parts]) -> News:
    """What was stored for which items, grouping items with equal values."""
    fields = {field.key: field for field in place.question.fields}
    groups: dict[str, tuple[list[Json], list[Json]]] = {}
    for index, said in changes.items():
        parts = [_change(fields[name], before[index].get(name), value) for name, value in said.items()]
        groups.setdefault(stamp(parts), ([], parts))[0].append(index + 1)
    return news(
        "figures",
        question=place.key,
        item_name=place.question.item_name,
        count=len(before),
        groups=[{"numbers": numbers, "parts": parts} for numbers, parts in groups.values()],
    )


def _change(field: Field, before: Json, after: Json) -> Json:
    moved = before is not None and not same(before, after)
    return {
        "label": field.label,
        "said": value_said(field, after),
        "before": value_said(field, before) if moved else None,
    }


VERBS: dict[str, OnPress] = {"figures": changing(in_place(usual))}
