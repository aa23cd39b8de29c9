"""Invitations: one-time codes that tie an account to a person."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from storage.queries import Prepared, among, columns
from storage.repositories.base import Repository
from storage.repositories.people import PERSON_COLUMNS, PERSON_FROM
from storage.tables import CODE_ATTEMPT, INVITATION, PERSON
from storage.values import IssuedInvitation, LookedUp


class CodeRow(NamedTuple):
    """What became of a code."""

    id: int
    person_id: int
    used_at: dt.datetime | None
    revoked_at: dt.datetime | None
    expires_at: dt.datetime


class Waiting(NamedTuple):
    """Until when the unused invitation of a person holds."""

    person_id: int
    until: dt.datetime


_CODE = columns(CodeRow, INVITATION)
_BY_CODE = Prepared(_CODE, sa.select(*_CODE).where(INVITATION.c.code == sa.bindparam("code_")))
_OPEN = sa.and_(INVITATION.c.used_at.is_(None), INVITATION.c.revoked_at.is_(None))
_USE = Prepared(
    str,
    INVITATION.update()
    .where(INVITATION.c.id == sa.bindparam("id_"), _OPEN)
    .values(used_at=sa.bindparam("at_"))
    .returning(INVITATION.c.kind),
)
_REVOKE = (
    INVITATION.update()
    .where(INVITATION.c.person_id == sa.bindparam("person_"), _OPEN)
    .values(revoked_at=sa.bindparam("at_"))
)
_WITHDRAW = (
    INVITATION.update()
    .where(
        among(INVITATION.c.person_id, "people_"),
        INVITATION.c.kind == "roster",
        INVITATION.c.issued_at == sa.bindparam("issued_"),
        _OPEN,
    )
    .values(revoked_at=sa.bindparam("at_"))
)
# Two who give a new code to the same person at once take turns; the rows that refer to the person do not wait.
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
        _OPEN,
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
_ISSUED = columns(IssuedInvitation, INVITATION, person=PERSON_COLUMNS)
_LISTED = Prepared(
    _ISSUED,
    sa.select(*_ISSUED)
    .select_from(PERSON_FROM.join(INVITATION, INVITATION.c.person_id == PERSON.c.id))
    .where(PERSON.c.office_id == sa.bindparam("office"), INVITATION.c.kind == "roster")
    .order_by(PERSON.c.unit_id, PERSON.c.id, INVITATION.c.id),
)


class Invitations(Repository):
    """One-time codes and the wrong codes that were tried."""

    async def look_up(self, code: str, now: dt.datetime) -> LookedUp:
        """What that code is worth now."""
        row = await self._row(_BY_CODE, code_=code)
        if row is None:
            return LookedUp("unknown")
        if row.used_at is not None:
            return LookedUp("used", row.id, row.person_id)
        if row.revoked_at is not None:
            return LookedUp("revoked", row.id, row.person_id)
        return LookedUp("expired" if row.expires_at <= now else "valid", row.id, row.person_id)

    async def use(self, invitation_id: int, at: dt.datetime) -> str | None:
        """Use it up; its kind. None when somebody else used it first, or it was revoked."""
        return await self._row(_USE, id_=invitation_id, at_=at)

    async def issue(self, person_id: int, code: str, kind: str, expires_at: dt.datetime, at: dt.datetime) -> int:
        """Keep a fresh code of kind `roster` or `device`."""
        return await self._add(
            INVITATION, person_id=person_id, code=code, kind=kind, issued_at=at, expires_at=expires_at
        )

    async def issue_many(
        self, codes: Sequence[tuple[int, str]], kind: str, expires_at: dt.datetime, at: dt.datetime
    ) -> None:
        """Keep fresh codes: (person, code)."""
        new = {"kind": kind, "issued_at": at, "expires_at": expires_at}
        await self._many(INVITATION.insert(), [{"person_id": person, "code": code, **new} for person, code in codes])

    async def revoke_open(self, person_id: int, at: dt.datetime) -> int:
        """All unused codes of this person are worth nothing from now on; how many they were."""
        await self._row(_TURN, person_=person_id)
        return await self._run(_REVOKE, {"person_": person_id, "at_": at})

    async def withdraw(self, people: Sequence[int], issued_at: dt.datetime, at: dt.datetime) -> int:
        """The unused codes that were issued to these people at that moment are worth nothing any more; how many."""
        return await self._run(_WITHDRAW, {"people_": list(people), "issued_": issued_at, "at_": at}) if people else 0

    async def wrong_codes_since(self, account: str, since: dt.datetime) -> int:
        """How many wrong codes this account gave since then."""
        (wrong,) = await self._rows(_WRONG, account_=account, since_=since)
        return wrong

    async def record_wrong(self, channel: str, account: str, at: dt.datetime) -> None:
        """Count a wrong code that this account gave."""
        await self._run(CODE_ATTEMPT.insert(), {"channel": channel, "account": account, "at": at})

    async def waiting(self, office_id: int, now: dt.datetime) -> dict[int, dt.datetime]:
        """Person → until when an unused invitation of theirs holds."""
        return {row.person_id: row.until for row in await self._rows(_WAITING, office=office_id, now_=now)}

    async def list(self, office_id: int) -> Sequence[IssuedInvitation]:
        """The roster invitations of an office, unit by unit, the newest of a person last."""
        return await self._rows(_LISTED, office=office_id)
