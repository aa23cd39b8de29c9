"""Files people hand in: one a person, the newest."""

import datetime as dt

import sqlalchemy as sa

from storage.queries import Prepared, columns
from storage.repositories.base import Repository
from storage.tables import UPLOAD
from storage.values import Upload

#: A file nobody did anything with is dropped after this time.
HOLDS = dt.timedelta(days=1)

_UPLOAD = columns(Upload, UPLOAD)
_OF_PERSON = Prepared(
    _UPLOAD,
    sa.select(*_UPLOAD).where(UPLOAD.c.person_id == sa.bindparam("person"), UPLOAD.c.at > sa.bindparam("since")),
)
_DROP = UPLOAD.delete().where(UPLOAD.c.person_id == sa.bindparam("person"))
_OLD = Prepared(int, sa.select(UPLOAD.c.id).where(UPLOAD.c.at <= sa.bindparam("since")).limit(1))
_DROP_OLD = UPLOAD.delete().where(UPLOAD.c.at <= sa.bindparam("since"))


class Uploads(Repository):
    """The files. Nobody but who handed one in gets at it."""

    async def keep(self, person_id: int, upload: Upload, at: dt.datetime) -> None:
        """Keep it in place of what this person handed in before."""
        await self.drop(person_id)
        values = {"sha256": upload.sha256, "name": upload.name, "content": upload.content}
        await self._run(UPLOAD.insert().inline(), {"person_id": person_id, "at": at, **values})

    async def of_person(self, person_id: int, now: dt.datetime) -> Upload | None:
        """What this person handed in last, while it holds."""
        return await self._row(_OF_PERSON, person=person_id, since=now - HOLDS)

    async def drop(self, person_id: int) -> None:
        """It was used, or is not wanted any more."""
        await self._run(_DROP, {"person": person_id})

    async def some_old(self, now: dt.datetime) -> bool:
        """Whether there are some that hold no longer."""
        return await self._row(_OLD, since=now - HOLDS) is not None

    async def drop_old(self, now: dt.datetime) -> None:
        """Those that hold no longer."""
        await self._run(_DROP_OLD, {"since": now - HOLDS})
