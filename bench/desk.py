"""The desk's console as `tusoi serve` runs it, while people answer in chat. Shared by the benches of its pages and of
its files.
"""

import asyncio
import contextlib
import datetime as dt
import socket
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientConnectorError, ClientSession, CookieJar

from bench.feed import Step, recorded
from bench.lived import NOT_BEGUN, lived
from bench.province import MONDAY, settled, with_phones
from bench.wire import Wire, served
from bot.channels import Settings
from bot.codes import fresh_code
from bot.daily.sealing import seal
from bot.delivery.seam import NoJobs
from bot.documents.freezing import freeze
from bot.door.channel import Incoming
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.wiring import database
from dialogs.core.events import Commanded
from storage import Store, upgrade

#: How many people answer in chat, and how many steps a second they make together.
ANSWERING, RATE = 50, 25

#: A day on which nobody is reminded.
SUNDAY = MONDAY - dt.timedelta(days=1)

#: A page that does not use the database, as a yardstick.
DOOR = "/"


@dataclass(frozen=True, slots=True)
class Office:
    """A database with its office."""

    url: str
    #: The script by which its people answer.
    script: Sequence[Step]
    #: Person who is about to answer → their review.
    reviews: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Desk:
    """A running house, the people who answer in chat, and the browser of the head of the desk's unit."""

    wire: Wire
    #: The id of the house's process.
    process: int
    browser: ClientSession
    #: The file in which it records how long its event loop was blocked.
    held_in: Path

    def held(self, since: float) -> float:
        """The longest time, in milliseconds of processor, for which the event loop was blocked since `since` (of the
        monotonic clock).
        """
        told = (line.split() for line in self.held_in.read_text().splitlines() if line.count(" ") == 1)
        return max((float(held) for at, held in told if float(at) > since), default=0.0)


async def office(url: str, people: int, units: int, *, printed: bool = False) -> Office:
    """A new office, already sealed, as every house is after its first minutes. With `printed`, every paper and act is
    stored as it would be printed; otherwise their content is empty.
    """
    await upgrade(url)
    store = await Store.open(url)
    await settled(store, people, units)
    await with_phones(store, people)
    house = House(store, Library(), NoJobs(), Loader(Links(), "vi"), lambda: SUNDAY)
    async with store.reading() as tx:
        lines = await tx.standings.of_campaign(1, SUNDAY.date())
    fresh = {one.person.id: one.review for one in lines if one.review % 100 < NOT_BEGUN[1] and not one.person.head}
    first, *others = [*fresh][: ANSWERING + 2]
    script = await recorded(house, str(first))
    await lived(store, as_in=fresh[first] if printed else None)
    if printed:
        await freeze(store, Library(), lambda: SUNDAY)
    for person in others:
        await house.take(Incoming("telegram", str(person), f"begin {person}", Commanded("tieptuc")))
    await house.owed.close(store)
    while await seal(store, lambda: SUNDAY):
        pass
    await store.close()
    return Office(url, script, {person: fresh[person] for person in others})


@asynccontextmanager
async def desk_of(of: Office) -> AsyncIterator[Desk]:
    """Starts the house and signs the browser in. What a process does only once in chat is already done."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        web = "127.0.0.1:{1}".format(*free.getsockname())
        free.close()
        code = await _link(of.url, Path(folder))
        environment = {
            "BENCH_DATABASE": of.url,
            "BENCH_FOLDER": folder,
            "BENCH_NOW": SUNDAY.isoformat(),
            "BENCH_WEB": web,
        }
        async with (
            Wire.open(of.script, of.reviews) as wire,
            served(["-m", "bench.wire_served"], environment, wire) as process,
            ClientSession(f"http://{web}", cookie_jar=CookieJar(unsafe=True)) as browser,
        ):
            await _open(browser)
            await _signed_in(browser, code, f"http://{web}")
            await wire.answered_by([next(iter(wire.people.values()))])
            wire.latencies.clear()
            yield Desk(wire, process, browser, Path(folder) / "held")


@asynccontextmanager
async def chatting(wire: Wire, steps: int) -> AsyncIterator[asyncio.Task[None]]:
    """People answer, `RATE` steps a second, until they have made `steps` of them or the block ends."""
    chat = asyncio.create_task(wire.answer_for(steps / RATE, RATE))
    yield chat
    chat.cancel()
    await asyncio.gather(chat, return_exceptions=True)


async def _link(url: str, folder: Path) -> str:
    """The code of a console link for the head of the desk's unit, stored with the code key in that folder."""
    code = fresh_code()
    async with database(Settings(database_url=url, data_dir=folder)) as store, store.transaction() as tx:
        await tx.consoles.issue(code, ("telegram", "2"), 2, SUNDAY + dt.timedelta(minutes=10), SUNDAY)
        await tx.commit()
    return code


async def _open(browser: ClientSession) -> None:
    """Waits for the web site, which opens after the other channel."""
    async with asyncio.timeout(30):
        while True:
            with contextlib.suppress(ClientConnectorError):
                async with browser.get(DOOR) as answer:
                    answer.raise_for_status()
                    return
            await asyncio.sleep(0.05)


async def _signed_in(browser: ClientSession, code: str, origin: str) -> None:
    """Signs the head of the desk's unit in."""
    async with browser.get(f"/bang/vao/{code}") as answer:
        once = (await answer.text()).partition('name="once" value="')[2].partition('"')[0]
    async with browser.post("/bang/vao", data={"code": code, "once": once}, headers={"Origin": origin}) as answer:
        answer.raise_for_status()
