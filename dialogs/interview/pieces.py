"""Texts that arrive in pieces.

A text that the app had to cut is joined again. A text that follows an answer so quickly that nobody can have read the
next question is appended to that answer, or asked about if it would also answer the next one. The same words sent again
at once are no second answer.

Channels that know when people send give that time with the text (`Said.at`, `Said.seam`). The last text heard is kept
in the focus under HEARD, only while the next text may belong to it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from dialogs.core.awaited import text_of
from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.events import Said
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import key, rows
from dialogs.core.stamps import FINGERPRINT, text_stamp
from dialogs.core.state import State
from dialogs.core.turn import Reply, SetFocus, Turn
from dialogs.interview import asking, together
from dialogs.interview.answering import answer_typed, keep_value
from dialogs.interview.own_review import OwnReview, Place, focus_on
from dialogs.interview.position import changing, told
from dialogs.interview.question_page import news, problem
from rules.forms.form import QuestionKind
from rules.forms.kinds import Problem, accept
from rules.nouns.reviews import Json
from rules.nouns.text import folded, shorten

#: The key of the focus that holds the last text heard.
HEARD = "heard"
#: Further keys of the focus for a text that is being asked about.
_OF_A_PIECE = frozenset({"piece", "after", "was", HEARD})
#: Within so many seconds nobody reads a question and answers it; channels give whole seconds.
AT_ONCE = 1
#: The length at which Telegram's apps cut a text at the latest: a text of exactly that length continues.
LONGEST = 4096
#: Nothing that we ask for is longer, so of an endless text no more is remembered, and nothing of it is stored anyway.
MOST_HEARD = 5 * LONGEST


def with_what_went_before(state: State, said: Said) -> tuple[State, Said]:
    """The complete text, and the state in which its first piece was sent, if this is the next piece of one."""
    if said.at is None and _length(said.text) == LONGEST:
        said = replace(said, at=state.now, seam="")
    before = _before(state, replace(said, at=said.at or state.now))
    if before is None or not isinstance(before.get("seam"), str):
        return state, said
    focus = before.get("focus")
    first = replace(state, focus=focus if isinstance(focus, Mapping) else None)
    return first, replace(said, text=text_of(before, "text") + text_of(before, "seam") + said.text)


def too_soon(books: Books, state: State, said: Said) -> Turn | None:
    """The turn for a text sent in the same second as an answer; None if it is an answer of its own.

    The same words are asked about. Other words are appended to an answer in words, or asked about if they would answer
    the next question.
    """
    before = _before(state, said) if said.at else None
    if before is None or isinstance(before.get("seam"), str) or state.own is None:
        return None
    sheet = OwnReview.of(books, state)
    answered, current = sheet.place(text_of(before, "kept")), sheet.current()
    if answered is None or current is None or answered == current or not sheet.may_change(answered):
        return None
    twice = text_of(before, "words") == _words(said.text)
    if answered.question.kind is not QuestionKind.TEXT and not twice:
        return None
    if not twice and not _says_something(sheet, current, said.text):
        return _added(sheet, answered, current, said)
    focus = {**focus_on(sheet, current), "piece": said.text, "after": answered.key, HEARD: dict(before)}
    keys = (
        None if twice else key("question/goes_on", sheet.review, "piece_on", answered.key, number=answered.number),
        key("question/is_answer", sheet.review, "piece_off", current.key, number=current.number),
    )
    asked: dict[str, Json] = {
        "piece": shorten(said.text),
        "number": answered.number,
        "next": current.number,
        "text": current.question.text,
        "twice": twice,
    }
    return Turn((Reply("question/too_soon", asked, rows(*((one,) for one in keys))),), (SetFocus(focus),))


def _words(text: str) -> str:
    """The form of a text in which repetitions are recognised."""
    return text_stamp(" ".join(folded(text).split()), FINGERPRINT)


def _says_something(sheet: OwnReview, current: Place, text: str) -> bool:
    """Whether a text would answer a question that is not answered in words."""
    if len(sheet.screen(current)) > 1:
        understood = together.typed(sheet, current, text)
        return understood is not None and any(isinstance(one, KeepAnswer) for one in understood.commands)
    return asking.fits(sheet, current, text)


def _added(sheet: OwnReview, answered: Place, current: Place, said: Said) -> Turn:
    """The text is appended to the answer, which is said; a button makes it answer the next question instead."""
    old = sheet.answer(answered.key)
    was = str(old.value) if old else ""
    value = accept(answered.question, f"{was}\n{said.text}", sheet.state.now.date())
    if isinstance(value, Problem):
        return told(sheet, problem(value), brief=True)
    turn = keep_value(sheet.looking_at(None), answered, value)
    reply, focus = turn.replies[0], {**focus_on(sheet, current), "piece": said.text, "after": answered.key, "was": was}
    own = key("question/is_answer", sheet.review, "piece_off", current.key, number=current.number)
    shown = replace(reply, keyboard=(*reply.keyboard[:-1], (own,), *reply.keyboard[-1:]))
    commands = (one for one in turn.commands if not isinstance(one, SetFocus))
    return Turn((shown,), (*commands, SetFocus(focus)))


def remembered(books: Books, state: State, said: Said, turn: Turn) -> Turn:
    """The turn, extended to remember the text heard, if the channel knows when it was sent."""
    if said.at is None:
        return turn
    kept = [command.question for command in turn.commands if isinstance(command, KeepAnswer)]
    if said.seam is None and not kept:
        return turn
    focused = [command.focus for command in turn.commands if isinstance(command, SetFocus)]
    focus = focused[-1] if focused else state.focus
    heard: dict[str, Json] = {
        "at": said.at.isoformat(),
        "kept": kept[0] if kept else "",
        "words": _words(said.text) if kept else "",
    }
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
    """The length as Telegram counts it: most emoji count two."""
    return len(text) + sum(char > "\uffff" for char in text)


def _focus_of(books: Books, state: State) -> dict[str, Json] | None:
    """The focus that leads the same text to the same place again, including the question of an answer."""
    plain = {name: value for name, value in (state.focus or {}).items() if name != HEARD}
    if plain.get("for") or state.own is None:
        return plain or None
    sheet = OwnReview.of(books, state)
    place = sheet.current() if sheet.open else None
    return focus_on(sheet, place) if place else None


def go_on(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Append the text to the answer before it."""
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
    before, again = _taken_off(before, focus)
    turn = answer_typed(before, place, text_of(focus, "piece"))
    settled = any(isinstance(command, SetFocus) for command in turn.commands)
    commands = turn.commands if settled else (*turn.commands, SetFocus(focus_on(sheet, place)))
    return Turn(turn.replies, (*again, *commands))


def _taken_off(sheet: OwnReview, focus: Mapping[str, Json]) -> tuple[OwnReview, tuple[KeepAnswer, ...]]:
    """The answer as it was before the text was appended, if it has not changed since."""
    added = sheet.place(text_of(focus, "after")) if "was" in focus else None
    old, was = sheet.answer(added.key) if added else None, text_of(focus, "was")
    whole = accept(added.question, f"{was}\n{text_of(focus, 'piece')}", sheet.state.now.date()) if added else None
    if added is None or old is None or old.value != whole:
        return sheet, ()
    answer = replace(old, value=was)
    return sheet.answered(added.key, answer), (KeepAnswer(sheet.review.id, added.key, answer),)


VERBS: dict[str, OnPress] = {"piece_on": changing(go_on), "piece_off": changing(is_answer)}
