"""Replacing unused codes and revoking codes, as the desk does on the command line."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.campaign.enrol import INVITATION_HOLDS
from bot.campaign.invitations.invited import InvitationStatus, InvitedPerson, Office, chosen, look
from bot.codes import fresh_code
from bot.delivery.notices import notify
from dialogs.core.turn import Reply
from dialogs.shown.new_code import yes_or_no
from rules.nouns.devices import WAITS, CodeGiven
from rules.nouns.errors import NamedCaseError
from rules.nouns.reviews import Json
from storage.store import Store
from storage.transaction import Transaction
from storage.values import NewCode

#: The actor in the audit: a command has no account.
SYSTEM = "system"


#: The statuses that `expired` selects: expired codes, and codes whose key is lost.
_WORTHLESS = frozenset({InvitationStatus.EXPIRED, InvitationStatus.UNREADABLE})


@dataclass(frozen=True, slots=True)
class CodesWanted:
    """Whose codes: the people with these roster keys; otherwise everybody who has not joined in the unit `unit` or in
    the office; with `expired` only those of them whose code expired.
    """

    keys: tuple[str, ...] = ()
    unit: str = ""
    expired: bool = False

    def __post_init__(self) -> None:
        if bool(self.keys) == bool(self.unit or self.expired):
            raise NamedCaseError("whose_codes")


async def reissue(store: Store, wanted: CodesWanted, now: dt.datetime, office: str = "") -> Sequence[InvitedPerson]:
    """Issue new codes and revoke the unused ones; returns who got which, sorted by unit or in the order of the keys.
    The code of somebody who has come in before waits a day, unless they confirm it on a device they have.

    They are told, as when their head does it in chat. Raises CaseError, in which case nothing was done.
    """
    async with store.transaction() as tx:
        people = _meant(await look(tx, now, office=office, unit_name=wanted.unit), wanted)
        done = [await _issue(tx, person, now) for person in people]
        await tx.commit()
    return done


def _meant(office: Office, wanted: CodesWanted) -> Sequence[InvitedPerson]:
    if wanted.keys:
        people = chosen(office, wanted.keys)
        _no_bodies(people)
        return people
    outside = [one for one in office.people if not one.joined and not one.body]
    return [one for one in outside if one.standing in _WORTHLESS] if wanted.expired else outside


def _no_bodies(people: Sequence[InvitedPerson]) -> None:
    bodies = ", ".join(f"{one.name} ({one.key})" for one in people if one.body)
    if bodies:
        raise NamedCaseError("codes_of_bodies", bodies=bodies)


async def _issue(tx: Transaction, person: InvitedPerson, now: dt.datetime) -> InvitedPerson:
    """Issue a code to somebody who has come in before. Whoever holds their phone now, the code waits for their consent
    or for a day.
    """
    code, until = fresh_code(), now + INVITATION_HOLDS
    anew = await tx.invitations.has_been_in(person.id)
    given, opens = (CodeGiven(None, "", "", now), now + WAITS) if anew else (None, None)
    await tx.invitations.revoke_open(person.id, now)
    await tx.invitations.issue(NewCode(person.id, code, given, opens), "roster", until, now)
    await tx.audit.record(SYSTEM, "invitation issued", now, person_id=person.id)
    if person.joined:
        when: dict[str, Json] = {"at": now.isoformat(), "opens": (now + WAITS).isoformat()}
        told = Reply("crew/told_code_by_office", when, yes_or_no(now))
        await notify(tx, person.id, f"code:{person.id}:{now.isoformat()}", told, now)
    standing = InvitationStatus.JOINED if person.joined else InvitationStatus.WAITING
    return replace(person, standing=standing, code=code, until=until, opens=opens)


async def revoke(
    store: Store, keys: Sequence[str], now: dt.datetime, office: str = ""
) -> Sequence[tuple[InvitedPerson, int]]:
    """Revoke unused codes; returns each person with the number of their codes (0: nothing was done).

    Raises CaseError, in which case nothing was done.
    """
    async with store.transaction() as tx:
        people = chosen(await look(tx, now, office=office), keys)
        done = [(person, await tx.invitations.revoke_open(person.id, now)) for person in people]
        for person, codes in done:
            if codes:
                await tx.audit.record(SYSTEM, "invitations revoked", now, person_id=person.id)
        await tx.commit()
    return done
