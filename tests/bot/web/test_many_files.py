"""Many large files handed in at once: memory holds a few, all are taken, and whoever drips keeps nobody waiting."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from aiohttp import ClientSession, CookieJar, FormData

from bot.roster.package import MAX_BYTES
from bot.web import files
from bot.web.app import site, web_app
from bot.web.house import FILES_AT_ONCE
from dialogs.core.events import Handed
from tests.bot.web.doors import walk_in
from tests.bot.web.toy_front import AN, ToyFront
from tests.waiting import until

MANY = 20


class Taking(ToyFront):
    """Awaits files of everybody, and counts those it holds at once."""

    def __init__(self) -> None:
        super().__init__({f"ANAN2345AB{chr(65 + number)}D": AN for number in range(MANY)})
        self.now = self.most = 0
        self.names: list[tuple[str, str]] = []

    async def awaits_file(self, channel, account):
        return "any"

    async def take(self, incoming):
        if not isinstance(incoming.event, Handed):
            return await super().take(incoming)
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        self.names.append((incoming.event.name, incoming.event.trouble))
        self.now -= 1
        return None


@pytest.fixture
async def front() -> Taking:
    return Taking()


@pytest.fixture
async def address(front) -> AsyncIterator[str]:
    async with site(web_app(front), "127.0.0.1", 0) as where:
        yield where


async def hand(browser: ClientSession, address: str, number: int, content: bytes) -> int:
    form = FormData()
    form.add_field("file", io.BytesIO(content), filename=f"{number}.pdf", content_type="application/pdf")
    url = f"{address}/p/{AN}/file/{number:08}abcd"
    async with browser.post(url, data=form, headers={"Origin": address}) as answer:
        return answer.status


async def test_twenty_large_files_at_once_are_all_taken_a_few_at_a_time(front, address) -> None:
    content = bytes(MAX_BYTES - 1000)
    async with AsyncExitStack() as stack:
        browser = await stack.enter_async_context(ClientSession(cookie_jar=CookieJar(unsafe=True)))
        async with await walk_in(browser, address, "ANAN2345ABAD"):
            pass
        statuses = await asyncio.gather(*(hand(browser, address, number, content) for number in range(MANY)))
    assert statuses == [204] * MANY
    assert sorted(name for name, trouble in front.names if not trouble) == sorted(f"{n}.pdf" for n in range(MANY))
    assert front.most <= FILES_AT_ONCE


async def test_files_that_drip_are_let_go(front, address, monkeypatch) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.2)

    async def drips() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\nabc'
        await asyncio.Event().wait()

    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        async with await walk_in(browser, address, "ANAN2345ABAD"):
            pass
        headers = {"Origin": address, "Content-Type": "multipart/form-data; boundary=x"}
        slow = [
            asyncio.create_task(browser.post(f"{address}/p/{AN}/file/{n:08}slow", data=drips(), headers=headers))
            for n in range(FILES_AT_ONCE)
        ]
        await until(lambda: len(front.names) == FILES_AT_ONCE)
        assert {trouble for _, trouble in front.names} == {"lost"}
        assert await hand(browser, address, 99, b"%PDF-") == 204
        for one in slow:
            one.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
