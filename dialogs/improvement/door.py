"""Kế hoạch khắc phục: /khacphuc, the person's own plan to put right what fell short: what, by when."""

from dataclasses import replace

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.commands.improvement import EndImprovement
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.paging import number
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.improvement import adding as plan_adding
from dialogs.improvement.lines import drafts, line_of
from dialogs.improvement.page import offered, page
from dialogs.result.decided_review import results
from dialogs.shown.improving import values
from rules.nouns.rulings import Improvement


def khacphuc(books: Books, state: State, _: str) -> Turn:
    """The command /khacphuc."""
    return Turn((page(books, state),), let_go(state, Room.PLAN))


def show(books: Books, state: State, button: Button) -> Turn:
    """The plan, from the line that the button names."""
    return Turn((page(books, state, number(button, 0), replaces=bool(button.about)),), let_go(state, Room.PLAN))


def show_offers(books: Books, state: State, button: Button) -> Turn:
    """The lines that one's own forms suggest."""
    if not drafts(books, state):
        return khacphuc(books, state, "")
    return Turn((offered(books, state, number(button, 0), replaces=bool(button.about)),), let_go(state, Room.PLAN))


def done(books: Books, state: State, button: Button) -> Turn:
    """Mark a line as done."""
    line = _named(state, button)
    if line is None or line.done_on:
        return _as_it_is(books, state, line)
    finished = replace(line, done_on=state.now.date())
    return _ended(books, state, line, EndImprovement(line.id, done=True), (finished,))


def ask_removal(books: Books, state: State, button: Button) -> Turn:
    """Ask for confirmation before a line is removed."""
    line = _named(state, button)
    if line is None or line.done_on:
        return _as_it_is(books, state, line)
    keys = ((Key("plan/removed", Button("plan_removed", 0, (str(line.id),))), Key("plan/cancel", Button("plan_list"))),)
    return Turn((Reply("plan/remove", values(line, state.now.date()), keys),), let_go(state, Room.PLAN))


def remove(books: Books, state: State, button: Button) -> Turn:
    """Remove a line."""
    line = _named(state, button)
    if line is None or line.done_on:
        return _as_it_is(books, state, line)
    return _ended(books, state, line, EndImprovement(line.id, done=False), ())


def _named(state: State, button: Button) -> Improvement | None:
    return line_of(state, button.about[0]) if button.about else None


def _as_it_is(books: Books, state: State, line: Improvement | None) -> Turn:
    """The line was ended before: say so, and show the plan."""
    return Turn((page(books, state, told="done_before" if line else "gone"),), let_go(state, Room.PLAN))


def _ended(
    books: Books, state: State, line: Improvement, command: EndImprovement, instead: tuple[Improvement, ...]
) -> Turn:
    known = results(state)
    others = tuple(one for one in known.improvements if one.id != line.id)
    after = replace(state, room=replace(known, improvements=(*others, *instead)))
    told = "done" if command.done else "removed"
    return Turn((page(books, after, told=told, replaces=True),), (command, *let_go(state, Room.PLAN)))


VERBS: dict[str, OnPress] = {
    "plan_list": show,
    "plan_offers": show_offers,
    "plan_add": plan_adding.ask,
    "plan_take": plan_adding.take,
    "plan_by": plan_adding.press_day,
    "plan_done": done,
    "plan_remove": ask_removal,
    "plan_removed": remove,
}

TEXTS: dict[str, OnText] = {
    plan_adding.WHAT: plan_adding.keep_what,
    plan_adding.DAY: plan_adding.keep_day,
}

COMMANDS: dict[str, OnCommand] = {"khacphuc": khacphuc}
