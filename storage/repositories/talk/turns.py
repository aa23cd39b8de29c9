"""Turns: what was said and replied, kept for replays and for the history of the page."""

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
    """A turn by its id alone, and whose it is (None: a stranger's)."""

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
#: Above every id that PostgreSQL gives.
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


#: By which a turn is found again, whoever brings its update.
_UPDATE = ("channel", "account", "update_id")


class MessageTurn(NamedTuple):
    """The turn of a message that may be edited; `newest`: its person did nothing since."""

    said: object
    newest: bool


#: So many of a person's newest turns are looked through for a message: apps let it be edited for two days.
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
    """What was said and replied, for replays and for the history of the page. Codes are never kept as they are: in their place
    stands the mark by which they are looked up.
    """

    async def seen(self, channel: str, account: str, update_id: str) -> list[Json] | None:
        """The kept replies of this update, or None when it is new."""
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
        """Keep a turn and return its id; `code`: that its replies may tell. Raises AlreadyKept when another transaction kept this
        update.
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
        """What was kept of this update; None: nothing."""
        turn = await self._row(_OF_UPDATE, channel_=channel, account_=account, update_=update_id)
        return turn and replace(turn, replies=await self._opened(turn.replies))

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
        await add_all_once(self._connection, TURN, _UPDATE, rows)
        self._held.told.update(of_person(turn.person_id) for turn in turns if turn.person_id is not None)

    async def history(
        self, person_id: int, after: int = 0, limit: int = 60, before: int | None = None
    ) -> Sequence[KeptTurn]:
        """The newest `limit` turns with an id above `after` (and below `before`), oldest first."""
        below = _ENDLESS if before is None else before
        turns = (await self._rows(_HISTORY, person=person_id, after=after, before=below, newest=limit))[::-1]
        return [replace(turn, replies=await self._opened(turn.replies)) for turn in turns]

    async def newest_id(self) -> int:
        """The id of the newest turn of all; 0 when there is none."""
        return await self._row(_NEWEST_ID) or 0

    async def since(self, after: int) -> Sequence[TurnSince]:
        """Whose turns have an id above `after`, oldest first: one look for all open pages, and nothing is read of a turn."""
        return await self._rows(_SINCE, after=after)

    async def newest(self, person_id: int, account: tuple[str, str] | None, limit: int) -> Sequence[KeptTurn]:
        """The newest turns that the person began, on one account (channel and name in it) or on any, newest first."""
        if account is None:
            return await self._rows(_NEWEST, person=person_id, newest=limit)
        channel, name = account
        return await self._rows(_NEWEST_OF_ACCOUNT, person=person_id, newest=limit, channel_=channel, account_=name)

    async def of_message(self, person_id: int, channel: str, account: str, message: str) -> MessageTurn | None:
        """The newest turn of a text message, as it was said or edited; if there is none, the newest of what was said without a name: which
        messages those were is not kept. None: neither is among those that are still looked through.
        """
        return await self._row(_OF_MESSAGE, person=person_id, channel_=channel, account_=account, message_=message)
