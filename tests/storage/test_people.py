"""Rosters, units, and who heads them."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from rules.nouns.people import Person
from rules.nouns.values import Subject
from tests.storage.house import AT, person


async def test_a_person_comes_back_with_unit_and_office(store, office):
    async with store.transaction() as tx:
        kept = await tx.people.get(office.head)
    assert kept == Person(
        id=office.head,
        name="Lê Văn Trưởng",
        position="Chuyên viên",
        unit_id=office.room,
        unit="Phòng Tổng hợp",
        office="Văn phòng Mẫu",
        subject=Subject.OFFICIAL,
        leader=True,
        head=True,
        office_parent="UỶ BAN NHÂN DÂN TỈNH MẪU",
    )


async def test_nobody_is_an_error(store, office):
    async with store.transaction() as tx:
        with pytest.raises(LookupError):
            await tx.people.get(999)
        with pytest.raises(LookupError):
            await tx.people.language(999)
        with pytest.raises(LookupError):
            await tx.conversations.locked(999)


async def test_the_roster_key_finds_a_person_of_its_office(store, office):
    async with store.transaction() as tx:
        other = await tx.units.keep_office("Sở Mẫu")
        assert (await tx.people.by_roster_key(office.id, "CB03")).id == office.an
        assert await tx.people.by_roster_key(other, "CB03") is None


async def test_a_new_roster_key_keeps_the_person(store, office):
    async with store.transaction() as tx:
        await tx.people.rename_roster_key(office.an, "NV-003")
        assert (await tx.people.by_roster_key(office.id, "NV-003")).id == office.an
        assert await tx.people.by_roster_key(office.id, "CB03") is None


async def test_what_the_roster_changes_is_changed(store, office):
    async with store.transaction() as tx:
        an = await tx.people.get(office.an)
        await tx.people.update(replace(an, position="Phó Trưởng phòng", deputy=True, subject=Subject.EMPLOYEE))
        changed = await tx.people.get(office.an)
    assert (changed.position, changed.deputy, changed.subject) == ("Phó Trưởng phòng", True, Subject.EMPLOYEE)


async def test_a_unit_has_one_head(store, office):
    async with store.transaction() as tx:
        with pytest.raises(IntegrityError):
            await tx.people.add(person("Hoàng Thị Hai", office.room, head=True), "CB09")


async def test_the_people_of_an_office_are_listed_unit_by_unit(store, office):
    async with store.transaction() as tx:
        listed = await tx.people.of_office(office.id)
        units = await tx.units.of_office(office.id)
    assert [one.name for one in listed] == ["Đỗ Thị Giám", "Lê Văn Trưởng", "Nguyễn Thị An"]
    assert list(units) == ["Lãnh đạo", "Phòng Tổng hợp"]


async def test_office_and_units_are_made_once(store, office):
    async with store.transaction() as tx:
        assert await tx.units.keep_office("Văn phòng Mẫu", "TỈNH MẪU") == office.id
        assert await tx.units.keep_unit(office.id, "Phòng Tổng hợp") == office.room
        assert await tx.units.office("Văn phòng Mẫu") == office.id
        assert await tx.units.office("Sở Mẫu") is None
        assert (await tx.people.get(office.an)).office_parent == "TỈNH MẪU"


async def test_a_unit_is_headed_by_its_own_head_or_by_a_second_post(store, office):
    async with store.transaction() as tx:
        team, alone = [await tx.units.keep_unit(office.id, name, office.room) for name in ("Tổ Lái xe", "Tổ Bảo vệ")]
        top = next(seat.id for seat in await tx.units.seats(office.id) if seat.parent is None)
        for led in (team, office.room):
            await tx.people.keep_post(office.director, led, "Tổ trưởng", leader=True, head=True, deputy=False)
        heads = await tx.units.heads(office.id)
        await tx.people.end_post(office.director, team, AT.date())
        after = await tx.units.heads(office.id)
    assert heads == {top: office.director, office.room: office.head, team: office.director}
    assert after == {top: office.director, office.room: office.head}
    assert alone not in heads


async def test_a_language_is_chosen_for_all_channels(store, office):
    async with store.transaction() as tx:
        assert await tx.people.language(office.an) == "vi"
        await tx.conversations.set_language(office.an, "en")
        assert await tx.people.language(office.an) == "en"
        assert (await tx.conversations.locked(office.an)).language == "en"


async def test_a_focus_is_remembered_and_forgotten(store, office):
    async with store.transaction() as tx:
        await tx.conversations.set_focus(office.an, {"review": 3, "awaits": "note"})
        assert (await tx.conversations.locked(office.an)).focus == {"review": 3, "awaits": "note"}
        await tx.conversations.set_focus(office.an, None)
        assert (await tx.conversations.locked(office.an)).focus is None


async def test_a_conversation_is_made_when_it_is_missing(store, office):
    async with store.transaction() as tx:
        await tx.connection.execute(sa.text("DELETE FROM conversation"))
        assert (await tx.conversations.locked(office.an)).focus is None


async def test_namesakes_of_a_unit_are_told_apart_by_their_key(store, office):
    async with store.transaction() as tx:
        an = await tx.people.get(office.an)
        twin = await tx.people.add(an, "CB99")
        elsewhere = (await tx.people.get(office.director)).unit_id
        there = await tx.people.add(replace(an, unit_id=elsewhere), "CB98")
        called = {one.id: one.called for one in await tx.people.of_office(office.id)}
        assert called[office.an] == f"{an.name} (CB03)"
        assert called[twin] == f"{an.name} (CB99)"
        assert called[there] == an.name
        assert await tx.people.names([twin, office.head]) == {twin: f"{an.name} (CB99)", office.head: "Lê Văn Trưởng"}
        assert (await tx.people.get(twin)).name == an.name
