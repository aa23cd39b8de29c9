"""Handled events with their replies."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from rules.nouns.reviews import Json
from storage.errors import AlreadyKept
from storage.repositories.base import Repository
from storage.repositories.bulk import add_all_once
from storage.tables import TURN
from storage.values import KeptTurn, NewTurn

_SEEN = sa.select(TURN.c.replies).where(
    TURN.c.channel == sa.bindparam("channel_"), TURN.c.update_id == sa.bindparam("update_")
)
_HISTORY = (
    sa.select(TURN.c.id, TURN.c.at, TURN.c.channel, TURN.c.said, TURN.c.replies)
    .where(TURN.c.person_id == sa.bindparam("person"), TURN.c.id > sa.bindparam("after"))
    .order_by(TURN.c.id.desc())
    .limit(sa.bindparam("newest"))
)


class Turns(Repository):
    """What was said and replied, for replays and for the history of the page."""

    async def seen(self, channel: str, update_id: str) -> list[Json] | None:
        """The kept replies of this update, or None when it is new."""
        row = await self._row(_SEEN, {"channel_": channel, "update_": update_id})
        return None if row is None else row[0]

    async def keep(
        self,
        person_id: int | None,
        channel: str,
        account: str,
        update_id: str,
        said: Json,
        replies: Sequence[Json],
        at: dt.datetime,
    ) -> int:
        """Keep a turn and return its id. Raises AlreadyKept when another transaction kept this update."""
        values = {
            "person_id": person_id,
            "channel": channel,
            "account": account,
            "update_id": update_id,
            "said": said,
            "replies": list(replies),
            "at": at,
        }
        kept = await self._once(TURN, ("channel", "update_id"), values)
        if kept is None:
            raise AlreadyKept(f"update {update_id} of {channel} is kept already")
        return kept

    async def keep_many(self, turns: Sequence[NewTurn], at: dt.datetime) -> None:
        """Keep those turns whose updates are not kept yet, in few statements."""
        rows = [
            {
                "person_id": turn.person_id,
                "channel": turn.channel,
                "account": turn.account,
                "update_id": turn.update_id,
                "said": turn.said,
                "replies": list(turn.replies),
                "at": at,
            }
            for turn in turns
        ]
        await add_all_once(self._connection, TURN, ("channel", "update_id"), rows)

    async def history(self, person_id: int, after: int = 0, limit: int = 60) -> Sequence[KeptTurn]:
        """The newest `limit` turns with an id above `after`, oldest first."""
        rows = await self._rows(_HISTORY, {"person": person_id, "after": after, "newest": limit})
        return [KeptTurn(*row) for row in reversed(rows)]
