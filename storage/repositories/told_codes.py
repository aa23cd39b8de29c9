"""Codes in stored replies. Each code is replaced by its mark, so that a reply can show the code only while it may be
handed out, and a copy of the database reveals none.
"""

import json
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.reviews import Json
from storage.columns import dumps
from storage.queries import Prepared
from storage.repositories.base import Repository
from storage.tables import CONSOLE_LINK, INQUIRY, INVITATION, POLL_PERSON, WALL_LINK

#: The key under which a stored reply says which mark it contains.
MARK = "mark"


class LockedCode(NamedTuple):
    """A code as stored; None when it may no longer be handed out."""

    locked: str | None


_LOCKED = Prepared(
    LockedCode,
    sa.union_all(
        *(
            sa.select(locked.label("locked")).where(locked.table.c.mark == sa.bindparam("mark_"))
            for locked in (
                *(INVITATION.c.locked, CONSOLE_LINK.c.locked, WALL_LINK.c.locked, POLL_PERSON.c.code),
                INQUIRY.c.locked,
            )
        )
    ),
)


def marked(replies: Sequence[Json], code: str, mark: str) -> list[Json]:
    """The replies with `mark` in place of `code`."""
    kept: list[Json] = []
    for reply in replies:
        text = dumps(reply)
        if isinstance(reply, dict) and code in text:
            kept.append({**json.loads(text.replace(code, mark)), MARK: mark})
        else:
            kept.append(reply)
    return kept


class TellingCodes(Repository):
    """Base of the repositories that return stored replies."""

    async def _opened(self, replies: list[Json]) -> list[Json]:
        """The replies with codes in place of their marks; a reply that would show a code which may no longer be handed
        out is empty.
        """
        return [await self._with_code(one) if isinstance(one, dict) and MARK in one else one for one in replies]

    async def _with_code(self, reply: dict[str, Json]) -> Json:
        mark = str(reply[MARK])
        kept = await self._row(_LOCKED, mark_=mark)
        code = self._held.key.unlock(kept.locked) if kept and kept.locked else None
        plain = {name: value for name, value in reply.items() if name != MARK}
        if code:
            told: Json = json.loads(dumps(plain).replace(mark, code))
            return told
        values = plain.get("values")
        if isinstance(values, dict):
            plain["values"] = {name: "" if mark in str(value) else value for name, value in values.items()}
        return plain
