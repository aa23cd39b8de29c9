"""Edited messages: a text message changed after sending changes the answer it gave, if that still stands.

Other effects of the message are never repeated.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from dialogs.core.awaited import in_a_room
from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.handlers import Books
from dialogs.core.stamps import answer_stamp
from dialogs.core.state import Given, State
from dialogs.core.turn import Command, Reply, Turn
from dialogs.interview import asking, together
from dialogs.interview.answering import answer_typed, confirmation, reason_line
from dialogs.interview.items import lists
from dialogs.interview.items.list_page import Awaited, answer_of, closed, items, with_part
from dialogs.interview.own_review import ALONE, OwnReview, Place, focus_on
from dialogs.interview.position import changing, kept_all, not_taken, of_own, told
from dialogs.interview.question_page import News, news, problem
from rules.forms.answers import said
from rules.forms.form import QuestionKind
from rules.forms.kinds import Problem, accept_name, items_of, same
from rules.forms.listing import single
from rules.nouns.reviews import Answer, Json, Review
from rules.nouns.spoken import way_of
from rules.nouns.text import clean

#: Lines that say why a text was not accepted as an answer.
_WRONG = frozenset({"problem", "wrong_rows", "count_differs", "no_such_row"})
#: Precedes a piece of evidence: the mark of its criterion.
_MARK = re.compile(r"\s*\w{1,2}\s*[).:-]\s+")


def rests_on_before(own: Review, given: Given) -> bool:
    """Whether the effect of the edit depends on earlier answers: the text gave several answers, or part of a list."""
    kept = (own.answers.get(name) for name in given.answers)
    return len(given.answers) > 1 or any(answer and isinstance(answer.value, dict) for answer in kept)


def edited(books: Books, state: State, text: str) -> Turn:
    """The turn for an edited message. If nothing came of the original, nothing comes of the edit."""
    given = state.given
    if given is None or not given.answers:
        return not_taken(books, state, news("edit_unknown"))
    button = Button("edited", given.review, tuple(given.answers)[:1])
    return of_own(changing(partial(_mended, given, text)))(books, state, button)


def as_before(given: Given | None, text: str) -> bool:
    """Whether nothing readable was changed: apps also edit messages for a preview or formatting."""
    return given is not None and clean(given.text) == clean(text)


def does_something_else(text: str) -> bool:
    """Whether the text navigates instead of answering. An edited text does not navigate."""
    return text.lstrip().startswith("/") or bool(way_of(text))


def _mended(given: Given, text: str, sheet: OwnReview, place: Place, _: Button) -> Turn:
    renamed = _renamed(given, text, sheet, place)
    if renamed:
        return renamed
    now = {name: sheet.answer(name) for name in given.answers}
    late = next((name for name, one in now.items() if one is None or answer_stamp(one) != given.answers[name]), "")
    there = sheet.place(late) or place
    about: dict[str, Json] = {"number": there.number, "said": said(there.question, sheet.answer(there.key))}
    if late or not all((one := sheet.place(name)) and sheet.may_change(one) for name in now):
        return _told(sheet, news("edit_late", **about))
    if does_something_else(text) or (rests_on_before(sheet.review, given) and not sheet.state.before):
        return _told(sheet, news("edit_unread", **about))
    answer = cast("Answer", now[place.key])
    if place.question.kind is QuestionKind.TEXT and not _same_words(str(answer.value), given.text):
        return _told(sheet, news("edit_part", number=place.number))
    turn = _read_anew(given, text, sheet, place, answer)
    kept = {one.question: one.answer for one in turn.commands if isinstance(one, KeepAnswer)}
    if not kept:
        wrong = [line for line in _lines(turn) if line["what"] in _WRONG]
        return _told(sheet, news("edit_unread", **about), *wrong)
    after = {name: sheet.state.before.get(name) or Answer(None) for name in now if sheet.state.before} | kept
    return _kept(sheet, [(one, answer) for name, answer in after.items() if (one := sheet.place(name))], turn)


def _read_anew(given: Given, text: str, sheet: OwnReview, place: Place, answer: Answer) -> Turn:
    """The result that the new text would have had in place of the old one."""
    base = sheet
    for name, before in sheet.state.before.items():
        base = base.answered(name, before or Answer(None))
    focus = focus_on(sheet, place)
    if len(given.answers) == 1 and asking.fits(sheet, place, text):
        focus = {**focus, ALONE: True}  # meant for this question only, whatever shares its screen
    if answer.note and _same_words(answer.note, _MARK.sub("", given.text, count=1), given.text):
        base = base.answered(place.key, replace(answer, note=""))
        if place.question.kind is not QuestionKind.RATING:
            focus, text = {**focus, "for": asking.NOTE}, _MARK.sub("", text, count=1)
    return answer_typed(base.looking_at(focus), place, text)


def _renamed(given: Given, text: str, sheet: OwnReview, place: Place) -> Turn | None:
    """Rename an item that still has the name given by the text, whatever was said of it since."""
    question, listed = place.question, items(sheet, place)
    if question.kind is not QuestionKind.ITEMS or does_something_else(text):
        return None
    first = question.fields[0]
    named = [at for at, one in enumerate(listed) if one.get(first.key) == single(given.text, at + 1)]
    if len(named) != 1:
        return None
    at = named[0]
    value = accept_name(first, single(text, at + 1), sheet.state.now.date())
    if isinstance(value, Problem):
        return _told(sheet, problem(value))
    line = lists.part_line(place, Awaited(at, first), listed[at], value)
    answer = answer_of(with_part(listed, Awaited(at, first), value), is_all=closed(sheet, place))
    return _shown(sheet, kept_all(sheet, ((place, answer),), line), line)


def _kept(sheet: OwnReview, given: Sequence[tuple[Place, Answer]], turn: Turn) -> Turn:
    """Store the answers and change nothing else, not even which question is current."""
    place, answer = given[0]
    old = sheet.answer(place.key)
    line: News
    if place.question.kind is QuestionKind.ITEMS:
        line = _part_changed(sheet, place, answer) or _lines(turn)[0]
    elif len(given) > 1:
        line = together.kept_line(sheet, sheet.looking_at(None).screen(place), given)
    elif old and old.value == answer.value and place.question.kind is QuestionKind.RATING:
        line = reason_line(sheet, place, answer)
    elif old and old.value == answer.value and old.note != answer.note:
        line = together.noted_line(sheet, place, answer)
    else:
        line = confirmation(sheet.looking_at(None), place, answer)
    return _shown(sheet, kept_all(sheet, given, line), line)


def _part_changed(sheet: OwnReview, place: Place, answer: Answer) -> News | None:
    """The line about the only part of an item that differs now; None if more or fewer do."""
    listed, after = items(sheet, place), items_of(answer.value)
    changed = [
        (Awaited(at, field), one[field.key])
        for at, (old, one) in enumerate(zip(listed, after, strict=False))
        for field in place.question.fields
        if old.get(field.key) is not None and not same(old.get(field.key), one.get(field.key))
    ]
    if len(listed) != len(after) or len(changed) != 1:
        return None
    part, value = changed[0]
    return (
        lists.part_line(place, part, listed[part.index], value) if isinstance(value, bool | float | int | str) else None
    )


def _same_words(kept: str, *texts: str) -> bool:
    """Whether one of the texts equals everything that was stored."""
    return any(clean(kept) == clean(text) for text in texts)


def _lines(turn: Turn) -> list[News]:
    """The news lines of the turn's last reply."""
    return cast("list[News]", turn.replies[-1].values.get("news", [])) if turn.replies else []


def _told(sheet: OwnReview, *lines: News) -> Turn:
    """The turn that stores nothing."""
    return _shown(sheet, told(sheet, *lines, brief=True), *lines)


def _shown(sheet: OwnReview, turn: Turn, *lines: News) -> Turn:
    """The turn. If a text for another room is awaited, it becomes a single line and that text is still awaited."""
    if not in_a_room(sheet.state.focus):
        return turn
    undo = tuple(row for row in turn.replies[-1].keyboard if any(key.button.verb == "undo" for key in row))
    commands: tuple[Command, ...] = tuple(one for one in turn.commands if isinstance(one, KeepAnswer))
    return Turn((Reply("review/line", {"news": list(lines)}, undo),), commands)
