"""Accounts of channels: which person each belongs to, and who is speaking when an update arrives."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.reviews import Json
from storage.queries import Prepared, among, columns
from storage.repositories.access.invitations import BY_SOMEBODY
from storage.repositories.talk.conversations import CONVERSATION_COLUMNS, CONVERSATION_FROM
from storage.repositories.talk.turns import REPLIES, SEEN
from storage.repositories.told_codes import TellingCodes
from storage.rows.bulk import INSERT
from storage.tables import (
    ACCOUNT,
    CONVERSATION,
    INVITATION,
    PERSON,
    PUSH_ADDRESS,
)
from storage.values import Arrival, Conversation, KnownDevice, Tie
from storage.wake import of_person


class AccountOf(NamedTuple):
    """An account that is tied to a person."""

    channel: str
    external_id: str
    blocked_at: dt.datetime | None


class AccountsRow(NamedTuple):
    """The number of a person's accounts, and how many of them have blocked the bot."""

    person_id: int
    tied: int
    blocked: int


class ArrivalRow(NamedTuple):
    """The owner of an account, and the kept replies if the same update was handled before."""

    conversation: Conversation
    blocked_at: dt.datetime | None
    tied_at: dt.datetime
    seen_at: dt.datetime | None
    replies: list[Json] | None
    by_somebody: bool


class OverRow(NamedTuple):
    """A session that has expired."""

    channel: str
    external_id: str
    person_id: int


_THIS = sa.and_(ACCOUNT.c.channel == sa.bindparam("channel_"), ACCOUNT.c.external_id == sa.bindparam("account_"))
_TIED = sa.and_(_THIS, ACCOUNT.c.untied_at.is_(None))
_PERSON = Prepared(int, sa.select(ACCOUNT.c.person_id).where(_TIED))
_TIE = columns(Tie, ACCOUNT)
_TIE_OF = Prepared(_TIE, sa.select(*_TIE).where(_TIED))
_DEVICE = columns(
    KnownDevice,
    ACCOUNT,
    account=ACCOUNT.c.external_id,
    since=ACCOUNT.c.tied_at,
    last=ACCOUNT.c.seen_at,
)
_THEIRS = sa.and_(ACCOUNT.c.person_id == sa.bindparam("person"), ACCOUNT.c.untied_at.is_(None))
_DEVICES = Prepared(
    _DEVICE,
    sa.select(*_DEVICE)
    .where(_THEIRS)
    .order_by(sa.func.coalesce(ACCOUNT.c.seen_at, ACCOUNT.c.tied_at).desc(), ACCOUNT.c.id.desc()),
)
_OVER = columns(OverRow, ACCOUNT)
_ARE_OVER = Prepared(
    _OVER,
    sa.select(*_OVER).where(
        among(ACCOUNT.c.channel, "channels"),
        ACCOUNT.c.untied_at.is_(None),
        sa.or_(ACCOUNT.c.tied_at < sa.bindparam("begun"), ACCOUNT.c.seen_at < sa.bindparam("idle")),
    ),
)
_ACCOUNT = columns(AccountOf, ACCOUNT)
_OF_PERSON = Prepared(
    _ACCOUNT,
    sa.select(*_ACCOUNT)
    .where(ACCOUNT.c.person_id == sa.bindparam("person"), ACCOUNT.c.untied_at.is_(None))
    .order_by(ACCOUNT.c.tied_at, ACCOUNT.c.id),
)
_OF_OFFICE = Prepared(
    AccountsRow,
    sa.select(ACCOUNT.c.person_id, sa.func.count(), sa.func.count(ACCOUNT.c.blocked_at))
    .join(PERSON, PERSON.c.id == ACCOUNT.c.person_id)
    .where(PERSON.c.office_id == sa.bindparam("office"), ACCOUNT.c.untied_at.is_(None), ACCOUNT.c.channel != "console")
    .group_by(ACCOUNT.c.person_id),
)
_ARRIVED = columns(
    ArrivalRow,
    ACCOUNT,
    conversation=CONVERSATION_COLUMNS,
    replies=REPLIES.scalar_subquery(),
    by_somebody=sa.func.coalesce(BY_SOMEBODY, sa.false(), type_=sa.Boolean),
)
_ARRIVAL = Prepared(
    _ARRIVED,
    sa.select(*_ARRIVED)
    .select_from(
        CONVERSATION_FROM.join(ACCOUNT, ACCOUNT.c.person_id == PERSON.c.id).outerjoin(
            INVITATION, INVITATION.c.id == ACCOUNT.c.invitation_id
        )
    )
    .where(_TIED)
    .with_for_update(of=CONVERSATION),
)


class Accounts(TellingCodes):
    """The accounts of all channels. An account is tied to at most one person at a time."""

    async def person_of(self, channel: str, account: str) -> int | None:
        """The person this account is tied to."""
        return await self._row(_PERSON, channel_=channel, account_=account)

    async def tie_of(self, channel: str, account: str) -> Tie | None:
        """The tie of this account: whose it is, and since when."""
        return await self._row(_TIE_OF, channel_=channel, account_=account)

    async def seen(self, channel: str, account: str, at: dt.datetime) -> None:
        """Record that the account was used at that moment."""
        await self._change(channel, account, seen_at=at)

    async def devices(self, person_id: int) -> Sequence[KnownDevice]:
        """All accounts of the person, the most recently used first."""
        return await self._rows(_DEVICES, person=person_id)

    async def over(self, channels: Sequence[str], idle: dt.datetime, begun: dt.datetime) -> Sequence[OverRow]:
        """The accounts of these channels that have not been used since `idle`, or that were tied before `begun`."""
        return await self._rows(_ARE_OVER, channels=tuple(channels), idle=idle, begun=begun)

    async def move(self, channel: str, account: str, to: str, person_id: int, at: dt.datetime) -> bool:
        """Transfer the tie of `account` to the account `to`; only for an account that has not been used since uses are
        recorded.
        """
        this = sa.and_(_TIED, ACCOUNT.c.person_id == person_id, ACCOUNT.c.seen_at.is_(None))
        statement = ACCOUNT.update().where(this).values(external_id=to, seen_at=at)
        return bool(await self._run(statement, {"channel_": channel, "account_": account}))

    async def arrival(self, channel: str, account: str, update_id: str) -> Arrival:
        """Who speaks, and whether this update was kept before; the person's conversation is locked.

        `person_of`, `turns.seen` and `conversations.locked` in one statement. While it waits for the
        lock, PostgreSQL may miss that the same update was just kept: `turns.keep` then raises AlreadyKept.
        """
        row = await self._row(_ARRIVAL, channel_=channel, account_=account, update_=update_id)
        if row is None:
            seen = await self._row(SEEN, channel_=channel, account_=account, update_=update_id)
            seen = await self._opened(seen) if seen is not None else None
            return Arrival(await self.person_of(channel, account), seen)
        person = row.conversation.person.id
        self._held.conversations[person] = row.conversation
        replies = await self._opened(row.replies) if row.replies is not None else None
        tie = Tie(person, row.tied_at, row.seen_at)
        return Arrival(person, replies, blocked=row.blocked_at is not None, by_somebody=row.by_somebody, tie=tie)

    async def tie(
        self, channel: str, account: str, person_id: int, at: dt.datetime, invitation_id: int | None = None
    ) -> None:
        """Tie the account to that person from now on. `invitation_id`: the code by which it came in."""
        tied = {
            "person_id": person_id,
            "tied_at": at,
            "untied_at": None,
            "blocked_at": None,
            "seen_at": at,
            "invitation_id": invitation_id,
        }
        insert = INSERT[self._connection.dialect.name](ACCOUNT)
        statement = insert.values(channel=channel, external_id=account, **tied)
        await self._run(statement.on_conflict_do_update(index_elements=["channel", "external_id"], set_=tied))

    async def untie(self, channel: str, account: str, at: dt.datetime) -> None:
        """Untie the account: it speaks for nobody any more and receives no push messages."""
        this = sa.and_(ACCOUNT.c.channel == channel, ACCOUNT.c.external_id == account)
        await self._untie(this, at)

    async def untie_person(self, person_id: int, at: dt.datetime) -> int:
        """Untie all accounts of the person; returns how many there were. Their open pages are woken and notice it."""
        this = sa.and_(ACCOUNT.c.person_id == person_id, ACCOUNT.c.untied_at.is_(None))
        self._held.told.add(of_person(person_id))
        return await self._untie(this, at)

    async def untie_others(self, person_id: int, channel: str, account: str, at: dt.datetime) -> int:
        """Untie all other accounts of the person; returns how many there were."""
        this = sa.and_(ACCOUNT.c.channel == channel, ACCOUNT.c.external_id == account)
        others = sa.and_(ACCOUNT.c.person_id == person_id, ACCOUNT.c.untied_at.is_(None), sa.not_(this))
        self._held.told.add(of_person(person_id))
        return await self._untie(others, at)

    async def of_person(self, person_id: int) -> list[tuple[str, str, bool]]:
        """(channel, account, blocked) of every account tied to the person, oldest first."""
        rows = await self._rows(_OF_PERSON, person=person_id)
        return [(row.channel, row.external_id, row.blocked_at is not None) for row in rows]

    async def of_office(self, office_id: int) -> dict[int, tuple[int, int]]:
        """Person → the number of their accounts, and how many of these have blocked the bot."""
        rows = await self._rows(_OF_OFFICE, office=office_id)
        return {row.person_id: (row.tied, row.blocked) for row in rows}

    async def mark_blocked(self, channel: str, account: str, at: dt.datetime) -> None:
        """Record that the person has blocked the bot on this account."""
        await self._change(channel, account, blocked_at=at)

    async def clear_blocked(self, channel: str, account: str) -> None:
        """Record that the person writes to the bot again on this account."""
        await self._change(channel, account, blocked_at=None)

    async def _untie(self, these: sa.ColumnElement[bool], at: dt.datetime) -> int:
        """End these accounts and their push addresses; returns how many accounts there were."""
        await self._run(
            PUSH_ADDRESS.delete().where(PUSH_ADDRESS.c.account_id.in_(sa.select(ACCOUNT.c.id).where(these)))
        )
        return await self._run(ACCOUNT.update().where(these).values(untied_at=at))

    async def _change(self, channel: str, account: str, **values: dt.datetime | None) -> None:
        statement = ACCOUNT.update().where(_THIS).values(**values)
        await self._run(statement, {"channel_": channel, "account_": account})
