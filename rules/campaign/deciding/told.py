"""Who else is told of a result once it is decided, by the sentence of its rulebook: the head of the unit, the leader in charge of it."""

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

#: Whom a sentence names → what they are to a unit.
_HELD = {Role.UNIT_HEAD: Relation.UNIT_HEAD, Role.IN_CHARGE: Relation.IN_CHARGE}


def hear_of(book: Rulebook, one: ReviewLine, heads: Mapping[int, int], in_charge: Mapping[int, int]) -> tuple[int, ...]:
    """Who hears of that result. `heads`, `in_charge`: unit → who heads it, who is in charge of it. Nobody hears of themself so."""
    posts = {Role.UNIT_HEAD: heads, Role.IN_CHARGE: in_charge}
    told = [posts[rule.to].get(one.person.unit_id) for rule in book.told] if _is_told(book, one) else []
    return tuple(dict.fromkeys(person for person in told if person not in {None, one.person.id, one.decider_id}))


def forms_told(book: Rulebook) -> Mapping[Relation, tuple[str, ...]]:
    """Of which forms' results the head of a unit, and the leader in charge of it, must be told by the rulebook."""
    forms = tuple(id_ for id_, form in book.forms.items() if has_rating(form) and form.rates not in _OF_PARTY)
    return {_HELD[rule.to]: forms for rule in book.told if rule.to in _HELD}


def relations_of_told(
    book: Rulebook, one: ReviewLine | Review, person: Person, in_charge: Collection[int]
) -> frozenset[Relation]:
    """What `person` is to that result by such a sentence: TOLD or nothing. `in_charge`: the units they are in charge of."""
    unit, roles = one.person.unit_id, {rule.to for rule in book.told}
    if one.person.id == person.id or one.person.office != person.office or not _is_told(book, one):
        return frozenset()
    heads = Role.UNIT_HEAD in roles and person.head and person.unit_id == unit
    return frozenset({Relation.TOLD}) if heads or (Role.IN_CHARGE in roles and unit in in_charge) else frozenset()


def _is_told(book: Rulebook, one: ReviewLine | Review) -> bool:
    form = book.forms.get(one.form)
    return one.status in RULED and form is not None and has_rating(form) and rated(form, one.person)[0] not in _OF_PARTY
