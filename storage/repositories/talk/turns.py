"""Turns: events with their replies, kept for replaying updates and for the history on the page."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.reviews import Json
from storage.errors import AlreadyKept
from storage.queries import Prepared, columns
from storage.repositories.told_codes import TellingCodes, marked
from storage.rows.bulk import add_all_once
from storage.tables import (
    TURN,
)
from storage.values import KeptTurn, NewTurn
from storage.wake import of_person


class TurnSince(NamedTuple):
    """A turn's id and its person (None for a stranger)."""

    id: int
    person_id: int | None


REPLIES = sa.select(TURN.c.replies).where(
    TURN.c.channel == sa.bindparam("channel_"),
    TURN.c.account == sa.bindparam("account_"),
    TURN.c.update_id == sa.bindparam("update_"),
)
SEEN = Prepared[list[Json]](list, REPLIES)
_KEPT = columns(KeptTurn, TURN)
_HISTORY = Prepared(
    _KEPT,
    sa.select(*_KEPT)
    .where(
        TURN.c.person_id == sa.bindparam("person"),
        TURN.c.id > sa.bindparam("after"),
        TURN.c.id < sa.bindparam("before"),
    )
    .order_by(TURN.c.id.desc())
    .limit(sa.bindparam("newest")),
)
#: Greater than every id that PostgreSQL assigns.
_ENDLESS = 2**31 - 1
_NEWS = columns(TurnSince, TURN)
_SINCE = Prepared(_NEWS, sa.select(*_NEWS).where(TURN.c.id > sa.bindparam("after")).order_by(TURN.c.id))
_NEWEST_ID = Prepared(int, sa.select(sa.func.coalesce(sa.func.max(TURN.c.id), 0)))
_BEGUN = (
    sa.select(*_KEPT)
    .where(TURN.c.person_id == sa.bindparam("person"), TURN.c.said.is_not(None))
    .order_by(TURN.c.id.desc())
    .limit(sa.bindparam("newest"))
)
_NEWEST = Prepared(_KEPT, _BEGUN)
_NEWEST_OF_ACCOUNT = Prepared(
    _KEPT, _BEGUN.where(TURN.c.channel == sa.bindparam("channel_"), TURN.c.account == sa.bindparam("account_"))
)


_OF_UPDATE = Prepared(
    _KEPT,
    sa.select(*_KEPT).where(
        TURN.c.channel == sa.bindparam("channel_"),
        TURN.c.account == sa.bindparam("account_"),
        TURN.c.update_id == sa.bindparam("update_"),
    ),
)


#: The unique columns of a turn: by these a repeated update is recognised.
_UPDATE = ("channel", "account", "update_id")


class MessageTurn(NamedTuple):
    """The turn of a message that may be edited. `newest`: the person has done nothing since."""

    said: object
    newest: bool


#: Number of a person's newest turns searched for an edited message; apps allow editing for two days.
_LOOKED_THROUGH = 400
_RECENT = (
    sa.select(TURN.c.id, TURN.c.said)
    .where(
        TURN.c.person_id == sa.bindparam("person"),
        TURN.c.channel == sa.bindparam("channel_"),
        TURN.c.account == sa.bindparam("account_"),
        TURN.c.said.is_not(None),
    )
    .order_by(TURN.c.id.desc())
    .limit(_LOOKED_THROUGH)
    .subquery()
)
_LATER = TURN.alias("later")
_NEWEST_THERE = sa.not_(
    sa.exists().where(
        _LATER.c.person_id == sa.bindparam("person"), _LATER.c.said.is_not(None), _LATER.c.id > _RECENT.c.id
    )
)
_THAT_MESSAGE = _RECENT.c.said["message"].as_string() == sa.bindparam("message_")
_SAID_UNNAMED = _RECENT.c.said["sent"].as_string() == "unnamed"
_OF_MESSAGE = Prepared(
    columns(MessageTurn, TURN, said=_RECENT.c.said, newest=_NEWEST_THERE.label("newest")),
    sa.select(_RECENT.c.said, _NEWEST_THERE.label("newest"))
    .where(sa.or_(_THAT_MESSAGE, _SAID_UNNAMED))
    .order_by(sa.case((_THAT_MESSAGE, 0), else_=1), _RECENT.c.id.desc())
    .limit(1),
)


class Turns(TellingCodes):
    """The turns. Codes never appear in them: each is replaced by the mark by which it is looked up."""

    async def seen(self, channel: str, account: str, update_id: str) -> list[Json] | None:
        """The stored replies of this update; None when it is new."""
        seen = await self._row(SEEN, channel_=channel, account_=account, update_=update_id)
        return None if seen is None else await self._opened(seen)

    async def keep(
        self,
        person_id: int | None,
        channel: str,
        account: str,
        update_id: str,
        said: Json,
        replies: Sequence[Json],
        at: dt.datetime,
        code: str = "",
    ) -> int:
        """Store a turn; returns its id. `code`: a code that its replies may contain. Raises AlreadyKept when another
        transaction stored this update.
        """
        values = {
            "person_id": person_id,
            "channel": channel,
            "account": account,
            "update_id": update_id,
            "said": said,
            "replies": marked(replies, code, self._held.key.mark(code)) if code else list(replies),
            "at": at,
        }
        kept = await self._once(TURN, _UPDATE, values)
        if kept is None:
            raise AlreadyKept(f"update {update_id} of {channel} is kept already")
        if person_id is not None:
            self._held.told.add(of_person(person_id))
        return kept

    async def of_update(self, channel: str, account: str, update_id: str) -> KeptTurn | None:
        """The turn of this update; None when there is none."""
        turn = await self._row(_OF_UPDATE, channel_=channel, account_=account, update_=update_id)
        return turn and replace(turn, replies=await self._opened(turn.replies))

    async def keep_many(self, turns: Sequence[NewTurn], at: dt.datetime) -> None:
        """Store those of these turns whose updates are new, with few statements."""
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
        await add_all_once(self._connection, TURN, _UPDATE, rows)
        self._held.told.update(of_person(turn.person_id) for turn in turns if turn.person_id is not None)

    async def history(
        self, person_id: int, after: int = 0, limit: int = 60, before: int | None = None
    ) -> Sequence[KeptTurn]:
        """The newest `limit` turns with an id above `after` and below `before`, oldest first."""
        below = _ENDLESS if before is None else before
        turns = (await self._rows(_HISTORY, person=person_id, after=after, before=below, newest=limit))[::-1]
        return [replace(turn, replies=await self._opened(turn.replies)) for turn in turns]

    async def newest_id(self) -> int:
        """The id of the newest turn; 0 when there is none."""
        return await self._row(_NEWEST_ID) or 0

    async def since(self, after: int) -> Sequence[TurnSince]:
        """Ids and people of all turns above `after`, oldest first. One query serves all open pages, and no contents are
        read.
        """
        return await self._rows(_SINCE, after=after)

    async def newest(self, person_id: int, account: tuple[str, str] | None, limit: int) -> Sequence[KeptTurn]:
        """The newest turns begun by the person, on one account (channel, name) or on any, newest first."""
        if account is None:
            return await self._rows(_NEWEST, person=person_id, newest=limit)
        channel, name = account
        return await self._rows(_NEWEST_OF_ACCOUNT, person=person_id, newest=limit, channel_=channel, account_=name)

    async def of_message(self, person_id: int, channel: str, account: str, message: str) -> MessageTurn | None:
        """The newest turn of a text message, as sent or edited. If there is none: the newest turn without a name, of
        which the message is unknown. None when neither is among the turns that are searched.
        """
        return await self._row(_OF_MESSAGE, person=person_id, channel_=channel, account_=account, message_=message)
