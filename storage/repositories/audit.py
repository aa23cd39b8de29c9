"""The audit: who did what, and when. Lines are only ever added."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from rules.campaign.looking.audit import Inspected
from rules.nouns.reviews import Json
from storage.queries import Nothing, Prepared, Query, columns
from storage.repositories.base import Repository
from storage.tables import AUDIT, OFFICE, PERSON, REVIEW
from storage.values import Audited

_LINE = columns(Audited, AUDIT)
_ADD = Prepared(Nothing, AUDIT.insert().inline())
_OF_REVIEW = Prepared(_LINE, sa.select(*_LINE).where(AUDIT.c.review_id == sa.bindparam("review")).order_by(AUDIT.c.id))
_OF_PERSON = Prepared(_LINE, sa.select(*_LINE).where(AUDIT.c.person_id == sa.bindparam("person")).order_by(AUDIT.c.id))


class AuditLine(NamedTuple):
    """A line of the audit with today's names: who did it (`by` holds `system` or the account of a stranger), and whom
    it concerns.
    """

    at: dt.datetime
    what: str
    review_id: int | None
    by: str
    name: str
    key: str
    about: str
    about_key: str


_DID, _ABOUT = PERSON.alias("did"), PERSON.alias("about")
_NEWEST = columns(
    AuditLine,
    AUDIT,
    name=sa.func.coalesce(_DID.c.name, ""),
    key=sa.func.coalesce(_DID.c.roster_key, ""),
    about=sa.func.coalesce(_ABOUT.c.name, ""),
    about_key=sa.func.coalesce(_ABOUT.c.roster_key, ""),
)


class Inspection(NamedTuple):
    """A line of the audit as the desk reads it: an AuditLine with its number, its detail, and the form and owner
    concerned.
    """

    id: int
    at: dt.datetime
    what: str
    by: str
    name: str
    key: str
    about: str
    about_key: str
    rulebook: str
    form: str
    detail: Mapping[str, Json]


_OF_REVIEW_OF = PERSON.alias("reviewed")
_INSPECTED = columns(
    Inspection,
    AUDIT,
    name=sa.func.coalesce(_DID.c.name, ""),
    key=sa.func.coalesce(_DID.c.roster_key, ""),
    about=sa.func.coalesce(_ABOUT.c.name, _OF_REVIEW_OF.c.name, ""),
    about_key=sa.func.coalesce(_ABOUT.c.roster_key, _OF_REVIEW_OF.c.roster_key, ""),
    rulebook=sa.func.coalesce(REVIEW.c.rulebook, ""),
    form=sa.func.coalesce(REVIEW.c.form, ""),
)
_INSPECTED_FROM = (
    AUDIT.outerjoin(_DID, _DID.c.id == AUDIT.c.by_person)
    .outerjoin(_ABOUT, _ABOUT.c.id == AUDIT.c.person_id)
    .outerjoin(REVIEW, REVIEW.c.id == AUDIT.c.review_id)
    .outerjoin(_OF_REVIEW_OF, _OF_REVIEW_OF.c.id == REVIEW.c.person_id)
)
Condition = sa.ColumnElement[bool]

_NEWEST_FIRST = (AUDIT.c.at.desc(), AUDIT.c.id.desc())
_OFFICES = Prepared(int, sa.select(OFFICE.c.id).order_by(OFFICE.c.id).limit(2))
_THIS = Prepared(
    _INSPECTED,
    sa.select(*_INSPECTED)
    .select_from(_INSPECTED_FROM)
    .where(
        AUDIT.c.id == sa.bindparam("id_"),
        AUDIT.c.what == sa.bindparam("deed"),
        _DID.c.office_id == sa.bindparam("office"),
    ),
)
_AT = Prepared(dt.datetime, sa.select(AUDIT.c.at).where(AUDIT.c.id == sa.bindparam("id_")))
_KEYED = Prepared(
    int,
    sa.select(PERSON.c.id).where(
        PERSON.c.office_id == sa.bindparam("office"), PERSON.c.roster_key == sa.bindparam("key")
    ),
)


def _about(person: int) -> tuple[Condition, ...]:
    """Conditions for lines about a person: done by them, about them, or about a review of theirs. Each uses an index of
    its own.
    """
    theirs = sa.select(REVIEW.c.id).where(REVIEW.c.person_id == person)
    return AUDIT.c.by_person == person, AUDIT.c.person_id == person, AUDIT.c.review_id.in_(theirs)


def _newest(way: Condition, everywhere: Sequence[Condition], office: int | None, most: int) -> sa.Select[Any]:
    """The newest lines matching one condition. `office`: only lines of that office; None means it is the only one, so
    that every line belongs to it.
    """
    found = sa.select(AUDIT.c.id).where(way, *everywhere).order_by(*_NEWEST_FIRST).limit(most)
    if office is not None:
        here = [one.c.office_id == office for one in (_DID, _ABOUT, _OF_REVIEW_OF)]
        found = found.select_from(_INSPECTED_FROM).where(sa.or_(*here))
    these = found.subquery()
    return sa.select(these.c.id)


_READ = Prepared(
    int,
    sa.select(AUDIT.c.id)
    .where(
        AUDIT.c.person_id == sa.bindparam("person"),
        AUDIT.c.by_person == sa.bindparam("person"),
        AUDIT.c.what == sa.bindparam("deed"),
        AUDIT.c.at >= sa.bindparam("since"),
    )
    .limit(1),
)


class Audit(Repository):
    """The audit of everything that matters. It never contains free text of answers."""

    async def record(
        self,
        who: int | str,
        what: str,
        at: dt.datetime,
        *,
        review_id: int | None = None,
        person_id: int | None = None,
        detail: Mapping[str, Json] | None = None,
    ) -> None:
        """Add a line. `who` is a person's id, `system`, or `channel:account` of a stranger; `what` is a word such as
        `submitted`.
        """
        by = {"by_person": who, "by": "person"} if isinstance(who, int) else {"by_person": None, "by": who}
        about = {"review_id": review_id, "person_id": person_id, "detail": dict(detail or {})}
        await self._rows(_ADD, at=at, what=what, **by, **about)

    async def newest(self, most: int, review_id: int | None = None, key: str = "") -> Sequence[AuditLine]:
        """The newest lines, at most `most`, oldest first: about a review, about the person with that roster key, or
        all.
        """
        joined = AUDIT.outerjoin(_DID, _DID.c.id == AUDIT.c.by_person).outerjoin(
            _ABOUT, _ABOUT.c.id == AUDIT.c.person_id
        )
        select = sa.select(*_NEWEST).select_from(joined).order_by(AUDIT.c.id.desc()).limit(most)
        if review_id is not None:
            select = select.where(AUDIT.c.review_id == review_id)
        if key:
            select = select.where(sa.or_(_DID.c.roster_key == key, _ABOUT.c.roster_key == key))
        return (await self._rows(Query(_NEWEST, select)))[::-1]

    async def of_office(
        self,
        office: int,
        wanted: Inspected,
        days: tuple[dt.datetime | None, dt.datetime | None],
        most: int,
        deeds: Sequence[str] = (),
    ) -> list[Inspection]:
        """Lines about an office, the newest first: what its people did or what was done about them. If it is the
        installation's only office, lines without a person are included.

        `days`: from the first moment (inclusive) to the second (exclusive).
        """
        ways: list[Condition] = [sa.true()]
        everywhere = await self._within(wanted, days)
        kinds = deeds or wanted.deeds
        if wanted.key:
            person = await self._row(_KEYED, office=office, key=wanted.key)
            ways = [*_about(person or 0)]
            everywhere += [AUDIT.c.what.in_(kinds)] if kinds else []
        elif kinds:
            ways = [AUDIT.c.what == one for one in kinds]
        alone = len(await self._rows(_OFFICES)) == 1
        places = sa.union(*(_newest(way, everywhere, None if alone else office, most) for way in ways)).subquery()
        found = sa.select(*_INSPECTED).select_from(_INSPECTED_FROM.join(places, places.c.id == AUDIT.c.id))
        return await self._rows(Query(_INSPECTED, found.order_by(*_NEWEST_FIRST).limit(most)))

    async def _within(
        self, wanted: Inspected, days: tuple[dt.datetime | None, dt.datetime | None]
    ) -> list[sa.ColumnElement[bool]]:
        """The conditions every line must fulfil: within these days, and older than the last line of the previous page."""
        since, until = days
        found: list[Condition] = [AUDIT.c.at >= since] if since else []
        found += [AUDIT.c.at < until] if until else []
        if wanted.before:
            at = await self._row(_AT, id_=wanted.before)
            # The moment is compared as well as the pair: an index is searched by its first column only.
            found += [AUDIT.c.at <= at, sa.tuple_(AUDIT.c.at, AUDIT.c.id) < (at, wanted.before)] if at else [sa.false()]
        return found

    async def line(self, office: int, id_: int, what: str) -> Inspection | None:
        """The line with that number, if it records that somebody of the office did `what`."""
        return await self._row(_THIS, office=office, id_=id_, deed=what)

    async def did(self, person: int, what: str, since: dt.datetime) -> bool:
        """Whether the person did that themself since then."""
        return await self._row(_READ, person=person, deed=what, since=since) is not None

    async def of_review(self, review_id: int) -> Sequence[Audited]:
        """All lines about a review, oldest first."""
        return await self._rows(_OF_REVIEW, review=review_id)

    async def of_person(self, person_id: int) -> Sequence[Audited]:
        """All lines about a person, oldest first."""
        return await self._rows(_OF_PERSON, person=person_id)
