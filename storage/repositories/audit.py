"""Who did what when. Lines are only ever added."""

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from rules.nouns.reviews import Json
from storage.queries import Query, columns
from storage.repositories.base import Repository
from storage.tables import AUDIT
from storage.values import Audited

_LINE = columns(Audited, AUDIT)
_ADD = AUDIT.insert().inline()
_OF_REVIEW = Query(_LINE, sa.select(*_LINE).where(AUDIT.c.review_id == sa.bindparam("review")).order_by(AUDIT.c.id))
_OF_PERSON = Query(_LINE, sa.select(*_LINE).where(AUDIT.c.person_id == sa.bindparam("person")).order_by(AUDIT.c.id))


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

    async def of_review(self, review_id: int) -> Sequence[Audited]:
        """All that was done about a review, oldest first."""
        return await self._rows(_OF_REVIEW, review=review_id)

    async def of_person(self, person_id: int) -> Sequence[Audited]:
        """All that was done about a person, oldest first."""
        return await self._rows(_OF_PERSON, person=person_id)
