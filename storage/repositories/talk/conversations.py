"""Who speaks and what is said: accounts, conversations, and their kept turns."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.reviews import Json, ReviewStatus
from storage.errors import AlreadyKept
from storage.queries import Prepared, among, columns
from storage.repositories.access.invitations import BY_SOMEBODY
from storage.repositories.base import Repository
from storage.repositories.offices.people import PERSON_COLUMNS, PERSON_FROM
from storage.repositories.told_codes import TellingCodes, marked
from storage.rows.bulk import INSERT, add_all_once
from storage.tables import (
    ACCOUNT,
    CAMPAIGN,
    CATALOGUE,
    CONVERSATION,
    INVITATION,
    PERSON,
    PUSH_ADDRESS,
    REVIEW,
    STAND_IN,
    TURN,
    WORK,
)
from storage.values import Arrival, Conversation, KeptTurn, KnownDevice, NewTurn, Tie
from storage.wake import of_person

# ── conversations ──────────────────────────────────────────────────────────────────────────────

#: Whether a person is approver of some open review.
_APPROVES = (
    sa.exists()
    .where(REVIEW.c.approver_id == PERSON.c.id, REVIEW.c.campaign_id == CAMPAIGN.c.id, CAMPAIGN.c.closed_at.is_(None))
    .correlate(PERSON)
)

#: Whether a person ever was named to act for somebody absent, and that was not ended.
_COVERS = sa.exists().where(STAND_IN.c.stand_in_id == PERSON.c.id, STAND_IN.c.ended_at.is_(None)).correlate(PERSON)

#: Whether there is anything that a ledger of theirs may rest on.
_WORKS = sa.or_(
    sa.exists().where(CATALOGUE.c.office_id == PERSON.c.office_id).correlate(PERSON),
    sa.exists().where(WORK.c.person_id == PERSON.c.id).correlate(PERSON),
)

#: Whether there is more of theirs than `Reviews.mine` gives.
_CLOSED = (
    sa.exists()
    .where(
        REVIEW.c.person_id == PERSON.c.id,
        REVIEW.c.status != ReviewStatus.ENDED,
        sa.not_(REVIEW.c.redone),
        REVIEW.c.campaign_id == CAMPAIGN.c.id,
        CAMPAIGN.c.closed_at.is_not(None),
    )
    .correlate(PERSON)
)

_CONVERSATION = columns(
    Conversation,
    CONVERSATION,
    person=PERSON_COLUMNS,
    language=PERSON.c.language,
    approves=_APPROVES.label("approves"),
    covers=_COVERS.label("covers"),
    works=_WORKS.label("works"),
    closed=_CLOSED.label("closed"),
)
_CONVERSATION_FROM = PERSON_FROM.join(CONVERSATION, CONVERSATION.c.person_id == PERSON.c.id)

# SQLite's transaction holds the only writer's lock already and renders no FOR UPDATE.
_LOCKED = Prepared(
    _CONVERSATION,
    sa.select(*_CONVERSATION)
    .select_from(_CONVERSATION_FROM)
    .where(PERSON.c.id == sa.bindparam("person"))
    .with_for_update(of=CONVERSATION),
)
_EXISTS = Prepared(int, sa.select(PERSON.c.id).where(PERSON.c.id == sa.bindparam("person")))
_FOCUS_OF = Prepared[dict[str, Json]](
    dict, sa.select(CONVERSATION.c.focus).where(CONVERSATION.c.person_id == sa.bindparam("person"))
)
_FOCUS = (
    CONVERSATION.update()
    .where(CONVERSATION.c.person_id == sa.bindparam("person"))
    .values(focus=sa.bindparam("focus_", type_=CONVERSATION.c.focus.type))
)
_LANGUAGE = PERSON.update().where(PERSON.c.id == sa.bindparam("person")).values(language=sa.bindparam("language_"))


class Conversations(Repository):
    """One conversation a person, the same on every channel: the row that is locked while an event of theirs is handled."""

    async def locked(self, person_id: int) -> Conversation:
        """The conversation, made when it is new; nobody else gets it before this transaction ends.

        Raises LookupError when there is no such person.
        """
        held = self._held.conversations.get(person_id)
        if held is not None:
            return held
        conversation = await self._row(_LOCKED, person=person_id)
        if conversation is None:
            if await self._row(_EXISTS, person=person_id) is None:
                raise LookupError(f"no person {person_id}")
            await self._once(CONVERSATION, ("person_id",), {"person_id": person_id, "focus": None})
            (conversation,) = await self._rows(_LOCKED, person=person_id)
        return conversation

    async def focus(self, person_id: int) -> Mapping[str, Json] | None:
        """What the person asked to return to, or what is awaited; only looked at."""
        return await self._row(_FOCUS_OF, person=person_id)

    async def set_focus(self, person_id: int, focus: Mapping[str, Json] | None) -> None:
        """Remember what the person asked to return to, or what text is awaited; None forgets it."""
        self._held.conversations.pop(person_id, None)
        await self._run(_FOCUS, {"person": person_id, "focus_": focus})

    async def set_language(self, person_id: int, language: str) -> None:
        """`vi` or `en`."""
        self._held.conversations.pop(person_id, None)
        await self._run(_LANGUAGE, {"person": person_id, "language_": language})


# ── accounts ───────────────────────────────────────────────────────────────────────────────────


class AccountOf(NamedTuple):
    """An account of a person."""

    channel: str
    external_id: str
    blocked_at: dt.datetime | None


class AccountsRow(NamedTuple):
    """How many accounts a person has, and how many of them blocked us."""

    person_id: int
    tied: int
    blocked: int


class ArrivalRow(NamedTuple):
    """Whose account it is, and the replies of the update that came when it was kept before."""

    conversation: Conversation
    blocked_at: dt.datetime | None
    tied_at: dt.datetime
    seen_at: dt.datetime | None
    replies: list[Json] | None
    by_somebody: bool


class OverRow(NamedTuple):
    """A session that is over."""

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
_REPLIES = sa.select(TURN.c.replies).where(
    TURN.c.channel == sa.bindparam("channel_"),
    TURN.c.account == sa.bindparam("account_"),
    TURN.c.update_id == sa.bindparam("update_"),
)
_SEEN = Prepared[list[Json]](list, _REPLIES)
_ARRIVED = columns(
    ArrivalRow,
    ACCOUNT,
    conversation=_CONVERSATION,
    replies=_REPLIES.scalar_subquery(),
    by_somebody=sa.func.coalesce(BY_SOMEBODY, sa.false(), type_=sa.Boolean),
)
_ARRIVAL = Prepared(
    _ARRIVED,
    sa.select(*_ARRIVED)
    .select_from(
        _CONVERSATION_FROM.join(ACCOUNT, ACCOUNT.c.person_id == PERSON.c.id).outerjoin(
            INVITATION, INVITATION.c.id == ACCOUNT.c.invitation_id
        )
    )
    .where(_TIED)
    .with_for_update(of=CONVERSATION),
)


class Accounts(TellingCodes):
    """Which account of a channel belongs to whom. An account is tied to at most one person at a time."""

    async def person_of(self, channel: str, account: str) -> int | None:
        """The person this account is tied to."""
        return await self._row(_PERSON, channel_=channel, account_=account)

    async def tie_of(self, channel: str, account: str) -> Tie | None:
        """Whose this account is, and since when."""
        return await self._row(_TIE_OF, channel_=channel, account_=account)

    async def seen(self, channel: str, account: str, at: dt.datetime) -> None:
        """It was used."""
        await self._change(channel, account, seen_at=at)

    async def devices(self, person_id: int) -> Sequence[KnownDevice]:
        """All accounts of the person, the last used first."""
        return await self._rows(_DEVICES, person=person_id)

    async def over(self, channels: Sequence[str], idle: dt.datetime, begun: dt.datetime) -> Sequence[OverRow]:
        """The accounts of these channels that were not used since `idle`, or were tied before `begun`."""
        return await self._rows(_ARE_OVER, channels=tuple(channels), idle=idle, begun=begun)

    async def move(self, channel: str, account: str, to: str, person_id: int, at: dt.datetime) -> bool:
        """What this account was, that other one is from now on: of one that was not used since uses are kept."""
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
            seen = await self._row(_SEEN, channel_=channel, account_=account, update_=update_id)
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
        """From now on this account speaks for that person; `invitation_id`: by which code it came in."""
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
        """From now on this account speaks for nobody, and is called no more."""
        this = sa.and_(ACCOUNT.c.channel == channel, ACCOUNT.c.external_id == account)
        await self._untie(this, at)

    async def untie_person(self, person_id: int, at: dt.datetime) -> int:
        """From now on no account speaks for that person; how many did. Their open pages are woken, and find out."""
        this = sa.and_(ACCOUNT.c.person_id == person_id, ACCOUNT.c.untied_at.is_(None))
        self._held.told.add(of_person(person_id))
        return await self._untie(this, at)

    async def untie_others(self, person_id: int, channel: str, account: str, at: dt.datetime) -> int:
        """From now on this account alone speaks for that person; how many did besides."""
        this = sa.and_(ACCOUNT.c.channel == channel, ACCOUNT.c.external_id == account)
        others = sa.and_(ACCOUNT.c.person_id == person_id, ACCOUNT.c.untied_at.is_(None), sa.not_(this))
        self._held.told.add(of_person(person_id))
        return await self._untie(others, at)

    async def of_person(self, person_id: int) -> list[tuple[str, str, bool]]:
        """(channel, account, blocked) of every account tied to the person, oldest first."""
        rows = await self._rows(_OF_PERSON, person=person_id)
        return [(row.channel, row.external_id, row.blocked_at is not None) for row in rows]

    async def of_office(self, office_id: int) -> dict[int, tuple[int, int]]:
        """Person → how many accounts are theirs, and how many of them blocked us."""
        rows = await self._rows(_OF_OFFICE, office=office_id)
        return {row.person_id: (row.tied, row.blocked) for row in rows}

    async def mark_blocked(self, channel: str, account: str, at: dt.datetime) -> None:
        """The person blocked us there."""
        await self._change(channel, account, blocked_at=at)

    async def clear_blocked(self, channel: str, account: str) -> None:
        """The person speaks to us again."""
        await self._change(channel, account, blocked_at=None)

    async def _untie(self, these: sa.ColumnElement[bool], at: dt.datetime) -> int:
        """End these accounts; their browsers are called no more. How many there were."""
        await self._run(
            PUSH_ADDRESS.delete().where(PUSH_ADDRESS.c.account_id.in_(sa.select(ACCOUNT.c.id).where(these)))
        )
        return await self._run(ACCOUNT.update().where(these).values(untied_at=at))

    async def _change(self, channel: str, account: str, **values: dt.datetime | None) -> None:
        statement = ACCOUNT.update().where(_THIS).values(**values)
        await self._run(statement, {"channel_": channel, "account_": account})


# ── turns ──────────────────────────────────────────────────────────────────────────────────────


class TurnSince(NamedTuple):
    """A turn by its id alone, and whose it is (None: a stranger's)."""

    id: int
    person_id: int | None


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
_OF_MESSAGE = Prepared(
    columns(MessageTurn, TURN, said=_RECENT.c.said, newest=_NEWEST_THERE.label("newest")),
    sa.select(_RECENT.c.said, _NEWEST_THERE.label("newest"))
    .where(_RECENT.c.said["message"].as_string() == sa.bindparam("message_"))
    .order_by(_RECENT.c.id.desc())
    .limit(1),
)


class Turns(TellingCodes):
    """What was said and replied, for replays and for the history of the page. Codes are never kept as they are: in their place
    stands the mark by which they are looked up.
    """

    async def seen(self, channel: str, account: str, update_id: str) -> list[Json] | None:
        """The kept replies of this update, or None when it is new."""
        seen = await self._row(_SEEN, channel_=channel, account_=account, update_=update_id)
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
        """The newest turn of a text message, as it was said or edited; None: of none that is still looked for."""
        return await self._row(_OF_MESSAGE, person=person_id, channel_=channel, account_=account, message_=message)
