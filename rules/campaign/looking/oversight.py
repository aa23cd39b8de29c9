"""What of an office somebody oversees, and what they may read there: asked of the table of permissions, never decided here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from rules.campaign.permissions import Action, Relation, may, relations, relations_to_office, relations_to_unit
from rules.nouns.people import Person
from rules.nouns.reviews import RULED, Review, ReviewStatus
from rules.nouns.standings import ReviewLine

#: The chain has agreed with the newest draft.
AGREED = frozenset({ReviewStatus.APPROVED, *RULED})

#: Whose turn comes after the chain.
AFTER_THE_CHAIN = frozenset({Relation.AUTHORITY, Relation.STAND_IN_AUTHORITY, Relation.DESK, Relation.DESK_CODE_GIVER})


def may_read_papers(held: frozenset[Relation], *, agreed: bool) -> bool:
    """Whether what was sent may be read: by the authority and the desk once the chain has agreed with it."""
    return may(held if agreed or Relation.SELF in held else held - AFTER_THE_CHAIN, Action.READ_PAPERS)


@dataclass(frozen=True, slots=True)
class Oversight:
    """Who looks at the console. `units`: relation → the units to which they are that; `acts_for`: whom they stand in for today;
    `chain`: whether reviews wait for them, or for whom they act, or are theirs to decide.
    """

    person: Person
    units: Mapping[Relation, Collection[int]] = field(default_factory=dict)
    acts_for: tuple[int, ...] = ()
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
        """Whether they write to many of their office, and read what became of it."""
        return may(relations_to_office(self.person, self.person.office), Action.BROADCAST)

    @property
    def collects(self) -> bool:
        """Whether they see what dossiers lack, and take them."""
        return may(relations_to_office(self.person, self.person.office), Action.READ_PART)

    @property
    def keeps_roster(self) -> bool:
        """Whether they bring the roster of their office up to date."""
        return may(relations_to_office(self.person, self.person.office), Action.IMPORT_ROSTER)

    @property
    def anything(self) -> bool:
        """Whether there is anything for them to see."""
        return self.whole or self.chain or any(self.units.values())

    def to_unit(self, office: str, unit: int) -> frozenset[Relation]:
        """What they are to a unit: of the roster, of their further posts."""
        held = relations_to_unit(self.person, office, unit, self.units.get(Relation.IN_CHARGE, ()))
        if Relation.OTHER_OFFICE not in held and unit in self.units.get(Relation.UNIT_HEAD, ()):
            held |= {Relation.UNIT_HEAD}
        return held

    def to_review(self, about: Review | ReviewLine) -> frozenset[Relation]:
        """What they are to a review, for themself and for whom they act."""
        return relations(self.person, about, self.acts_for)

    def sees_review(self, about: Review | ReviewLine, *, party: bool) -> bool:
        """Whether they may know how far it is; `party`: it rates as of the party, and is not the unit's."""
        held = self.to_review(about)
        if not party:
            held |= self.to_unit(about.person.office, about.person.unit_id)
        return may(held, Action.READ_PROGRESS)

    def sees_person(self, other: Person) -> bool:
        """Whether they may know how far somebody is, whatever the form."""
        return may(self.to_unit(other.office, other.unit_id), Action.READ_PROGRESS)
