"""The tree of an office's units and its party bodies, and the chain through which a review goes in it."""

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
    """A unit."""

    id: int
    name: str
    parent: int | None
    desk: bool
    #: The leader in charge above it.
    in_charge: int | None
    #: Who decides here and below; None: as above; or OUTSIDE.
    authority: int | None


@dataclass(frozen=True, slots=True)
class PartyBody:
    """A cell (chi bộ) or committee (đảng ủy) of the office's party members."""

    name: str
    #: The name of the body above it.
    above: str
    secretary: int | None
    deputy: int | None
    #: Who acts for the committee that decides about its members; None: the secretary of the body above; or OUTSIDE.
    authority: int | None


def body_above(bodies: Sequence[PartyBody], person: Person) -> str:
    """The name of the party body above a person's cell, or above a body; "": not known.

    If the roster does not have that cell, it is the only body with none above it.
    """
    own = {folded(name) for name in (person.service.party_cell, person.name) if name}
    for body in bodies:
        if folded(body.name) in own:
            return body.above
    top = [body.name for body in bodies if not body.above]
    return top[0] if len(top) == 1 and len(bodies) > 1 else ""


@dataclass(frozen=True, slots=True)
class Tree:
    """The structure of an office."""

    #: Unit id → the unit.
    seats: Mapping[int, Seat]
    #: Unit id → its head.
    heads: Mapping[int, int]
    #: Unit id → its deputies, in the order of the roster.
    deputies: Mapping[int, tuple[int, ...]]
    #: Public service units (đơn vị sự nghiệp công lập), recognised by their people.
    public: frozenset[int] = frozenset()
    #: Folded name → the party body.
    bodies: Mapping[str, PartyBody] = field(default_factory=dict)
    #: People who never act on the review in question.
    barred: frozenset[int] = frozenset()

    def without(self, barred: frozenset[int]) -> "Tree":
        """The tree for a review on which some people must not act."""
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
        """The cell of a person's official activity, or a cell itself; None: the roster lacks the cell or its leader."""
        named = person.name if person.subject is Subject.PARTY_CELL else person.service.party_cell
        return self.bodies.get(folded(named)) if named else None

    def drafter(self, body: Person) -> int | None:
        """The default drafter of a body's report: its head or, for a cell, its secretary; otherwise its first deputy."""
        if body.subject is Subject.PARTY_CELL:
            return _leading(self.cell_of(body), frozenset({body.id}))
        led = (self.heads.get(body.unit_id), *self.deputies.get(body.unit_id, ()))
        return next((one for one in led if one not in {None, body.id}), None)

    def speaking_for(self, person: Person) -> frozenset[int]:
        """The people whose own review it is: the person, or for a body all who lead it. People barred from it are
        added.
        """
        own = {person.id, *self.barred}
        if person.subject is Subject.PARTY_CELL:
            cell = self.cell_of(person)
            own |= {one for one in (cell.secretary, cell.deputy) if one} if cell else set()
        elif person.subject in BODIES:
            head = self.heads.get(person.unit_id)
            own |= {*self.deputies.get(person.unit_id, ()), *(() if head is None else (head,))}
        return frozenset(own)

    def decider(self, person: Person, rule: ApprovalRule = PLAIN) -> int | None:
        """The person who decides the review by `rule`, who is never one whose own review it is.

        None: an authority outside the installation (for the head of the whole office, for a body led by that head, or
        if the roster says so), or a party body that the roster lacks.
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
        """The authority named for the unit or a unit above, otherwise the head of the whole office."""
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
        """The head of the public service unit within the office, unless somebody else is named. None: there is none, or
        it is their own review.
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
        """Who acts for the committee above the person's cell, or above the cell itself."""
        cell, own = self.cell_of(person), self.speaking_for(person)
        if cell is None or cell.authority == OUTSIDE:
            return None
        if cell.authority is not None and cell.authority not in self.barred:
            return None if cell.authority in own else cell.authority
        return _leading(self.bodies.get(folded(cell.above)) if cell.above else None, own)

    def committee_on(self, person: Person) -> tuple[str, int | None]:
        """The party committee at a person's place of work, which is asked for its opinion, and who speaks for it. ("",
        None): not on the roster.

        It is that of the person's cell; for whoever leads the whole office, the one above it.
        """
        body = self.cell_of(person)
        seat = self.seats.get(person.unit_id)
        if body and seat and seat.parent is None:
            body = self.bodies.get(folded(body.above), body)
        return (body.name, _leading(body, self.speaking_for(person))) if body else ("", None)

    def chain(self, person: Person, rule: ApprovalRule, walked: Sequence[Step] = ()) -> tuple[Step, ...]:
        """The chain of a draft.

        If nobody can take any step of the rule, the next head above does; not for rules without steps or in the party.
        `walked` are the steps that already agreed: they stay as they are, whoever holds those roles today, and nobody
        is asked twice.
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
        """People who cannot be a step: those whose own review it is, or the authors of a body's report where they are
        known. So a deputy may agree to what the head drafted.
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
    """The secretary of a party body; for the secretary's own review, the deputy secretary."""
    leaders = (body.secretary, body.deputy) if body else ()
    return next((one for one in leaders if one is not None and one not in own), None)


def tree_of(seats: Iterable[Seat], people: Sequence[Person], bodies: Iterable[PartyBody] = ()) -> Tree:
    """The tree from an office's seats, people (at all their posts) and party bodies."""
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
    """The units whose people, including those of units below, are all employees (viên chức) or contract workers.

    A head by a second post belongs elsewhere and is not considered.
    """
    found: dict[int, set[Subject]] = {}
    for person in people:
        unit = seats.get(person.unit_id) if person.post == 0 and person.subject not in BODIES else None
        while unit is not None:
            found.setdefault(unit.id, set()).add(person.subject)
            unit = seats.get(unit.parent) if unit.parent is not None else None
    public = {Subject.EMPLOYEE, Subject.WORKER}
    return frozenset(unit for unit, subjects in found.items() if Subject.EMPLOYEE in subjects and subjects <= public)
