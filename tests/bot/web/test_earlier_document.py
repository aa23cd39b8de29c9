"""A review that was decided twice has two documents on the page: that of each decision stays at hand."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, CookieJar

from bot.documents.keeping import Keeper
from bot.web.app import site, web_app
from rules.nouns.rulings import Ruling
from rules.nouns.values import Rating
from storage import Store
from tests.answers import status_of
from tests.bot.playing import CHIEF, EMPLOYEE, Stage, shelf, staged
from tests.bot.web.doors import walk_in


@pytest.fixture
async def stage(sqlite_store: Store) -> Stage:
    """The employee's review is handed in and was decided twice."""
    stage = await staged(sqlite_store)
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    chief = await stage.person(CHIEF)
    async with sqlite_store.transaction() as tx:
        review, *_ = await tx.reviews.mine(await stage.person(EMPLOYEE))
        for number, rating in ((1, Rating.COMPLETED), (2, Rating.GOOD)):
            decided = Ruling(
                number, 1, {"self_rating": rating}, chief, "Hoàng Sơn Lâm", "Chánh Văn phòng", stage.clock()
            )
            await tx.rulings.rule(review.id, decided)
            await Keeper(tx, shelf(), stage.clock()).ruled(review, decided)
        await tx.commit()
    return stage


@pytest.fixture
async def session(stage: Stage) -> AsyncIterator[tuple[ClientSession, str]]:
    """The employee's page: its session and its address."""
    async with (
        site(web_app(stage.house), "127.0.0.1", 0) as address,
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as session,
    ):
        code = await stage.invitation(EMPLOYEE)
        yield session, str((await walk_in(session, address, code)).url)


@pytest.mark.parametrize(("asked", "number"), [("1", 2), ("1-1", 1), ("1-2", 2)])
async def test_the_address_names_the_decision(stage, session, asked, number):
    page, url = session
    (review, *_) = await stage.rows("review", person_id=await stage.person(EMPLOYEE))
    answer = await page.get(f"{url}papers/{review['id']}/{asked}/1/docx")
    assert answer.status == 200
    assert f"-v1-xl{number}.docx" in answer.headers["Content-Disposition"]


async def test_a_decision_that_was_never_taken_has_no_document(stage, session):
    page, url = session
    (review, *_) = await stage.rows("review", person_id=await stage.person(EMPLOYEE))
    assert await status_of(page.get(f"{url}papers/{review['id']}/1-3/1/docx")) == 404


async def test_the_page_links_to_the_document_of_the_decision_that_was_asked_for(stage, session):
    page, url = session
    (review, *_) = await stage.rows("review", person_id=await stage.person(EMPLOYEE))
    phone = stage.phone("another device")
    phone.account = (await stage.rows("account", channel="web"))[-1]["external_id"]
    await phone.commands("ketqua")
    await phone.presses("result_show")
    await phone.presses("result_papers", "1")
    assert f"papers/{review['id']}/1-1/" in await (await page.get(url)).text()
