"""Changes of unit, position and role have their days; campaigns of an earlier period know who was where then."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.campaign.campaigns import open_campaign
from bot.campaign.roster.importing import import_roster, preview
from bot.clock import ZONE
from bot.demo.office import CENTRE, DEMO_ROSTER, OFFICE
from bot.roster.dating import with_days
from rules.nouns.errors import RosterErrors
from rules.roster.people import Roster
from storage.store import Store
from templates.errors import worded
from tests.bot.playing import shelf
from tests.bot.roster.rosters import with_person

NOW = dt.datetime(2026, 10, 20, 9, 0, tzinfo=ZONE)
MOVED = dt.date(2026, 10, 5)
AWAY = with_person("AP-005", unit=CENTRE)


async def imported(store: Store, roster: Roster) -> None:
    await import_roster(store, shelf(), roster, await preview(store, roster, NOW), NOW)


async def test_a_move_without_a_day_is_refused_and_named(store):
    await imported(store, DEMO_ROSTER)
    with pytest.raises(RosterErrors) as caught:
        await imported(store, AWAY)
    assert "AP-005 Trần Thị Hoa Mai chuyển từ “Phòng Hành chính – Tổ chức”" in worded(caught.value)
    assert "hãy ghi cột “Ở đơn vị từ ngày”" in worded(caught.value)


async def test_a_day_that_was_asked_for_makes_another_posting(store):
    await imported(store, DEMO_ROSTER)
    seen = await preview(store, AWAY, NOW)
    await imported(store, with_days(AWAY, seen.change, {"AP-005": MOVED}))
    async with store.reading() as tx:
        office = await tx.units.office(OFFICE)
        postings = await tx.postings.of_person((await tx.rosters.ids(office))["AP-005"])
    assert [(one.unit, one.since) for one in postings] == [("Phòng Hành chính – Tổ chức", None), (CENTRE, MOVED)]


async def test_what_was_written_wrongly_is_replaced_and_needs_no_day(store):
    await imported(store, DEMO_ROSTER)
    slip = with_person("AP-005", position="Chuyên viên văn thư")
    seen = await preview(store, slip, NOW)
    await imported(store, with_days(slip, seen.change, {"AP-005": None}))
    async with store.reading() as tx:
        office = await tx.units.office(OFFICE)
        postings = await tx.postings.of_person((await tx.rosters.ids(office))["AP-005"])
    assert [(one.position, one.since) for one in postings] == [("Chuyên viên văn thư", None)]


async def test_a_day_to_come_is_refused(store):
    await imported(store, DEMO_ROSTER)
    with pytest.raises(RosterErrors) as caught:
        await imported(store, with_person("AP-005", unit=CENTRE, unit_since=dt.date(2026, 12, 1)))
    assert "ngày 01/12/2026 chưa đến" in worded(caught.value)


async def test_the_third_quarter_goes_to_the_head_of_september(store):
    """The quarter was over when she moved, on 5 October: its sheet is of the work of that unit."""
    officials = replace(DEMO_ROSTER, people=DEMO_ROSTER.people)
    await imported(store, officials)
    await imported(store, with_person("AP-005", unit=CENTRE, unit_since=MOVED))
    roster = with_person("AP-005", unit=CENTRE, unit_since=MOVED)
    await open_campaign(store, shelf(), ["decree-335-2025"], 2026, roster, NOW, period="q3")
    async with store.reading() as tx:
        ids = await tx.rosters.ids(await tx.units.office(OFFICE))
        (review,) = await tx.reviews.ever(ids["AP-005"])
    assert review.approver_id == ids["AP-003"]
