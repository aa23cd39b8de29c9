"""Postings: where people were, in which position, and since when. Rows are only ever added."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.roster.people import RosterPerson
from rules.roster.postings import Posting
from storage.queries import Prepared, Values, columns
from storage.repositories.base import Repository
from storage.tables import PERSON, POSTING


class KeptPosting(NamedTuple):
    """A posting as stored, with the days the roster gives for unit, position and role."""

    id: int
    person_id: int
    unit_since: dt.date | None
    position_since: dt.date | None
    role_since: dt.date | None
    posting: Posting


class NewPosting(NamedTuple):
    """A posting to be added, and the one it replaces, if any."""

    person: int
    row: RosterPerson
    unit: int
    since: dt.date | None
    replaces: int | None = None


_REPLACED = sa.select(POSTING.c.replaces).where(POSTING.c.replaces.is_not(None))
_KEPT = columns(KeptPosting, POSTING, posting=columns(Posting, POSTING))
#: An unknown first day sorts before every other.
_OLDEST_FIRST = (POSTING.c.person_id, POSTING.c.since.is_not(None), POSTING.c.since, POSTING.c.id)
_OF_OFFICE = Prepared(
    _KEPT,
    sa.select(*_KEPT)
    .select_from(POSTING.join(PERSON, PERSON.c.id == POSTING.c.person_id))
    .where(PERSON.c.office_id == sa.bindparam("office"), POSTING.c.id.not_in(_REPLACED))
    .order_by(*_OLDEST_FIRST),
)
_OF_PERSON = Prepared(
    _KEPT,
    sa.select(*_KEPT)
    .where(POSTING.c.person_id == sa.bindparam("person"), POSTING.c.id.not_in(_REPLACED))
    .order_by(*_OLDEST_FIRST),
)


class Postings(Repository):
    """The postings of all people."""

    async def kept(self, office_id: int) -> Mapping[int, Sequence[KeptPosting]]:
        """Person → their postings, oldest first, for everybody who is or was in the office."""
        found: defaultdict[int, list[KeptPosting]] = defaultdict(list)
        for row in await self._rows(_OF_OFFICE, office=office_id):
            found[row.person_id].append(row)
        return found

    async def of_office(self, office_id: int) -> Mapping[int, Sequence[Posting]]:
        """Person → their postings as values of `rules`, oldest first."""
        kept = await self.kept(office_id)
        return {person: [one.posting for one in postings] for person, postings in kept.items()}

    async def of_person(self, person_id: int) -> Sequence[Posting]:
        """The postings of a person, oldest first."""
        return [row.posting for row in await self._rows(_OF_PERSON, person=person_id)]

    async def add(self, postings: Sequence[NewPosting], at: dt.datetime) -> None:
        """Store postings. A posting that replaces another corrects an error in it."""
        await self._many(POSTING.insert(), [_values(one, at) for one in postings])


def _values(one: NewPosting, at: dt.datetime) -> Values:
    row = one.row
    return {
        "person_id": one.person,
        "unit_id": one.unit,
        "unit": row.unit,
        "position": row.position,
        "leader": row.leader,
        "head": row.role == "head",
        "deputy": row.role == "deputy",
        "since": one.since,
        "unit_since": row.unit_since,
        "position_since": row.position_since,
        "role_since": row.role_since,
        "replaces": one.replaces,
        "recorded_at": at,
    }
