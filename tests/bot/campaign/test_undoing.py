"""An opening is taken back while nobody has answered, and never afterwards."""

import asyncio
import datetime as dt

import pytest
import sqlalchemy as sa

from bot.campaign.campaigns import open_campaign
from bot.campaign.undoing import AlreadyAnswered, Undone, undo
from bot.demo.office import DEMO_ROSTER, EMPLOYEE, HEAD, OFFICE
from bot.rulebooks.library import Library
from rules.nouns.reviews import Answer
from storage.tables import AUDIT
from storage.transaction import Transaction
from tests.bot.playing import BEGINS
from tests.bot.roster.kept import people_by_key

NOW = BEGINS + dt.timedelta(hours=2)
BOOKS = Library()


async def audited(tx: Transaction) -> list[tuple[int | None, object]]:
    """Who took an opening back, and what went with it."""
    rows = await tx.connection.execute(
        sa.select(AUDIT.c.by_person, AUDIT.c.detail).where(AUDIT.c.what == "campaign undone")
    )
    return [(row.by_person, row.detail) for row in rows]


async def opened(store, *, at: dt.datetime = BEGINS, year: int = 2020) -> int:
    return (await open_campaign(store, BOOKS, ["quang-ngai-office-2020"], year, DEMO_ROSTER, at)).campaign


async def test_reviews_codes_and_messages_that_wait_are_withdrawn_and_it_is_kept_in_the_audit(store) -> None:
    campaign = await opened(store)
    async with store.transaction() as tx:
        office = (await tx.units.offices())[OFFICE]
        people = await people_by_key(tx, office)
        for key, status in (("waits", None), ("went", "sent")):
            id_ = await tx.deliveries.add(key, people[EMPLOYEE].id, {}, "reminder", BEGINS, campaign_id=campaign)
            if status:
                await tx.deliveries.done(id_, [], BEGINS)
        codes = [one.code for one in await tx.invitations.list(office)]
        undone = await undo(tx, campaign, NOW, by=people[HEAD].id)
        assert undone == Undone(reviews=len(await tx.reviews.opened(campaign)), codes=len(codes), messages=1)
        assert {(await tx.invitations.look_up(code, NOW)).outcome for code in codes} == {"revoked"}
        assert await tx.reviews.mine(people[EMPLOYEE].id) == ()
        assert await tx.deliveries.report(campaign) == {"": {"sent": 1}}
        kept = await audited(tx)
        await tx.commit()
    assert kept == [
        (people[HEAD].id, {"campaign": campaign, "reviews": undone.reviews, "codes": len(codes), "messages": 1})
    ]
    assert await opened(store, at=NOW + dt.timedelta(minutes=1)) != campaign
    async with store.reading() as tx:
        assert len(await tx.reviews.mine(people[EMPLOYEE].id)) > 0
        assert len([one for one in await tx.invitations.list(office) if one.revoked_at is None]) == len(codes)


async def test_who_was_invited_before_keeps_their_code(store) -> None:
    await opened(store)
    later = await opened(store, at=NOW, year=2021)
    async with store.transaction() as tx:
        office = (await tx.units.offices())[OFFICE]
        before = await tx.invitations.waiting(office, NOW)
        assert (await undo(tx, later, NOW)).codes == 0
        assert await tx.invitations.waiting(office, NOW) == before


async def test_once_somebody_has_begun_it_is_not_taken_back(store) -> None:
    campaign = await opened(store)
    async with store.transaction() as tx:
        people = await people_by_key(tx, (await tx.units.offices())[OFFICE])
        (review, *_) = await tx.reviews.mine(people[EMPLOYEE].id)
        await tx.reviews.keep_answer(review.id, "strengths", Answer("x"), people[EMPLOYEE].id, BEGINS)
        await tx.commit()
    with pytest.raises(AlreadyAnswered, match=people[EMPLOYEE].name):
        async with store.transaction() as tx:
            await undo(tx, campaign, NOW)
    async with store.reading() as tx:
        assert len(await tx.reviews.mine(people[EMPLOYEE].id)) > 0


async def test_what_is_closed_already_is_not_there_to_be_taken_back(store) -> None:
    campaign = await opened(store)
    async with store.transaction() as tx:
        await tx.campaigns.close(campaign, NOW)
        with pytest.raises(LookupError):
            await undo(tx, campaign, NOW)


async def test_of_two_who_take_it_back_at_once_one_has_done_it(store) -> None:
    campaign = await opened(store)

    async def taken_back() -> Undone:
        async with store.transaction() as tx:
            undone = await undo(tx, campaign, NOW)
            await tx.commit()
        return undone

    done = await asyncio.gather(taken_back(), taken_back(), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["LookupError", "Undone"]
    async with store.reading() as tx:
        assert len(await audited(tx)) == 1
