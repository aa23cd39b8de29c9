"""One-time console links, and the sessions begun by them.

A session is an account of the channel `console`, so that it is listed and signed out like any other account. It ends
with the account from which its link was requested.
"""

import datetime as dt
from typing import NamedTuple

import sqlalchemy as sa

from storage.queries import Prepared, columns
from storage.repositories.base import Repository
from storage.rows.bulk import INSERT
from storage.tables import ACCOUNT, CODE_ATTEMPT, CONSOLE_LINK, PERSON, UNIT
from storage.values import Tie

#: The channel whose accounts are console sessions.
CHANNEL = "console"


class ConsoleLink(NamedTuple):
    """A console link that was issued: for whom, until when it can be opened, and whether it was used."""

    id: int
    person_id: int
    expires_at: dt.datetime
    used_at: dt.datetime | None
    holds: bool  # the account it was requested from is still that person's

    def opens(self, at: dt.datetime) -> bool:
        """Whether the link can be used at that moment."""
        return self.used_at is None and self.holds and at <= self.expires_at


_ASKED_FROM = ACCOUNT.alias("asked_from")
_HOLDS = sa.and_(_ASKED_FROM.c.untied_at.is_(None), _ASKED_FROM.c.person_id == CONSOLE_LINK.c.person_id)
_LINK = columns(ConsoleLink, CONSOLE_LINK, holds=_HOLDS.label("holds"))
_FOUND = Prepared(
    _LINK,
    sa.select(*_LINK)
    .join(_ASKED_FROM, _ASKED_FROM.c.id == CONSOLE_LINK.c.account_id)
    .where(CONSOLE_LINK.c.mark == sa.bindparam("mark_")),
)
_THIS = sa.and_(
    ACCOUNT.c.channel == sa.bindparam("channel_"),
    ACCOUNT.c.external_id == sa.bindparam("account_"),
    ACCOUNT.c.untied_at.is_(None),
)
_ID = Prepared(int, sa.select(ACCOUNT.c.id).where(_THIS))
_TIE = columns(Tie, ACCOUNT)
_SESSION = Prepared(
    _TIE,
    sa.select(*_TIE)
    .join(CONSOLE_LINK, CONSOLE_LINK.c.session_id == ACCOUNT.c.id)
    .join(_ASKED_FROM, _ASKED_FROM.c.id == CONSOLE_LINK.c.account_id)
    .join(PERSON, PERSON.c.id == ACCOUNT.c.person_id)
    .where(_THIS, _HOLDS, CONSOLE_LINK.c.person_id == ACCOUNT.c.person_id, PERSON.c.left_on.is_(None)),
)


class DeviceInUse(NamedTuple):
    """A device on which somebody of an office is signed in."""

    name: str
    key: str
    unit: str
    channel: str
    since: dt.datetime
    last: dt.datetime | None


class WrongCodes(NamedTuple):
    """The number of wrong codes given through a channel, from how many accounts, and when the last one was given."""

    channel: str
    tries: int
    accounts: int
    last: dt.datetime


_IN_USE = columns(
    DeviceInUse,
    PERSON,
    key=PERSON.c.roster_key,
    unit=UNIT.c.name,
    channel=ACCOUNT.c.channel,
    since=ACCOUNT.c.tied_at,
    last=ACCOUNT.c.seen_at,
)
_USED = (ACCOUNT.c.untied_at.is_(None), PERSON.c.office_id == sa.bindparam("office"))
_DEVICES = Prepared(
    _IN_USE,
    sa.select(*_IN_USE)
    .select_from(ACCOUNT.join(PERSON, PERSON.c.id == ACCOUNT.c.person_id).join(UNIT, UNIT.c.id == PERSON.c.unit_id))
    .where(*_USED)
    .order_by(sa.func.coalesce(ACCOUNT.c.seen_at, ACCOUNT.c.tied_at).desc(), ACCOUNT.c.id.desc())
    .limit(sa.bindparam("most"))
    .offset(sa.bindparam("first")),
)
_HOW_MANY = Prepared(
    int,
    sa.select(sa.func.count()).select_from(ACCOUNT.join(PERSON, PERSON.c.id == ACCOUNT.c.person_id)).where(*_USED),
)
_WRONG = Prepared(
    WrongCodes,
    sa.select(
        CODE_ATTEMPT.c.channel,
        sa.func.count(),
        sa.func.count(CODE_ATTEMPT.c.account.distinct()),
        sa.func.max(CODE_ATTEMPT.c.at),
    )
    .where(CODE_ATTEMPT.c.at >= sa.bindparam("since"))
    .group_by(CODE_ATTEMPT.c.channel)
    .order_by(CODE_ATTEMPT.c.channel),
)


class Consoles(Repository):
    """Console links and sessions. Of several links of a person only the newest is valid."""

    async def issue(
        self, code: str, asked_from: tuple[str, str], person_id: int, expires_at: dt.datetime, at: dt.datetime
    ) -> None:
        """Issue a link to the person asking from that account of a channel; their earlier unused links become invalid."""
        channel, account = asked_from
        account_id = await self._row(_ID, channel_=channel, account_=account)
        if account_id is None:
            raise LookupError(f"no account of {channel}")
        unused = sa.and_(CONSOLE_LINK.c.person_id == person_id, CONSOLE_LINK.c.used_at.is_(None))
        await self._run(CONSOLE_LINK.update().where(unused).values(locked=None))
        hold = sa.and_(unused, CONSOLE_LINK.c.expires_at > at)
        await self._run(CONSOLE_LINK.update().where(hold).values(expires_at=at))
        key = self._held.key
        await self._add(
            CONSOLE_LINK,
            mark=key.mark(code),
            locked=key.lock(code),
            person_id=person_id,
            account_id=account_id,
            issued_at=at,
            expires_at=expires_at,
        )

    async def look_up(self, code: str) -> ConsoleLink | None:
        """The link with this code; it is not used up."""
        return await self._row(_FOUND, mark_=self._held.key.mark(code))

    async def begin(self, link: ConsoleLink, account: str, at: dt.datetime) -> bool:
        """Use the link: `account` of the console channel becomes that person's session. False when it was used
        meanwhile.
        """
        unused = sa.and_(CONSOLE_LINK.c.id == link.id, CONSOLE_LINK.c.used_at.is_(None))
        if not await self._run(CONSOLE_LINK.update().where(unused).values(used_at=at, locked=None)):
            return False
        insert = INSERT[self._connection.dialect.name](ACCOUNT)
        tied = {"person_id": link.person_id, "tied_at": at, "seen_at": at}
        # Whoever issued the code of the requesting device is also barred from deciding what is done in this session.
        came_by = (
            sa.select(ACCOUNT.c.invitation_id)
            .join(CONSOLE_LINK, CONSOLE_LINK.c.account_id == ACCOUNT.c.id)
            .where(CONSOLE_LINK.c.id == link.id)
            .scalar_subquery()
        )
        await self._run(insert.values(channel=CHANNEL, external_id=account, invitation_id=came_by, **tied))
        session = await self._row(_ID, channel_=CHANNEL, account_=account)
        await self._run(CONSOLE_LINK.update().where(CONSOLE_LINK.c.id == link.id).values(session_id=session))
        return True

    async def session(self, account: str) -> Tie | None:
        """The tie of a session, as long as the person has not left and the account it was requested from is still
        theirs.
        """
        return await self._row(_SESSION, channel_=CHANNEL, account_=account)

    async def devices(self, office: int, first: int, most: int) -> list[DeviceInUse]:
        """The devices on which people of an office are signed in, the most recently used first."""
        return await self._connection.fetch_apart(_DEVICES, {"office": office, "first": first, "most": most})

    async def devices_counted(self, office: int) -> int:
        """The number of those devices."""
        return (await self._connection.fetch_apart(_HOW_MANY, {"office": office}))[0]

    async def wrong_codes(self, since: dt.datetime) -> list[WrongCodes]:
        """The wrong codes given since then, by channel; it is unknown whose they were."""
        return await self._rows(_WRONG, since=since)
