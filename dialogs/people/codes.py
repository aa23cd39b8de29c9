"""A new code, the unused ones taken back, accounts untied: each after it was asked who is meant."""

from collections.abc import Callable
from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.commands import Refuse, Reissue, RevokeInvitations, UntiePerson
from dialogs.core.handlers import Books, OnPress
from dialogs.core.paging import number, word
from dialogs.core.rooms import OfficeView
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.desk.view import refused
from dialogs.people.page import not_here, page_of, person_button
from dialogs.people.view import for_crew, invitation_stamp, is_desk, joined, person_of
from dialogs.shown.person import person_values
from rules.campaign.permissions import Action
from rules.nouns.people import Person
from rules.nouns.reviews import Json

About = Callable[[Books, State, OfficeView, Person, Button], Turn]


def _about(act: About, *, desk_only: bool = False) -> OnPress:
    """A handler about the person a button names: never oneself; a head's own unit only."""

    def named(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
        person = person_of(view, number(button, 0))
        if person is None:
            return not_here(state, number(button, 0))
        if state.person and state.person.id == person.id:
            refuse = Refuse(Action.INVITE.value, "own", person=person.id)
            return Turn((page_of(books, state, view, person),), (refuse,))
        if desk_only and not is_desk(state):
            return refused(state, Action.UNTIE, person=person.id)
        return act(books, state, view, person, button)

    return for_crew(named, of_person=True)


def ask_code(_: Books, __: State, view: OfficeView, person: Person, ___: Button) -> Turn:
    """Before a code is made: is it really that person who asks for it?"""
    stamp = invitation_stamp(view.invited.get(person.id))
    yes = Key("crew/issue", person_button("crew_issue", person, stamp))
    values: dict[str, Json] = {**person_values(person), "joined": joined(view, person)}
    return Turn((Reply("crew/ask_code", values, ((yes,), _no(person))),))


def issue(books: Books, state: State, view: OfficeView, person: Person, button: Button) -> Turn:
    """A fresh code, shown once. Pressed twice, or after somebody else gave one, it shows how things stand instead."""
    if word(button, 1) != invitation_stamp(view.invited.get(person.id)):
        return Turn((page_of(books, state, view, person, told="changed"),))
    values: dict[str, Json] = {
        **person_values(person),
        "code": state.fresh_code,
        "web": state.links.get("web", ""),
        "telegram": state.links.get("telegram", ""),
        "joined": joined(view, person),
    }
    shown = Reply("crew/code", values, ((Key("crew/to_page", person_button("crew_person", person)),),), replaces=True)
    return Turn((shown,), (Reissue(person.id, state.fresh_code), *_told(state, view, person)))


def revoke(books: Books, state: State, view: OfficeView, person: Person, _: Button) -> Turn:
    """Unused codes are worth nothing from now on."""
    if person.id not in view.invited:
        return Turn((page_of(books, state, view, person, told="changed", replaces=True),))
    left = replace(view, invited={id_: until for id_, until in view.invited.items() if id_ != person.id})
    shown = page_of(books, state, left, person, told="revoked", replaces=True)
    return Turn((shown,), (RevokeInvitations(person.id),))


def ask_untie(_: Books, __: State, view: OfficeView, person: Person, ___: Button) -> Turn:
    """Before accounts are untied."""
    values: dict[str, Json] = {**person_values(person), "accounts": view.accounts.get(person.id, (0, 0))[0]}
    yes = Key("crew/untie_now", person_button("crew_untie_now", person))
    return Turn((Reply("crew/ask_untie", values, ((yes,), _no(person))),))


def untie(books: Books, state: State, view: OfficeView, person: Person, _: Button) -> Turn:
    """All their accounts are untied; what they answered stays."""
    if not joined(view, person):
        return Turn((page_of(books, state, view, person, told="changed", replaces=True),))
    left = replace(view, accounts={id_: count for id_, count in view.accounts.items() if id_ != person.id})
    shown = page_of(books, state, left, person, told="untied", replaces=True)
    return Turn((shown,), (UntiePerson(person.id),))


def _told(state: State, view: OfficeView, person: Person) -> tuple[Command, ...]:
    """Who comes in already hears of a code somebody else has for them."""
    if not joined(view, person) or state.person is None:
        return ()
    by: dict[str, Json] = {"by": state.person.name, "position": state.person.position, "at": state.now.isoformat()}
    return (Notify(person.id, f"code:{person.id}:{state.now.isoformat()}", Reply("crew/told_code", by)),)


def _no(person: Person) -> tuple[Key, ...]:
    return (Key("crew/cancel", person_button("crew_person", person)),)


VERBS: dict[str, OnPress] = {
    "crew_code": _about(ask_code),
    "crew_issue": _about(issue),
    "crew_revoke": _about(revoke, desk_only=True),
    "crew_untie": _about(ask_untie, desk_only=True),
    "crew_untie_now": _about(untie, desk_only=True),
}
