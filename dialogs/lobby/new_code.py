"""Agreeing to, or refusing, a code given anew, on a device on which the person is signed in."""

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import AgreeToCode, RefuseCode
from dialogs.core.handlers import Books, OnPress
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.shown.new_code import NO, YES, given_at
from rules.nouns.devices import WaitingCode
from rules.nouns.reviews import Json

#: Verbs that need to know which code waits.
NEW_CODE = frozenset({YES, NO})


def agree(_: Books, state: State, button: Button) -> Turn:
    """The code is for this person: it opens at once."""
    code = _named(state, button)
    if code is None:
        return Turn((Reply("newcode/over", {}),))
    done: tuple[Command, ...] = (AgreeToCode(code.id),) if code.waits(state.now) else ()
    told = _tell(state, code, "newcode/told_agreed", code.given.by) if done else ()
    return Turn((Reply("newcode/agreed", {"by": code.given.name}, replaces=True),), (*done, *told))


def refuse(_: Books, state: State, button: Button) -> Turn:
    """The code is not for this person: it is cancelled, and whoever gave it and the desk are told."""
    code = _named(state, button)
    if code is None:
        return Turn((Reply("newcode/over", {}),))
    told = [
        notice
        for one in dict.fromkeys((*state.desk, code.given.by))
        for notice in _tell(state, code, "newcode/told_refused", one)
    ]
    return Turn((Reply("newcode/refused", {"by": code.given.name}, replaces=True),), (RefuseCode(code.id), *told))


def _named(state: State, button: Button) -> WaitingCode | None:
    """The code that the button is about, unless it was used, cancelled or replaced."""
    code = state.new_code
    return code if code and button.about[:1] == (given_at(code.given.at),) else None


def _tell(state: State, code: WaitingCode, template: str, whom: int | None) -> tuple[Notify, ...]:
    person = state.person
    if person is None or whom in {None, person.id}:
        return ()
    assert whom is not None, "an account of the installation's own command is told nothing"
    values: dict[str, Json] = {
        "name": person.name,
        "unit": person.unit,
        "by": code.given.name,
        "mine": whom == code.given.by,
        "at": state.now.isoformat(),
    }
    page = ((Key("crew/to_person", Button("crew_person", 0, (str(person.id),))),),)
    return (Notify(whom, f"{template}:{code.id}:{whom}", Reply(template, values, page)),)


VERBS: dict[str, OnPress] = {YES: agree, NO: refuse}
