"""Editions: which rules of a rulebook apply on a day of reference.

Our reading: a period is judged by the rules in force when its ratings are decided, not when something happened. That
day is `Period.as_of`; for a calendar year it is 15 December unless the desk names another (Decree 90/2020, Điều 20;
Decree 335/2025, Điều 19). A rule in force from 15/9/2023 therefore judges the whole of 2023, but not the school year
rated in June; one from 16/12/2023 begins with 2024.

Where no day is given, the newest edition applies: the rules on the rulebook's last day in force.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from rules.book.clauses import Cap, Condition, Note, NotRatedRule, Quota, RatingRules
from rules.book.rulebook import Rulebook
from rules.forms.form import Form, Item, Question
from rules.nouns.periods import RATING_DAY
from rules.nouns.values import Rating

#: What selects an edition: a day of reference, or a year, which stands for the usual day in its December.
When = int | dt.date
Dated = Condition | Cap | NotRatedRule | Quota | Note | Question
_Rule = TypeVar("_Rule", Condition, Cap, NotRatedRule, Quota, Note, Question)
_ONE_DAY = dt.timedelta(days=1)


def rating_day(when: When) -> dt.date:
    """The day whose rules apply: a day of reference itself, for a year its usual day."""
    return when if isinstance(when, dt.date) else dt.date(when, *RATING_DAY)


def edition(book: Rulebook, when: When | None = None) -> Rulebook:
    """`book` with only the rules that apply then, or the newest edition if nothing is given. No rule itself is changed.

    `book` must be complete, as `rules.reading.load` returns it: an edition cannot be derived from another edition.
    """
    return edition_on(book, first_day(book, when))


def edition_on(book: Rulebook, day: dt.date) -> Rulebook:
    """`book` with only the rules in force on that day."""
    return replace(
        book,
        ratings=tuple(_ratings(rules, day) for rules in book.ratings),
        caps=_on(day, book.caps),
        not_rated=_on(day, book.not_rated),
        quotas=_on(day, book.quotas),
        notes=_on(day, book.notes),
        forms={id_: _form(form, day) for id_, form in book.forms.items()},
    )


def first_day(book: Rulebook, when: When | None = None) -> dt.date:
    """The first day of the edition that applies then: the same for all its days.

    `date.min` for the first edition, and for a rulebook without dates.
    """
    day = (book.head.until or dt.date.max) if when is None else rating_day(when)
    return max((change for change in _changes(book) if change <= day), default=dt.date.min)


def years(book: Rulebook) -> tuple[int, ...]:
    """For every edition, oldest first, the first year that it judges."""
    first, last = book.head.since.year, (book.head.until or dt.date.max).year
    begins = {change.year + (change > rating_day(change.year)) for change in _changes(book)}
    return (first, *sorted(year for year in begins if first < year <= last))


def in_force(rule: Dated, day: dt.date) -> bool:
    """Whether a rule is in force on a day; its first and last day count."""
    return (rule.since or dt.date.min) <= day <= (rule.until or dt.date.max)


def _changes(book: Rulebook) -> Iterator[dt.date]:
    """The days on which the rules in force change."""
    for rule in _dated(book):
        if rule.since:
            yield rule.since
        if rule.until and rule.until < dt.date.max:
            yield rule.until + _ONE_DAY


def _dated(book: Rulebook) -> Iterable[Dated]:
    conditions = (one for rules in book.ratings for part in rules.conditions.values() for one in part)
    questions = (question for form in book.forms.values() for question in form.questions.values())
    return chain(conditions, book.caps, book.not_rated, book.quotas, book.notes, questions)


def _on(day: dt.date, rules: tuple[_Rule, ...]) -> tuple[_Rule, ...]:
    return tuple(rule for rule in rules if in_force(rule, day))


def _ratings(rules: RatingRules, day: dt.date) -> RatingRules:
    """The ratings with a condition in force. One without any is left out, because it would hold for everybody."""
    left: Mapping[Rating, tuple[Condition, ...]] = {
        rating: kept for rating, part in rules.conditions.items() if (kept := _on(day, part))
    }
    return replace(rules, conditions=left)


def _form(form: Form, day: dt.date) -> Form:
    if all(in_force(question, day) for question in form.questions.values()):
        return form
    sections = tuple(
        replace(section, items=tuple(_item(item, day) for item in section.items)) for section in form.sections
    )
    questions = {key: question for key, question in form.questions.items() if in_force(question, day)}
    return replace(form, sections=sections, questions=questions)


def _item(item: Item, day: dt.date) -> Item:
    return replace(item, questions=_on(day, item.questions))
