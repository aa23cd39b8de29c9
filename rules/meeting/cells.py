"""Whose meeting that of a party cell, or of a group of one, is: the roster says in which cell somebody is active."""

from collections.abc import Iterable, Sequence

from rules.nouns.people import Person
from rules.nouns.text import folded
from rules.nouns.values import Subject

#: Bodies of the party that meet by themselves.
CELLS = frozenset({Subject.PARTY_CELL, Subject.PARTY_GROUP})


def members_of(body: Person, people: Iterable[Person], bodies: Sequence[Person]) -> tuple[Person, ...]:
    """The members of a cell or group: whom the roster names it for; of the only cell of an office also those for whom it names none."""
    cells = [one for one in bodies if one.subject is Subject.PARTY_CELL]
    only = body.subject is Subject.PARTY_CELL and len(cells) == 1
    known = {folded(one.name) for one in bodies}

    def belongs(one: Person) -> bool:
        named = folded(one.service.party_cell)
        return named == folded(body.name) or (only and named not in known)

    return tuple(one for one in people if one.party_member and one.subject not in CELLS and belongs(one))
