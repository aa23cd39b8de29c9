"""The console, tried by everybody of two offices: each page, somebody's papers, and a session of somebody who has no say."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import ClientSession, CookieJar

from bot.codes import fresh_code
from bot.console.house import ConsoleHouse
from bot.console.visits import console_routes
from bot.delivery.seam import NoJobs
from bot.web.app import site, web_app
from storage.store import Store
from tests.bot.authorisation.world import BEGINS, PEOPLE, SECRETS, STRANGERS, Aim, World
from tests.bot.console.conftest import Screen
from tests.bot.playing import Clock, house_over
from tests.campaigns.stage import moment

#: Who has nobody to look at, and finds the console closed.
NOBODY = ("self", "colleague", "past", "b_self")

#: Who oversees somebody of office A, and who of them may have what was sent while it waits for the head.
OVERSEEING = ("head", "in_charge", "authority", "stand_in", "stand_in_auth", "desk")
READING = ("head", "in_charge", "stand_in")


@asynccontextmanager
async def opened(world: World, when: str, who: str) -> AsyncIterator[tuple[Screen, Store, Aim]]:
    """A browser signed in to the console as somebody, whether or not chat would have given them a link."""
    aim, store, clock = world.aims[when], await Store.open(world.copy(when)), Clock(moment(BEGINS))
    house = house_over(store, clock)
    app = web_app(house)
    served = ConsoleHouse(store, house.books, NoJobs(), clock)
    served.counts.patience = 60
    app.add_routes(console_routes(served))
    code = fresh_code()
    async with store.transaction() as tx:
        await tx.consoles.issue(code, ("web", f"{who}@web"), aim.ids[who], clock(), clock())
        await tx.commit()
    async with site(app, "127.0.0.1", 0) as address, ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        screen = Screen(address, browser)
        await screen.walks_in(code)
        yield screen, store, aim
    await store.close()


async def key_of(store: Store, aim: Aim, who: str) -> str:
    async with store.reading() as tx:
        return (await tx.people.keys(aim.office))[aim.ids[who]]


@pytest.mark.parametrize("who", [one for one in PEOPLE if one not in STRANGERS])
async def test_nobody_sees_of_office_a_what_is_not_theirs(world: World, who: str) -> None:
    async with opened(world, "sent", who) as (screen, store, aim):
        key = await key_of(store, aim, "self")
        papers = f"/bang/nguoi/{key}/van-ban/{aim.review}/1/pdf"
        told, statuses = "", {}
        for path in (
            "/bang/nguoi",
            f"/bang/dot/{aim.campaign}",
            f"/bang/nguoi?dot={aim.campaign}",
            f"/bang/nguoi/{key}",
        ):
            told += await screen.opens(path)
            statuses[path] = screen.status
        async with screen.browser.get(screen.address + papers) as answer:
            statuses["papers"] = answer.status
        assert not [text for text in SECRETS if text in told]
        if who in NOBODY:
            assert set(statuses.values()) <= {401, 403}, statuses
        elif who.startswith("b_"):
            assert statuses[f"/bang/dot/{aim.campaign}"] == 404
            assert statuses[f"/bang/nguoi/{key}"] == 404
            assert statuses["papers"] == 404
            assert not [name for name in aim.names if name in told]
        elif who in OVERSEEING:
            assert statuses[f"/bang/nguoi/{key}"] == 200
            assert statuses["papers"] == (200 if who in READING else 404), who


@pytest.mark.parametrize("who", ["head", "authority", "desk"])
async def test_the_decision_is_told_to_whom_the_table_says(world: World, who: str) -> None:
    async with opened(world, "decided", who) as (screen, store, aim):
        key = await key_of(store, aim, "self")
        text = await screen.opens(f"/bang/nguoi/{key}")
        assert ("Xếp loại: <strong>" in text) is (who != "head")


async def test_who_loses_their_say_is_put_out(world: World) -> None:
    async with opened(world, "sent", "desk") as (screen, store, aim):
        assert screen.status == 200
        async with store.transaction() as tx:
            await tx.people.update(replace(await tx.people.get(aim.ids["desk"]), desk=False, head=False))
            await tx.commit()
        await screen.opens("/bang/nguoi")
        assert screen.status in {401, 403}
        await screen.opens("/bang/nguoi")
        assert screen.status == 401
