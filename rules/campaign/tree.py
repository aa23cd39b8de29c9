"""The tree of an office's units, and through whom a review goes in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.book.procedure import ApprovalRule, Role
from rules.nouns.people import Person
from rules.nouns.reviews import Step

#: As `authority` of a unit: its people are decided by an authority outside; those of the units below are not.
OUTSIDE = 0


@dataclass(frozen=True, slots=True)
class Seat:
    """A unit. `in_charge`: the leader in charge above it; `authority`: who decides here and below (None: as above), or
    OUTSIDE.
    """

    id: int
    name: str
    parent: int | None
    desk: bool
    in_charge: int | None
    authority: int | None


@dataclass(frozen=True, slots=True)
class Tree:
    """An office: its units by id, who heads each, and its deputies in the order of the roster."""

    seats: Mapping[int, Seat]
    heads: Mapping[int, int]
    deputies: Mapping[int, tuple[int, ...]]

    def up_from(self, unit: int) -> Iterator[Seat]:
        """The unit and those above it, nearest first."""
        seat = self.seats.get(unit)
        while seat is not None:
            yield seat
            seat = self.seats.get(seat.parent) if seat.parent is not None else None

    def below(self, unit: int) -> tuple[int, ...]:
        """The units directly under it."""
        return tuple(seat.id for seat in self.seats.values() if seat.parent == unit)

    def decider(self, person: Person) -> int | None:
        """Who decides the review: the authority named for the unit or above it, else the head of the whole office;
        whoever would have to decide their own is passed over.

        None: an authority outside, for the head of the whole office and where the roster says so.
        """
        if person.unit_id in self.seats and self.seats[person.unit_id].authority == OUTSIDE:
            return None
        passed = {None, OUTSIDE, person.id}
        named = next((seat.authority for seat in self.up_from(person.unit_id) if seat.authority not in passed), None)
        top = list(self.up_from(person.unit_id))[-1:]
        found = named or (self.heads.get(top[0].id) if top else None)
        return None if found == person.id else found

    def chain(self, person: Person, rule: ApprovalRule, walked: Sequence[Step] = ()) -> tuple[Step, ...]:
        """Through whom the draft goes. Where nobody can take any step of the rule: the next head above.

        `walked`: the steps that agreed with the draft already. They stay as they were walked, whoever holds their role by
        now, and only what is still to come is of today; nobody is asked twice.
        """
        steps: dict[int, Step] = {step.person: step for step in walked}
        taken = {step.role for step in walked}
        for role in rule.steps:
            who = None if role.value in taken else self._who(person, role)
            if who is not None and who != person.id:
                steps.setdefault(who, Step(role.value, who))
        if not steps:
            above = (self.heads.get(seat.id) for seat in self.up_from(person.unit_id))
            nearest = next((one for one in above if one is not None and one != person.id), None)
            return (Step(Role.AUTHORITY.value, nearest),) if nearest is not None else ()
        return tuple(steps.values())

    def _who(self, person: Person, role: Role) -> int | None:
        unit = person.unit_id
        match role:
            case Role.UNIT_HEAD:
                return self.heads.get(unit)
            case Role.DEPUTY:
                return next((one for one in self.deputies.get(unit, ()) if one != person.id), None)
            case Role.IN_CHARGE:
                return self.seats[unit].in_charge if unit in self.seats else None
            case Role.AUTHORITY:
                return self.decider(person)


def tree_of(seats: Iterable[Seat], people: Sequence[Person]) -> Tree:
    """The tree of an office's seats and people (at all their posts)."""
    heads: dict[int, int] = {}
    deputies: dict[int, tuple[int, ...]] = {}
    for person in people:
        if person.head:
            heads.setdefault(person.unit_id, person.id)
        if person.deputy:
            deputies[person.unit_id] = (*deputies.get(person.unit_id, ()), person.id)
    return Tree({seat.id: seat for seat in seats}, heads, deputies)
