"""What opening a campaign would do, before it is done: who gets which form, who gets none and what to do about it, and what
the desk is told or asked first.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from rules.book.milestones import SELF_REVIEW
from rules.book.procedure import (
    OF_PARTY,
    ApprovalRule,
    DeciderTitle,
    Effect,
    Procedure,
    Role,
    SpecialCase,
    approval_of,
    decider_title,
)
from rules.book.rulebook import Rulebook
from rules.campaign.due_forms import DueForm, asked_of, comes_later, due_forms
from rules.campaign.tree import Tree
from rules.judging.interview import subjects_rated
from rules.nouns.office import OfficeSettings, Transition
from rules.nouns.people import Person, traits
from rules.nouns.periods import Period
from rules.nouns.reviews import Json
from rules.nouns.service import Leaving
from rules.nouns.values import BODIES, Subject

#: The circumstance that a case asks → the field of the roster's row that tells it.
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
#: How often a form may be filled → a period that asks it.
_PERIODS: Mapping[str, str] = {"year": "year", "half": "h1", "quarter": "q1", "month": "m01"}


@dataclass(frozen=True, slots=True)
class WithoutForm:
    """Somebody who gets no form, or not one that others get. `why` names the sentence that says why and what to do:

    `case`: the rulebook excepts them (`case`, and `columns` of the roster that tell it);
    `choice`: the office chose not to review contract workers (`case`);
    `undecided`: it has not said yet whether it does (`case`);
    `column`: there is a form where `columns` say otherwise than they do;
    `period`: there is a form, but of another period (`periods`);
    `subject`: the rulebooks have no form for such a subject;
    `later`: they came to the office when the period was over;
    `gone`: they left in the year, and no case of the rulebooks says who rates them.
    """

    person: Person
    why: str
    case: SpecialCase | None = None
    columns: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()

    def values(self) -> dict[str, Json]:
        """As a template takes it."""
        who: dict[str, Json] = {"name": self.person.called, "unit": self.person.unit, "position": self.person.position}
        about: dict[str, Json] = {
            "why": self.why,
            "title": self.case.title if self.case else "",
            "cite": self.case.cite if self.case else "",
            "subject": self.person.subject.value,
            "columns": [*self.columns],
            "periods": [*self.periods],
            "day": day.isoformat() if (day := self._day) else "",
        }
        return who | about

    @property
    def _day(self) -> dt.date | None:
        """The first day of who came later, else the last one."""
        service = self.person.service
        return service.joined if self.why == "later" else service.left


@dataclass(frozen=True, slots=True)
class SharedOut:
    """Who gets which forms of a campaign's rulebooks, and who gets none."""

    given: tuple[tuple[Person, DueForm], ...] = ()
    without: tuple[WithoutForm, ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningPoint:
    """What the desk is told, and agrees to or answers, before a campaign opens. `key` names its sentence
    (`templates/messages/opening/labels.j2`), `values` fill it. `setting`: what it asks is a yes/no of the office
    (`rules.nouns.office.OfficeSettings`), by that name, `on` of `values` as it is, None: not answered yet; "": it is
    agreed to by opening.
    """

    key: str
    values: Mapping[str, Json] = field(default_factory=dict)
    setting: str = ""

    @property
    def open(self) -> bool:
        """Whether an answer is waited for."""
        return bool(self.setting) and self.values["on"] is None


def shared_out(
    books: Sequence[Rulebook],
    people: Iterable[Person],
    period: Period,
    *,
    beside: Sequence[Rulebook] = (),
    gone: Iterable[Person] = (),
    review_workers: bool | None = None,
) -> SharedOut:
    """What `books` ask of these people, besides what the open rulebooks of `beside` ask already. `gone`: who has left."""
    names = {book.id for book in books}
    given: list[tuple[Person, DueForm]] = []
    without: list[WithoutForm] = []
    for person in people:
        asked = asked_of((*beside, *books), person, period, review_workers=review_workers)
        given += ((person, due) for due in asked.forms if due.rulebook in names)
        cases = (case for due, case in asked.excepted if due.rulebook in names)
        without += (_excepted(person, case, review_workers=review_workers) for case in cases)
        if not asked.forms and not asked.excepted:
            later = comes_later(person, period)
            without.append(WithoutForm(person, "later") if later else _formless(books, person, period.name))
    for person in gone:
        if person.service.left and period.first <= person.service.left <= period.last:
            excepted = asked_of(books, person, period, review_workers=review_workers).excepted
            without += [_excepted(person, case, review_workers=review_workers) for _, case in excepted] or [
                WithoutForm(person, "gone")
            ]
    return SharedOut(tuple(given), tuple(without))


def opening_points(
    books: Sequence[Rulebook],
    days: Mapping[str, Mapping[str, dt.date]],
    people: Iterable[Person],
    year: int,
    today: dt.date,
    settings: OfficeSettings,
    transitions: Sequence[Transition] = (),
    tree: Tree | None = None,
    period: str = "year",
) -> tuple[OpeningPoint, ...]:
    """All that is to be settled before these rulebooks are opened: whatever else a rulebook has the desk asked belongs in
    this list. `days`: rulebook → milestone → last day; `transitions`: `rules.reading.selecting.transitions`; `tree`: of the
    office, for who comments and decides.
    """
    return (
        *_not_in_force(books, year),
        *chain.from_iterable(_past(book, days.get(book.id, {}), today) for book in books),
        *_by_choice(books, people, settings),
        *_own_regulation(transitions, year, settings),
        *_leaving(people, year),
        *_second_posts(people),
        *(_lines(books, people, tree, period) if tree else ()),
    )


def _not_in_force(books: Sequence[Rulebook], year: int) -> Iterator[OpeningPoint]:
    for book in books:
        until = book.head.until
        if book.head.since.year > year or (until is not None and until.year < year):
            yield OpeningPoint("not_in_force", {"title": book.title, "year": year})


def _past(book: Rulebook, days: Mapping[str, dt.date], today: dt.date) -> Iterator[OpeningPoint]:
    titles = {milestone.key: milestone.title for milestone in book.milestones}
    for key, day in sorted(days.items(), key=lambda one: one[1]):
        if day < today and (key in titles or key == SELF_REVIEW):
            yield OpeningPoint("past", {"title": titles.get(key, ""), "day": day.isoformat()})


def _by_choice(books: Sequence[Rulebook], people: Iterable[Person], settings: OfficeSettings) -> Iterator[OpeningPoint]:
    """Asked where a rulebook that leaves it to the office has a form for such people: else no answer changes anything."""
    listed = [one for one in people if one.subject is Subject.WORKER and one.post == 0]
    for book in books:
        workers = [one for one in listed if any(due_forms([book], one, period) for period in _PERIODS.values())]
        for case in book.procedure.special_cases:
            if workers and case.effect is Effect.BY_CHOICE and not case.chosen:
                told: dict[str, Json] = {"n": len(workers), "cite": case.cite, "on": settings.review_workers}
                yield OpeningPoint("review_workers", told, "review_workers")
                return


def _own_regulation(transitions: Sequence[Transition], year: int, settings: OfficeSettings) -> Iterator[OpeningPoint]:
    """Asked once; answered, the rulebook that is for the other units is doubted."""
    said = settings.own_regulation
    if transitions:
        yield OpeningPoint("own_regulation", {"year": year, "cite": transitions[0].cite, "on": said}, "own_regulation")
    for one in transitions:
        if said is not None and said is not one.regulation:
            yield OpeningPoint("other_rulebook", {"title": one.title, "instead": one.instead, "cite": one.cite})


def _leaving(people: Iterable[Person], year: int) -> Iterator[OpeningPoint]:
    """Who has a last day to come and is not transferred: the rulebooks give them to no other body, so they get their form,
    and whoever is to be asked is so while they are here.
    """
    for person in people:
        left, why = person.service.left, person.service.left_as
        if left and left.year == year and person.post == 0 and why is not Leaving.TRANSFERRED:
            yield OpeningPoint(
                "leaving", {"name": person.name, "day": left.isoformat(), "why": why.value if why else ""}
            )


def _second_posts(people: Iterable[Person]) -> Iterator[OpeningPoint]:
    """Who holds two posts is reviewed at both; no text we have seen names the one at which they are rated."""
    own: dict[int, Person] = {}
    for person in people:
        if person.post == 0:
            own[person.id] = person
        elif first := own.get(person.id):
            where: dict[str, Json] = {"position": first.position, "unit": first.unit}
            yield OpeningPoint(
                "second_post",
                {"name": person.name, **where, "other": person.position, "other_unit": person.unit},
            )


def _lines(books: Sequence[Rulebook], people: Iterable[Person], tree: Tree, period: str) -> Iterator[OpeningPoint]:
    """Where forms go otherwise than to the office's own heads: to the head of a public service unit within it, to an authority
    outside, to party bodies that the roster does not name (whole).
    """
    unnamed: dict[str, list[set[str]]] = {}
    outside: dict[DeciderTitle, dict[str, str]] = {}
    public: dict[tuple[int, str], set[int]] = {}
    for person, procedure, subjects in _due_lines(books, people, period):
        rule = approval_of(procedure, person, subjects)
        decider = tree.decider(person, rule)
        title = decider_title(procedure, person, next(iter(subjects), None), outside=True)
        if missing := _missing_of_party(person, rule, tree):
            cell = person.name if person.subject is Subject.PARTY_CELL else person.service.party_cell
            unnamed.setdefault(cell, []).append(missing)
        elif decider is None and title:
            outside.setdefault(title, {})[person.name] = person.office_parent if title.above else ""
        elif rule.decides is Role.PUBLIC_UNIT and decider and decider != tree.decider(person):
            public.setdefault((decider, rule.cite), set()).add(person.id)
    called = {person.id: person.name for person in people}
    for (decider, cite), whose in public.items():
        yield OpeningPoint("public_unit", {"n": len(whose), "name": called.get(decider, ""), "cite": cite})
    for title, named in outside.items():
        told: dict[str, Json] = {"title": title.title, "above": next(iter(named.values())), "cite": title.cite}
        yield OpeningPoint("outside", {**told, "names": [*named]})
    for name, kinds in unnamed.items():
        lacking: list[Json] = [kind for kind in ("cell", "secretary", "committee") if any(kind in one for one in kinds)]
        yield OpeningPoint("party_line", {"cell": name, "n": len(kinds), "missing": lacking})


def _due_lines(
    books: Sequence[Rulebook], people: Iterable[Person], period: str
) -> Iterator[tuple[Person, Procedure, tuple[Subject, ...]]]:
    shelf = {book.id: book for book in books}
    for person in people:
        for due in due_forms(books, person, period):
            book = shelf[due.rulebook]
            yield person, book.procedure, subjects_rated(book.forms[due.form], person)


def _missing_of_party(person: Person, rule: ApprovalRule, tree: Tree) -> set[str]:
    """What the roster does not say of the party bodies through which a form goes."""
    is_cell = person.subject is Subject.PARTY_CELL
    named = is_cell or bool(person.service.party_cell)
    if not OF_PARTY.intersection({*rule.steps, rule.decides}) or (person.subject in BODIES and not named):
        return set()  # of a leadership collective without a cell decides who manages it, outside
    cell = tree.cell_of(person)
    if cell is None:
        return ({"secretary"} if Role.CELL in rule.steps else set()) | {"committee"} if named else {"cell"}
    missing = {"secretary"} if Role.CELL in rule.steps and cell.secretary is None else set()
    if rule.decides is Role.COMMITTEE and cell.authority is None and tree.decider(person, rule) is None:
        missing.add("committee")
    return missing


def _excepted(person: Person, case: SpecialCase, *, review_workers: bool | None) -> WithoutForm:
    told_by = dict.fromkeys(_TOLD_BY[test.fact] for test in case.when.tests if test.fact in _TOLD_BY)
    if case.effect is not Effect.BY_CHOICE:
        return WithoutForm(person, "case", case, tuple(told_by))
    return WithoutForm(person, "undecided" if review_workers is None else "choice", case)


def _formless(books: Sequence[Rulebook], person: Person, period: str) -> WithoutForm:
    """Why no rulebook has a form for this person: what else would have to stand in the roster, or be asked."""
    for columns in _OTHERWISE:
        otherwise: dict[str, Any] = {name: not traits(person)[name] for name in columns}
        if due_forms(books, replace(person, **otherwise), period):
            return WithoutForm(person, "column", columns=columns)
    periods = tuple(kind for kind, one in _PERIODS.items() if due_forms(books, person, one))
    if periods:
        return WithoutForm(person, "period", periods=periods)
    return WithoutForm(person, "subject")
