"""Who leaves, and why: what becomes of their reviews follows from the regulations, and where these are silent the desk is told.

The rosters are as offices wrote them (tests/bot/roster/cases).
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.campaign.campaigns import OpenedCampaign, open_campaign
from bot.campaign.roster.importing import TouchedReviews, import_roster, preview, touched
from bot.clock import ZONE
from bot.daily.leavers import Leavers
from bot.roster.read import read_roster
from rules.judging.interview import asked
from rules.nouns.reviews import Decision, Outcome, ReviewStatus
from rules.nouns.service import Leaving
from rules.roster.people import Roster
from storage.store import Store
from tests.bot.playing import shelf

CASES = Path(__file__).parents[1] / "roster" / "cases"
NOW = dt.datetime(2026, 11, 28, 9, 0, tzinfo=ZONE)
LATER = dt.datetime(2026, 12, 11, 9, 0, tzinfo=ZONE)
OFFICIALS = "decree-335-2025"
PANH, LAST_DAY = "LG-012", dt.date(2026, 12, 10)


def given(name: str) -> Roster:
    return read_roster(CASES / f"{name}.xlsx")


def leaving(roster: Roster, why: Leaving | None, day: dt.date = LAST_DAY) -> Roster:
    """The roster with the last day of Cà Văn Pánh."""
    people = (
        replace(one, service=replace(one.service, left=day, left_as=why)) if one.key == PANH else one
        for one in roster.people
    )
    return replace(roster, people=tuple(people))


async def opened(store: Store, roster: Roster, now: dt.datetime = NOW) -> OpenedCampaign:
    return await open_campaign(store, shelf(), [OFFICIALS], 2026, roster, now)


async def imported(store: Store, roster: Roster, now: dt.datetime) -> None:
    await import_roster(store, shelf(), roster, await preview(store, roster, now), now)


async def status_of(store: Store, key: str) -> ReviewStatus | None:
    async with store.reading() as tx:
        office = await tx.units.office(given("46a-before").office.name)
        person = (await tx.rosters.ids(office))[key]
        campaign = (await tx.campaigns.of_office(office, is_open=True))[0].id
        found = [one.status for (who, *_), one in (await tx.reviews.opened(campaign)).items() if who == person]
    return found[0] if found else None


async def hand_in(store: Store, key: str) -> None:
    async with store.transaction() as tx:
        office = await tx.units.office(given("46a-before").office.name)
        (review,) = await tx.reviews.mine((await tx.rosters.ids(office))[key])
        await tx.reviews.submit(review.id, "a" * 64, None, None, NOW)
        await tx.commit()


@pytest.mark.parametrize("why", [None, *Leaving])
async def test_a_last_day_to_come_takes_no_open_review_away(store, why):
    """46a, then 46b: he retires on 10 December, and until then owes what everybody owes."""
    await opened(store, given("46a-before"))
    await imported(store, leaving(given("46b-retires"), why), NOW)
    assert await status_of(store, PANH) is ReviewStatus.DRAFTING


async def test_what_who_retired_had_handed_in_goes_its_way(store):
    """NĐ 335/2025, Điều 11 khoản 1: eleven months' work are rated; Điều 19 khoản 1 gives only who is transferred to another."""
    await opened(store, given("46a-before"))
    await hand_in(store, PANH)
    await imported(store, leaving(given("46b-retires"), Leaving.RETIRED), LATER)
    assert await status_of(store, PANH) is ReviewStatus.SUBMITTED


async def test_who_was_transferred_is_rated_by_the_new_body(store):
    """NĐ 335/2025, Điều 19 khoản 1."""
    await opened(store, given("46a-before"))
    await hand_in(store, PANH)
    await imported(store, leaving(given("46b-retires"), Leaving.TRANSFERRED), LATER)
    assert await status_of(store, PANH) is ReviewStatus.ENDED


@pytest.mark.parametrize("why", [None, Leaving.RETIRED, Leaving.RESIGNED])
async def test_who_left_before_the_campaign_opened_is_told_to_the_desk(store, why):
    done = await opened(store, leaving(given("46a-before"), why, dt.date(2026, 10, 15)))
    assert [(one.person.name, one.why, one.values()["day"]) for one in done.shared.without] == [
        ("Cà Văn Pánh", "gone", "2026-10-15")
    ]
    assert await status_of(store, PANH) is None


async def test_who_was_transferred_before_is_told_with_the_clause(store):
    done = await opened(store, leaving(given("46a-before"), Leaving.TRANSFERRED, dt.date(2026, 10, 15)))
    assert [(one.person.name, one.why, one.case.cite) for one in done.shared.without] == [
        ("Cà Văn Pánh", "case", "NĐ 335/2025, Điều 19 khoản 1")
    ]


async def test_who_retires_after_eleven_months_gets_a_form_and_the_desk_is_told(store):
    done = await opened(store, leaving(given("46a-before"), Leaving.RETIRED, dt.date(2026, 11, 30)))
    told = [one.values for one in done.points if one.key == "leaving"]
    assert told == [{"name": "Cà Văn Pánh", "day": "2026-11-30", "why": "retired"}]
    assert await status_of(store, PANH) is ReviewStatus.DRAFTING


async def test_the_head_of_a_group_of_teachers_is_asked_what_teachers_are_asked(store):
    """NĐ 90/2020, mẫu số 03, phần II is of managers: a tổ trưởng chuyên môn whose row says "không" is none of them."""
    roster = given("42-school")
    await open_campaign(store, shelf(), ["decree-90-2020"], 2025, roster, dt.datetime(2025, 11, 28, 9, 0, tzinfo=ZONE))
    async with store.reading() as tx:
        ids = await tx.rosters.ids(await tx.units.office(roster.office.name))
        (head,), (teacher,) = [await tx.reviews.ever(ids[key]) for key in ("TS-003", "TS-005")]
    form = shelf()[head.campaign.edition].forms[head.form]
    assert (head.person.head, head.person.leader, head.form) == (True, False, teacher.form)
    assert [one.key for one in asked(form, head.person, {})] == [one.key for one in asked(form, teacher.person, {})]
    assert teacher.approver_id == ids["TS-003"]


async def test_whose_reviews_an_import_ends_is_told_before_and_nothing_is_kept(store):
    await opened(store, given("46a-before"))
    roster = leaving(given("46b-retires"), Leaving.TRANSFERRED)
    coming = await touched(store, shelf(), roster, await preview(store, roster, NOW), NOW)
    gone = await touched(store, shelf(), roster, await preview(store, roster, LATER), LATER)
    assert (coming, gone) == (TouchedReviews(), TouchedReviews(ended=("LG-012 Cà Văn Pánh",)))
    assert await status_of(store, PANH) is ReviewStatus.DRAFTING


async def test_of_whoever_holds_two_posts_the_desk_is_told(store):
    """43-second-post: neither decree names the post at which somebody is rated, so nothing is chosen for them."""
    done = await opened(store, given("43-second-post"))
    (told,) = [one.values for one in done.points if one.key == "second_post"]
    assert (told["name"], told["position"], told["other"]) == (
        "Nông Văn Kiêm",
        "Chuyên viên chính",
        "Giám đốc Trung tâm",
    )


async def notices(store: Store, key: str) -> list[dict[str, Any]]:
    """What a person was told of reviews that ended or went on without their owner."""
    async with store.reading() as tx:
        office = await tx.units.office(given("so-nnmt-2026").office.name)
        turns = await tx.turns.history((await tx.rosters.ids(office))[key])
    replies = (reply for turn in turns for reply in turn.replies)
    return [reply["values"] for reply in replies if reply["template"] == "notice/farewell"]


async def seen_off(store: Store, day: dt.date) -> None:
    now = dt.datetime.combine(day, dt.time(9), ZONE)
    await Leavers(store, shelf(), lambda: now).see_off()


async def test_a_retiree_of_15_december_stays_to_be_rated_and_all_are_told(store):
    """Sent on 29/11, unrated on 16/12: NĐ 335/2025, Điều 11 khoản 1 (he worked more than six months), Điều 19 khoản 1 (only who
    moved is another body's). The party form was never sent: it ends, and that is told.
    """
    roster = given("so-nnmt-2026")
    done = await open_campaign(store, shelf(), [OFFICIALS, "party-2025"], 2026, roster, NOW)
    async with store.transaction() as tx:
        ids = await tx.rosters.ids(await tx.units.office(roster.office.name))
        civil = next(one for one in await tx.reviews.mine(ids["TL-013"]) if one.form == "mau-02-335")
        await tx.reviews.submit(civil.id, "a" * 64, None, None, NOW)
        await tx.commit()
    await seen_off(store, dt.date(2026, 12, 16))
    async with store.reading() as tx:
        (kept,) = await tx.reviews.some([civil.id])
        lines = await tx.standings.of_campaign(done.campaign, dt.date(2026, 12, 16))
    assert (kept.status, kept.approver_id, kept.decider_id) == (ReviewStatus.SUBMITTED, ids["TL-010"], ids["TL-001"])
    assert civil.id in {one.review for one in lines}
    for key in ("TL-004", "TL-010", "TL-001"):  # the desk, his head, who decides
        (told,) = await notices(store, key)
        (person,) = told["people"]
        assert (person["name"], person["day"]) == ("Chu Văn Hưu", "2026-12-15")
        assert [(one["code"], one["waits_for"]) for one in person["kept"]] == [("Mẫu số 02", "Vi Thị Tính")]
    await seen_off(store, dt.date(2026, 12, 17))
    assert len(await notices(store, "TL-004")) == 1


async def test_what_was_returned_to_somebody_who_left_is_not_ended_by_the_day(store):
    """It was sent once; the authority may decide about it as it was sent."""
    await opened(store, given("46a-before"))
    await hand_in(store, PANH)
    async with store.transaction() as tx:
        office = await tx.units.office(given("46a-before").office.name)
        (review,) = await tx.reviews.mine((await tx.rosters.ids(office))[PANH])
        head = review.approver_id
        returned = Decision(1, Outcome.RETURNED, head, "", "", NOW, "Bổ sung")
        await tx.reviews.decide(review.id, returned)
        await tx.commit()
    await imported(store, leaving(given("46b-retires"), Leaving.RETIRED), LATER)
    assert await status_of(store, PANH) is ReviewStatus.RETURNED
