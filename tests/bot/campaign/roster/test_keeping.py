"""A roster is kept whole or not at all: who joins, leaves, moves; units and second posts; two who import at once."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.campaign.roster.importing import changed_since, import_roster, preview
from bot.campaign.roster.keeping import RosterChangedMeanwhile, apply_roster, compared, leaving, see_leavers_off
from bot.clock import ZONE
from bot.demo.office import CENTRE, DEMO_ROSTER, OFFICE, STAFF
from rules.nouns.errors import RosterErrors, TusoiError
from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.values import Rating, Subject
from rules.roster.changes import RosterChanges
from rules.roster.people import Roster, RosterPost, RosterUnit
from storage.store import Store
from storage.values import LookedUp, NewCode
from templates.errors import worded
from tests.bot.playing import shelf
from tests.bot.roster.kept import people_by_key
from tests.bot.roster.rosters import promoted, with_person, without
from tests.refusing import refused

MOVED = dt.date(2020, 11, 2)
NOW = dt.datetime(2020, 11, 23, 8, 30, tzinfo=ZONE)
#: The centre is there again, eight days after its people had moved.
AGAIN = replace(
    DEMO_ROSTER,
    people=tuple(
        replace(one, unit_since=dt.date(2020, 11, 10), role_since=dt.date(2020, 11, 10)) if one.unit == CENTRE else one
        for one in DEMO_ROSTER.people
    ),
)
WHOLE = Service(
    joined=dt.date(2015, 3, 1),
    moved_on=dt.date(2020, 8, 1),
    moved_from="Sở Nội vụ tỉnh An Phú",
    there_since=dt.date(2018, 1, 1),
    party_since=dt.date(2012, 5, 19),
    party_cell="Chi bộ 1",
    temporary_cell="Chi bộ 2",
    absent_with_cause=True,
    leaves=(Leave(LeaveKind.SICK, dt.date(2020, 3, 5), dt.date(2020, 6, 20)),),
    ratings={2019: Rating.GOOD, 2018: Rating.NOT_COMPLETED},
)


async def keep(store: Store, roster: Roster = DEMO_ROSTER, now: dt.datetime = NOW) -> RosterChanges:
    async with store.transaction() as tx:
        office = await tx.units.office(OFFICE) or await tx.units.keep_office(OFFICE, roster.office.above)
        change = await apply_roster(tx, office, roster, now)
        await tx.commit()
    return change


async def left_to_change(store: Store, roster: Roster, name: str = OFFICE) -> RosterChanges:
    async with store.reading() as tx:
        office = await tx.units.office(name)
        return compared(await tx.rosters.kept(office), roster, NOW)


async def test_a_new_office_is_kept_and_the_same_file_changes_nothing(store):
    change = await keep(store)
    assert (len(change.joined), len(change.units_new)) == (12, 3)
    assert (await keep(store)).nothing
    async with store.reading() as tx:
        office = await tx.units.office(OFFICE)
        people = await people_by_key(tx, office)
        assert {(one.name, one.head, one.desk) for one in people.values() if one.unit == STAFF and one.leader} == {
            ("Nguyễn Bình Nguyên", True, True)
        }
        assert await tx.units.desk_of(OFFICE) == [people["AP-003"].id]
        assert await tx.people.language(people["AP-005"].id) == "vi"


async def test_everything_a_row_says_is_kept(store):
    units = (
        *DEMO_ROSTER.units[:2],
        replace(DEMO_ROSTER.units[2], in_charge="AP-002", authority="AP-001"),
    )
    whole = replace(
        with_person("AP-005", service=WHOLE, group="Tham mưu", desk=True, subject=Subject.CADRE),
        units=units,
        posts=(RosterPost("AP-004", CENTRE, "Phó Giám đốc", leader=True, role="deputy"),),
    )
    await keep(store, whole)
    assert (await left_to_change(store, whole)).nothing
    async with store.reading() as tx:
        office = await tx.units.office(OFFICE)
        people = await people_by_key(tx, office)
        assert people["AP-005"].service == WHOLE
        assert [(seat.in_charge, seat.authority) for seat in await tx.units.seats(office)][2] == (
            people["AP-002"].id,
            people["AP-001"].id,
        )
        assert [(one.id, one.unit, one.deputy) for one in await tx.people.at_posts(office)] == [
            (people["AP-004"].id, CENTRE, True)
        ]


async def test_whoever_left_has_no_account_and_no_open_code(store):
    await keep(store)
    async with store.transaction() as tx:
        person = (await people_by_key(tx, await tx.units.office(OFFICE)))["AP-006"]
        await tx.accounts.tie("telegram", "77", person.id, NOW)
        code = await tx.invitations.issue(NewCode(person.id, "MA-MOI"), "roster", NOW + dt.timedelta(days=9), NOW)
        await tx.commit()
    await keep(store, without("AP-006"))
    async with store.reading() as tx:
        office = await tx.units.office(OFFICE)
        assert "AP-006" not in await people_by_key(tx, office)
        assert await tx.accounts.person_of("telegram", "77") is None
        assert await tx.invitations.look_up("MA-MOI", NOW) == LookedUp("revoked", code, person.id)


async def test_whoever_left_may_come_back(store):
    await keep(store)
    await keep(store, without("AP-006"))
    assert [one.new.key for one in (await keep(store)).returned] == ["AP-006"]
    assert (await keep(store)).nothing


async def test_two_heads_change_places(store):
    await keep(store)
    people = {one.key: one for one in DEMO_ROSTER.people}
    swapped = (
        replace(people["AP-003"], unit=CENTRE, unit_since=MOVED),
        replace(people["AP-008"], unit=STAFF, unit_since=MOVED),
    )
    roster = replace(
        DEMO_ROSTER,
        people=tuple({one.key: one for one in swapped}.get(one.key, one) for one in DEMO_ROSTER.people),
    )
    assert {head.unit for head in (await keep(store, roster)).heads} == {STAFF, CENTRE}
    assert (await left_to_change(store, roster)).nothing


async def test_a_deputy_becomes_head_while_the_head_leaves(store):
    await keep(store)
    people = tuple(
        replace(one, role="head", role_since=MOVED) if one.key == "AP-002" else one
        for one in DEMO_ROSTER.people
        if one.key != "AP-001"
    )
    await keep(store, replace(DEMO_ROSTER, people=people))
    assert (await left_to_change(store, replace(DEMO_ROSTER, people=people))).nothing


async def test_a_changed_key_keeps_the_person(store):
    await keep(store)
    async with store.reading() as tx:
        before = (await tx.rosters.ids(await tx.units.office(OFFICE)))["AP-005"]
    await keep(store, with_person("AP-005", key="CB-005"))
    async with store.reading() as tx:
        ids = await tx.rosters.ids(await tx.units.office(OFFICE))
    assert (ids["CB-005"], "AP-005" in ids) == (before, False)


async def test_office_and_unit_are_renamed_and_a_unit_moves(store):
    await keep(store)
    names = {OFFICE: "Văn phòng Đoàn và UBND tỉnh An Phú", CENTRE: "Trung tâm Chuyển đổi số"}
    renamed = Roster(
        tuple(
            replace(tx, name=names.get(tx.name, tx.name), parent=names.get(tx.parent, tx.parent))
            for tx in DEMO_ROSTER.units
        ),
        tuple(replace(one, unit=names.get(one.unit, one.unit)) for one in DEMO_ROSTER.people),
    )
    change = await keep(store, renamed)
    assert ([tx.fields for tx in change.units_changed], change.moved) == ([("name",), ("name",)], ())
    moved = replace(renamed, units=(*renamed.units[:2], replace(renamed.units[2], parent=STAFF)))
    async with store.transaction() as tx:
        office = await tx.units.office(names[OFFICE])
        assert [one.fields for one in (await apply_roster(tx, office, moved, NOW)).units_changed] == [("parent",)]
        await tx.commit()
    assert (await left_to_change(store, moved, names[OFFICE])).nothing


async def test_a_unit_whose_people_went_elsewhere_is_gone_and_may_come_again(store):
    await keep(store)
    fewer = Roster(
        DEMO_ROSTER.units[:2],
        tuple(
            replace(one, unit=STAFF, role="", unit_since=MOVED) if one.unit == CENTRE else one
            for one in DEMO_ROSTER.people
        ),
    )
    assert [tx.name for tx in (await keep(store, fewer)).units_gone] == [CENTRE]
    assert (await left_to_change(store, fewer)).nothing
    async with store.reading() as tx:
        assert CENTRE not in await tx.units.of_office(await tx.units.office(OFFICE))
    assert [tx.name for tx in (await keep(store, AGAIN)).units_new] == [CENTRE]


async def test_a_gone_unit_of_somebody_who_left_stays_out_of_sight_until_it_comes_again(store):
    await keep(store)
    await keep(store, without("AP-012"))
    people = tuple(
        replace(one, unit=STAFF, role="", unit_since=MOVED) if one.unit == CENTRE else one
        for one in without("AP-012").people
    )
    fewer = Roster(DEMO_ROSTER.units[:2], people)
    await keep(store, fewer)
    assert (await left_to_change(store, fewer)).nothing
    change = await keep(store, AGAIN)
    assert ([unit.name for unit in change.units_new], len(change.returned)) == ([CENTRE], 1)
    assert (await left_to_change(store, AGAIN)).nothing


async def test_a_unit_may_take_the_name_of_a_gone_one(store):
    await keep(store)
    await keep(store, without("AP-012"))
    both = tuple(
        replace(one, unit=STAFF, role="", unit_since=MOVED) if one.unit == CENTRE else one
        for one in without("AP-012").people
    )
    await keep(store, Roster(DEMO_ROSTER.units[:2], both))
    renamed = Roster(
        (DEMO_ROSTER.units[0], RosterUnit(CENTRE, OFFICE, desk=True)),
        tuple(replace(one, unit=CENTRE) if one.unit == STAFF else one for one in both),
    )
    assert [unit.fields for unit in (await keep(store, renamed)).units_changed] == [("name",)]
    assert (await left_to_change(store, renamed)).nothing


async def test_second_posts_end_with_the_people_and_begin_again(store):
    post = RosterPost("AP-004", CENTRE, "Phó Giám đốc", leader=True, role="deputy")
    both = replace(DEMO_ROSTER, posts=(post,))
    await keep(store, both)
    assert (await keep(store, without("AP-004"))).posts_gone == (post,)
    assert (await keep(store, both)).posts_new == (post,)
    assert (await left_to_change(store, both)).nothing


async def test_a_last_day_that_passes_makes_a_leaver_without_an_import(store):
    last = Service(left=dt.date(2020, 11, 30))
    await keep(store, with_person("AP-006", service=last))
    async with store.transaction() as tx:
        office = await tx.units.office(OFFICE)
        assert await leaving(tx, office, NOW + dt.timedelta(days=7)) is None
        now = NOW + dt.timedelta(days=8)
        of = await leaving(tx, office, now)
        assert [(one.person.key, one.on) for one in of.change.left] == [("AP-006", last.left)]
        await see_leavers_off(tx, office, of, now)
        assert await leaving(tx, office, now) is None
        with pytest.raises(RosterChangedMeanwhile):
            await see_leavers_off(tx, office, of, now)


async def test_a_roster_that_forgets_a_unit_with_its_people_changes_nothing(store):
    await keep(store)
    part = Roster(DEMO_ROSTER.units[:2], tuple(one for one in DEMO_ROSTER.people if one.unit != CENTRE))
    with pytest.raises(RosterErrors) as caught:
        await keep(store, part)
    assert "còn 5 người không thấy chuyển đi đâu" in worded(caught.value)
    assert (await left_to_change(store, DEMO_ROSTER)).nothing


async def test_of_two_who_looked_at_the_same_roster_one_is_told_what_the_other_changed(store):
    await keep(store)
    mine, theirs = promoted("AP-005"), without("AP-006")
    seen = await preview(store, mine, NOW)
    await import_roster(store, shelf(), theirs, await preview(store, theirs, NOW), NOW)
    with pytest.raises(RosterChangedMeanwhile):
        await import_roster(store, shelf(), mine, seen, NOW)
    assert [one.person.key for one in (await changed_since(store, seen, mine, NOW)).left] == ["AP-006"]
    assert (await left_to_change(store, theirs)).nothing


async def test_an_office_of_another_name_is_not_taken_for_one_that_is_there(store):
    await keep(store)
    with refused(TusoiError, match="không có cơ quan nào tên “Văn phòng Lạ”"):
        await preview(store, DEMO_ROSTER, NOW, "Văn phòng Lạ")
    other = Roster((RosterUnit("Sở Nội vụ", ""),), (replace(DEMO_ROSTER.people[0], unit="Sở Nội vụ"),))
    assert (await preview(store, other, NOW)).office is None
    assert (await preview(store, other, NOW, OFFICE)).change.units_changed[0].fields[0] == "name"
