"""Uploads: files people hand in. Only the newest of each person is kept."""

import datetime as dt

import sqlalchemy as sa

from storage.queries import Prepared, columns
from storage.repositories.base import Repository
from storage.tables import UPLOAD
from storage.values import Upload

#: Time after which an unused upload is deleted.
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
    """The uploads. Only the person who handed a file in can read it."""

    async def keep(self, person_id: int, upload: Upload, at: dt.datetime) -> None:
        """Store the upload in place of the person's previous one."""
        await self.drop(person_id)
        values = {"sha256": upload.sha256, "name": upload.name, "content": upload.content}
        await self._run(UPLOAD.insert().inline(), {"person_id": person_id, "at": at, **values})

    async def of_person(self, person_id: int, now: dt.datetime) -> Upload | None:
        """The person's upload, if it has not expired."""
        return await self._row(_OF_PERSON, person=person_id, since=now - HOLDS)

    async def drop(self, person_id: int) -> None:
        """Delete the person's upload: it was used, or is not wanted any more."""
        await self._run(_DROP, {"person": person_id})

    async def some_old(self, now: dt.datetime) -> bool:
        """Whether there are expired uploads."""
        return await self._row(_OLD, since=now - HOLDS) is not None

    async def drop_old(self, now: dt.datetime) -> None:
        """Delete expired uploads."""
        await self._run(_DROP_OLD, {"since": now - HOLDS})
