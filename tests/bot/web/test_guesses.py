"""Wrong codes of strangers: slowed down, counted once each, and never in the way of a right one."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, ClientTimeout, CookieJar, TCPConnector

from bot.delivery.seam import NoJobs
from bot.demo.office import EMPLOYEE
from bot.demo.setting import BEGINS, clock_from, fresh_invitation, furnish, person_called
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.web.app import site, web_app
from bot.web.guesses import OF_ADDRESS, OF_EVERYBODY, OF_NETWORK, OWN, Guesses, keys
from storage import Store
from tests.bot.web.doors import press, walk_in
from tests.waiting import PATIENCE, until


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def wrong(guesses: Guesses, address: str) -> int | None:
    async with guesses.one_more(address) as this:
        await asyncio.sleep(0)  # it is looked up
    return this.left


async def test_the_tries_of_an_address_are_counted_down_and_come_back(clock):
    guesses = Guesses(clock, late=0)
    assert [await wrong(guesses, "198.51.100.7") for _ in range(11)] == [*range(9, -1, -1), None]
    clock.now += 1 / OF_ADDRESS.per_second
    assert [await wrong(guesses, "198.51.100.7") for _ in range(2)] == [0, None]


@pytest.mark.parametrize("flood", [400, 5_000])
async def test_a_flood_at_once_is_charged_one_by_one_and_leaves_no_debt(clock, flood):
    guesses = Guesses(clock, late=0)
    told = Counter(await asyncio.gather(*(wrong(guesses, "198.51.100.7") for _ in range(flood))))
    assert told == {**dict.fromkeys(range(10), 1), None: flood - 10}
    clock.now += 1 / OF_ADDRESS.per_second
    assert await wrong(guesses, "198.51.100.7") == 0, "a try is back after seconds, not after hours"


async def test_a_good_code_costs_no_try(clock):
    guesses = Guesses(clock, late=0)
    for _ in range(50):
        async with guesses.one_more("198.51.100.7") as this:
            this.good = True
    assert await wrong(guesses, "198.51.100.7") == 9


async def test_a_neighbour_and_everybody_leave_some_tries_to_each(clock):
    guesses = Guesses(clock, late=0)
    for host in range(OF_NETWORK.burst // OF_ADDRESS.burst + 3):
        for _ in range(OF_ADDRESS.burst):
            await wrong(guesses, f"198.51.100.{host}")
    assert [await wrong(guesses, "198.51.100.200") for _ in range(OWN + 1)] == [2, 1, 0, None]
    for net in range(OF_EVERYBODY.burst):
        await wrong(guesses, f"198.{net // 250}.{net % 250}.1")
    assert [await wrong(guesses, "203.0.113.9") for _ in range(OWN + 1)] == [2, 1, 0, None]


async def test_who_is_late_holds_nobody_up(clock):
    guesses = Guesses(clock, late=PATIENCE)
    while (await asyncio.wait_for(wrong(guesses, "198.51.100.7"), PATIENCE)) != 0:
        pass
    late = [asyncio.create_task(wrong(guesses, "198.51.100.7")) for _ in range(300)]
    async with asyncio.timeout(PATIENCE):
        async with guesses.one_more("198.51.100.7") as this:
            this.good = True
        assert await wrong(guesses, "203.0.113.9") == 9
    await until(lambda: sum(task.done() for task in late) == 100)  # more than two hundred are not kept waiting
    for task in late:
        task.cancel()


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("198.51.100.7", ("198.51.100.7/32", "198.51.100.0/24")),
        ("2001:db8:1:2:3::4", ("2001:db8:1:2::/64", "2001:db8:1::/48")),
        ("?", ("?", "?")),
    ],
)
def test_an_address_of_ipv6_is_the_network_of_its_house(address, known):
    assert keys(address) == known


# ── over HTTP ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def address(sqlite_store: Store) -> AsyncIterator[str]:
    await furnish(sqlite_store, BEGINS)
    house = House(sqlite_store, Library(), NoJobs(), Loader(Links(), "vi"), clock_from(BEGINS))
    async with site(web_app(house), "127.0.0.1", 0) as where:
        yield where


#: A busy machine takes its time.
NEVER = ClientTimeout(total=None, sock_connect=None)


async def test_after_four_hundred_wrong_codes_at_once_from_the_same_address_the_right_one_opens(address, sqlite_store):
    """Behind a proxy that is not trusted everybody is 127.0.0.1."""
    code = await fresh_invitation(sqlite_store, await person_called(sqlite_store, EMPLOYEE), BEGINS)
    async with (
        ClientSession(connector=TCPConnector(limit=0), timeout=NEVER) as stranger,
        ClientSession(cookie_jar=CookieJar(unsafe=True), timeout=NEVER) as browser,
    ):
        door = await (await browser.get(f"{address}/i/{code}")).text()

        async def guess(number: int) -> int:
            form = {"code": f"2222-2222-{number:04}".replace("0", "Z").replace("1", "Y"), "once": "x"}
            async with stranger.post(f"{address}/i", data=form, headers={"Origin": address}) as answer:
                return answer.status

        began = time.monotonic()
        flood = [asyncio.create_task(guess(number)) for number in range(400)]
        await asyncio.wait(flood, return_when=asyncio.FIRST_COMPLETED)
        page = await press(browser, address, code, door)
        assert str(page.url).startswith(f"{address}/p/")
        answers = Counter(await asyncio.gather(*flood))
        came_back = int((time.monotonic() - began) * OF_ADDRESS.per_second) + 1  # tries, while the flood lasted
        assert answers.keys() == {403, 429}
        assert OF_ADDRESS.burst <= answers[403] <= OF_ADDRESS.burst + came_back
        assert await sqlite_store_counts(sqlite_store) == 0, "nothing is kept of guesses of the web"
        while (late := await walk_in(stranger, address, "2222YYYY2222")).status == 403:
            pass  # a try that came back meanwhile
        assert late.status == 429
        assert "Mã đúng vẫn vào được" in await late.text()
        assert late.headers["Retry-After"]


async def sqlite_store_counts(store: Store) -> int:
    """Rows of wrong codes."""
    async with store.reading() as tx:
        return await tx.invitations.wrong_codes_since("", BEGINS)
