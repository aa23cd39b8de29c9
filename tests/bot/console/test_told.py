"""Whoever must be told of a result by the rulebook finds it in the lists of the console, and nobody else does."""

from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from bot.console.house import ConsoleHouse
from bot.console.visits import console_routes
from bot.delivery.seam import NoJobs
from bot.web.app import site, web_app
from rules.book.procedure import Role
from rules.campaign import permissions
from rules.campaign.permissions import ALLOWED, Action, Relation
from storage.rows import sights
from tests.bot.authorisation.test_told import Telling
from tests.bot.console.conftest import Console
from tests.bot.documents.office import played
from tests.bot.playing import HEAD

OTHER_HEAD = "AP-008"


@pytest.fixture
async def served(sqlite_store):
    async with AsyncExitStack() as stack:

        async def under(*to: Role) -> Console:
            stage = await played(sqlite_store) if not made else made[0]
            made.append(stage)
            told = replace(stage, house=replace(stage.house, books=Telling(*to)))
            house = ConsoleHouse(sqlite_store, told.house.books, NoJobs(), stage.clock)
            app = web_app(told.house)
            app.add_routes(console_routes(house))
            address = await stack.enter_async_context(site(app, "127.0.0.1", 0))
            return Console(told, house, address, stack)

        made = []
        yield under


async def sees(console: Console, key: str) -> tuple[bool, bool]:
    """Whether they are told the result in the list, and can filter for it; and on the person's page."""
    async with console.house.store.transaction() as tx:  # as a head alone, not as the desk that reads all results
        await tx.connection.execute(sights.PERSON.update().values(desk=False))
        await tx.commit()
    screen = await console.screen_of(key, "choduyet")
    listed = await screen.opens("/bang/nguoi", ketqua="good")
    page = await screen.opens("/bang/nguoi/AP-005")
    return "Trần Thị Hoa Mai" in listed, "Xếp loại: <strong>" in page


async def test_the_head_of_the_unit_is_told_where_the_rulebook_says_so(served):
    assert await sees(await served(Role.UNIT_HEAD), HEAD) == (True, True)


async def test_without_the_sentence_or_the_cell_nobody_is(served, monkeypatch):
    assert await sees(await served(), HEAD) == (False, False)
    for module in (permissions, sights):
        monkeypatch.setattr(module, "ALLOWED", ALLOWED - {(Relation.TOLD, Action.READ_RATING)})
    assert await sees(await served(Role.UNIT_HEAD), HEAD) == (False, False)


async def test_the_head_of_another_unit_is_told_nothing_of_it(served):
    assert await sees(await served(Role.UNIT_HEAD), OTHER_HEAD) == (False, False)
