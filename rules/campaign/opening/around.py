"""What decides, besides a person and the rulebooks, which forms they fill: what the desk chose, and what the units are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rules.book.rulebook import Rulebook
from rules.nouns.office import OfficeSettings, Scope
from rules.nouns.people import Person
from rules.nouns.values import Subject

#: Whom the laws of civil servants are about; of which of them most of a unit are says what the unit is.
CIVIL = frozenset({Subject.OFFICIAL, Subject.CADRE, Subject.EMPLOYEE})


@dataclass(frozen=True, slots=True)
class OfficeAround:
    """`scopes`: for which units the rulebooks of the campaign are (`rules.reading.selecting.scopes`). `service_units`: those
    most of whose civil servants are employees (viên chức); a unit that has none is what most of the office are. `own_rows`:
    units that stand on the roster as a body of their own. `units`: all of them, with their names.
    """

    settings: OfficeSettings = field(default_factory=OfficeSettings)
    scopes: tuple[Scope, ...] = ()
    service_units: frozenset[int] = frozenset()
    own_rows: frozenset[int] = frozenset()
    units: Mapping[int, str] = field(default_factory=dict)

    def takes(self, book: Rulebook, subject: Subject, unit: int) -> bool:
        """Whether the rulebook is for such a person or body in that unit. Where two rulebooks of the campaign are parted by what
        the desk has not said yet, neither is.
        """
        rows = [one for one in self.scopes if (one.rulebook, one.subject) == (book.id, subject)]
        service = unit in self.service_units
        return not rows or any(
            one.takes(self.settings, service_unit=service) and not self.undecided(one) for one in rows
        )

    def undecided(self, scope: Scope) -> bool:
        """Whether it waits for the desk to say if the unit has a regulation of its own: the campaign has both rulebooks."""
        if scope.own_regulation is None or self.settings.own_regulation is not None:
            return False
        other = not scope.own_regulation
        return any(one.own_regulation is other and one.subject is scope.subject for one in self.scopes)

    def body_of(self, person: Person) -> Person | None:
        """The unit that somebody heads, as the body that is rated; None: it is rated elsewhere, or by a row of its own.

        Its head has its form filled (NĐ 335/2025 Điều 9 khoản 2 điểm a; NĐ 233/2026 Điều 9 khoản 2).
        """
        if not (self.settings.rate_units and person.head) or person.unit_id in self.own_rows:
            return None
        return as_body(person)


#: Nothing is known of the office but its people and rulebooks.
NOWHERE = OfficeAround()


def around(
    people: Sequence[Person],
    settings: OfficeSettings,
    scopes: Iterable[Scope] = (),
    units: Mapping[int, str] | None = None,
) -> OfficeAround:
    """Of an office with these people (at all their posts)."""
    own = [one for one in people if one.post == 0]
    kinds: dict[int, Counter[bool]] = {one.unit_id: Counter() for one in people}
    for one in own:
        if one.subject in CIVIL:
            kinds[one.unit_id][one.subject is Subject.EMPLOYEE] += 1
    whole = sum(kinds.values(), Counter[bool]())
    service = frozenset(unit for unit, kind in kinds.items() if _service(kind or whole))
    rows = frozenset(one.unit_id for one in own if one.subject is Subject.ORGANISATION)
    return OfficeAround(settings, tuple(scopes), service, rows, units or {one.unit_id: one.unit for one in people})


def as_body(person: Person) -> Person:
    """The unit of a person, as rules ask of whom they rate."""
    return replace(
        person, subject=Subject.ORGANISATION, leader=False, head=False, deputy=False, party_member=False, group=""
    )


def _service(kind: Counter[bool]) -> bool:
    return kind[True] > kind[False]
