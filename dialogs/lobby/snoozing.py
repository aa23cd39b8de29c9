"""Postponing one's own reminders for some days. Nothing becomes due later, and others are told as usual."""

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import Snooze
from dialogs.core.handlers import Books, OnCommand, OnPress
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from rules.nouns.workdays import workdays_after

#: For how many working days reminders may be postponed.
DAYS = (1, 3, 5)


def nhacsau(_: Books, __: State, ___: str) -> Turn:
    """The command /nhacsau: ask for how long."""
    keys = tuple(Key("menu/put_off", Button("snooze", 0, (str(days),)), {"days": days}) for days in DAYS)
    return Turn((Reply("menu/put_off", {}, (*((key,) for key in keys), (_remind_again(),))),))


def put_off(books: Books, state: State, button: Button) -> Turn:
    """Send no reminders about one's own review and plan until that day. Anything but the offered days asks again."""
    chosen = button.about[0] if button.about else ""
    if chosen not in {str(days) for days in (0, *DAYS)}:
        return nhacsau(books, state, "")
    until = workdays_after(state.now.date(), int(chosen))
    due = state.due.isoformat() if state.due and state.own and state.own.open else ""
    values = {"until": until.isoformat() if int(chosen) else "", "due": due}
    keys = ((_remind_again(),),) if int(chosen) else ()
    return Turn((Reply("menu/put_off_until", values, keys, replaces=True),), (Snooze(until),))


def _remind_again() -> Key:
    return Key("menu/remind_again", Button("snooze", 0, ("0",)))


def ask(books: Books, state: State, _: Button) -> Turn:
    """The same by the button of a reminder."""
    return nhacsau(books, state, "")


VERBS: dict[str, OnPress] = {"snooze": put_off, "put_off": ask}

COMMANDS: dict[str, OnCommand] = {"nhacsau": nhacsau}
