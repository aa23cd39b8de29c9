"""Shortening the wait of a code given anew: the desk asks with a reason, and a second person agrees."""

from dialogs.core import awaited
from dialogs.core.awaited import awaiting, unusable
from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import AgreeHaste, AskHaste
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.desk.guard import let_go
from dialogs.people.guard import MEMBERS, Member
from dialogs.people.page import page_of, person_button
from dialogs.people.view import code_values, everybody, is_second, may_second, waiting_code
from dialogs.shown.new_code import yes_or_no
from dialogs.shown.person import person_values
from rules.campaign.permissions import Action
from rules.nouns.devices import WaitingCode
from rules.nouns.reviews import Json
from rules.nouns.text import clean

#: The purpose of the focus while the reason is awaited.
REASON = "crew_haste_why"


def ask(books: Books, state: State, member: Member, button: Button) -> Turn:
    """Await the reason."""
    code = _named(state, member, button)
    if code is None or code.hastened_by is not None:
        return _changed(books, state, member)
    focus = awaiting(REASON, person=member.person.id, invitation=code.id)
    values = {**person_values(member.person), **code_values(code)}
    return Turn((Reply("crew/ask_haste", values, _back(member)),), (focus,))


def keep(books: Books, state: State, member: Member, text: str) -> Turn:
    """Store the reason. Everybody who may be the second person is told."""
    reason, code, me = clean(text), waiting_code(state, member.view, member.person), state.person
    if code is None or code.id != awaited.number(state, "invitation") or me is None:
        return _changed(books, state, member)
    wrong = unusable(reason)
    if wrong:
        return Turn((wrong,))
    seconds = [one.id for one in everybody(member.view) if is_second(one, member.person, code, me.id)]
    values: dict[str, Json] = {**person_values(member.person), "by": me.name, "reason": reason}
    values["given_by"] = code.given.name
    notice = Reply("crew/told_haste", values, ((Key("crew/to_person", person_button("crew_person", member.person)),),))
    told: list[Command] = [Notify(one, f"haste:{code.id}:{one}", notice) for one in seconds]
    asked = Reply("crew/haste_asked", {**person_values(member.person), "seconds": len(told)}, _back(member))
    return Turn((asked,), (AskHaste(member.person.id, code.id, reason), *told, *let_go(state)))


def agree(books: Books, state: State, member: Member, button: Button) -> Turn:
    """The second person agrees: the code opens at once, and its owner is told by whom and why."""
    code = _named(state, member, button)
    if code is None or state.person is None or not may_second(state, member.person, code):
        return _changed(books, state, member)
    values: dict[str, Json] = {
        "by": code.hastened_by_name,
        "second": state.person.name,
        "reason": code.reason,
        "at": state.now.isoformat(),
    }
    told = Notify(member.person.id, f"hastened:{code.id}", Reply("newcode/hastened", values, yes_or_no(code.given.at)))
    shown = Reply("crew/hastened", person_values(member.person), _back(member), replaces=True)
    return Turn((shown,), (AgreeHaste(member.person.id, code.id), told))


def _named(state: State, member: Member, button: Button) -> WaitingCode | None:
    code = waiting_code(state, member.view, member.person)
    return code if code and button.about[1:2] == (str(code.id),) else None


def _changed(books: Books, state: State, member: Member) -> Turn:
    return Turn((page_of(books, state, member.view, member.person, told="changed"),), let_go(state))


def _back(member: Member) -> tuple[tuple[Key, ...], ...]:
    return rows((Key("crew/to_page", person_button("crew_person", member.person)),))


VERBS: dict[str, OnPress] = {
    "crew_haste": MEMBERS.looking(ask, Action.HASTEN),
    "crew_haste_yes": MEMBERS.acting(agree, Action.AGREE_HASTE),
}

TEXTS: dict[str, OnText] = {REASON: MEMBERS.looking(keep, Action.HASTEN)}
