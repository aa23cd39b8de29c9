"""Invitations: one-time codes that tie an account to a person."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.devices import CodeGiven, WaitingCode
from storage.columns import read
from storage.queries import Columns, Prepared, among, columns
from storage.repositories.base import Repository
from storage.repositories.offices.people import PERSON_COLUMNS, PERSON_FROM
from storage.tables import ACCOUNT, CODE_ATTEMPT, INVITATION, PERSON
from storage.values import IssuedInvitation, LookedUp, NewCode


class CodeRow(NamedTuple):
    """The state of a code."""

    id: int
    person_id: int
    used_at: dt.datetime | None
    revoked_at: dt.datetime | None
    expires_at: dt.datetime
    opens_at: dt.datetime | None


class Waiting(NamedTuple):
    """An unused invitation of a person, and until when it is valid."""

    person_id: int
    until: dt.datetime


_CODE = columns(CodeRow, INVITATION)
_BY_MARK = Prepared(_CODE, sa.select(*_CODE).where(INVITATION.c.mark == sa.bindparam("mark_")))
#: Condition: the code was neither used nor revoked.
OPEN = sa.and_(INVITATION.c.used_at.is_(None), INVITATION.c.revoked_at.is_(None))
_USE = Prepared(
    str,
    INVITATION.update()
    .where(
        INVITATION.c.id == sa.bindparam("id_"),
        OPEN,
        sa.or_(INVITATION.c.opens_at.is_(None), INVITATION.c.opens_at <= sa.bindparam("at_")),
    )
    .values(used_at=sa.bindparam("at_"), locked=None)
    .returning(INVITATION.c.kind),
)
_REVOKE = (
    INVITATION.update()
    .where(INVITATION.c.person_id == sa.bindparam("person_"), OPEN)
    .values(revoked_at=sa.bindparam("at_"), locked=None)
)
_REVOKE_DEVICE = _REVOKE.where(INVITATION.c.kind == "device")
_WITHDRAW = (
    INVITATION.update()
    .where(
        among(INVITATION.c.person_id, "people_"),
        INVITATION.c.kind == "roster",
        INVITATION.c.issued_at == sa.bindparam("issued_"),
        OPEN,
    )
    .values(revoked_at=sa.bindparam("at_"), locked=None)
)
_NOT_THEIRS = (
    INVITATION.update()
    .where(
        INVITATION.c.id
        == sa.select(ACCOUNT.c.invitation_id)
        .where(ACCOUNT.c.channel == sa.bindparam("channel_"), ACCOUNT.c.external_id == sa.bindparam("account_"))
        .scalar_subquery(),
        INVITATION.c.revoked_at.is_(None),
    )
    .values(revoked_at=sa.bindparam("at_"))
)
_STILL_WAITS = INVITATION.update().where(
    INVITATION.c.id == sa.bindparam("id_"), OPEN, INVITATION.c.opens_at > sa.bindparam("at_")
)
_SOONER = _STILL_WAITS.values(opens_at=sa.bindparam("at_"))
_HASTEN = _STILL_WAITS.where(INVITATION.c.hastened_by.is_(None)).values(
    hastened_by=sa.bindparam("by_"), hastened_why=sa.bindparam("why_")
)
# Two transactions issuing a code to the same person take turns; rows that merely refer to the person do not wait.
_TURN = Prepared(
    int, sa.select(PERSON.c.id).where(PERSON.c.id == sa.bindparam("person_")).with_for_update(key_share=True)
)
_WAITING = Prepared(
    Waiting,
    sa.select(INVITATION.c.person_id, sa.func.max(INVITATION.c.expires_at))
    .join(PERSON, PERSON.c.id == INVITATION.c.person_id)
    .where(
        PERSON.c.office_id == sa.bindparam("office"),
        INVITATION.c.kind == "roster",
        OPEN,
        INVITATION.c.expires_at > sa.bindparam("now_"),
    )
    .group_by(INVITATION.c.person_id),
)
_WRONG = Prepared(
    int,
    sa.select(sa.func.count()).where(
        CODE_ATTEMPT.c.account == sa.bindparam("account_"), CODE_ATTEMPT.c.at >= sa.bindparam("since_")
    ),
)
_GIVEN: Columns[CodeGiven] = columns(
    CodeGiven,
    INVITATION,
    by=INVITATION.c.given_by,
    name=INVITATION.c.given_by_name,
    position=INVITATION.c.given_by_position,
    at=INVITATION.c.issued_at,
    through=read(INVITATION.c.given_through, tuple),
    first=sa.type_coerce(sa.not_(INVITATION.c.anew), sa.Boolean()),
)
# First codes issued by a head, and codes for further devices that were requested from a device let in by one.
_UNCONFIRMED = sa.and_(
    sa.not_(INVITATION.c.anew), INVITATION.c.given_by.is_not(None), INVITATION.c.confirmed_at.is_(None)
)
#: Condition on a code: its issuer is barred from deciding what is sent from the device it let in.
BY_SOMEBODY = sa.or_(INVITATION.c.anew, _UNCONFIRMED)
_CONFIRM = (
    INVITATION.update()
    .where(
        INVITATION.c.person_id == sa.bindparam("person_"),
        INVITATION.c.given_by != sa.bindparam("by_"),
        _UNCONFIRMED,
    )
    .values(confirmed_by=sa.bindparam("by_"), confirmed_at=sa.bindparam("at_"))
)
_HASTENER = PERSON.alias("hastener")
_WAITING_CODE = columns(
    WaitingCode,
    INVITATION,
    person=INVITATION.c.person_id,
    given=_GIVEN,
    opens_at=sa.func.coalesce(INVITATION.c.opens_at, INVITATION.c.issued_at, type_=INVITATION.c.issued_at.type),
    hastened_by_name=sa.func.coalesce(
        sa.select(_HASTENER.c.name).where(_HASTENER.c.id == INVITATION.c.hastened_by).scalar_subquery(),
        "",
        type_=sa.Text,
    ),
    reason=INVITATION.c.hastened_why,
)
_ANEW = sa.and_(
    INVITATION.c.anew,
    INVITATION.c.kind == "roster",
    INVITATION.c.opens_at.is_not(None),
    OPEN,
    INVITATION.c.expires_at > sa.bindparam("now_"),
)
_ANEW_OF_OFFICE = Prepared(
    _WAITING_CODE,
    sa.select(*_WAITING_CODE)
    .join(PERSON, PERSON.c.id == INVITATION.c.person_id)
    .where(PERSON.c.office_id == sa.bindparam("office"), _ANEW)
    .order_by(INVITATION.c.id),
)
_ANEW_OF_PERSON = Prepared(
    _WAITING_CODE,
    sa.select(*_WAITING_CODE)
    .where(INVITATION.c.person_id == sa.bindparam("person_"), _ANEW)
    .order_by(INVITATION.c.id.desc()),
)
_CAME_BY = Prepared(
    _GIVEN,
    sa.select(*_GIVEN)
    .join(ACCOUNT, ACCOUNT.c.invitation_id == INVITATION.c.id)
    .where(
        ACCOUNT.c.channel == sa.bindparam("channel_"),
        ACCOUNT.c.external_id == sa.bindparam("account_"),
        ACCOUNT.c.untied_at.is_(None),
        BY_SOMEBODY,
    ),
)


class Unconfirmed(NamedTuple):
    """Somebody who came in by a first code that their head issued, and whom nobody else has confirmed."""

    person_id: int
    given: CodeGiven


_UNCONFIRMED_ROW = columns(Unconfirmed, INVITATION, given=_GIVEN)
_UNCONFIRMED_OF_OFFICE = Prepared(
    _UNCONFIRMED_ROW,
    sa.select(*_UNCONFIRMED_ROW)
    .join(ACCOUNT, ACCOUNT.c.invitation_id == INVITATION.c.id)
    .join(PERSON, PERSON.c.id == INVITATION.c.person_id)
    .where(PERSON.c.office_id == sa.bindparam("office"), ACCOUNT.c.untied_at.is_(None), _UNCONFIRMED)
    .order_by(INVITATION.c.id),
)
_BY_WHICH = INVITATION.alias("by_which")
# A code that was used and then revoked had reached the wrong person, so it does not count as coming in.
_HAS_OR_HAD = sa.or_(
    ACCOUNT.c.untied_at.is_(None),
    sa.not_(
        sa.exists()
        .where(_BY_WHICH.c.id == ACCOUNT.c.invitation_id, _BY_WHICH.c.revoked_at.is_not(None))
        .correlate(ACCOUNT)
    ),
)
_CAME_IN = sa.and_(INVITATION.c.used_at.is_not(None), INVITATION.c.revoked_at.is_(None))
#: Condition: the person has an account, or came in at some time.
BEEN_IN = sa.or_(
    sa.exists().where(ACCOUNT.c.person_id == PERSON.c.id, _HAS_OR_HAD).correlate(PERSON),
    sa.exists().where(INVITATION.c.person_id == PERSON.c.id, _CAME_IN).correlate(PERSON),
)
_BEEN_IN_OF_OFFICE = Prepared(int, sa.select(PERSON.c.id).where(PERSON.c.office_id == sa.bindparam("office"), BEEN_IN))
_HAS_BEEN_IN = Prepared(int, sa.select(PERSON.c.id).where(PERSON.c.id == sa.bindparam("person_"), BEEN_IN))
_ISSUED = columns(IssuedInvitation, INVITATION, person=PERSON_COLUMNS, code=sa.literal("", sa.Text))
_LISTED = Prepared(
    _ISSUED,
    sa.select(*_ISSUED)
    .select_from(PERSON_FROM.join(INVITATION, INVITATION.c.person_id == PERSON.c.id))
    .where(PERSON.c.office_id == sa.bindparam("office"), INVITATION.c.kind == "roster")
    .order_by(PERSON.c.unit_id, PERSON.c.id, INVITATION.c.id),
)


class Invitations(Repository):
    """Invitations: one-time codes, and the wrong codes that were tried."""

    async def look_up(self, code: str, now: dt.datetime) -> LookedUp:
        """The state of that code at the moment `now`."""
        row = await self._row(_BY_MARK, mark_=self._held.key.mark(code))
        if row is None:
            return LookedUp("unknown")
        if row.used_at is not None:
            return LookedUp("used", row.id, row.person_id)
        if row.revoked_at is not None:
            return LookedUp("revoked", row.id, row.person_id)
        if row.expires_at <= now:
            return LookedUp("expired", row.id, row.person_id)
        if row.opens_at is not None and now < row.opens_at:
            return LookedUp("waiting", row.id, row.person_id, row.opens_at)
        return LookedUp("valid", row.id, row.person_id)

    async def use(self, invitation_id: int, at: dt.datetime) -> str | None:
        """Use the code; returns its kind. None when it was used meanwhile, was revoked, or is not valid yet."""
        return await self._row(_USE, id_=invitation_id, at_=at)

    async def issue(self, new: NewCode, kind: str, expires_at: dt.datetime, at: dt.datetime) -> int:
        """Store a new code of kind `roster` or `device`; returns its id."""
        return await self._add(INVITATION, kind=kind, issued_at=at, expires_at=expires_at, **self._kept(new))

    async def issue_many(self, codes: Sequence[NewCode], kind: str, expires_at: dt.datetime, at: dt.datetime) -> None:
        """Store new codes."""
        same = {"kind": kind, "issued_at": at, "expires_at": expires_at}
        await self._many(INVITATION.insert(), [{**self._kept(new), **same} for new in codes])

    def _kept(self, new: NewCode) -> dict[str, object]:
        """The columns of a new code: its mark (keyed hash), and the code itself, encrypted."""
        key, given = self._held.key, new.given
        return {
            "person_id": new.person,
            "mark": key.mark(new.code),
            "locked": key.lock(new.code),
            "anew": given is not None and not given.first,
            "given_by": given.by if given else None,
            "given_by_name": given.name if given else "",
            "given_by_position": given.position if given else "",
            "given_through": list(given.through) if given else [],
            "opens_at": new.opens_at,
            "hastened_why": "",
        }

    async def not_theirs(self, channel: str, account: str, at: dt.datetime) -> None:
        """Revoke the used code by which this account came in: it had reached somebody it was not meant for."""
        await self._run(_NOT_THEIRS, {"channel_": channel, "account_": account, "at_": at})

    async def came_by(self, channel: str, account: str) -> CodeGiven | None:
        """The issuer of the code by which this account came in, if it was a code given anew, or a first code issued by
        a head and not confirmed yet.
        """
        return await self._row(_CAME_BY, channel_=channel, account_=account)

    async def has_been_in(self, person_id: int) -> bool:
        """Whether the person has an account, or came in at some time."""
        return await self._row(_HAS_BEEN_IN, person_=person_id) is not None

    async def been_in(self, office_id: int) -> frozenset[int]:
        """The people of an office who have an account, or came in at some time."""
        return frozenset(await self._rows(_BEEN_IN_OF_OFFICE, office=office_id))

    async def anew(self, office_id: int, now: dt.datetime) -> dict[int, WaitingCode]:
        """Person → their unused code given anew."""
        return {one.person: one for one in await self._rows(_ANEW_OF_OFFICE, office=office_id, now_=now)}

    async def anew_for(self, person_id: int, now: dt.datetime) -> WaitingCode | None:
        """The person's unused code given anew."""
        return await self._row(_ANEW_OF_PERSON, person_=person_id, now_=now)

    async def open_now(self, invitation_id: int, at: dt.datetime) -> bool:
        """Let a waiting code be used from now on. False when it no longer waits."""
        return bool(await self._run(_SOONER, {"id_": invitation_id, "at_": at}))

    async def hasten(self, invitation_id: int, by: int, why: str, at: dt.datetime) -> bool:
        """Record who asks that a waiting code may be used at once, and why. False when it no longer waits or somebody
        already asked.
        """
        return bool(await self._run(_HASTEN, {"id_": invitation_id, "by_": by, "why_": why, "at_": at}))

    async def unconfirmed(self, office_id: int) -> dict[int, CodeGiven]:
        """Person → issuer of the first code by which they came in, as long as nobody else has confirmed that it was the
        right person.
        """
        return {row.person_id: row.given for row in await self._rows(_UNCONFIRMED_OF_OFFICE, office=office_id)}

    async def confirm(self, person_id: int, by: int, at: dt.datetime) -> bool:
        """Record that `by`, who did not issue the code, confirms that the right person came in by it. False when no
        confirmation is pending.
        """
        return bool(await self._run(_CONFIRM, {"person_": person_id, "by_": by, "at_": at}))

    async def revoke_open(self, person_id: int, at: dt.datetime) -> int:
        """Revoke all unused codes of this person; returns how many there were."""
        await self._row(_TURN, person_=person_id)
        return await self._run(_REVOKE, {"person_": person_id, "at_": at})

    async def revoke_device(self, person_id: int, at: dt.datetime) -> int:
        """Revoke the unused codes this person requested for further devices; returns how many there were."""
        return await self._run(_REVOKE_DEVICE, {"person_": person_id, "at_": at})

    async def withdraw(self, people: Sequence[int], issued_at: dt.datetime, at: dt.datetime) -> int:
        """Revoke the unused codes issued to these people at that moment; returns how many there were."""
        return await self._run(_WITHDRAW, {"people_": list(people), "issued_": issued_at, "at_": at}) if people else 0

    async def wrong_codes_since(self, account: str, since: dt.datetime) -> int:
        """The number of wrong codes this account has given since then."""
        (wrong,) = await self._rows(_WRONG, account_=account, since_=since)
        return wrong

    async def record_wrong(self, channel: str, account: str, at: dt.datetime) -> None:
        """Record a wrong code given by this account."""
        await self._run(CODE_ATTEMPT.insert(), {"channel": channel, "account": account, "at": at})

    async def waiting(self, office_id: int, now: dt.datetime) -> dict[int, dt.datetime]:
        """Person → until when their unused invitation is valid."""
        return {row.person_id: row.until for row in await self._rows(_WAITING, office=office_id, now_=now)}

    async def list(self, office_id: int, *, codes: bool = True) -> Sequence[IssuedInvitation]:
        """The roster invitations of an office, sorted by unit, a person's newest last. With `codes`: including the
        codes that may still be handed out.
        """
        rows, key = await self._rows(_LISTED, office=office_id), self._held.key
        if not codes:
            return [replace(row, locked=None) for row in rows]
        return [replace(row, code=key.unlock(row.locked) or "") if row.locked else row for row in rows]
