"""Somebody with several open campaigns and two phones: a text is kept for the review its phone shows, or for none."""

import datetime as dt
import itertools

import pytest

from bot.clock import ZONE
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from storage import Store
from tests.bot.playing import Phone, house_over
from tests.transcripts.cast import PEOPLE
from tests.transcripts.kept import furnish

NOW = dt.datetime(2026, 11, 29, 9, 0, tzinfo=ZONE)
NOVEMBER, YEAR, CAMPAIGN_OF_NOVEMBER = 1_600_000_013, 1_600_000_020, 20_113


@pytest.fixture
async def phones(sqlite_store: Store) -> tuple[Phone, Phone]:
    """Two Telegram accounts of Nhã."""
    async with sqlite_store.transaction() as tx:
        await furnish(tx)
    async with sqlite_store.transaction() as tx:
        for account in ("1", "2"):
            await tx.accounts.tie("telegram", account, PEOPLE["Nhã"].id, NOW)
        await tx.commit()
    house, updates = house_over(sqlite_store, lambda: NOW), itertools.count(1)
    return Phone(house, "1", updates, "telegram"), Phone(house, "2", updates, "telegram")


async def answers(store: Store) -> dict[int, dict[str, object]]:
    async with store.reading() as tx:
        mine = await tx.reviews.ever(PEOPLE["Nhã"].id)
    return {one.id: {key: answer.value for key, answer in one.answers.items()} for one in mine if one.open}


async def test_what_is_typed_where_november_stands_never_lands_in_the_year(phones, sqlite_store) -> None:
    one, other = phones
    await one.commands("tieptuc")
    await other.does(Pressed(Button("next", YEAR)))
    await one.says("4")
    assert "chưa được ghi vào đâu" in one.text
    assert await answers(sqlite_store) == {NOVEMBER: {}, YEAR: {}}
    await one.presses("next")  # there again by one press
    await one.says("4")
    kept = await answers(sqlite_store)
    assert [*kept[NOVEMBER].values()] == [4]
    assert kept[YEAR] == {}
    await other.says("9")  # the other phone shows the year still
    assert (await answers(sqlite_store)) == kept


async def test_a_text_awaited_in_a_campaign_that_was_closed_lands_in_no_other(phones, sqlite_store) -> None:
    one, _ = phones
    await one.commands("tieptuc")
    async with sqlite_store.transaction() as tx:
        await tx.campaigns.close(CAMPAIGN_OF_NOVEMBER, NOW)
        await tx.commit()
    await one.says("4")
    assert "chưa được ghi vào đâu" in one.text
    assert await answers(sqlite_store) == {NOVEMBER: {}, YEAR: {}}


async def test_an_old_button_of_the_month_leads_there_while_the_year_is_at_work(phones, sqlite_store) -> None:
    one, _ = phones
    await one.commands("tieptuc")
    of_all = next(key for key in one.shown if key.data.startswith(f"all:{NOVEMBER}:"))
    month = Button.decode(
        of_all.data.replace("all:", "answer:")
    )  # as messages have it from before questions shared a screen
    await one.does(Pressed(Button("next", YEAR)))
    await one.does(Pressed(month))
    kept = await answers(sqlite_store)
    assert len(kept[NOVEMBER]) == 1
    assert kept[YEAR] == {}
    await one.says("3")
    assert len((await answers(sqlite_store))[NOVEMBER]) == 2
