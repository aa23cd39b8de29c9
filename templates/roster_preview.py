"""The changes that importing a roster would make, in words, for the command line and the chat
(`templates/messages/roster/labels.j2`).

Columns are named as in the file in every language, because that is where the reader looks for them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TypeVar

from rules.nouns.service import Leaving
from rules.nouns.values import Subject
from rules.roster.changes import MOST_NAMED, HeadChange, Leaver, PersonChange, RosterChanges, UnitChange
from rules.roster.people import RosterBody, RosterPerson, RosterPost, RosterUnit
from templates.errors import word
from templates.wording import LANGUAGES, label

#: A roster that removes more than this share of the people is probably incomplete.
_TOO_MANY_LEAVE = 1 / 3
_ROLES = ("head", "deputy")

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class ChangeSection:
    """A kind of change: its title, the number of changes, and a line for each of the first ones."""

    title: str
    count: int
    lines: Sequence[str]
    more: int = 0  # the number of changes without a line


def told(
    change: RosterChanges, office: str, people_kept: int, titles: Mapping[str, str], language: str = LANGUAGES[0]
) -> str:
    """The counts, then the people. `people_kept`: the number of people now (0: the office is new); `titles`: the column
    titles of the file.
    """
    if change.nothing:
        return label("roster/same", {"office": office}, language) + "\n"
    kinds = sections(change, titles, language)
    first = label("roster/changed" if people_kept else "roster/new_office", {"office": office}, language)
    counts = [f"  {kind.title}: {kind.count}" for kind in kinds]
    named = [line for kind in kinds for line in ("", f"{kind.title} ({kind.count})", *_named(kind, language))]
    return "\n".join([first, *counts, *warnings(change, people_kept, titles, language), *named]) + "\n"


def mistakes_told(change: RosterChanges, language: str = LANGUAGES[0]) -> list[str]:
    """The reasons why the roster may not be imported, one line each; empty when it may."""
    return [word(slip.mistake, language) for slip in change.mistakes]


def sections(
    change: RosterChanges, titles: Mapping[str, str], language: str = LANGUAGES[0], most: int = MOST_NAMED
) -> list[ChangeSection]:
    """Every kind of change that occurs, with at most `most` lines for each."""
    leaving = {leaver.id for leaver in change.left}
    others = [one for one in change.changed if _further(one) and one.id not in leaving]

    def kind(name: str, changes: Sequence[One], line: Callable[[One], str]) -> ChangeSection:
        lines = list(map(line, changes[:most]))
        return ChangeSection(label(f"roster/{name}", {}, language), len(changes), lines, len(changes) - len(lines))

    kinds = (
        kind("units_new", change.units_new, partial(_unit, language=language)),
        kind("units_gone", change.units_gone, partial(_unit, language=language)),
        kind("units_changed", change.units_changed, partial(_unit_change, titles=titles, language=language)),
        kind("joined", change.joined, _who),
        kind("returned", [one.new for one in change.returned], _who),
        kind("left", change.left, partial(_leaver, language=language)),
        kind("moved", change.moved, _move),
        kind("renamed", change.renamed, _rename),
        kind("heads", change.heads, partial(_head, language=language)),
        kind("posts_new", change.posts_new, _post),
        kind("posts_changed", change.posts_changed, _post),
        kind("posts_gone", change.posts_gone, _post),
        kind("bodies_new", change.bodies_new, partial(_body, titles=titles, language=language)),
        kind("bodies_changed", change.bodies_changed, partial(_body, titles=titles, language=language)),
        kind("bodies_gone", change.bodies_gone, lambda body: body.name),
        kind("others", others, partial(_others, titles=titles, language=language)),
    )
    return [section for section in kinds if section.count]


def warnings(
    change: RosterChanges, people_kept: int, titles: Mapping[str, str], language: str = LANGUAGES[0]
) -> Iterator[str]:
    """Warnings to consider before confirming."""
    if len(change.left) > people_kept * _TOO_MANY_LEAVE:
        yield label("roster/many_leave", {"leaving": len(change.left), "kept": people_kept}, language)
    unknown = [one for one in change.joined if not (one.unit_since or one.service.moved_on)]
    if unknown and not people_kept:
        yield label("roster/undated", {"n": len(unknown), "column": titles["unit_since"]}, language)
    last_day = (*change.joined, *(one.new for one in change.changed if "left" in one.fields))
    unsaid = [one.key for one in last_day if one.service.left and not one.service.left_as]
    if unsaid:
        values = {"keys": _some(unsaid, language), "column": titles["left_as"], "last_day": titles["left"]}
        yield label("roster/no_reason", values, language)
    doubtful = [one.new.key for one in change.renamed if {"name", "position", "unit"} <= set(one.fields)]
    if doubtful:
        yield label("roster/doubtful", {"keys": _some(doubtful, language)}, language)


def reviews_touched(
    begun: Sequence[str],
    led_on: Sequence[tuple[str, str, str]],
    ended: Sequence[str],
    language: str = LANGUAGES[0],
    most: int = MOST_NAMED,
) -> list[ChangeSection]:
    """The open reviews that an import would begin, hand over (whose, from whom, to whom; "" for nobody of the office)
    or end, with a name for each review.
    """
    handed = [_hand(*one, language) for one in led_on]

    def kind(name: str, whose: Sequence[str]) -> ChangeSection:
        lines = _once(whose, language)
        title = label(f"roster/reviews_{name}", {}, language)
        return ChangeSection(title, len(whose), lines[:most], max(0, len(lines) - most))

    return [kind(*one) for one in (("begun", begun), ("led_on", handed), ("ended", ended)) if one[1]]


def reviews_told(sections: Sequence[ChangeSection], language: str = LANGUAGES[0]) -> list[str]:
    """The same, one line each, for the command line."""
    return [line for kind in sections for line in (f"{kind.title} ({kind.count})", *_named(kind, language))]


def _hand(whose: str, before: str, after: str, language: str) -> str:
    return label("roster/reviews_hand", {"whose": whose, "before": before, "after": after}, language)


def _once(names: Sequence[str], language: str) -> list[str]:
    return [
        label("roster/reviews_of", {"name": name, "n": n}, language) if n > 1 else name
        for name, n in Counter(names).items()
    ]


def since_when(change: RosterChanges, titles: Mapping[str, str], language: str = LANGUAGES[0]) -> list[str]:
    """The people with a new unit, position or role but without the day since when, one line each."""
    return [
        f"{one.new.key} {one.new.name}: " + "; ".join(_differing(one.old, one.new, one.fields, titles, language))
        for one in change.undated
    ]


def _named(kind: ChangeSection, language: str) -> Iterator[str]:
    yield from (f"  {line}" for line in kind.lines)
    if kind.more:
        yield "  " + label("roster/further", {"n": kind.more}, language)


def _some(names: Sequence[str], language: str) -> str:
    first, more = ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    return label("roster/several", {"names": first, "n": more}, language) if more > 0 else first


def _who(person: RosterPerson) -> str:
    return f"{person.key} {person.name}, {person.position}, {person.unit}"


def _unit(unit: RosterUnit, language: str) -> str:
    below = {"unit": unit.name, "parent": unit.parent}
    return label("roster/unit_below", below, language) if unit.parent else unit.name


def _unit_change(change: UnitChange, titles: Mapping[str, str], language: str) -> str:
    told = (
        _from_to(titles.get(f"unit.{name}", name), getattr(change.old, name), getattr(change.new, name), language)
        for name in change.fields
    )
    return f"{change.old.name}: " + "; ".join(told)


def _leaver(leaver: Leaver, language: str) -> str:
    values = {"who": _who(leaver.person), "day": f"{leaver.on:%d/%m/%Y}"}
    return label("roster/last_day" if leaver.listed else "roster/not_listed", values, language)


def _move(change: PersonChange) -> str:
    return f"{change.new.key} {change.new.name}: {change.old.unit} → {change.new.unit}"


def _rename(change: PersonChange) -> str:
    old, new = change.old, change.new
    return f"{old.key} {old.name} → {new.key} {new.name} ({new.unit})"


def _head(change: HeadChange, language: str) -> str:
    old, new = (person.name if person else label("roster/nobody", {}, language) for person in (change.old, change.new))
    return f"{change.unit}: {old} → {new}"


def _post(post: RosterPost) -> str:
    return f"{post.key}: {post.position}, {post.unit}"


def _body(body: RosterBody, titles: Mapping[str, str], language: str) -> str:
    """`Chi bộ 1: Bí thư “AP-003”; Phó bí thư (trống)`."""
    told = (
        f"{titles[f'body.{name}']} {_shown(getattr(body, name), language)}"
        for name in ("secretary", "deputy", "authority")
    )
    return f"{body.name}: " + "; ".join(told)


def _further(change: PersonChange) -> list[str]:
    return [name for name in change.fields if name not in {"unit", "name", "key"}]


def _others(change: PersonChange, titles: Mapping[str, str], language: str) -> str:
    told = _differing(change.old, change.new, _further(change), titles, language)
    return f"{change.new.key} {change.new.name}: " + "; ".join(told)


def _differing(
    old: RosterPerson, new: RosterPerson, fields: Sequence[str], titles: Mapping[str, str], language: str
) -> Iterator[str]:
    for name in fields:
        yield _from_to(titles.get(name, name), _value(old, name), _value(new, name), language)


def _value(person: RosterPerson, name: str) -> object:
    return getattr(person, name) if hasattr(person, name) else getattr(person.service, name)


def _from_to(title: str, old: object, new: object, language: str) -> str:
    before, after = _shown(old, language), _shown(new, language)
    return (
        f"{title}: {before} → {after}" if before and after else label("roster/other_value", {"title": title}, language)
    )


def _shown(value: object, language: str) -> str:
    """A value in a word or two; "" when it would take more."""
    match value:
        case bool():
            return label("roster/yes" if value else "roster/no", {}, language)
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case None | "":
            return label("roster/empty", {}, language)
        case Subject() | Leaving():
            return label(f"roster/{value}", {}, language)
        case StrEnum() | tuple() | Mapping():
            return ""
        case str() if value in _ROLES:
            return label(f"roster/{value}", {}, language)
        case str():
            return f"“{value}”"
    return str(value)
