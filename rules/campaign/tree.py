"""The tree of an office's units, its party bodies beside it, and through whom a review goes in them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rules.book.procedure import OF_PARTY, PLAIN, ApprovalRule, Role
from rules.nouns.people import Person
from rules.nouns.reviews import Step
from rules.nouns.text import folded
from rules.nouns.values import BODIES, Subject

#: As `authority` of a unit: its people are decided by an authority outside; those of the units below are not. Of a party
#: body: the committee above it is outside the office.
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
class PartyBody:
    """A cell (chi bộ) or committee (đảng ủy) of the office's party members. `above`: the body above it, by name; `authority`:
    who acts for the committee that decides about its members (None: the secretary of the body above), or OUTSIDE.
    """

    name: str
    above: str
    secretary: int | None
    deputy: int | None
    authority: int | None


def body_above(bodies: Sequence[PartyBody], person: Person) -> str:
    """The party body above the cell of somebody (of a body: above it); where the roster names no such cell, the only body with none
    above it. "": not known.
    """
    own = {folded(name) for name in (person.service.party_cell, person.name) if name}
    for body in bodies:
        if folded(body.name) in own:
            return body.above
    top = [body.name for body in bodies if not body.above]
    return top[0] if len(top) == 1 and len(bodies) > 1 else ""


@dataclass(frozen=True, slots=True)
class Tree:
    """An office: its units by id, who heads each, and its deputies in the order of the roster; the units that are public
    service units (đơn vị sự nghiệp công lập) by those of the people in them; its party bodies by folded name.
    """

    seats: Mapping[int, Seat]
    heads: Mapping[int, int]
    deputies: Mapping[int, tuple[int, ...]]
    public: frozenset[int] = frozenset()
    bodies: Mapping[str, PartyBody] = field(default_factory=dict)
    barred: frozenset[int] = frozenset()  # who never acts on what is asked about

    def without(self, barred: frozenset[int]) -> "Tree":
        """The tree for a review on which some never act."""
        return replace(self, barred=self.barred | barred) if barred else self

    def up_from(self, unit: int) -> Iterator[Seat]:
        """The unit and those above it, nearest first."""
        seat = self.seats.get(unit)
        while seat is not None:
            yield seat
            seat = self.seats.get(seat.parent) if seat.parent is not None else None

    def below(self, unit: int) -> tuple[int, ...]:
        """The units directly under it."""
        return tuple(seat.id for seat in self.seats.values() if seat.parent == unit)

    def cell_of(self, person: Person) -> PartyBody | None:
        """The cell of somebody's official activity, of a cell itself; None: the roster does not name it, or not who leads it."""
        named = person.name if person.subject is Subject.PARTY_CELL else person.service.party_cell
        return self.bodies.get(folded(named)) if named else None

    def drafter(self, body: Person) -> int | None:
        """Who drafts the report of a body where nobody was named: its head, of a cell its secretary; else the first of its deputies."""
        if body.subject is Subject.PARTY_CELL:
            return _leading(self.cell_of(body), frozenset({body.id}))
        led = (self.heads.get(body.unit_id), *self.deputies.get(body.unit_id, ()))
        return next((one for one in led if one not in {None, body.id}), None)

    def speaking_for(self, person: Person) -> frozenset[int]:
        """Whose own the review is: the person's; of a body, that of everybody who leads it. With them, who is barred from it."""
        own = {person.id, *self.barred}
        if person.subject is Subject.PARTY_CELL:
            cell = self.cell_of(person)
            own |= {one for one in (cell.secretary, cell.deputy) if one} if cell else set()
        elif person.subject in BODIES:
            head = self.heads.get(person.unit_id)
            own |= {*self.deputies.get(person.unit_id, ()), *(() if head is None else (head,))}
        return frozenset(own)

    def decider(self, person: Person, rule: ApprovalRule = PLAIN) -> int | None:
        """Who decides the review: the one `rule` names, never somebody whose own it is.

        None: an authority outside (for the head of the whole office, for a body that the head of the whole office leads, where
        the roster says so), or a party body that the roster does not name.
        """
        match rule.decides:
            case Role.CELL:
                return self._of_cell(person)
            case Role.COMMITTEE:
                return self._of_committee(person)
            case Role.PUBLIC_UNIT:
                return self._of_public_unit(person) or self._authority(person)
        return self._authority(person)

    def _authority(self, person: Person) -> int | None:
        """The authority named for the unit or above it, else the head of the whole office."""
        own = self.speaking_for(person)
        if person.unit_id in self.seats and self.seats[person.unit_id].authority == OUTSIDE:
            return None
        passed = {None, OUTSIDE, *own}
        named = next((seat.authority for seat in self.up_from(person.unit_id) if seat.authority not in passed), None)
        top = list(self.up_from(person.unit_id))[-1:]
        found = named or (self.heads.get(top[0].id) if top else None)
        if found in self.barred and top and person.subject in BODIES and person.unit_id != top[0].id:
            deputies = self.deputies.get(top[0].id, ())  # the head of all wrote of it: a deputy decides in their place
            return next((one for one in deputies if one not in own), None)
        return None if found in own else found

    def _of_public_unit(self, person: Person) -> int | None:
        """The head of the public service unit that is part of the office, where nobody else is named; None: there is none, or
        it is their own.
        """
        above = list(self.up_from(person.unit_id))
        unit = next((seat for seat in reversed(above) if seat.id in self.public), None)
        if unit is None or any(seat.authority is not None for seat in above[: above.index(unit) + 1]):
            return None
        found = self.heads.get(unit.id)
        return None if found in self.speaking_for(person) else found

    def _of_cell(self, person: Person) -> int | None:
        return _leading(self.cell_of(person), self.speaking_for(person))

    def _of_committee(self, person: Person) -> int | None:
        """Who acts for the committee above the person's cell (above the cell itself, when it is a cell)."""
        cell, own = self.cell_of(person), self.speaking_for(person)
        if cell is None or cell.authority == OUTSIDE:
            return None
        if cell.authority is not None and cell.authority not in self.barred:
            return None if cell.authority in own else cell.authority
        return _leading(self.bodies.get(folded(cell.above)) if cell.above else None, own)

    def committee_on(self, person: Person) -> tuple[str, int | None]:
        """The party committee where somebody works, whose opinion is asked of them, and who speaks for it: that of their cell; of
        whoever leads the whole office the one above it. "", None: the roster names none.
        """
        body = self.cell_of(person)
        seat = self.seats.get(person.unit_id)
        if body and seat and seat.parent is None:
            body = self.bodies.get(folded(body.above), body)
        return (body.name, _leading(body, self.speaking_for(person))) if body else ("", None)

    def chain(self, person: Person, rule: ApprovalRule, walked: Sequence[Step] = ()) -> tuple[Step, ...]:
        """Through whom the draft goes. Where nobody can take any step of the rule: the next head above; of a rule without
        steps, and in the party's lines, nobody.

        `walked`: the steps that agreed with the draft already. They stay as they were walked, whoever holds their role by
        now, and only what is still to come is of today; nobody is asked twice.
        """
        own = self._never_steps(person)
        steps: dict[int, Step] = {step.person: step for step in walked}
        taken = {step.role for step in walked}
        for role in rule.steps:
            who = None if role.value in taken else self._who(person, role)
            if who is not None and who not in own:
                steps.setdefault(who, Step(role.value, who))
        if not steps and rule.steps and not OF_PARTY.intersection({*rule.steps, rule.decides}):
            above = (self.heads.get(seat.id) for seat in self.up_from(person.unit_id))
            nearest = next((one for one in above if one is not None and one not in own), None)
            return (Step(Role.AUTHORITY.value, nearest),) if nearest is not None else ()
        return tuple(steps.values())

    def _never_steps(self, person: Person) -> frozenset[int]:
        """Who is no step: whose own it is; of a body's report, where that is known, who wrote any of it: a deputy may agree to what the
        head drafted.
        """
        if self.barred and person.subject in BODIES:
            return frozenset({person.id, *self.barred})
        return self.speaking_for(person)

    def _who(self, person: Person, role: Role) -> int | None:
        unit, own = person.unit_id, self._never_steps(person)
        match role:
            case Role.UNIT_HEAD:
                head = self.heads.get(unit)
                deputies = self.deputies.get(unit, ()) if head in self.barred else ()
                return next((one for one in deputies if one not in own), head)
            case Role.DEPUTY:
                return next((one for one in self.deputies.get(unit, ()) if one not in own), None)
            case Role.IN_CHARGE:
                return self.seats[unit].in_charge if unit in self.seats else None
            case Role.AUTHORITY:
                return self._authority(person)
            case Role.PUBLIC_UNIT:
                return self._of_public_unit(person)
            case Role.CELL:
                return self._of_cell(person)
            case Role.COMMITTEE:
                return self._of_committee(person)


def _leading(body: PartyBody | None, own: frozenset[int]) -> int | None:
    """Its secretary; of what is the secretary's own, the deputy secretary."""
    leaders = (body.secretary, body.deputy) if body else ()
    return next((one for one in leaders if one is not None and one not in own), None)


def tree_of(seats: Iterable[Seat], people: Sequence[Person], bodies: Iterable[PartyBody] = ()) -> Tree:
    """The tree of an office's seats, people (at all their posts) and party bodies."""
    heads: dict[int, int] = {}
    deputies: dict[int, tuple[int, ...]] = {}
    for person in people:
        if person.head:
            heads.setdefault(person.unit_id, person.id)
        if person.deputy:
            deputies[person.unit_id] = (*deputies.get(person.unit_id, ()), person.id)
    by_id = {seat.id: seat for seat in seats}
    return Tree(by_id, heads, deputies, _public(by_id, people), {folded(one.name): one for one in bodies})


def _public(seats: Mapping[int, Seat], people: Iterable[Person]) -> frozenset[int]:
    """The units whose people, and those of the units below, are employees (viên chức), besides contract workers: who heads
    one by a second post is of elsewhere.
    """
    found: dict[int, set[Subject]] = {}
    for person in people:
        unit = seats.get(person.unit_id) if person.post == 0 and person.subject not in BODIES else None
        while unit is not None:
            found.setdefault(unit.id, set()).add(person.subject)
            unit = seats.get(unit.parent) if unit.parent is not None else None
    public = {Subject.EMPLOYEE, Subject.WORKER}
    return frozenset(unit for unit, subjects in found.items() if Subject.EMPLOYEE in subjects and subjects <= public)
