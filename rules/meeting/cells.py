"""The members of a meeting of a party cell or group, from the cells named in the roster."""

from collections.abc import Iterable, Sequence

from rules.campaign.tree import PartyBody
from rules.nouns.people import Person
from rules.nouns.text import folded
from rules.nouns.values import Subject

#: Bodies of the party that have meetings of their own.
CELLS = frozenset({Subject.PARTY_CELL, Subject.PARTY_GROUP})


def groups_of(cell: Person, bodies: Iterable[Person]) -> tuple[Person, ...]:
    """The groups of a cell, which have rows beside its own; none for a group."""
    if cell.subject is not Subject.PARTY_CELL:
        return ()
    return tuple(one for one in bodies if one.subject is Subject.PARTY_GROUP and one.unit_id == cell.unit_id)


def leaders_of(body: Person, named: Iterable[PartyBody]) -> tuple[int, ...]:
    """The secretary and deputy secretary of a cell or group, in this order, if they are on the roster."""
    found = next((one for one in named if folded(one.name) == folded(body.name)), None)
    return tuple(one for one in (found.secretary, found.deputy) if one) if found else ()


def members_of(body: Person, people: Iterable[Person], bodies: Sequence[Person]) -> tuple[Person, ...]:
    """The members of a cell or group by the roster.

    A cell includes the members of its groups. The only cell of an office includes members for whom the roster names no
    cell.
    """
    cells = [one for one in bodies if one.subject is Subject.PARTY_CELL]
    only = body.subject is Subject.PARTY_CELL and len(cells) == 1
    known = {folded(one.name) for one in bodies}
    own = {folded(one.name) for one in (body, *groups_of(body, bodies))}

    def belongs(one: Person) -> bool:
        named = folded(one.service.party_cell)
        return named in own or (only and named not in known)

    return tuple(one for one in people if one.party_member and one.subject not in CELLS and belongs(one))
