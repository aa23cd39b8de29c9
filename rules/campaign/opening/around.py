"""The choices of the desk and the kinds of units, which decide, with the person and the rulebooks, who fills in which
form.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rules.book.rulebook import Rulebook
from rules.nouns.office import OfficeSettings, Scope
from rules.nouns.people import Person
from rules.nouns.values import Subject

#: Subjects of the civil service laws. The most frequent one among a unit's people says what kind of unit it is.
CIVIL = frozenset({Subject.OFFICIAL, Subject.CADRE, Subject.EMPLOYEE})


@dataclass(frozen=True, slots=True)
class OfficeAround:
    """The office, as far as the choice of forms depends on it."""

    settings: OfficeSettings = field(default_factory=OfficeSettings)
    #: The units for which the campaign's rulebooks are meant (`rules.reading.selecting.scopes`).
    scopes: tuple[Scope, ...] = ()
    #: Units most of whose civil servants are employees (viên chức). A unit without civil servants is what most of the
    #: office is.
    service_units: frozenset[int] = frozenset()
    #: Units that have a row of their own on the roster, as a body.
    own_rows: frozenset[int] = frozenset()
    #: All units, with their names.
    units: Mapping[int, str] = field(default_factory=dict)

    def takes(self, book: Rulebook, subject: Subject, unit: int) -> bool:
        """Whether the rulebook applies to such a person or body in that unit. If two rulebooks differ by a choice that
        the desk has not made yet, neither applies.
        """
        rows = [one for one in self.scopes if (one.rulebook, one.subject) == (book.id, subject)]
        service = unit in self.service_units
        return not rows or any(
            one.takes(self.settings, service_unit=service) and not self.undecided(one) for one in rows
        )

    def undecided(self, scope: Scope) -> bool:
        """Whether the desk still has to say if the unit has a regulation of its own: the campaign has a rulebook for
        either case.
        """
        if scope.own_regulation is None or self.settings.own_regulation is not None:
            return False
        other = not scope.own_regulation
        return any(one.own_regulation is other and one.subject is scope.subject for one in self.scopes)

    def body_of(self, person: Person) -> Person | None:
        """The unit that a person heads, as the body to be rated; None: it is rated elsewhere or has a row of its own.

        The head has its form filled in (NĐ 335/2025 Điều 9 khoản 2 điểm a; NĐ 233/2026 Điều 9 khoản 2).
        """
        if not (self.settings.rate_units and person.head) or person.unit_id in self.own_rows:
            return None
        return as_body(person)


#: Nothing is known of the office except its people and rulebooks.
NOWHERE = OfficeAround()


def around(
    people: Sequence[Person],
    settings: OfficeSettings,
    scopes: Iterable[Scope] = (),
    units: Mapping[int, str] | None = None,
) -> OfficeAround:
    """The surroundings of an office with these people (at all their posts)."""
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
    """A person's unit as a subject of the rules."""
    return replace(
        person, subject=Subject.ORGANISATION, leader=False, head=False, deputy=False, party_member=False, group=""
    )


def _service(kind: Counter[bool]) -> bool:
    return kind[True] > kind[False]
