"""Whom a draft goes to by the text, where the roster knows them."""

from collections.abc import Iterable

from rules.campaign.leading import units_in_charge
from rules.campaign.tree import Tree
from rules.nouns.people import Person


def directly_below(tree: Tree, person: Person, people: Iterable[Person]) -> tuple[int, ...]:
    """Cấp dưới trực tiếp: of a head everybody of the unit, and the heads of the units directly under it; of a deputy the people of the
    units they are in charge of. Nobody where the roster does not say.
    """
    if person.head:
        units, heads = {person.unit_id}, {tree.heads.get(unit) for unit in tree.below(person.unit_id)}
    else:
        units, heads = set(units_in_charge(tree, person)), set()
    found = (one.id for one in people if one.id != person.id and (one.unit_id in units or one.id in heads))
    return tuple(dict.fromkeys(found))
