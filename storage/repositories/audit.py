"""Who did what when. Lines are only ever added."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.reviews import Json
from storage.queries import Prepared, Query, columns
from storage.repositories.base import Repository
from storage.tables import AUDIT, PERSON
from storage.values import Audited

_LINE = columns(Audited, AUDIT)
_ADD = AUDIT.insert().inline()
_OF_REVIEW = Prepared(_LINE, sa.select(*_LINE).where(AUDIT.c.review_id == sa.bindparam("review")).order_by(AUDIT.c.id))
_OF_PERSON = Prepared(_LINE, sa.select(*_LINE).where(AUDIT.c.person_id == sa.bindparam("person")).order_by(AUDIT.c.id))


class AuditLine(NamedTuple):
    """A line with the names of today: who did it (`by`: the system or a stranger's account), and whom it is about."""

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


class Audit(Repository):
    """The audit of everything that matters. No free text of answers goes into it."""

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
        """`who` is a person's id, `system`, or `channel:account` of a stranger; `what` a word like `submitted`."""
        by = {"by_person": who, "by": "person"} if isinstance(who, int) else {"by_person": None, "by": who}
        about = {"review_id": review_id, "person_id": person_id, "detail": dict(detail or {})}
        await self._run(_ADD, {"at": at, "what": what, **by, **about})

    async def newest(self, most: int, review_id: int | None = None, key: str = "") -> Sequence[AuditLine]:
        """The newest lines, at most so many, oldest first: of a review, of a person by the roster key; else all."""
        joined = AUDIT.outerjoin(_DID, _DID.c.id == AUDIT.c.by_person).outerjoin(
            _ABOUT, _ABOUT.c.id == AUDIT.c.person_id
        )
        select = sa.select(*_NEWEST).select_from(joined).order_by(AUDIT.c.id.desc()).limit(most)
        if review_id is not None:
            select = select.where(AUDIT.c.review_id == review_id)
        if key:
            select = select.where(sa.or_(_DID.c.roster_key == key, _ABOUT.c.roster_key == key))
        return (await self._rows(Query(_NEWEST, select)))[::-1]

    async def of_review(self, review_id: int) -> Sequence[Audited]:
        """All that was done about a review, oldest first."""
        return await self._rows(_OF_REVIEW, review=review_id)

    async def of_person(self, person_id: int) -> Sequence[Audited]:
        """All that was done about a person, oldest first."""
        return await self._rows(_OF_PERSON, person=person_id)
