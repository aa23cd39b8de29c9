"""Putting one's own reminders off: for some working days, and back again."""

import datetime as dt

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import Snooze
from dialogs.core.events import Commanded, Pressed
from dialogs.lobby.snoozing import DAYS
from dialogs.step import step
from tests.dialogs.lobby.test_menu import STATE
from tests.dialogs.small_office import BOOKS, NOW


def pressed(*about: str):
    return step(BOOKS, STATE, Pressed(Button("snooze", 0, about)))


def test_for_how_long_is_asked_with_a_button_for_each() -> None:
    (reply,) = step(BOOKS, STATE, Commanded("nhacsau")).replies
    assert [row[0].button.about for row in reply.keyboard] == [(str(days),) for days in DAYS] + [("0",)]
    assert step(BOOKS, STATE, Pressed(Button("put_off"))).replies == (reply,)


@pytest.mark.parametrize(("days", "until"), [("1", "2020-12-02"), ("3", "2020-12-04"), ("5", "2020-12-08")])
def test_working_days_are_counted(days: str, until: str) -> None:
    assert NOW.date() == dt.date(2020, 12, 1)  # a Tuesday
    turn = pressed(days)
    assert Snooze(dt.date.fromisoformat(until)) in turn.commands
    assert turn.replies[0].values["until"] == until


def test_reminded_as_usual_from_today_on() -> None:
    turn = pressed("0")
    assert Snooze(NOW.date()) in turn.commands
    assert turn.replies[0].values["until"] == ""


@pytest.mark.parametrize("about", [(), ("365",), ("-1",), ("x",)])
def test_anything_else_asks_again(about: tuple[str, ...]) -> None:
    turn = pressed(*about)
    assert turn.replies[0].template == "menu/put_off"
    assert not any(isinstance(command, Snooze) for command in turn.commands)
