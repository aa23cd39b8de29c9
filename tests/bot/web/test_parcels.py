"""A ZIP over HTTP: while it is made, in parts, begun again where the line broke; nobody else's."""

import asyncio
import hashlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientPayloadError, ClientSession, CookieJar

from bot.door.channel import Parcel
from bot.web import parcels
from bot.web.app import site, web_app
from dialogs.core.turn import WholeDossier
from tests.bot.web.doors import walk_in
from tests.bot.web.toy_front import AN, BINH, ToyFront

PIECES = [hashlib.sha256(str(number).encode()).digest() * 4000 for number in range(12)]
WHOLE = b"".join(PIECES)


class Slow(ToyFront):
    """Makes piece after piece as they are let go, and counts."""

    def __init__(self) -> None:
        super().__init__({"ANAN2345ABCD": AN, "BINH2345ABCD": BINH})
        self.made, self.begun, self.breaks = 0, 0, False
        self.go = asyncio.Semaphore(len(PIECES) * 9)
        self.mark = "m1"
        self.lists, self.asked, self.denied = 0, [], False

    async def may_take(self, person, wanted):
        self.asked.append(wanted)
        return not self.denied

    async def parcel(self, person, wanted):
        self.lists += 1
        return Parcel("Phòng A – năm 2020.zip", self.mark, self._pieces) if person == AN else None

    async def _pieces(self) -> AsyncIterator[bytes]:
        self.begun += 1
        for piece in PIECES:
            await self.go.acquire()
            if self.breaks and self.made == 3:
                raise RuntimeError("the disk is full")
            self.made += 1
            yield piece


@pytest.fixture
async def front() -> Slow:
    return Slow()


@pytest.fixture
async def address(front) -> AsyncIterator[str]:
    async with site(web_app(front), "127.0.0.1", 0) as where:
        yield where


@pytest.fixture
async def browser() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield session


async def entered(browser: ClientSession, address: str, code: str) -> str:
    """Where the pages of who has that code are."""
    async with await walk_in(browser, address, code) as answer:
        return str(answer.url)


async def test_it_comes_while_it_is_made_and_the_rest_where_it_broke(front, address, browser) -> None:
    front.go = asyncio.Semaphore(2)
    url = await entered(browser, address, "ANAN2345ABCD") + "all/1/0/7"
    broken = await browser.get(url)
    assert (broken.status, broken.headers["ETag"], broken.headers["Accept-Ranges"]) == (200, '"m1"', "bytes")
    assert broken.headers["Content-Type"] == "application/zip"
    got = await broken.content.readexactly(len(PIECES[0]) + 10)
    assert (front.made, got) == (2, WHOLE[: len(got)]), "it came before the rest was made"
    broken.close()
    for _ in PIECES:
        front.go.release()
    rest = await browser.get(url, headers={"Range": f"bytes={len(got)}-", "If-Range": '"m1"'})
    assert rest.status == 206
    assert rest.headers["Content-Range"] == f"bytes {len(got)}-{len(WHOLE) - 1}/{len(WHOLE)}"
    assert got + await rest.read() == WHOLE
    assert (front.begun, front.lists) == (1, 1), "nothing was made or looked for twice"
    front.denied = True
    async with browser.get(url, headers={"Range": "bytes=5-"}) as refused:
        assert refused.status == 404, "who may have it is asked each time"


async def test_a_dossier_comes_in_the_same_way(front, address, browser) -> None:
    at = await entered(browser, address, "ANAN2345ABCD")
    for url in (at + "dossier/3/u12/7", at + "desk/7/dossier_3_u12"):
        answer = await browser.get(url)
        assert (answer.headers["Accept-Ranges"], await answer.read()) == ("bytes", WHOLE)
    assert set(front.asked) == {WholeDossier(3, "u12")}
    assert (front.begun, front.lists) == (1, 1)
    for url in ("dossier/3/x1/7", "dossier/3/../7", "dossier/3/u12345678901/7"):
        async with browser.get(at + url) as answer:
            assert answer.status == 404


async def test_parts_and_what_is_no_part(front, address, browser) -> None:
    url = await entered(browser, address, "ANAN2345ABCD") + "all/1/0/7"
    whole = await browser.get(url)
    assert hashlib.sha256(await whole.read()).digest() == hashlib.sha256(WHOLE).digest()
    again = await browser.get(url)
    assert (again.status, again.headers["Content-Length"]) == (200, str(len(WHOLE)))
    total = len(WHOLE)
    for asked, start, end in (
        ("0-0", 0, 1),
        ("5-99", 5, 100),
        ("-7", total - 7, total),
        (f"{total - 1}-{total + 9}", total - 1, total),
    ):
        part = await browser.get(url, headers={"Range": f"bytes={asked}"})
        assert (part.status, await part.read()) == (206, WHOLE[start:end]), asked
        assert part.headers["Content-Range"] == f"bytes {start}-{end - 1}/{total}"
    async with browser.get(url, headers={"Range": f"bytes={total}-"}) as beyond:
        assert (beyond.status, beyond.headers["Content-Range"]) == (416, f"bytes */{total}")
    for headers in ({"Range": "bytes=0-1,5-6"}, {"Range": "lines=1-2"}, {"Range": "bytes=5-", "If-Range": '"another"'}):
        assert ((got := await browser.get(url, headers=headers)).status, len(await got.read())) == (200, total), headers
    async with browser.head(url) as head:
        assert (head.status, head.headers["ETag"]) == (200, '"m1"')
    assert front.begun == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the client drops a line that was cut
async def test_what_cannot_be_made_to_its_end_does_not_pass_for_whole(front, address, browser) -> None:
    url = await entered(browser, address, "ANAN2345ABCD") + "all/1/0/7"
    front.breaks = True
    broken = await browser.get(url)
    with pytest.raises(ClientPayloadError):
        await broken.read()
    broken.close()
    front.breaks = False
    assert await (await browser.get(url)).read() == WHOLE, "the next one is made anew"


async def test_it_is_for_nobody_else(front, address, browser) -> None:
    own = await entered(browser, address, "BINH2345ABCD")
    for url, status in ((own + "all/1/0/7", 404), (f"{address}/p/{AN}/all/1/0/7", 401)):
        async with browser.get(url) as refused:
            assert refused.status == status
    assert front.begun == 0


async def test_so_many_are_kept_and_old_ones_forgotten(front, address, browser, monkeypatch) -> None:
    url = await entered(browser, address, "ANAN2345ABCD") + "all/1/0/"
    monkeypatch.setattr(parcels, "MOST", 2)
    for at in (1, 2, 3):
        assert len(await (await browser.get(url + str(at))).read()) == len(WHOLE)
    assert front.begun == 3
    front.go = asyncio.Semaphore(1)
    begun = [await browser.get(url + str(at)) for at in (4, 5)]
    async with browser.get(url + "6") as third:
        assert (third.status, "Retry-After" in third.headers) == (429, True)
    for _ in range(99):
        front.go.release()
    for answer in begun:
        assert len(await answer.read()) == len(WHOLE)
