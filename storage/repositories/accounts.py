"""Accounts of channels and the people they are tied to."""

import datetime as dt

import sqlalchemy as sa

from storage.prepared import Prepared
from storage.repositories.base import INSERT, Repository
from storage.repositories.conversations import (
    CONVERSATION_COLUMNS,
    CONVERSATION_FROM,
    CONVERSATION_WIDTH,
    conversation_of,
)
from storage.tables import ACCOUNT, CONVERSATION, PERSON, TURN
from storage.values import Arrival

_THIS = sa.and_(ACCOUNT.c.channel == sa.bindparam("channel_"), ACCOUNT.c.external_id == sa.bindparam("account_"))
_TIED = sa.and_(_THIS, ACCOUNT.c.untied_at.is_(None))
_PERSON = sa.select(ACCOUNT.c.person_id).where(_TIED)
_OF_PERSON = (
    sa.select(ACCOUNT.c.channel, ACCOUNT.c.external_id, ACCOUNT.c.blocked_at)
    .where(ACCOUNT.c.person_id == sa.bindparam("person"), ACCOUNT.c.untied_at.is_(None))
    .order_by(ACCOUNT.c.tied_at, ACCOUNT.c.id)
)
_OF_OFFICE = (
    sa.select(ACCOUNT.c.person_id, sa.func.count(), sa.func.count(ACCOUNT.c.blocked_at))
    .join(PERSON, PERSON.c.id == ACCOUNT.c.person_id)
    .where(PERSON.c.office_id == sa.bindparam("office"), ACCOUNT.c.untied_at.is_(None))
    .group_by(ACCOUNT.c.person_id)
)
_SEEN = sa.select(TURN.c.replies).where(
    TURN.c.channel == sa.bindparam("channel_"), TURN.c.update_id == sa.bindparam("update_")
)
_ARRIVAL = Prepared(
    sa.select(*CONVERSATION_COLUMNS, ACCOUNT.c.blocked_at, _SEEN.scalar_subquery())
    .select_from(CONVERSATION_FROM.join(ACCOUNT, ACCOUNT.c.person_id == PERSON.c.id))
    .where(_TIED)
    .with_for_update(of=CONVERSATION)
)


class Accounts(Repository):
    """Which account belongs to whom. An account is tied to at most one person at a time."""

    async def person_of(self, channel: str, account: str) -> int | None:
        """The person this account is tied to."""
        row = await self._row(_PERSON, {"channel_": channel, "account_": account})
        return None if row is None else int(row[0])

    async def arrival(self, channel: str, account: str, update_id: str) -> Arrival:
        """Who speaks, and whether this update was kept before; the person's conversation is locked.

        `person_of`, `turns.seen` and `conversations.locked` in one statement. While it waits for the
        lock, PostgreSQL may miss that the same update was just kept: `turns.keep` then raises AlreadyKept.
        """
        values = {"channel_": channel, "account_": account, "update_": update_id}
        row = await self._row(_ARRIVAL, values)
        if row is None:
            seen = await self._row(_SEEN, {"channel_": channel, "update_": update_id})
            return Arrival(await self.person_of(channel, account), None if seen is None else seen[0])
        conversation = conversation_of(row)
        blocked_at, replies = row[CONVERSATION_WIDTH:]
        self._held.conversations[conversation.person.id] = conversation
        return Arrival(conversation.person.id, replies, blocked=blocked_at is not None)

    async def tie(self, channel: str, account: str, person_id: int, at: dt.datetime) -> None:
        """From now on this account speaks for that person."""
        tied = {"person_id": person_id, "tied_at": at, "untied_at": None, "blocked_at": None}
        insert = INSERT[self._connection.dialect.name](ACCOUNT)
        statement = insert.values(channel=channel, external_id=account, **tied)
        await self._run(statement.on_conflict_do_update(index_elements=["channel", "external_id"], set_=tied))

    async def untie(self, channel: str, account: str, at: dt.datetime) -> None:
        """From now on this account speaks for nobody."""
        await self._change(channel, account, untied_at=at)

    async def untie_person(self, person_id: int, at: dt.datetime) -> int:
        """From now on no account speaks for that person; how many did."""
        this = sa.and_(ACCOUNT.c.person_id == person_id, ACCOUNT.c.untied_at.is_(None))
        return (await self._run(ACCOUNT.update().where(this).values(untied_at=at))).rowcount

    async def of_person(self, person_id: int) -> list[tuple[str, str, bool]]:
        """(channel, account, blocked) of every account tied to the person, oldest first."""
        rows = await self._rows(_OF_PERSON, {"person": person_id})
        return [(channel, account, blocked_at is not None) for channel, account, blocked_at in rows]

    async def of_office(self, office_id: int) -> dict[int, tuple[int, int]]:
        """Person → how many accounts are theirs, and how many of them blocked us."""
        rows = await self._rows(_OF_OFFICE, {"office": office_id})
        return {person: (tied, blocked) for person, tied, blocked in rows}

    async def mark_blocked(self, channel: str, account: str, at: dt.datetime) -> None:
        """The person blocked us there."""
        await self._change(channel, account, blocked_at=at)

    async def clear_blocked(self, channel: str, account: str) -> None:
        """The person speaks to us again."""
        await self._change(channel, account, blocked_at=None)

    async def _change(self, channel: str, account: str, **values: dt.datetime | None) -> None:
        statement = ACCOUNT.update().where(_THIS).values(**values)
        await self._run(statement, {"channel_": channel, "account_": account})
