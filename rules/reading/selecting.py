"""Which rulebook applies to whom in which year (`selector.yaml`), and which forms these people fill in."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field

from rules.book.editions import When
from rules.book.rulebook import FormChoice, NoFormError, Rulebook, choose_form, further_forms
from rules.nouns.office import Scope
from rules.nouns.people import Person
from rules.nouns.values import Subject
from rules.reading.border import Border, read
from rules.reading.parts import Id, Text
from rules.reading.strict_yaml import parse

#: How often forms can be filled in.
PERIODS = ("year", "half", "quarter", "month")


@dataclass(frozen=True, slots=True)
class Selected:
    """A rulebook that applies to `subject`, with its clause. `only`: to which of them, in words."""

    rulebook: str
    subject: Subject
    cite: str
    only: str = ""
    note: str = ""
    unverified: bool = False


class _Years(Border):
    from_: Annotated[int, Field(alias="from", ge=2000, le=2100)]
    to: Annotated[int, Field(ge=2000, le=2100)] | None = None


class _Days(Border):
    from_: Annotated[dt.date, Field(alias="from")] = dt.date.min
    to: dt.date = dt.date.max


class _Rule(Border):
    """A row of the table.

    `years`: those whose final ratings it decides. `days`: the days on which it is in force, if these are not simply the
    days of those years; they matter for a period rated on another day.
    """

    subject: Subject | tuple[Subject, ...]
    years: _Years
    days: _Days | None = None
    rulebook: Id
    cite: Text
    only: str = ""
    own_regulation: bool | None = None  # for units with, or without, their own Quy chế; None: for both
    service_unit: bool | None = None  # for public service units, or for administrative bodies; None: for both
    note: str = ""
    unverified: bool = False

    @property
    def subjects(self) -> tuple[Subject, ...]:
        return self.subject if isinstance(self.subject, tuple) else (self.subject,)

    @property
    def parted(self) -> tuple[bool | None, bool | None]:
        """The kind of units it is for: with a regulation of their own, or public service units."""
        return self.own_regulation, self.service_unit

    @property
    def opposite(self) -> tuple[bool | None, bool | None]:
        """The kind of units it is not for."""
        regulated, service = self.parted
        return regulated if regulated is None else not regulated, service if service is None else not service

    def covers(self, when: When) -> bool:
        if isinstance(when, dt.date) and self.days is not None:
            return self.days.from_ <= when <= self.days.to
        year = when.year if isinstance(when, dt.date) else when
        return self.years.from_ <= year and (self.years.to is None or year <= self.years.to)


class _Selector(Border):
    rules: tuple[_Rule, ...]


def select(subject: Subject, when: When, *, party_member: bool = False) -> tuple[Selected, ...]:
    """The rulebooks that rate such a person or body in a year or on a day of reference; the party's rulebook follows
    the civil one.

    None if nothing is known of that time. An office's own rulebook comes first if it extends one of these.
    """
    subjects = dict.fromkeys((subject, *([Subject.PARTY_MEMBER] if party_member else [])))
    return tuple(
        Selected(rule.rulebook, one, rule.cite, rule.only, rule.note, rule.unverified)
        for one in subjects
        for rule in _rules()
        if one in rule.subjects and rule.covers(when)
    )


def fitting(book: Rulebook, subject: Subject, when: When, parents: Callable[[str], Rulebook]) -> bool:
    """Whether `book` is, or extends, a rulebook that applies to `subject` then; True if none is known."""
    applying = {one.rulebook for one in select(subject, when)}
    return not applying or bool(applying & set(_lineage(book, parents)))


def scopes(books: Iterable[Rulebook], when: When, parents: Callable[[str], Rulebook]) -> tuple[Scope, ...]:
    """The units for which each of `books`, or what it extends, is meant, where that depends on the unit.

    Between units with and without a regulation of their own, the clause is that of those without, which is the
    exception.
    """
    parted = [rule for rule in _rules() if rule.covers(when) and rule.parted != (None, None)]
    return tuple(
        Scope(book.id, book.title, subject, *rule.parted, *_instead(rule, subject, parted, parents))
        for book in books
        for rule in parted
        if rule.rulebook in _lineage(book, parents)
        for subject in rule.subjects
    )


def _instead(
    rule: _Rule, subject: Subject, parted: Collection[_Rule], parents: Callable[[str], Rulebook]
) -> tuple[str, str]:
    """The title of the rulebook for the other units ("": none is known), and the clause that makes the distinction."""
    other = next((one for one in parted if subject in one.subjects and one.parted == rule.opposite), None)
    cite = (other if other and other.own_regulation is False else rule).cite
    with suppress(KeyError):
        return (parents(other.rulebook).title if other else ""), cite
    return "", cite


def forms(book: Rulebook, person: Person) -> tuple[tuple[str, FormChoice], ...]:
    """Every form that this person fills in under `book`, with its period: the yearly review first."""
    return tuple((period, choice) for period in PERIODS for choice in _forms(book, person, period))


def _forms(book: Rulebook, person: Person, period: str) -> Iterator[FormChoice]:
    with suppress(NoFormError):
        yield choose_form(book, person, period)
    yield from further_forms(book, person, period)


def _lineage(book: Rulebook, parents: Callable[[str], Rulebook]) -> Iterator[str]:
    yield book.id
    for name in book.head.extends:
        yield from _lineage(parents(name), parents)


@cache
def _rules() -> tuple[_Rule, ...]:
    name = "selector.yaml"
    text = files("rules").joinpath(name).read_text(encoding="utf-8")
    return read(_Selector, parse(text, name)).rules
