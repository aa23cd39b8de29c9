"""Owed work of a channel: replies that are stored but not sent yet, and updates put aside unread."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.reviews import Json
from storage.queries import Nothing, Prepared, among, columns
from storage.repositories.told_codes import TellingCodes
from storage.rows.bulk import INSERT
from storage.tables import OWED, TURN


class OwedReplies(NamedTuple):
    """The unsent replies of a turn. `by`: the process that sends them; `at`: when it last confirmed this."""

    channel: str
    account: str
    update_id: str
    by: str
    at: dt.datetime
    person_id: int | None
    replies: list[Json]


_CHANNEL = OWED.c.channel == sa.bindparam("channel_")
_THIS = sa.and_(_CHANNEL, OWED.c.update_id == sa.bindparam("update_"), OWED.c.account == sa.bindparam("account_"))
_THESE = sa.and_(_CHANNEL, among(OWED.c.update_id, "updates"))
_BY, _AT = sa.bindparam("by_", type_=OWED.c.by.type), sa.bindparam("at_", type_=OWED.c.at.type)
_STRIKE = Prepared(Nothing, OWED.delete().where(_THESE))
_CLAIM = Prepared(
    str,
    OWED.update().where(_THIS, OWED.c.by != _BY).values(by=_BY, at=_AT).returning(OWED.c.update_id),
)
_RENEW = Prepared(str, OWED.update().where(_THESE, OWED.c.by == _BY).values(at=_AT).returning(OWED.c.update_id))
_REPLIES = columns(OwedReplies, OWED, person_id=TURN.c.person_id, replies=TURN.c.replies)
_LEFT = Prepared(
    _REPLIES,
    sa.select(*_REPLIES)
    .join(
        TURN,
        sa.and_(
            TURN.c.channel == OWED.c.channel, TURN.c.account == OWED.c.account, TURN.c.update_id == OWED.c.update_id
        ),
    )
    .where(OWED.c.unread.is_(None))
    .order_by(TURN.c.id)
    .limit(sa.bindparam("most")),
)
_UNREAD = Prepared[object](
    object, sa.select(OWED.c.unread).where(_CHANNEL, OWED.c.unread.is_not(None)).order_by(OWED.c.at)
)


class OwedRows(TellingCodes):
    """The owed rows; a row exists as long as its work is owed, and names the process about to do it."""

    async def owe(self, channel: str, account: str, update_id: str, by: str, at: dt.datetime) -> None:
        """Record that the replies of this update are to be sent; stored together with its turn, in the same round trip."""
        await self._rows(
            _owe(self._connection.dialect.name),
            channel=channel,
            update_id=update_id,
            account=account,
            by=by,
            at=at,
            unread=None,
        )

    async def put_by(self, channel: str, account: str, update_id: str, by: str, at: dt.datetime, update: Json) -> None:
        """Put the update aside to be handled later, because the channel's servers will not send it again; does nothing
        if it was handled.
        """
        statement = INSERT[self._connection.dialect.name](OWED).on_conflict_do_nothing()
        row = {"channel": channel, "account": account, "update_id": update_id, "by": by, "at": at, "unread": update}
        await self._run(statement, row)

    async def unread(self, channel: str) -> list[object]:
        """The updates put aside and not handled, oldest first."""
        return await self._rows(_UNREAD, channel_=channel)

    async def strike(self, channel: str, updates: Sequence[str]) -> None:
        """Remove these updates: nothing is owed about them any more."""
        await self._rows(_STRIKE, channel_=channel, updates=list(updates))

    async def claim(self, channel: str, account: str, update_id: str, by: str, at: dt.datetime) -> bool:
        """Take over owed replies from another process. False when nothing is owed or `by` already has them."""
        return (
            await self._row(_CLAIM, channel_=channel, account_=account, update_=update_id, by_=by, at_=at) is not None
        )

    async def renew(self, channel: str, updates: Sequence[str], by: str, at: dt.datetime) -> list[str]:
        """Confirm that `by` is still about to send these replies; returns those for which that is so."""
        return await self._rows(_RENEW, channel_=channel, updates=list(updates), by_=by, at_=at)

    async def left(self, most: int = 500) -> list[OwedReplies]:
        """The oldest owed replies, in the order in which they were given."""
        rows = await self._rows(_LEFT, most=most)
        return [one._replace(replies=await self._opened(one.replies)) for one in rows]


@cache
def _owe(dialect: str) -> Prepared[Nothing]:
    insert = INSERT[dialect](OWED).inline()
    again = {"by": insert.excluded.by, "at": insert.excluded.at, "unread": insert.excluded.unread}
    return Prepared(
        Nothing, insert.on_conflict_do_update(index_elements=["channel", "update_id", "account"], set_=again)
    )
