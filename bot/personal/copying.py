"""A copy of everything stored about one person, as a readable page and as JSON. It contains nothing of others: neither
unsent texts of theirs, nor what the program told this person about them.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.nouns.people import Person
from rules.personal.kinds import personal
from storage.transaction import Transaction
from templates.personal.wording import copy_page, kind_words

Rows = Mapping[str, list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Copied:
    """The person, the time, and kind → table → rows."""

    person: Person
    key: str
    at: dt.datetime
    kinds: Mapping[str, Rows]


async def all_of(tx: Transaction, person: int, at: dt.datetime) -> Copied:
    """Everything stored about the person. Raises LookupError when there is no such person."""
    who = await tx.people.get(person)
    office = await tx.units.office_of(person)
    kinds = {}
    for kind in personal().kinds:
        tables = {name: await tx.personal.of_person(name, kind.shown(name), person) for name in kind.tables}
        kinds[kind.key] = {name: rows for name, rows in tables.items() if rows}
    return Copied(who, (await tx.people.keys(office)).get(person, ""), at, kinds)


def as_json(copied: Copied) -> bytes:
    """The copy as JSON, complete."""
    told: dict[str, Any] = {
        "person": {"name": copied.person.name, "key": copied.key, "unit": copied.person.unit},
        "office": copied.person.office,
        "made_at": copied.at.isoformat(),
        "kinds": [
            {"kind": kind.key, **kind_words(kind), "cite": kind.clause.cite, "tables": copied.kinds[kind.key]}
            for kind in personal().kinds
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plain).encode()


def as_page(copied: Copied) -> bytes:
    """The copy as a readable page in Vietnamese."""
    return copy_page(copied.person, copied.key, copied.at, copied.kinds).encode()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
