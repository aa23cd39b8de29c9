"""Who may name a stand-in for whom, and the people of the room COVER in the order in which they are offered."""

import datetime as dt
from collections.abc import Mapping

from dialogs.core.guard import allowed_in_office
from dialogs.core.knowledge.others import Cover
from dialogs.core.state import State
from rules.campaign.permissions import Action, may, relations_to_office, relations_to_person
from rules.nouns.alphabet import by_name
from rules.nouns.people import Person
from rules.nouns.rulings import StandIn
from rules.nouns.values import BODIES


def room(state: State) -> Cover:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, Cover) else Cover()


def leads(person: Person) -> bool:
    """Whether other people's reviews may wait for this person."""
    return person.head or person.deputy or person.leader


def everybody(state: State) -> Mapping[int, Person]:
    """Everybody the room knows, by id."""
    known = room(state)
    mine = {state.person.id: state.person} if state.person else {}
    return {**{one.id: one for one in known.candidates}, **known.people, **mine}


def may_do(state: State, absent: Person, action: Action) -> bool:
    """Whether this person has permission: a head for themselves, the desk for anybody in its office, including
    themselves.
    """
    if state.person is None or not leads(absent):
        return False
    office = relations_to_office(state.person, absent.office)
    return may(office | relations_to_person(state.person, absent), action)


def may_name(state: State, absent: Person) -> bool:
    """Whether this person may name a stand-in for somebody."""
    return may_do(state, absent, Action.SET_STAND_IN)


def names_for_others(state: State) -> bool:
    """Whether this person names stand-ins for their whole office."""
    return allowed_in_office(state, Action.SET_STAND_IN)


def absent_ones(state: State) -> tuple[Person, ...]:
    """The people for whom this person may name somebody: themselves first, then heads before others, by name."""
    me = state.person.id if state.person else 0
    ones = [one for one in everybody(state).values() if may_name(state, one)]
    return tuple(sorted(ones, key=lambda one: (one.id != me, not one.head, *by_name(one.name), one.id)))


def candidates(state: State, absent: Person) -> tuple[Person, ...]:
    """The people who may stand in for `absent`: deputies of the same unit first, then the unit, then the others, by
    name.

    Bodies, which the roster lists too, and people who have left are excluded.
    """
    ones = [one for one in room(state).candidates if one.id != absent.id and _is_here(one, state.now.date())]
    return tuple(sorted(ones, key=lambda one: (_nearness(one, absent), *by_name(one.name), one.id)))


def standing(state: State) -> tuple[StandIn, ...]:
    """The stand-ins in force today or later, the earliest first."""
    today = state.now.date()
    ones = [one for one in room(state).stand_ins if one.ended_at is None and one.until >= today]
    return tuple(sorted(ones, key=lambda one: (one.since, one.id)))


def overlaps(stand_in: StandIn, since: dt.date, until: dt.date) -> bool:
    """Whether it is in force on one of these days."""
    return stand_in.ended_at is None and stand_in.since <= until and since <= stand_in.until


def _is_here(person: Person, today: dt.date) -> bool:
    left = person.service.left
    return person.subject not in BODIES and (left is None or left >= today)


def _nearness(person: Person, absent: Person) -> int:
    same = person.unit_id == absent.unit_id
    return (0 if person.deputy else 1) if same else (2 if leads(person) else 3)
