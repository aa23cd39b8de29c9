"""Postings: which post a person held, and from which day on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rules.nouns.people import Person


@dataclass(frozen=True, slots=True)
class Posting:
    """A post of a person in their own unit, held from `since` until the next one begins."""

    unit_id: int
    #: The name of the unit at that time.
    unit: str
    position: str
    leader: bool = False
    head: bool = False
    deputy: bool = False
    #: None: not known, so it counts from the start of whatever time is asked about.
    since: dt.date | None = None


def on(postings: Sequence[Posting], day: dt.date) -> Posting | None:
    """The post held on that day, from `postings` (oldest first); None: none is known."""
    return next((one for one in reversed(postings) if one.since is None or one.since <= day), None)


def as_of(person: Person, postings: Sequence[Posting], day: dt.date) -> Person:
    """The person as they were on that day: unit, position, role. At a second post, or if nothing is known of the day,
    as they are now.
    """
    held = on(postings, day) if person.post == 0 else None
    if held is None or held is postings[-1]:
        return person
    return replace(
        person,
        unit_id=held.unit_id,
        unit=held.unit,
        position=held.position,
        leader=held.leader,
        head=held.head,
        deputy=held.deputy,
    )


def with_move(person: Person, postings: Sequence[Posting], day: dt.date) -> Person:
    """The person whose service has the last move before that day, taken from their postings. A later move on the roster
    stays.

    Nothing follows for a return to another unit on an unknown day.
    """
    held = [one for one in postings if one.since is None or one.since <= day]
    runs = [
        one for one, before in zip(held, [None, *held], strict=False) if not before or before.unit_id != one.unit_id
    ]
    if person.post or len(runs) < 2 or runs[-1].since is None or postings[-1].unit_id != person.unit_id:
        return person
    last, service = runs[-1].since, person.service
    if service.moved_on and service.moved_on >= last:
        return person
    move = replace(service, moved_on=last, moved_from=runs[-2].unit, there_since=runs[-2].since)
    return replace(person, service=move)
