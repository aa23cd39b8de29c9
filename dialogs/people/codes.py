"""Issuing a code, cancelling unused ones, untying accounts: each after confirming which person is meant."""

from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import ConfirmNewcomer, Reissue, RevokeInvitations, UntiePerson
from dialogs.core.handlers import Books, OnPress
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import word
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.people.guard import MEMBERS, Member
from dialogs.people.page import page_of, person_button
from dialogs.people.view import invitation_stamp, joined, may_confirm
from dialogs.shown.new_code import yes_or_no
from dialogs.shown.person import person_values
from rules.campaign.permissions import Action
from rules.nouns.devices import WAITS
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.values import BODIES


def ask_code(books: Books, state: State, member: Member, __: Button) -> Turn:
    """Before a code is made: is it really that person who asks for it?"""
    view, person = member.view, member.person
    if person.subject in BODIES:
        return Turn((page_of(books, state, view, person),))
    stamp = invitation_stamp(view.invited.get(person.id))
    yes = Key("crew/issue", person_button("crew_issue", person, stamp))
    values: dict[str, Json] = {
        **person_values(person),
        "joined": joined(view, person),
        "anew": person.id in view.been_in,
        "first": _first_of_head(state, view, person),
    }
    return Turn((Reply("crew/ask_code", values, ((yes,), _no(person))),))


def issue(books: Books, state: State, member: Member, button: Button) -> Turn:
    """A fresh code, shown once. Pressed twice, or after somebody else gave one, it shows how things stand instead. Who has come in
    before, whoever has their phone by now, is asked on a device they have: a code given anew waits for that, or for a day.
    """
    view, person = member.view, member.person
    if person.subject in BODIES or word(button, 1) != invitation_stamp(view.invited.get(person.id)):
        return Turn((page_of(books, state, view, person, told="changed"),))
    opens_at = state.now + WAITS if person.id in view.been_in else None
    values: dict[str, Json] = {
        **person_values(person),
        "opens": opens_at.isoformat() if opens_at else "",
        "code": state.fresh_code,
        "web": state.links.get("web", ""),
        "telegram": state.links.get("telegram", ""),
        "joined": joined(view, person),
    }
    shown = Reply("crew/code", values, ((Key("crew/to_page", person_button("crew_person", person)),),), replaces=True)
    return Turn((shown,), (Reissue(person.id, state.fresh_code, opens_at), *told_of_code(state, view, person)))


def told_of_code(state: State, view: OfficeView, person: Person) -> tuple[Command, ...]:
    """Who hears that somebody gets a code: they themself where they are in, the desk of a head's newcomer."""
    return (*_told(state, view, person), *_tell_desk(state, view, person))


def revoke(books: Books, state: State, member: Member, _: Button) -> Turn:
    """Unused codes are worth nothing from now on."""
    view, person = member.view, member.person
    if person.id not in view.invited:
        return Turn((page_of(books, state, view, person, told="changed", replaces=True),))
    left = replace(view, invited={id_: until for id_, until in view.invited.items() if id_ != person.id})
    shown = page_of(books, state, left, person, told="revoked", replaces=True)
    return Turn((shown,), (RevokeInvitations(person.id),))


def ask_untie(_: Books, __: State, member: Member, ___: Button) -> Turn:
    """Before accounts are untied."""
    view, person = member.view, member.person
    values: dict[str, Json] = {**person_values(person), "accounts": view.accounts.get(person.id, (0, 0))[0]}
    yes = Key("crew/untie_now", person_button("crew_untie_now", person))
    return Turn((Reply("crew/ask_untie", values, ((yes,), _no(person))),))


def untie(books: Books, state: State, member: Member, _: Button) -> Turn:
    """All their accounts are untied; what they answered stays."""
    view, person = member.view, member.person
    if not joined(view, person):
        return Turn((page_of(books, state, view, person, told="changed", replaces=True),))
    left = replace(view, accounts={id_: count for id_, count in view.accounts.items() if id_ != person.id})
    shown = page_of(books, state, left, person, told="untied", replaces=True)
    return Turn((shown,), (UntiePerson(person.id),))


def confirm(books: Books, state: State, member: Member, _: Button) -> Turn:
    """Whoever came in by a head's first code is the right one: what they send goes its usual way from now on."""
    view, person = member.view, member.person
    if not may_confirm(state, view, person):
        return Turn((page_of(books, state, view, person, told="changed", replaces=True),))
    left = replace(view, unconfirmed={id_: by for id_, by in view.unconfirmed.items() if id_ != person.id})
    shown = page_of(books, state, left, person, told="known", replaces=True)
    return Turn((shown,), (ConfirmNewcomer(person.id),))


def _told(state: State, view: OfficeView, person: Person) -> tuple[Command, ...]:
    """Who comes in already hears of a code somebody else has for them, and says whether it is for them."""
    if not joined(view, person) or state.person is None:
        return ()
    by: dict[str, Json] = {
        "by": state.person.name,
        "position": state.person.position,
        "at": state.now.isoformat(),
        "opens": (state.now + WAITS).isoformat(),
    }
    told = Reply("crew/told_code", by, yes_or_no(state.now))
    return (Notify(person.id, f"code:{person.id}:{state.now.isoformat()}", told),)


def _first_of_head(state: State, view: OfficeView, person: Person) -> bool:
    """Whether it is a newcomer's first code, given by a head: whoever comes in by it is confirmed by somebody else."""
    return state.person is not None and state.person.head and person.id not in view.been_in


def _tell_desk(state: State, view: OfficeView, person: Person) -> tuple[Command, ...]:
    """The desk hears of a newcomer whom a head lets in, to confirm that it is they."""
    if state.person is None or not _first_of_head(state, view, person):
        return ()
    values: dict[str, Json] = {**person_values(person), "by": state.person.name, "position": state.person.position}
    told = Reply("crew/told_first", values, ((Key("crew/to_person", person_button("crew_person", person)),),))
    others = (one for one in state.desk if one not in {state.person.id, person.id})
    return tuple(Notify(one, f"first:{person.id}:{state.now.isoformat()}:{one}", told) for one in others)


def _no(person: Person) -> tuple[Key, ...]:
    return (Key("crew/cancel", person_button("crew_person", person)),)


VERBS: dict[str, OnPress] = {
    "crew_code": MEMBERS.looking(ask_code, Action.INVITE),
    "crew_issue": MEMBERS.acting(issue, Action.INVITE),
    "crew_known": MEMBERS.acting(confirm, Action.AGREE_HASTE),
    "crew_revoke": MEMBERS.acting(revoke, Action.UNTIE),
    "crew_untie": MEMBERS.looking(ask_untie, Action.UNTIE),
    "crew_untie_now": MEMBERS.acting(untie, Action.UNTIE),
}
