"""Who else is told of a decided result, where a sentence of the rulebook demands it: the head of the unit, or the
leader in charge.
"""

from collections.abc import Collection, Mapping

from rules.book.procedure import Role
from rules.book.rulebook import Rulebook
from rules.campaign.permissions import Relation
from rules.judging.interview import has_rating, rated
from rules.nouns.people import Person
from rules.nouns.reviews import RULED, Review
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Subject

#: Results of the party go to bodies of the party.
_OF_PARTY = frozenset({Subject.PARTY_MEMBER, Subject.PARTY_CELL, Subject.PARTY_GROUP})

#: The role that a sentence names → the relation to a unit.
_HELD = {Role.UNIT_HEAD: Relation.UNIT_HEAD, Role.IN_CHARGE: Relation.IN_CHARGE}


def hear_of(book: Rulebook, one: ReviewLine, heads: Mapping[int, int], in_charge: Mapping[int, int]) -> tuple[int, ...]:
    """The people who are told of that result, never the person themself.

    `heads`: unit → its head; `in_charge`: unit → the leader in charge of it.
    """
    posts = {Role.UNIT_HEAD: heads, Role.IN_CHARGE: in_charge}
    told = [posts[rule.to].get(one.person.unit_id) for rule in book.told] if _is_told(book, one) else []
    return tuple(dict.fromkeys(person for person in told if person not in {None, one.person.id, one.decider_id}))


def forms_told(book: Rulebook) -> Mapping[Relation, tuple[str, ...]]:
    """The forms whose results the rulebook has told to the head of a unit, and to the leader in charge."""
    forms = tuple(id_ for id_, form in book.forms.items() if has_rating(form) and form.rates not in _OF_PARTY)
    return {_HELD[rule.to]: forms for rule in book.told if rule.to in _HELD}


def relations_of_told(
    book: Rulebook, one: ReviewLine | Review, person: Person, in_charge: Collection[int]
) -> frozenset[Relation]:
    """TOLD if such a sentence names `person` for that result, else nothing. `in_charge`: the units they are in charge
    of.
    """
    unit, roles = one.person.unit_id, {rule.to for rule in book.told}
    if one.person.id == person.id or one.person.office != person.office or not _is_told(book, one):
        return frozenset()
    heads = Role.UNIT_HEAD in roles and person.head and person.unit_id == unit
    return frozenset({Relation.TOLD}) if heads or (Role.IN_CHARGE in roles and unit in in_charge) else frozenset()


def _is_told(book: Rulebook, one: ReviewLine | Review) -> bool:
    form = book.forms.get(one.form)
    return one.status in RULED and form is not None and has_rating(form) and rated(form, one.person)[0] not in _OF_PARTY
