"""A later last day for one person, from their card: the day and the reason in one message, or taking it back."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.core import awaited
from dialogs.core.awaited import awaiting
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import word
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.desk.guard import let_go
from dialogs.people.extending import (
    MAX_CHARS,
    Extendable,
    against,
    commands_for,
    day_typed,
    moved,
    of_one,
    unfit,
    until_word,
)
from dialogs.people.guard import MEMBERS, Member
from dialogs.people.page import page_of, person_button
from dialogs.shown.person import person_values
from rules.campaign.last_days import last_day
from rules.campaign.permissions import Action
from rules.nouns.reviews import Extension
from rules.nouns.standings import ReviewLine
from rules.nouns.text import clean

#: The purpose of the focus while the day and the reason are awaited.
DAY = "crew_extend_day"


def ask(books: Books, state: State, member: Member, _: Button) -> Turn:
    """Await the day and the reason."""
    found = _of(state, member)
    if not found.lines:
        return _changed(books, state, member)
    due = min(filter(None, map(last_day, found.lines)))
    values = {**person_values(member.person), "due": due.isoformat(), "max": MAX_CHARS}
    cancel = (Key("crew/cancel", person_button("crew_person", member.person)),)
    focus = awaiting(DAY, person=member.person.id, stamp=found.stamp(None, ""))
    return Turn((Reply("crew/ask_extend", values, rows(cancel)),), (focus,))


def keep(books: Books, state: State, member: Member, text: str) -> Turn:
    """Take the day and the reason."""
    found, today = _of(state, member), state.now.date()
    if not found.lines or found.stamp(None, "") != awaited.written(state, "stamp"):
        return _changed(books, state, member)
    first, _, rest = clean(text).partition(" ")
    day, reason = day_typed(first.rstrip(",:;"), today), clean(rest)
    wrong = against(books, found.lines, day, today) or unfit(reason)
    if wrong or day is None:
        return Turn((wrong,) if wrong else ())
    lines = moved(found.lines, day)
    by = state.person.name if state.person else ""
    after = _with(member.view, lines, Extension(day, reason, by))
    shown = page_of(books, state, after, member.person, told="extended")
    return Turn((shown,), (*commands_for(books, state, lines, day, reason), *let_go(state)))


def take_back(books: Books, state: State, member: Member, button: Button) -> Turn:
    """Restore the day of the plan."""
    found = _of(state, member, back=True)
    if not found.lines or word(button, 1) != until_word(found.lines):
        return _changed(books, state, member)
    shown = page_of(
        books, state, _with(member.view, found.lines, None), member.person, told="unextended", replaces=True
    )
    return Turn((shown,), commands_for(books, state, found.lines, None, ""))


def _of(state: State, member: Member, *, back: bool = False) -> Extendable:
    assert state.person is not None, "the guard asked who it is"
    return of_one(state.person, member.view, member.person, back=back)


def _with(view: OfficeView, lines: Sequence[ReviewLine], extension: Extension | None) -> OfficeView:
    those = {one.review for one in lines}
    after = (replace(one, extension=extension) if one.review in those else one for one in view.standings)
    return replace(view, standings=tuple(after))


def _changed(books: Books, state: State, member: Member) -> Turn:
    return Turn((page_of(books, state, member.view, member.person, told="changed"),), let_go(state))


VERBS: dict[str, OnPress] = {
    "crew_extend": MEMBERS.looking(ask, Action.MOVE_DATES),
    "crew_unextend": MEMBERS.acting(take_back, Action.MOVE_DATES),
}

TEXTS: dict[str, OnText] = {DAY: MEMBERS.looking(keep, Action.MOVE_DATES)}
