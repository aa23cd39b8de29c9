"""Oversight: what a person may see of an office on the console. The table of permissions decides, nothing here does."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from rules.campaign.permissions import Action, Relation, may, relations, relations_to_office, relations_to_unit
from rules.nouns.people import Person
from rules.nouns.reviews import RULED, Review, ReviewStatus
from rules.nouns.standings import ReviewLine

#: The chain has agreed with the newest draft.
AGREED = frozenset({ReviewStatus.APPROVED, *RULED})

#: Relations that act after the chain.
AFTER_THE_CHAIN = frozenset({Relation.AUTHORITY, Relation.STAND_IN_AUTHORITY, Relation.DESK, Relation.DESK_CODE_GIVER})


def may_read_papers(held: frozenset[Relation], *, agreed: bool) -> bool:
    """Whether the submitted documents may be read. The authority and the desk have to wait until the chain has agreed."""
    return may(held if agreed or Relation.SELF in held else held - AFTER_THE_CHAIN, Action.READ_PAPERS)


@dataclass(frozen=True, slots=True)
class Oversight:
    """A user of the console, with what they oversee."""

    person: Person
    #: Relation → the units to which they have it.
    units: Mapping[Relation, Collection[int]] = field(default_factory=dict)
    #: The people for whom they stand in today.
    acts_for: tuple[int, ...] = ()
    #: Whether reviews wait for them or those they stand in for, or are theirs to decide.
    chain: bool = False

    @property
    def whole(self) -> bool:
        """Whether they see the whole office."""
        held = relations_to_unit(self.person, self.person.office, 0)
        return may(held - {Relation.COLLEAGUE}, Action.READ_PROGRESS)

    @property
    def inspects(self) -> bool:
        """Whether they read who did what in their office."""
        return may(relations_to_office(self.person, self.person.office), Action.READ_AUDIT)

    @property
    def writes(self) -> bool:
        """Whether they may write to many people of their office and see what was delivered."""
        return may(relations_to_office(self.person, self.person.office), Action.BROADCAST)

    @property
    def collects(self) -> bool:
        """Whether they see what is missing in dossiers, and collect it."""
        return may(relations_to_office(self.person, self.person.office), Action.READ_PART)

    @property
    def keeps_roster(self) -> bool:
        """Whether they may update the roster of their office."""
        return may(relations_to_office(self.person, self.person.office), Action.IMPORT_ROSTER)

    @property
    def anything(self) -> bool:
        """Whether there is anything for them to see."""
        return self.whole or self.chain or any(self.units.values())

    def to_unit(self, office: str, unit: int) -> frozenset[Relation]:
        """Their relations to a unit, also through their further posts."""
        held = relations_to_unit(self.person, office, unit, self.units.get(Relation.IN_CHARGE, ()))
        if Relation.OTHER_OFFICE not in held and unit in self.units.get(Relation.UNIT_HEAD, ()):
            held |= {Relation.UNIT_HEAD}
        return held

    def to_review(self, about: Review | ReviewLine) -> frozenset[Relation]:
        """Their relations to a review, in their own right and for those they stand in for."""
        return relations(self.person, about, self.acts_for)

    def sees_review(self, about: Review | ReviewLine, *, party: bool) -> bool:
        """Whether they may see how far a review is. `party`: it is rated by the party and is not the unit's concern."""
        held = self.to_review(about)
        if not party:
            held |= self.to_unit(about.person.office, about.person.unit_id)
        return may(held, Action.READ_PROGRESS)

    def sees_person(self, other: Person) -> bool:
        """Whether they may see how far a person is, whatever the form."""
        return may(self.to_unit(other.office, other.unit_id), Action.READ_PROGRESS)
