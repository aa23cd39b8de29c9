"""Data requests, which people make about their own data, and the record of data breaches."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.people import Person
from rules.personal.requests import DataRequest, RequestOutcome
from storage.queries import Prepared, columns
from storage.repositories.base import Repository
from storage.repositories.offices.people import PERSON_COLUMNS, PERSON_FROM
from storage.tables import BREACH, DATA_REQUEST, PERSON


class AskedRequest(NamedTuple):
    """A data request and who made it."""

    request: DataRequest
    person: Person


class Breach(NamedTuple):
    """An entry in the record of breaches (storage.tables.personal.BreachRow)."""

    id: int
    office_id: int | None
    of: int | None
    found_at: dt.datetime
    what: str
    people: int | None
    measures: str
    reported_at: dt.datetime | None
    reported_to: str
    by: str
    recorded_at: dt.datetime


_REQUEST = columns(DataRequest, DATA_REQUEST)
_ASKED = columns(AskedRequest, DATA_REQUEST, request=_REQUEST, person=PERSON_COLUMNS)
_FROM = PERSON_FROM.join(DATA_REQUEST, DATA_REQUEST.c.person_id == PERSON.c.id)
_OPEN = DATA_REQUEST.c.outcome.is_(None)
_OF_PERSON = Prepared(
    _REQUEST,
    sa.select(*_REQUEST).where(DATA_REQUEST.c.person_id == sa.bindparam("person_")).order_by(DATA_REQUEST.c.id.desc()),
)
_OF_OFFICE = (
    sa.select(*_ASKED)
    .select_from(_FROM)
    .where(PERSON.c.office_id == sa.bindparam("office"))
    .order_by(DATA_REQUEST.c.id)
)
_ALL_OF_OFFICE = Prepared(_ASKED, _OF_OFFICE)
_OPEN_OF_OFFICE = Prepared(_ASKED, _OF_OFFICE.where(_OPEN))
_OPEN_EVERYWHERE = Prepared(_ASKED, sa.select(*_ASKED).select_from(_FROM).where(_OPEN).order_by(DATA_REQUEST.c.id))
_GET = Prepared(_ASKED, sa.select(*_ASKED).select_from(_FROM).where(DATA_REQUEST.c.id == sa.bindparam("id_")))
_BREACH = columns(Breach, BREACH)
_BREACHES = Prepared(_BREACH, sa.select(*_BREACH).order_by(BREACH.c.id))


class DataRequests(Repository):
    """The requests of people about their own data, and the record of breaches."""

    async def ask(self, asked: DataRequest) -> int:
        """Store a request; returns its id."""
        return await self._add(
            DATA_REQUEST,
            person_id=asked.person_id,
            kind=asked.kind.value,
            text=asked.text,
            asked_at=asked.asked_at,
            reply_due=asked.reply_due,
            act_due=asked.act_due,
            cite=asked.cite,
            answer="",
        )

    async def get(self, id_: int) -> AskedRequest | None:
        """A request and who made it."""
        return await self._row(_GET, id_=id_)

    async def of_person(self, person: int) -> Sequence[DataRequest]:
        """All requests of a person, the newest first."""
        return await self._rows(_OF_PERSON, person_=person)

    async def of_office(self, office: int, *, waiting: bool = False) -> Sequence[AskedRequest]:
        """All requests of an office's people, or only those still waiting, the oldest first."""
        return await self._rows(_OPEN_OF_OFFICE if waiting else _ALL_OF_OFFICE, office=office)

    async def open_everywhere(self) -> Sequence[AskedRequest]:
        """The waiting requests of all offices."""
        return await self._rows(_OPEN_EVERYWHERE)

    async def see(self, id_: int, by: int, at: dt.datetime) -> bool:
        """Record that the person was told that the request is being examined; False when they had been told, or when it
        is answered.
        """
        where = sa.and_(DATA_REQUEST.c.id == id_, _OPEN, DATA_REQUEST.c.seen_at.is_(None))
        return await self._run(DATA_REQUEST.update().where(where).values(seen_at=at, seen_by=by)) == 1

    async def answer(
        self, id_: int, outcome: RequestOutcome, answer: str, by: int | None, at: dt.datetime, *, of: int | None = None
    ) -> bool:
        """Answer the request, or withdraw it (`of`: only if it is this person's). False when that was done already."""
        whose = DATA_REQUEST.c.person_id == of if of is not None else sa.true()
        where = sa.and_(DATA_REQUEST.c.id == id_, _OPEN, whose)
        values = {"outcome": outcome.value, "answer": answer, "answered_by": by, "answered_at": at}
        return await self._run(DATA_REQUEST.update().where(where).values(values)) == 1

    async def record_breach(self, entry: Breach) -> int:
        """Store an entry about a breach; returns its id. `entry.id` is ignored."""
        values = {name: value for name, value in entry._asdict().items() if name != "id"}
        return await self._add(BREACH, **values)

    async def breaches(self) -> Sequence[Breach]:
        """All entries, the oldest first."""
        return await self._rows(_BREACHES)
