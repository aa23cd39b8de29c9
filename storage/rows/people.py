"""People as rows: their columns, and their service as JSON, in which unknown parts are left out."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from rules.nouns.people import Person
from rules.nouns.service import NO_SERVICE, Leave, LeaveKind, Leaving, Service
from rules.nouns.values import Rating
from storage.columns import read
from storage.queries import Column, Columns, columns
from storage.tables import OFFICE, PERSON

_DAYS = ("joined", "left", "moved_on", "there_since", "party_since")
_WORDS = ("moved_from", "party_cell", "temporary_cell")


def service_json(service: Service) -> dict[str, object]:
    """The service as it is kept."""
    kept: dict[str, object] = {name: getattr(service, name).isoformat() for name in _DAYS if getattr(service, name)}
    kept |= {name: getattr(service, name) for name in _WORDS if getattr(service, name)}
    if service.left_as:
        kept["left_as"] = service.left_as.value
    if service.absent_with_cause:
        kept["absent_with_cause"] = True
    if service.leaves:
        kept["leaves"] = [
            [leave.kind, leave.since.isoformat(), leave.until.isoformat() if leave.until else None]
            for leave in service.leaves
        ]
    if service.ratings:
        kept["ratings"] = {str(year): rating.value for year, rating in sorted(service.ratings.items())}
    return kept


def service_of(kept: Mapping[str, Any]) -> Service:
    """The service that was kept."""
    if not kept:
        return NO_SERVICE
    known: dict[str, Any] = {name: dt.date.fromisoformat(kept[name]) for name in _DAYS if name in kept}
    known |= {name: kept[name] for name in _WORDS if name in kept}
    return Service(
        **known,
        left_as=Leaving(kept["left_as"]) if "left_as" in kept else None,
        absent_with_cause=kept.get("absent_with_cause", False),
        leaves=tuple(
            Leave(LeaveKind(kind), dt.date.fromisoformat(since), _day(until))
            for kind, since, until in kept.get("leaves", ())
        ),
        ratings={int(year): Rating(rating) for year, rating in kept.get("ratings", {}).items()},
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


# ── people ─────────────────────────────────────────────────────────────────────────────────────


def person_columns(person: sa.FromClause, unit: sa.FromClause, post: sa.FromClause | None = None) -> Columns[Person]:
    """The columns of a Person. With `post` (joined, possibly empty): the person in that further post."""

    def of(column: str) -> Column:
        own: Column = person.c[column]
        return own if post is None else sa.func.coalesce(post.c[column], own, type_=own.type)

    return columns(
        Person,
        person,
        position=of("position"),
        unit_id=of("unit_id"),
        unit=unit.c.name,
        office=OFFICE.c.name,
        leader=of("leader"),
        head=of("head"),
        deputy=of("deputy"),
        office_parent=OFFICE.c.parent,
        group=person.c.duty_group,
        post=sa.literal(0, sa.Integer) if post is None else sa.func.coalesce(post.c.id, 0),
        service=read(person.c.service, service_of),
        apart=told_apart(person),
    )


def told_apart(person: sa.FromClause) -> Column:
    """The roster key of people with a namesake in their unit; "" for all others."""
    other = PERSON.alias()
    namesake = (
        sa.exists()
        .where(
            other.c.unit_id == person.c.unit_id,
            other.c.name == person.c.name,
            other.c.id != person.c.id,
            other.c.left_on.is_(None),
        )
        .correlate(person)
    )
    return sa.case((namesake, person.c.roster_key), else_="")
