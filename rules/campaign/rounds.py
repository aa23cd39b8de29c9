"""The recipients of a round by the text, as far as the roster knows them."""

from collections.abc import Iterable

from rules.book.rounds import Reaches
from rules.campaign.months.leading import units_in_charge
from rules.campaign.tree import Tree
from rules.nouns.people import Person


def reached(to: Reaches, tree: Tree, person: Person, people: Iterable[Person]) -> tuple[int, ...]:
    """The recipients of a sheet about a person, never the person themself. Empty if the roster cannot tell, or the text
    leaves it open.
    """
    match to:
        case Reaches.BELOW:
            return directly_below(tree, person, people)
        case Reaches.PEERS:
            return _here(_leading(tree, person.unit_id), person, people)
        case Reaches.SUPERIOR:
            return _here(_superiors(tree, person), person, people)
        case _:
            return ()


def directly_below(tree: Tree, person: Person, people: Iterable[Person]) -> tuple[int, ...]:
    """Cấp dưới trực tiếp: for a head, everybody in the unit and the heads of the units directly below; for a deputy,
    the people of the units they are in charge of. Empty if the roster cannot tell.
    """
    if person.head:
        units, heads = {person.unit_id}, {tree.heads.get(unit) for unit in tree.below(person.unit_id)}
    else:
        units, heads = set(units_in_charge(tree, person)), set()
    found = (one.id for one in people if one.id != person.id and (one.unit_id in units or one.id in heads))
    return tuple(dict.fromkeys(found))


def _leading(tree: Tree, unit: int | None) -> tuple[int, ...]:
    """Tập thể lãnh đạo of a unit: its head and deputies."""
    if unit is None:
        return ()
    head = tree.heads.get(unit)
    return (*(() if head is None else (head,)), *tree.deputies.get(unit, ()))


def _superiors(tree: Tree, person: Person) -> tuple[int, ...]:
    """Tập thể lãnh đạo cấp trên trực tiếp: who leads the unit above, and the leader in charge of this one."""
    seat = tree.seats.get(person.unit_id)
    if seat is None or seat.parent is None:
        return ()
    in_charge = () if seat.in_charge is None else (seat.in_charge,)
    peers = set(_leading(tree, person.unit_id)) - set(in_charge)
    return tuple(one for one in (*_leading(tree, seat.parent), *in_charge) if one not in peers)


def _here(found: Iterable[int], person: Person, people: Iterable[Person]) -> tuple[int, ...]:
    """Those who are present in the office, once each, without the person themself."""
    here = {one.id for one in people}
    return tuple(one for one in dict.fromkeys(found) if one in here and one != person.id)
