"""The guard of a room, with a thing of its own: found, asked of the table, compared, else refused in words and audited."""

from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.refusals import Refuse
from dialogs.core.events import Handed
from dialogs.core.guard import Guard, Refused, Tried, allowed_in_office
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Reply, SetFocus, Turn
from rules.campaign.permissions import Action
from tests.dialogs.small_office import BOOKS, LAN, NOW

DESK = replace(LAN, id=9, desk=True)
THINGS = {"1": "kept", "2": "gone"}

LETTERS: Guard[str] = Guard(
    rooms=(Room.DESK,),
    find=lambda _, button: THINGS.get("".join(button.about[:1])) or Refused("missing"),
    may=lambda state, _, action: allowed_in_office(state, action),
    denied=lambda _, __, ___: Refused("not_yours", tried=Tried(person=7)),
    words=lambda _, __, refused, ___, ____: (Reply("desk/refused", {"reason": refused.reason}),),
    ended=lambda _, letter: Refused("over") if letter == "gone" else None,
    changed=lambda _, letter, button: None if button.about[1:] == (letter,) else Refused("changed"),
    awaited=lambda _: Button("desk_letter", 0, ("1", "kept")),
)


def does(_: Books, __: State, letter: str, ___: Button | str | Handed) -> Turn:
    return Turn((Reply(letter),))


def state(person: object = DESK) -> State:
    return State(person, "vi", NOW, focus={"for": "desk_letter"})  # type: ignore[arg-type]


def said(turn: Turn) -> object:
    return turn.replies[0].values.get("reason", turn.replies[0].template)


@pytest.mark.parametrize(
    ("about", "looked", "acted"),
    [
        (("1", "kept"), "kept", "kept"),
        (("1", "before"), "kept", "changed"),
        (("2", "gone"), "over", "over"),
        (("3",), "missing", "missing"),
        ((), "missing", "missing"),
    ],
)
def test_what_only_shows_needs_no_fresh_button(about: tuple[str, ...], looked: str, acted: str) -> None:
    button = Button("desk_letter", 0, about)
    assert said(LETTERS.looking(does, Action.BROADCAST)(BOOKS, state(), button)) == looked
    assert said(LETTERS.acting(does, Action.BROADCAST)(BOOKS, state(), button)) == acted


def test_who_may_not_is_refused_and_audited_and_nothing_is_awaited_any_more() -> None:
    turn = LETTERS.acting(does, Action.BROADCAST)(BOOKS, state(LAN), Button("desk_letter", 0, ("1", "kept")))
    assert said(turn) == "not_yours"
    assert turn.commands == (Refuse(Action.BROADCAST, "not_yours", person=7), SetFocus(None))


def test_what_is_gone_is_no_matter_for_the_audit() -> None:
    turn = LETTERS.looking(does, Action.BROADCAST)(BOOKS, state(), Button("desk_letter", 0, ("3",)))
    assert turn.commands == (SetFocus(None),)


def test_a_text_and_a_file_are_about_what_the_focus_names() -> None:
    assert said(LETTERS.acting(does, Action.BROADCAST)(BOOKS, state(), "chữ")) == "kept"
    assert said(LETTERS.acting(does, Action.BROADCAST)(BOOKS, state(), Handed("a.xlsx"))) == "kept"
    assert said(LETTERS.acting(does, Action.BROADCAST)(BOOKS, state(LAN), "chữ")) == "not_yours"


def test_another_action_may_stand_in_the_audit() -> None:
    refused = Refused("own", tried=Tried(person=9, action=Action.INVITE))
    turn = LETTERS.refuse(BOOKS, state(), refused, Action.UNTIE)
    assert turn.commands[0] == Refuse(Action.INVITE, "own", person=9)
