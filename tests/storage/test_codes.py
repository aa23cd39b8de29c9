"""Codes are kept so that a copy of the database lets nobody in."""

import asyncio
import datetime as dt
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.campaign.invitations.invited import InvitationStatus, invited
from bot.campaign.invitations.reissuing import CodesWanted, reissue
from bot.clock import now
from bot.wiring import TELLING_CODES
from dialogs.core.events import Commanded
from storage import Store
from storage.code_key import CodeKey
from storage.tables import INVITATION, TURN
from storage.values import LookedUp, NewCode
from storage.whole import locking
from storage.whole.locking import lock_codes
from tests.bot.playing import COLLEAGUE, EMPLOYEE, HEAD, staged
from tests.storage.house import AT

CODE = "K7M2QXABCDEF"
SOON = AT + dt.timedelta(minutes=30)


def test_a_key_knows_its_codes_and_no_other_does():
    key, other = CodeKey.fresh(), CodeKey.fresh()
    assert key.mark(CODE) == key.mark(CODE) != other.mark(CODE)
    assert key.mark(CODE).startswith(f"{key.name}:")
    assert (key.unlock(key.lock(CODE)), other.unlock(key.lock(CODE)), key.unlock("lạ")) == (CODE, None, None)
    with pytest.raises(ValueError, match="32 bytes"):
        CodeKey(b"ngan")


async def test_a_used_or_revoked_code_is_kept_as_a_mark_alone(store, office):
    async with store.transaction() as tx:
        for number, code in enumerate((CODE, "AAAA", "BBBB")):
            id_ = await tx.invitations.issue(NewCode(office.an, code), "roster", SOON, AT)
            if number == 0:
                await tx.invitations.use(id_, AT)
        await tx.commit()
    assert await locked(store) == [False, True, True]
    async with store.transaction() as tx:
        await tx.invitations.revoke_open(office.an, AT)
        assert [(await tx.invitations.look_up(code, AT)).outcome for code in (CODE, "AAAA")] == ["used", "revoked"]
        await tx.commit()
    assert await locked(store) == [False, False, False]


async def locked(store: Store) -> list[bool]:
    async with store.reading() as tx:
        found = await tx.connection.execute(sa.select(INVITATION.c.locked).order_by(INVITATION.c.id))
        return [one is not None for one in found.scalars()]


async def test_what_another_key_locked_opens_nothing_and_is_told_so(store, database_url, office):
    async with store.transaction() as tx:
        await tx.invitations.issue(NewCode(office.an, CODE), "roster", SOON, AT)
        await tx.commit()
    elsewhere = await Store.open(database_url, key=CodeKey.fresh())
    async with elsewhere.reading() as tx:
        assert await tx.invitations.look_up(CODE, AT) == LookedUp("unknown")
        (one,) = await tx.invitations.list(office.id)
        assert (one.code, one.unreadable) == ("", True)
    people = (await invited(elsewhere, AT)).people
    assert InvitationStatus.UNREADABLE in {one.standing for one in people}
    await elsewhere.close()


async def test_no_file_of_the_database_holds_a_code_whatever_is_done(sqlite_store, sqlite_url):
    """Given out at the opening, given anew, for another device, used, taken back; and as the chat told them."""
    stage = await staged(sqlite_store)
    office = await invited(stage.store, stage.clock())
    codes = [one.code for one in office.people if one.code]
    employee = await stage.phone_of(EMPLOYEE)
    await employee.commands("thietbi")
    codes += re.findall(r"<code>(.+?)</code>", employee.text)
    head = await stage.phone_of(HEAD)
    person = str(await stage.person(COLLEAGUE))
    await head.commands("nhansu", COLLEAGUE)
    await head.presses("crew_code", person)
    await head.presses("crew_issue", person)
    codes += re.findall(r"<code>(.+?)</code>", head.text)
    codes += [one.code for one in await reissue(stage.store, CodesWanted(keys=("AP-007",)), stage.clock())]
    assert len(set(codes)) == len(codes) > 9
    kept = b"".join(part.read_bytes() for part in _files(sqlite_url))
    assert [code for code in codes if code.encode() in kept] == []


def _files(url: str) -> list[Path]:
    file = Path(url.removeprefix("sqlite:///"))
    return [part for part in (file, file.with_name(file.name + "-wal")) if part.exists()]


async def test_a_code_that_was_told_is_read_again_until_it_is_used(store):
    stage = await staged(store)
    employee = await stage.phone_of(EMPLOYEE)
    await employee.does(Commanded("thietbi"), update="once")
    (code,) = re.findall(r"<code>(.+?)</code>", employee.text)
    first = employee.text
    await employee.does(Commanded("thietbi"), update="once")
    assert employee.text == first
    assert await told(stage) == first
    second = stage.phone("máy hai")
    assert (await second.commands("start", code)).person == await stage.person(EMPLOYEE)
    again = await told(stage, at=-2)
    assert code not in again
    assert "Mã này đã được dùng hoặc không còn giá trị" in again


async def told(stage, at: int = -1) -> str:
    """What the page shows of that step of the employee's conversation."""
    steps = await stage.house.history(await stage.person(EMPLOYEE))
    return "\n".join(reply.html for reply in steps[at].replies)


@pytest.fixture
async def old(store, database_url):
    """An office of before: its codes, and a reply that told one, are kept as they are."""
    stage = await staged(store)
    employee = await stage.phone_of(EMPLOYEE)
    await employee.commands("thietbi")
    (code,) = re.findall(r"<code>(.+?)</code>", employee.text)
    codes = {}
    async with store.transaction() as tx:
        office = await tx.units.office((await invited(store, stage.clock())).name)
        for one in await tx.invitations.list(office):
            codes[one.id] = one.code or f"USED{one.id:08}"
        found = await tx.connection.execute(sa.select(INVITATION.c.id).where(INVITATION.c.kind == "device"))
        for id_ in found.scalars().all():
            codes[id_] = f"USED{id_:08}"
        codes[max(codes)] = code
        for id_, plain in codes.items():
            await tx.connection.execute(
                INVITATION.update().where(INVITATION.c.id == id_).values(code=plain, mark=None, locked=None)
            )
        text = await tx.connection.execute(sa.select(TURN.c.id, TURN.c.replies))
        for row in text.all():
            if any("mark" in reply for reply in row.replies):
                (reply,) = row.replies
                mark = reply.pop("mark")
                plain = [{**reply, "values": {k: str(v).replace(mark, code) for k, v in reply["values"].items()}}]
                await tx.connection.execute(TURN.update().where(TURN.c.id == row.id).values(replies=plain))
        await tx.commit()
    return stage, codes, code


async def test_codes_of_before_are_marked_locked_and_wiped(old, store, database_url):
    stage, codes, code = old
    key = CodeKey.fresh()
    mine = await Store.open(database_url, key=key)
    assert await lock_codes(mine, database_url, key, TELLING_CODES) == len(codes)
    assert await lock_codes(mine, database_url, key, TELLING_CODES) == 0
    async with mine.reading() as tx:
        found = await tx.connection.execute(sa.select(INVITATION.c.code).where(INVITATION.c.code.is_not(None)))
        assert found.all() == []
        assert (await tx.invitations.look_up(code, stage.clock())).outcome == "valid"
        dumped = await tx.connection.execute(sa.select(sa.cast(TURN.c.replies, sa.Text)))
        assert not [text for text in dumped.scalars() if code in text]
        (reply,) = (await tx.turns.history(await stage.person(EMPLOYEE), limit=1))[0].replies
        assert reply["values"]["code"] == code
    office = await invited(mine, stage.clock())
    assert {one.code for one in office.people if one.standing is InvitationStatus.WAITING} <= set(codes.values())
    if database_url.startswith("sqlite"):
        kept = b"".join(part.read_bytes() for part in _files(database_url))
        assert [plain for plain in codes.values() if plain.encode() in kept] == []
    await mine.close()


async def test_locking_goes_on_where_it_was_killed(old, store, database_url, monkeypatch):
    _, codes, code = old
    key, lock_rows = CodeKey.fresh(), locking._lock_rows
    monkeypatch.setattr(locking, "BATCH", 3)
    left = [2]

    async def dies(tx, with_key):
        left[0] -= 1
        if left[0] < 0:
            raise asyncio.CancelledError
        return await lock_rows(tx, with_key)

    monkeypatch.setattr(locking, "_lock_rows", dies)
    with pytest.raises(asyncio.CancelledError):
        await lock_codes(store, database_url, key, TELLING_CODES)
    monkeypatch.setattr(locking, "_lock_rows", lock_rows)
    assert await lock_codes(store, database_url, key, TELLING_CODES) == len(codes) - 6
    mine = await Store.open(database_url, key=key)
    async with mine.reading() as tx:
        assert {(await tx.invitations.look_up(plain, now())).outcome for plain in codes.values()} <= {
            "expired",
            "used",
        }
        assert (await tx.invitations.look_up(code, AT)).id
    await mine.close()
