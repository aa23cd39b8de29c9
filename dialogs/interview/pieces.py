"""Texts that come in pieces: what the person's app had to cut is put together again; what follows an answer at once, before
anybody can have read the next question, is no answer to it without being asked about.

A channel that knows when its people send says so with the text (`Said.at`, `Said.seam`). What was heard last stands in the
focus under HEARD: it is looked at while the next text may belong to it, and never afterwards.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from dialogs.core.awaited import text_of
from dialogs.core.buttons import Button
from dialogs.core.events import Said
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import key, rows
from dialogs.core.state import State
from dialogs.core.turn import KeepAnswer, Reply, SetFocus, Turn
from dialogs.interview.answering import answer_typed, keep_value
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.position import changing, focus_on, told
from dialogs.interview.question_page import news, problem
from rules.forms.form import QuestionKind
from rules.forms.kinds import Problem, accept
from rules.nouns.reviews import Json
from rules.nouns.text import shorten

#: Where the focus keeps what was heard last.
HEARD = "heard"
#: What the focus holds besides of a text that was asked about.
_OF_A_PIECE = frozenset({"piece", "after", HEARD})
#: Nobody reads a question and answers it within so many seconds; channels tell whole ones.
AT_ONCE = 1
#: Where Telegram's apps cut a text at the latest: one that is exactly so long goes on, whoever brings it.
LONGEST = 4096
#: Nothing we ask for takes so much: of a text that goes on and on no more is remembered, and none of it is kept anyway.
MOST_HEARD = 5 * LONGEST


def with_what_went_before(state: State, said: Said) -> tuple[State, Said]:
    """The text as it was typed, and the state in which its first piece was said, where this is the next piece of one."""
    if said.at is None and _length(said.text) == LONGEST:
        said = replace(said, at=state.now, seam="")
    before = _before(state, replace(said, at=said.at or state.now))
    if before is None or not isinstance(before.get("seam"), str):
        return state, said
    focus = before.get("focus")
    first = replace(state, focus=focus if isinstance(focus, Mapping) else None)
    return first, replace(said, text=text_of(before, "text") + text_of(before, "seam") + said.text)


def too_soon(books: Books, state: State, said: Said) -> Turn | None:
    """The question whether a text goes on the answer that was kept in the same second, or answers the next question; None
    where it does neither of the two.
    """
    before = _before(state, said) if said.at else None
    if before is None or isinstance(before.get("seam"), str) or state.own is None:
        return None
    sheet = OwnReview.of(books, state)
    answered, current = sheet.place(text_of(before, "kept")), sheet.current()
    if answered is None or current is None or answered == current or not sheet.may_change(answered):
        return None
    if answered.question.kind is not QuestionKind.TEXT:
        return None
    focus = {**focus_on(sheet, current), "piece": said.text, "after": answered.key}
    keys = (
        key("question/goes_on", sheet.review, "piece_on", answered.key, number=answered.number),
        key("question/is_answer", sheet.review, "piece_off", current.key, number=current.number),
    )
    asked: dict[str, Json] = {
        "piece": shorten(said.text),
        "number": answered.number,
        "next": current.number,
        "text": current.question.text,
    }
    return Turn((Reply("question/too_soon", asked, rows(*((one,) for one in keys))),), (SetFocus(focus),))


def remembered(books: Books, state: State, said: Said, turn: Turn) -> Turn:
    """The turn, which also remembers what was heard, where its channel says when it was sent."""
    if said.at is None:
        return turn
    kept = [command.question for command in turn.commands if isinstance(command, KeepAnswer)]
    if said.seam is None and not kept:
        return turn
    focused = [command.focus for command in turn.commands if isinstance(command, SetFocus)]
    focus = focused[-1] if focused else state.focus
    heard: dict[str, Json] = {"at": said.at.isoformat(), "kept": kept[0] if kept else ""}
    if said.seam is not None:
        heard |= {"text": said.text[:MOST_HEARD], "seam": said.seam, "focus": _focus_of(books, state)}
    rest = tuple(command for command in turn.commands if not isinstance(command, SetFocus))
    return replace(turn, commands=(*rest, SetFocus({**(focus or {}), HEARD: heard})))


def _before(state: State, said: Said) -> Mapping[str, Json] | None:
    """What was heard in the same second, or the one before."""
    heard = (state.focus or {}).get(HEARD)
    if said.at is None or not isinstance(heard, Mapping):
        return None
    passed = said.at - dt.datetime.fromisoformat(text_of(heard, "at"))
    return heard if dt.timedelta() <= passed <= dt.timedelta(seconds=AT_ONCE) else None


def _length(text: str) -> int:
    """As Telegram counts: most signs are two."""
    return len(text) + sum(char > "\uffff" for char in text)


def _focus_of(books: Books, state: State) -> dict[str, Json] | None:
    """The focus that leads the same text to the same place again: of an answer also to its question."""
    plain = {name: value for name, value in (state.focus or {}).items() if name != HEARD}
    if plain.get("for") or state.own is None:
        return plain or None
    sheet = OwnReview.of(books, state)
    place = sheet.current() if sheet.open else None
    return focus_on(sheet, place) if place else None


def go_on(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """The text belongs to the answer before: it is put behind it."""
    focus = sheet.state.focus or {}
    old = sheet.answer(place.key)
    if focus.get("after") != place.key or old is None or not isinstance(old.value, str):
        return told(sheet, news("unknown"))
    value = accept(place.question, f"{old.value}\n{text_of(focus, 'piece')}", sheet.state.now.date())
    if isinstance(value, Problem):
        return told(sheet, problem(value), brief=True)
    current = sheet.current()
    turn = keep_value(sheet, place, value)
    return replace(turn, commands=(*turn.commands, SetFocus(focus_on(sheet, current) if current else None)))


def is_answer(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """The text that was asked about answers the question after all."""
    focus = sheet.state.focus or {}
    if not focus.get("piece") or focus.get("question") != place.key:
        return told(sheet, news("unknown"))
    kept = {name: value for name, value in focus.items() if name not in _OF_A_PIECE}
    before = sheet.looking_at(kept if sheet.focused == place.key else focus_on(sheet, place))
    turn = answer_typed(before, place, text_of(focus, "piece"))
    settled = any(isinstance(command, SetFocus) for command in turn.commands)
    return turn if settled else replace(turn, commands=(*turn.commands, SetFocus(focus_on(sheet, place))))


VERBS: dict[str, OnPress] = {"piece_on": changing(go_on), "piece_off": changing(is_answer)}
