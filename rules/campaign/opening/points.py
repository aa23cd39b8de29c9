"""Points before opening a campaign: what the desk is told or asked, and has to confirm or answer."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from rules.book.milestones import SELF_REVIEW, leaves_open, limits
from rules.book.procedure import (
    OF_PARTY,
    ApprovalRule,
    Choice,
    DeciderTitle,
    Effect,
    Procedure,
    Role,
    approval_of,
    decider_title,
)
from rules.book.rulebook import Rulebook
from rules.campaign.months.tracking import last_month
from rules.campaign.opening.around import NOWHERE, OfficeAround, as_body
from rules.campaign.opening.due_forms import PERIODS, DueForm, asked_of, due_forms, kind_of
from rules.campaign.tree import Tree
from rules.judging.interview import subjects_rated
from rules.nouns.people import Person
from rules.nouns.periods import Period
from rules.nouns.reviews import Json
from rules.nouns.service import Leaving
from rules.nouns.values import BODIES, Subject


@dataclass(frozen=True, slots=True)
class OpeningPoint:
    """Something that the desk is told, and confirms or answers, before a campaign is opened."""

    #: Names its sentence (`templates/messages/opening/labels.j2`), which `values` fill.
    key: str
    values: Mapping[str, Json] = field(default_factory=dict)
    #: The setting (`rules.nouns.office.OfficeSettings`) that it asks for as yes or no; `on` in `values` is its present
    #: value, None if not answered. "": opening the campaign confirms it.
    setting: str = ""

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer."""
        return bool(self.setting) and self.values["on"] is None


def opening_points(
    books: Sequence[Rulebook],
    days: Mapping[str, Mapping[str, dt.date]],
    people: Sequence[Person],
    period: Period,
    today: dt.date,
    around: OfficeAround = NOWHERE,
    tree: Tree | None = None,
) -> tuple[OpeningPoint, ...]:
    """Everything to be settled before a campaign under these rulebooks is opened. Any further question belongs in this
    list.

    `days`: rulebook → milestone → last day. `tree`: that of the office, for who comments and decides.
    """
    return (
        *_not_in_force(books, period.year),
        *chain.from_iterable(_past(book, days.get(book.id, {}), today) for book in books),
        *_own_day(books, days, period, around),
        *_by_choice(books, people, around),
        *_own_regulation(books, people, period, around),
        *_units(books, people, period, around),
        *_last_month(books, period),
        *_notes(books, period),
        *_cells(books, people, period, around),
        *_leaving(people, period.year),
        *_second_posts(people),
        *(_lines(books, people, tree, period, around) if tree else ()),
    )


def _last_month(books: Sequence[Rulebook], period: Period) -> Iterator[OpeningPoint]:
    """The desk has to choose how the last month of the year counts, and by which clauses."""
    for rule in dict.fromkeys(rule for book in books if (rule := last_month(book, period))):
        until = f"{period.year + 1}-{rule.finished_by[0]:02}-{rule.finished_by[1]:02}"
        told: dict[str, Json] = {"year": period.year, "month": rule.month, "until": until}
        yield OpeningPoint("last_month", {**told, "cite": rule.cite, "before": rule.before})


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


def _own_day(
    books: Sequence[Rulebook], days: Mapping[str, Mapping[str, dt.date]], period: Period, around: OfficeAround
) -> Iterator[OpeningPoint]:
    """No last day is set for people's own reviews although the rulebooks leave it to the office. It shows the days that
    the texts set for the rating, and the day that the office's last choice gives ("": there was none).
    """
    unset = [book for book in books if leaves_open(book) and SELF_REVIEW not in days.get(book.id, {})]
    if not unset:
        return
    told: dict[str, Json] = {}
    for book in unset if period.name == "year" else ():
        until = limits(book, period.year)
        named = {one.key: one for one in book.milestones}
        told |= {f"{named[key].title} ({named[key].cite})": day.isoformat() for key, day in until.items()}
    offset = around.settings.own_days.get(kind_of(period.name))
    offer = (period.last + dt.timedelta(days=offset)).isoformat() if offset is not None else ""
    limited: list[Json] = [{"title": title, "day": day} for title, day in told.items()]
    yield OpeningPoint("own_day_open", {"limits": limited, "offer": offer})


def _by_choice(books: Sequence[Rulebook], people: Iterable[Person], around: OfficeAround) -> Iterator[OpeningPoint]:
    """Whether to review such people: asked for each setting, if a rulebook that leaves it to the office has a form for
    them. Departments may choose differently from public service units.
    """
    listed = [one for one in people if one.subject is Subject.WORKER and one.post == 0]
    asked: set[Choice] = set()
    for book in books:
        workers = [one for one in listed if around.takes(book, one.subject, one.unit_id)]
        workers = [one for one in workers if any(due_forms([book], one, period) for period in PERIODS.values())]
        for case in book.procedure.special_cases:
            if workers and case.effect is Effect.BY_CHOICE and not case.chosen and case.choice not in asked:
                asked.add(case.choice)
                on, key = case.choice.of(around.settings), case.choice.value
                yield OpeningPoint(key, {"n": len(workers), "cite": case.cite, "on": on}, key)


def _own_regulation(
    books: Sequence[Rulebook], people: Iterable[Person], period: Period, around: OfficeAround
) -> Iterator[OpeningPoint]:
    """Whether the unit has a regulation of its own: asked once if a rulebook depends on it. After the answer, a warning
    if the rulebook for the other kind of units is missing.
    """
    subjects, names = {one.subject for one in people}, {book.id for book in books}
    torn = [one for one in around.scopes if one.own_regulation is not None and one.subject in subjects]
    said = around.settings.own_regulation
    if torn and any(one.rulebook in names for one in torn):
        told: dict[str, Json] = {"year": period.year, "cite": torn[0].cite, "on": said}
        yield OpeningPoint("own_regulation", told, "own_regulation")
    if said is None or any(one.own_regulation is said for one in torn):
        return
    for one in torn:
        if one.rulebook in names:
            yield OpeningPoint("other_rulebook", {"title": one.title, "instead": one.instead, "cite": one.cite})


def _units(
    books: Sequence[Rulebook], people: Sequence[Person], period: Period, around: OfficeAround
) -> Iterator[OpeningPoint]:
    """Whether units are rated here, if a rulebook rates units. It also names the units without a head, which would get
    no form, and those taken for public service units, if that matters.
    """
    rated = replace(around, settings=replace(around.settings, rate_units=True))
    heads = {one.unit_id: one for one in people if one.head}
    dues = {unit: _unit_forms(books, one, period, rated) for unit, one in heads.items() if unit not in around.own_rows}
    found = [unit for unit, forms in dues.items() if forms]
    if found:
        cites = dict.fromkeys(due.cite for unit in found for due in dues[unit])
        told: dict[str, Json] = {"n": len(found), "cites": [*cites], "on": around.settings.rate_units}
        yield OpeningPoint("rate_units", told, "rate_units")
    headless = [name for unit, name in around.units.items() if unit not in {*heads, *around.own_rows}]
    if found and around.settings.rate_units and headless:
        yield OpeningPoint("units_without_head", {"units": [*headless]})
    parted = {one.service_unit for one in around.scopes if one.service_unit is not None}
    service = [name for unit, name in around.units.items() if unit in around.service_units]
    if len(parted) > 1 and service:
        yield OpeningPoint("service_units", {"units": [*service]})


def _unit_forms(books: Sequence[Rulebook], head: Person, period: Period, around: OfficeAround) -> tuple[DueForm, ...]:
    body = as_body(head)
    of_units = [book for book in books if around.takes(book, body.subject, head.unit_id)]
    return due_forms(of_units, body, period.name)


def _notes(books: Sequence[Rulebook], period: Period) -> Iterator[OpeningPoint]:
    """The notes that the makers of a rulebook address to the desk before a year is opened."""
    for note in dict.fromkeys(note for book in books for note in book.notes if note.at_opening and period.whole):
        yield OpeningPoint("note", {"text": note.text, "cites": [*note.cites]})


def _cells(
    books: Sequence[Rulebook], people: Sequence[Person], period: Period, around: OfficeAround
) -> Iterator[OpeningPoint]:
    """The party cells of members that have no row of their own on the roster, if a rulebook has a form for cells."""
    rows = {one.name for one in people if one.subject is Subject.PARTY_CELL}
    named = dict.fromkeys(one.service.party_cell for one in people if one.party_member and one.service.party_cell)
    missing: list[Json] = [name for name in named if name not in rows]
    cells = (replace(one, subject=Subject.PARTY_CELL, party_member=False, leader=False) for one in people)
    if missing and any(due_forms(books, cell, period.name, around) for cell in islice(cells, 1)):
        yield OpeningPoint("cells_without_row", {"cells": missing})


def _leaving(people: Iterable[Person], year: int) -> Iterator[OpeningPoint]:
    """People who will leave without being transferred. No other body rates them, so they get their form and are asked
    while they are here.
    """
    for person in people:
        left, why = person.service.left, person.service.left_as
        if left and left.year == year and person.post == 0 and why is not Leaving.TRANSFERRED:
            yield OpeningPoint(
                "leaving", {"name": person.name, "day": left.isoformat(), "why": why.value if why else ""}
            )


def _second_posts(people: Iterable[Person]) -> Iterator[OpeningPoint]:
    """People with two posts, who are reviewed at both. No text we have seen names the post at which they are rated."""
    own: dict[int, Person] = {}
    for person in people:
        if person.post == 0:
            own[person.id] = person
        elif first := own.get(person.id):
            where: dict[str, Json] = {"position": first.position, "unit": first.unit}
            yield OpeningPoint(
                "second_post", {"name": person.name, **where, "other": person.position, "other_unit": person.unit}
            )


def _lines(
    books: Sequence[Rulebook], people: Iterable[Person], tree: Tree, period: Period, around: OfficeAround
) -> Iterator[OpeningPoint]:
    """Forms that go elsewhere than to the office's own heads: to the head of a public service unit, an authority
    outside, or party bodies that are missing on the roster.
    """
    unnamed: dict[str, list[set[str]]] = {}
    outside: dict[DeciderTitle, dict[str, str]] = {}
    public: dict[tuple[int, str], set[int]] = {}
    for person, procedure, subjects in _due_lines(books, people, period, around):
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
    books: Sequence[Rulebook], people: Iterable[Person], period: Period, around: OfficeAround
) -> Iterator[tuple[Person, Procedure, tuple[Subject, ...]]]:
    shelf = {book.id: book for book in books}
    for person in people:
        for due in asked_of(books, person, period, around).forms:
            book = shelf[due.rulebook]
            yield person, book.procedure, subjects_rated(book.forms[due.form], person)


def _missing_of_party(person: Person, rule: ApprovalRule, tree: Tree) -> set[str]:
    """What the roster lacks about the party bodies through which a form goes."""
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
