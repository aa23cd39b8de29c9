"""Before opening: who gets which form, who gets none, and what to do about that."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rules.book.procedure import Effect, SpecialCase
from rules.book.rulebook import Rulebook
from rules.campaign.months.tracking import absence
from rules.campaign.opening.around import NOWHERE, OfficeAround
from rules.campaign.opening.due_forms import PERIODS, AskedForms, DueForm, asked_of, comes_later, due_forms
from rules.nouns.office import Scope
from rules.nouns.people import Person, traits
from rules.nouns.periods import Period
from rules.nouns.reviews import Json
from rules.nouns.values import Subject

#: A circumstance tested by a special case → the roster field that gives it.
_TOLD_BY: Mapping[str, str] = {
    "moved_away": "left_as",
    "party_suspended": "leaves",
    "party_exempt": "leaves",
    "suspended": "leaves",
    "months_since_joined": "party_since",
}

#: What may have been written by mistake of somebody whose subject the rulebooks know, the likeliest first. Not whether
#: they are of the party: whoever is, has a form of the party's, whatever their subject.
_OTHERWISE = (("leader",), ("head",), ("deputy",), ("serves_public",), ("leader", "head"), ("leader", "deputy"))

#: Who has a form of their own as a civil servant, or as a contract worker, besides that of the party.
_CIVIL = frozenset({Subject.OFFICIAL, Subject.EMPLOYEE, Subject.WORKER})


@dataclass(frozen=True, slots=True)
class WithoutForm:
    """A person who gets no form, or lacks one that others get."""

    person: Person
    #: Names the sentence with the reason and the remedy:
    #: - `case`: a special case of the rulebook exempts them (`case`; `columns` of the roster show it).
    #: - `choice`: the office chose not to review contract workers (`case`).
    #: - `undecided`: the office has not chosen yet (`case`).
    #: - `unsaid`: the desk has not said whether the unit has a regulation of its own (`scope`).
    #: - `other_book`: the rulebook for such units was not selected (`scope`).
    #: - `column`: there would be a form if `columns` of the roster were different.
    #: - `period`: there is a form, but for another period (`periods`).
    #: - `subject`: the rulebooks have no form for such a subject.
    #: - `away`: they were absent throughout (`leave` is the kind), or no longer in service.
    #: - `later`: they joined the office after the period.
    #: - `gone`: they left in the year, and no special case says who rates them.
    why: str
    case: SpecialCase | None = None
    columns: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    scope: Scope | None = None
    leave: str = ""

    def values(self) -> dict[str, Json]:
        """The values for its template."""
        who: dict[str, Json] = {"name": self.person.called, "unit": self.person.unit, "position": self.person.position}
        about: dict[str, Json] = {
            "why": self.why,
            "title": self.case.title if self.case else "",
            "cite": self.case.cite if self.case else self.scope.cite if self.scope else "",
            "choice": self.case.choice.value if self.case else "",
            "instead": self.scope.instead if self.scope else "",
            "service": self.scope.service_unit if self.scope else None,
            "subject": self.person.subject.value,
            "columns": [*self.columns],
            "periods": [*self.periods],
            "leave": self.leave,
            "day": day.isoformat() if (day := self._day) else "",
        }
        return who | about

    @property
    def _day(self) -> dt.date | None:
        """The first day of a person who came later, otherwise the last day."""
        service = self.person.service
        return service.joined if self.why == "later" else service.left


@dataclass(frozen=True, slots=True)
class SharedOut:
    """Who gets which forms of a campaign's rulebooks, and who gets none."""

    given: tuple[tuple[Person, DueForm], ...] = ()
    without: tuple[WithoutForm, ...] = ()


def shared_out(
    books: Sequence[Rulebook],
    people: Iterable[Person],
    period: Period,
    *,
    beside: Sequence[Rulebook] = (),
    gone: Iterable[Person] = (),
    around: OfficeAround = NOWHERE,
) -> SharedOut:
    """What `books` ask of these people, besides what the open rulebooks in `beside` already ask. `gone`: people who
    have left.
    """
    names = {book.id for book in books}
    given: list[tuple[Person, DueForm]] = []
    without: list[WithoutForm] = []
    civil = any(subject in _CIVIL for book in (*beside, *books) for subject, _ in book.profiles)
    for person in people:
        asked = asked_of((*beside, *books), person, period, around)
        given += ((person, due) for due in asked.forms if due.rulebook in names)
        cases = (case for due, case in asked.excepted if due.rulebook in names)
        without += (_excepted(person, case, around) for case in cases)
        if not asked.forms and not asked.excepted:
            without.append(_absent(person, period) or _formless(books, person, period.name, around))
        elif civil and not absence(person.service, period) and person.party_member and person.subject in _CIVIL:
            plain = replace(person, party_member=False)
            if asked_of((*beside, *books), plain, period, around) == AskedForms():
                without.append(_formless(books, plain, period.name, around))
    for person in gone:
        if person.service.left and period.first <= person.service.left <= period.last:
            excepted = asked_of(books, person, period, around).excepted
            without += [_excepted(person, case, around) for _, case in excepted] or [WithoutForm(person, "gone")]
    return SharedOut(tuple(given), tuple(without))


def _absent(person: Person, period: Period) -> WithoutForm | None:
    """Why a person was not there in the period; None: they were."""
    if comes_later(person, period):
        return WithoutForm(person, "later")
    away = absence(person.service, period)
    if away is None:
        return None
    return WithoutForm(person, "later" if away.because == "before" else "away", leave=away.because)


def _excepted(person: Person, case: SpecialCase, around: OfficeAround) -> WithoutForm:
    told_by = dict.fromkeys(_TOLD_BY[test.fact] for test in case.when.tests if test.fact in _TOLD_BY)
    if case.effect is not Effect.BY_CHOICE:
        return WithoutForm(person, "case", case, tuple(told_by))
    return WithoutForm(person, "undecided" if case.choice.of(around.settings) is None else "choice", case)


def _formless(books: Sequence[Rulebook], person: Person, period: str, around: OfficeAround) -> WithoutForm:
    """Why no rulebook has a form for this person: what would have to be changed on the roster, chosen, or asked."""
    barred = [
        one for one in around.scopes if one.subject is person.subject and any(book.id == one.rulebook for book in books)
    ]
    if barred and due_forms(books, person, period):
        waits = next((one for one in barred if around.undecided(one)), None)
        return WithoutForm(person, "unsaid" if waits else "other_book", scope=waits or barred[0])
    for columns in _OTHERWISE:
        otherwise: dict[str, Any] = {name: not traits(person)[name] for name in columns}
        if due_forms(books, replace(person, **otherwise), period, around):
            return WithoutForm(person, "column", columns=columns)
    periods = tuple(kind for kind, one in PERIODS.items() if due_forms(books, person, one, around))
    if periods:
        return WithoutForm(person, "period", periods=periods)
    return WithoutForm(person, "subject")
