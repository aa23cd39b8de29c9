"""Accounts and invitations."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy.exc import IntegrityError

from storage.values import Arrival, LookedUp
from tests.storage.house import AT

SOON = AT + dt.timedelta(minutes=30)


async def issue(unit, office, code="K7M2QX", kind="roster") -> int:
    return await unit.invitations.issue(office.an, code, kind, SOON, AT)


async def test_an_account_speaks_for_whom_it_was_tied_to_last(store, office):
    async with store.unit() as unit:
        await unit.accounts.tie("telegram", "77", office.an, AT)
        await unit.accounts.tie("telegram", "77", office.head, SOON)
        assert await unit.accounts.person_of("telegram", "77") == office.head
        assert await unit.accounts.person_of("web", "77") is None


async def test_an_untied_account_speaks_for_nobody(store, office):
    async with store.unit() as unit:
        await unit.accounts.tie("web", "phone", office.an, AT)
        await unit.accounts.untie("web", "phone", SOON)
        assert await unit.accounts.person_of("web", "phone") is None
        assert await unit.accounts.of_person(office.an) == []
        assert await unit.accounts.arrival("web", "phone", "u1") == Arrival(None, None)


async def test_a_person_is_reached_on_every_account(store, office):
    async with store.unit() as unit:
        await unit.accounts.tie("telegram", "77", office.an, AT)
        await unit.accounts.tie("web", "phone", office.an, SOON)
        await unit.accounts.mark_blocked("telegram", "77", SOON)
        assert await unit.accounts.of_person(office.an) == [("telegram", "77", True), ("web", "phone", False)]
        assert (await unit.accounts.arrival("telegram", "77", "u1")).blocked
        await unit.accounts.clear_blocked("telegram", "77")
        assert await unit.accounts.of_person(office.an) == [("telegram", "77", False), ("web", "phone", False)]


async def test_an_arrival_tells_who_speaks_and_what_was_replied_before(store, office):
    async with store.unit() as unit:
        await unit.accounts.tie("telegram", "77", office.an, AT)
        assert await unit.accounts.arrival("telegram", "77", "u1") == Arrival(office.an, None)
        await unit.turns.keep(office.an, "telegram", "77", "u1", None, [{"template": "hello"}], AT)
        assert await unit.accounts.arrival("telegram", "77", "u1") == Arrival(office.an, [{"template": "hello"}])


async def test_a_stranger_is_replied_the_same_twice(store, office):
    async with store.unit() as unit:
        assert await unit.accounts.arrival("telegram", "13", "u1") == Arrival(None, None)
        await unit.turns.keep(None, "telegram", "13", "u1", None, [{"template": "stranger"}], AT)
        assert await unit.accounts.arrival("telegram", "13", "u1") == Arrival(None, [{"template": "stranger"}])


async def test_an_arrival_locks_the_conversation(store, rival, office):
    async with store.unit() as unit:
        await unit.accounts.tie("telegram", "77", office.an, AT)
        await unit.commit()

    async def set_focus(pause):
        async with rival.unit() as unit:
            await unit.accounts.arrival("telegram", "77", "u2")
            await asyncio.sleep(pause)
            await unit.conversations.set_focus(office.an, {"first": True})
            await unit.commit()

    first = asyncio.create_task(set_focus(0.1))
    await asyncio.sleep(0.05)
    async with store.unit() as unit:
        await unit.accounts.arrival("telegram", "77", "u3")
        assert (await unit.conversations.locked(office.an)).focus == {"first": True}
    await first


async def test_a_code_is_worth_what_became_of_it(store, office):
    async with store.unit() as unit:
        invitation = await issue(unit, office)
        assert await unit.invitations.look_up("K7M2QX", AT) == LookedUp("valid", invitation, office.an)
        assert await unit.invitations.look_up("XXXXXX", AT) == LookedUp("unknown")
        assert (await unit.invitations.look_up("K7M2QX", SOON)).outcome == "expired"
        assert await unit.invitations.use(invitation, AT)
        assert (await unit.invitations.look_up("K7M2QX", AT)).outcome == "used"
        assert not await unit.invitations.use(invitation, AT)


async def test_a_revoked_code_is_worth_nothing(store, office):
    async with store.unit() as unit:
        invitation = await issue(unit, office)
        await unit.invitations.revoke_open(office.an, AT)
        assert (await unit.invitations.look_up("K7M2QX", AT)).outcome == "revoked"
        assert not await unit.invitations.use(invitation, AT)


async def test_of_two_phones_with_the_same_code_one_comes_in(store, rival, office):
    async with store.unit() as unit:
        invitation = await issue(unit, office)
        await unit.commit()

    async def phone(at_store):
        async with at_store.unit() as unit:
            assert (await unit.invitations.look_up("K7M2QX", AT)).id == invitation
            await asyncio.sleep(0.01)
            used = await unit.invitations.use(invitation, AT)
            await unit.commit()
            return used

    came_in = await asyncio.gather(phone(store), phone(rival), phone(store), phone(rival))
    assert sorted(kind or "" for kind in came_in) == ["", "", "", "roster"]


async def test_the_same_code_is_not_issued_twice(store, office):
    async with store.unit() as unit:
        await issue(unit, office)
        with pytest.raises(IntegrityError):
            await issue(unit, office)


async def test_wrong_codes_are_counted_for_an_account_and_a_while(store, office):
    async with store.unit() as unit:
        await unit.invitations.record_wrong("telegram", "13", AT)
        await unit.invitations.record_wrong("telegram", "13", SOON)
        await unit.invitations.record_wrong("telegram", "14", SOON)
        assert await unit.invitations.wrong_codes_since("13", AT) == 2
        assert await unit.invitations.wrong_codes_since("13", AT + dt.timedelta(seconds=1)) == 1


async def test_the_desk_sees_the_invitations_of_its_office_only(store, office):
    async with store.unit() as unit:
        await issue(unit, office)
        await issue(unit, office, "D3V1CE", "device")
        other = await unit.units.keep_office("Sở Mẫu")
        (listed,) = await unit.invitations.list(office.id)
        assert await unit.invitations.list(other) == []
    assert (listed.code, listed.person.name, listed.used_at) == ("K7M2QX", "Nguyễn Thị An", None)
    assert listed.expires_at == SOON


async def test_a_code_with_nul_or_half_a_letter_is_just_unknown(store, office):
    async with store.unit() as unit:
        assert await unit.invitations.look_up("K7\x00M2\ud83d", AT) == LookedUp("unknown")
        await unit.invitations.record_wrong("telegram", "13\x00", AT)
        await unit.commit()
