"""The accounts and codes of people chosen in a list, read before something is done with all of them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from rules.nouns.people import Person
from storage.queries import Prepared, among, columns
from storage.repositories.access.invitations import BEEN_IN, OPEN
from storage.repositories.base import Repository
from storage.repositories.offices.people import PERSON_COLUMNS, PERSON_FROM
from storage.tables import ACCOUNT, INVITATION, PERSON


@dataclass(frozen=True, slots=True)
class ChosenPerson:
    """A chosen person who has not left.

    Besides their roster key: the number of their accounts, how many of these have blocked the bot, until when an unused
    code is valid, and whether they have ever come in.
    """

    person: Person
    key: str
    tied: int
    blocked: int
    invited: dt.datetime | None
    been_in: bool


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A code that may still be handed out."""

    person: Person
    expires_at: dt.datetime
    opens_at: dt.datetime | None
    locked: str | None


_THEIRS = sa.and_(ACCOUNT.c.person_id == PERSON.c.id, ACCOUNT.c.untied_at.is_(None), ACCOUNT.c.channel != "console")
_CODE = sa.and_(
    INVITATION.c.person_id == PERSON.c.id,
    INVITATION.c.kind == "roster",
    OPEN,
    INVITATION.c.expires_at > sa.bindparam("now_"),
)


def _counted(column: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    return sa.select(column).select_from(ACCOUNT).where(_THEIRS).correlate(PERSON).scalar_subquery()


_CHOSEN = columns(
    ChosenPerson,
    PERSON,
    person=PERSON_COLUMNS,
    key=PERSON.c.roster_key,
    tied=_counted(sa.func.count()),
    blocked=_counted(sa.func.count(ACCOUNT.c.blocked_at)),
    invited=sa.select(sa.func.max(INVITATION.c.expires_at, type_=INVITATION.c.expires_at.type))
    .where(_CODE)
    .correlate(PERSON)
    .scalar_subquery(),
    been_in=BEEN_IN.label("been_in"),
)
_HERE = sa.and_(PERSON.c.office_id == sa.bindparam("office"), PERSON.c.left_on.is_(None), among(PERSON.c.id, "people"))
_PEOPLE = Prepared(
    _CHOSEN, sa.select(*_CHOSEN).select_from(PERSON_FROM).where(_HERE).order_by(PERSON.c.unit_id, PERSON.c.name_order)
)
_HANDED_OUT = columns(HandedOut, INVITATION, person=PERSON_COLUMNS)
_CODES = Prepared(
    _HANDED_OUT,
    sa.select(*_HANDED_OUT)
    .select_from(PERSON_FROM.join(INVITATION, INVITATION.c.person_id == PERSON.c.id))
    .where(
        among(INVITATION.c.person_id, "people"),
        INVITATION.c.kind == "roster",
        INVITATION.c.issued_at == sa.bindparam("issued_"),
        INVITATION.c.locked.is_not(None),
        OPEN,
    )
    .order_by(PERSON.c.unit_id, PERSON.c.name_order),
)


class ChosenPeople(Repository):
    """Queries about chosen people; each reads no more people than it is given."""

    async def people(self, office: int, people: Collection[int], now: dt.datetime) -> list[ChosenPerson]:
        """Those of the given people who belong to the office and have not left, sorted by unit and name."""
        return await self._connection.fetch_apart(_PEOPLE, {"office": office, "people": sorted(people), "now_": now})

    async def codes(self, people: Collection[int], issued_at: dt.datetime) -> list[tuple[HandedOut, str]]:
        """The codes issued to these people at that moment that were neither used nor revoked, each with its plain text."""
        key = self._held.key
        found = await self._rows(_CODES, people=sorted(people), issued_=issued_at)
        return [(one, code) for one in found if one.locked and (code := key.unlock(one.locked))]
