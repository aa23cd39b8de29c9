"""Accounts and invitations."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy.exc import IntegrityError

from storage.values import Arrival, LookedUp, NewCode
from tests.storage.house import AT
from tests.waiting import give_way, until_somebody_stands_in_line

SOON = AT + dt.timedelta(minutes=30)


async def issue(tx, office, code="K7M2QX", kind="roster") -> int:
    return await tx.invitations.issue(NewCode(office.an, code), kind, SOON, AT)


async def test_an_account_speaks_for_whom_it_was_tied_to_last(store, office):
    async with store.transaction() as tx:
        await tx.accounts.tie("telegram", "77", office.an, AT)
        await tx.accounts.tie("telegram", "77", office.head, SOON)
        assert await tx.accounts.person_of("telegram", "77") == office.head
        assert await tx.accounts.person_of("web", "77") is None


async def test_an_untied_account_speaks_for_nobody(store, office):
    async with store.transaction() as tx:
        await tx.accounts.tie("web", "phone", office.an, AT)
        await tx.accounts.untie("web", "phone", SOON)
        assert await tx.accounts.person_of("web", "phone") is None
        assert await tx.accounts.of_person(office.an) == []
        assert await tx.accounts.arrival("web", "phone", "u1") == Arrival(None, None)


async def test_a_person_is_reached_on_every_account(store, office):
    async with store.transaction() as tx:
        await tx.accounts.tie("telegram", "77", office.an, AT)
        await tx.accounts.tie("web", "phone", office.an, SOON)
        await tx.accounts.mark_blocked("telegram", "77", SOON)
        assert await tx.accounts.of_person(office.an) == [("telegram", "77", True), ("web", "phone", False)]
        assert (await tx.accounts.arrival("telegram", "77", "u1")).blocked
        await tx.accounts.clear_blocked("telegram", "77")
        assert await tx.accounts.of_person(office.an) == [("telegram", "77", False), ("web", "phone", False)]


async def test_an_arrival_tells_who_speaks_and_what_was_replied_before(store, office):
    async with store.transaction() as tx:
        await tx.accounts.tie("telegram", "77", office.an, AT)
        assert await tx.accounts.arrival("telegram", "77", "u1") == Arrival(office.an, None)
        await tx.turns.keep(office.an, "telegram", "77", "u1", None, [{"template": "hello"}], AT)
        assert await tx.accounts.arrival("telegram", "77", "u1") == Arrival(office.an, [{"template": "hello"}])


async def test_a_stranger_is_replied_the_same_twice(store, office):
    async with store.transaction() as tx:
        assert await tx.accounts.arrival("telegram", "13", "u1") == Arrival(None, None)
        await tx.turns.keep(None, "telegram", "13", "u1", None, [{"template": "stranger"}], AT)
        assert await tx.accounts.arrival("telegram", "13", "u1") == Arrival(None, [{"template": "stranger"}])


async def test_an_arrival_locks_the_conversation(store, rival, office):
    async with store.transaction() as tx:
        await tx.accounts.tie("telegram", "77", office.an, AT)
        await tx.commit()

    locked = asyncio.Event()

    async def set_focus():
        async with rival.transaction() as tx:
            await tx.accounts.arrival("telegram", "77", "u2")
            locked.set()
            await until_somebody_stands_in_line(store)
            await tx.conversations.set_focus(office.an, {"first": True})
            await tx.commit()

    first = asyncio.create_task(set_focus())
    await locked.wait()
    async with store.transaction() as tx:
        await tx.accounts.arrival("telegram", "77", "u3")
        assert (await tx.conversations.locked(office.an)).focus == {"first": True}
    await first


async def test_a_code_is_worth_what_became_of_it(store, office):
    async with store.transaction() as tx:
        invitation = await issue(tx, office)
        assert await tx.invitations.look_up("K7M2QX", AT) == LookedUp("valid", invitation, office.an)
        assert await tx.invitations.look_up("XXXXXX", AT) == LookedUp("unknown")
        assert (await tx.invitations.look_up("K7M2QX", SOON)).outcome == "expired"
        assert await tx.invitations.use(invitation, AT)
        assert (await tx.invitations.look_up("K7M2QX", AT)).outcome == "used"
        assert not await tx.invitations.use(invitation, AT)


async def test_a_revoked_code_is_worth_nothing(store, office):
    async with store.transaction() as tx:
        invitation = await issue(tx, office)
        await tx.invitations.revoke_open(office.an, AT)
        assert (await tx.invitations.look_up("K7M2QX", AT)).outcome == "revoked"
        assert not await tx.invitations.use(invitation, AT)


async def test_of_two_phones_with_the_same_code_one_comes_in(store, rival, office):
    async with store.transaction() as tx:
        invitation = await issue(tx, office)
        await tx.commit()

    async def phone(at_store):
        async with at_store.transaction() as tx:
            assert (await tx.invitations.look_up("K7M2QX", AT)).id == invitation
            await give_way(store)
            used = await tx.invitations.use(invitation, AT)
            await tx.commit()
            return used

    came_in = await asyncio.gather(phone(store), phone(rival), phone(store), phone(rival))
    assert sorted(kind or "" for kind in came_in) == ["", "", "", "roster"]


async def test_the_same_code_is_not_issued_twice(store, office):
    async with store.transaction() as tx:
        await issue(tx, office)
        with pytest.raises(IntegrityError):
            await issue(tx, office)


async def test_wrong_codes_are_counted_for_an_account_and_a_while(store, office):
    async with store.transaction() as tx:
        await tx.invitations.record_wrong("telegram", "13", AT)
        await tx.invitations.record_wrong("telegram", "13", SOON)
        await tx.invitations.record_wrong("telegram", "14", SOON)
        assert await tx.invitations.wrong_codes_since("13", AT) == 2
        assert await tx.invitations.wrong_codes_since("13", AT + dt.timedelta(seconds=1)) == 1


async def test_the_desk_sees_the_invitations_of_its_office_only(store, office):
    async with store.transaction() as tx:
        await issue(tx, office)
        await issue(tx, office, "D3V1CE", "device")
        other = await tx.units.keep_office("Sở Mẫu")
        (listed,) = await tx.invitations.list(office.id)
        assert await tx.invitations.list(other) == []
    assert (listed.code, listed.person.name, listed.used_at) == ("K7M2QX", "Nguyễn Thị An", None)
    assert listed.expires_at == SOON


async def test_a_code_with_nul_or_half_a_letter_is_just_unknown(store, office):
    async with store.transaction() as tx:
        assert await tx.invitations.look_up("K7\x00M2\ud83d", AT) == LookedUp("unknown")
        await tx.invitations.record_wrong("telegram", "13\x00", AT)
        await tx.commit()
