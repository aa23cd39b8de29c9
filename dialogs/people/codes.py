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
    """Ask, before a code is issued, whether it is really that person who asked for it."""
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
    """Issue a fresh code, shown once. After a second press, or if somebody else issued one, the page is shown instead.

    Somebody who has signed in before is asked on a device they have, whoever holds their phone now: the new code waits
    for that answer, or for a day.
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
    """The notices that somebody gets a code: to the person if they are signed in, and to the desk for a newcomer of a
    head.
    """
    return (*_told(state, view, person), *_tell_desk(state, view, person))


def revoke(books: Books, state: State, member: Member, _: Button) -> Turn:
    """Cancel unused codes."""
    view, person = member.view, member.person
    if person.id not in view.invited:
        return Turn((page_of(books, state, view, person, told="changed", replaces=True),))
    left = replace(view, invited={id_: until for id_, until in view.invited.items() if id_ != person.id})
    shown = page_of(books, state, left, person, told="revoked", replaces=True)
    return Turn((shown,), (RevokeInvitations(person.id),))


def ask_untie(_: Books, __: State, member: Member, ___: Button) -> Turn:
    """Ask for confirmation before accounts are untied."""
    view, person = member.view, member.person
    values: dict[str, Json] = {**person_values(person), "accounts": view.accounts.get(person.id, (0, 0))[0]}
    yes = Key("crew/untie_now", person_button("crew_untie_now", person))
    return Turn((Reply("crew/ask_untie", values, ((yes,), _no(person))),))


def untie(books: Books, state: State, member: Member, _: Button) -> Turn:
    """Untie all accounts of the person; their answers are kept."""
    view, person = member.view, member.person
    if not joined(view, person):
        return Turn((page_of(books, state, view, person, told="changed", replaces=True),))
    left = replace(view, accounts={id_: count for id_, count in view.accounts.items() if id_ != person.id})
    shown = page_of(books, state, left, person, told="untied", replaces=True)
    return Turn((shown,), (UntiePerson(person.id),))


def confirm(books: Books, state: State, member: Member, _: Button) -> Turn:
    """Confirm that whoever signed in with a head's first code is the right person. What they send then goes its usual
    way.
    """
    view, person = member.view, member.person
    if not may_confirm(state, view, person):
        return Turn((page_of(books, state, view, person, told="changed", replaces=True),))
    left = replace(view, unconfirmed={id_: by for id_, by in view.unconfirmed.items() if id_ != person.id})
    shown = page_of(books, state, left, person, told="known", replaces=True)
    return Turn((shown,), (ConfirmNewcomer(person.id),))


def _told(state: State, view: OfficeView, person: Person) -> tuple[Command, ...]:
    """The notice to a signed-in person that somebody else has a code for them, which asks whether it is for them."""
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
    """Whether this is a newcomer's first code, given by a head. Whoever signs in with it is confirmed by somebody else."""
    return state.person is not None and state.person.head and person.id not in view.been_in


def _tell_desk(state: State, view: OfficeView, person: Person) -> tuple[Command, ...]:
    """The notice to the desk that a head lets a newcomer in, so that the desk confirms who it is."""
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
