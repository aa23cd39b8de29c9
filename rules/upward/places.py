"""What a person is to the package of a unit, for the table of permissions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from rules.campaign.permissions import Action, Relation, relations_to_unit
from rules.nouns.people import Person
from rules.upward.standing import Deed


@dataclass(frozen=True, slots=True)
class Seating:
    """Who is responsible for what in an office."""

    office: str
    #: Unit → its head.
    heads: Mapping[int, int] = field(default_factory=dict)
    #: Unit → the leader in charge of it.
    in_charge: Mapping[int, int] = field(default_factory=dict)
    #: The units of the office itself.
    top: frozenset[int] = frozenset()
    #: Unit without a head → the secretary of the party cell in it.
    cells: Mapping[int, int] = field(default_factory=dict)

    def sender(self, unit: int) -> int | None:
        """Who sends a unit's package."""
        return self.heads.get(unit) or (None if unit in self.top else self.cells.get(unit))

    @property
    def chiefs(self) -> frozenset[int]:
        """The heads of the office."""
        return frozenset(self.heads[unit] for unit in self.top if unit in self.heads)


def relations_to_sent(
    person: Person, seating: Seating, unit: int, acts_for: Collection[int] = ()
) -> frozenset[Relation]:
    """The relations to the package's unit. The authority is the head of the office, even if somebody outside decides."""
    of_unit = relations_to_unit(person, seating.office, unit)
    if Relation.OTHER_OFFICE in of_unit:
        return of_unit
    found = {
        Relation.UNIT_HEAD: seating.sender(unit) == person.id,
        # A stand-in acts for the head of a unit, never for the secretary of a cell: that is no post of the office.
        Relation.STAND_IN: seating.heads.get(unit) in acts_for,
        Relation.IN_CHARGE: seating.in_charge.get(unit) == person.id,
        Relation.AUTHORITY: person.id in seating.chiefs,
        Relation.STAND_IN_AUTHORITY: bool(seating.chiefs & frozenset(acts_for)),
    }
    return (of_unit - {Relation.UNIT_HEAD}) | {relation for relation, holds in found.items() if holds}


def sending(seating: Seating, unit: int) -> Action:
    """The action of sending it: upward or, for the office itself, to an authority outside."""
    return Action.SEND_OUT if unit in seating.top else Action.SEND_UP


def action_of(deed: Deed, seating: Seating, unit: int) -> Action:
    """The action that must be allowed for that deed."""
    return Action.RETURN_SENT if deed is Deed.RETURNED else sending(seating, unit)
