"""A served house with the console, and browsers that open it."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientSession, CookieJar

from bot.console.house import ConsoleHouse
from bot.console.visits import console_routes
from bot.delivery.seam import NoJobs
from bot.web.app import site, web_app
from storage import Store
from tests.bot.playing import Phone, Stage, staged
from tests.bot.web.doors import once_of

_LINK = re.compile(r"/bang/vao/([A-Z0-9]{12})")


@dataclass
class Screen:
    """A browser at the console."""

    address: str
    browser: ClientSession
    status: int = 0
    text: str = ""
    url: str = ""

    async def opens(self, path: str, **query: str) -> str:
        """Open a page, following redirects."""
        async with self.browser.get(f"{self.address}{path}", params=query) as answer:
            self.status, self.text, self.url = answer.status, await answer.text(), str(answer.url)
        return self.text

    async def sends(self, path: str, origin: str = "", **form: str) -> str:
        """Send a form, from one of our pages unless another `origin` is given."""
        headers = {"Origin": origin or self.address}
        async with self.browser.post(f"{self.address}{path}", data=form, headers=headers) as answer:
            self.status, self.text, self.url = answer.status, await answer.text(), str(answer.url)
        return self.text

    async def walks_in(self, code: str) -> str:
        """Open the link, and press the button of its page if it has one."""
        shown = await self.opens(f"/bang/vao/{code}")
        if self.status != 200:
            return shown
        return await self.sends("/bang/vao", code=code, once=once_of(shown))


@dataclass
class Console:
    """The office, served."""

    stage: Stage
    house: ConsoleHouse
    address: str
    stack: AsyncExitStack
    phones: dict[str, Phone] = field(default_factory=dict)

    async def phone(self, key: str) -> Phone:
        """The phone of a person, always the same one."""
        if key not in self.phones:
            self.phones[key] = await self.stage.phone_of(key)
        return self.phones[key]

    async def code(self, key: str, command: str = "dot") -> str:
        """The code of the console link that the button in chat gives."""
        phone = await self.phone(key)
        await phone.commands(command)
        await phone.presses("console")
        found = _LINK.search(phone.text)
        assert found, phone.text
        return found[1]

    async def screen(self) -> Screen:
        """A browser that is not signed in."""
        jar = CookieJar(unsafe=True)
        return Screen(self.address, await self.stack.enter_async_context(ClientSession(cookie_jar=jar)))

    async def screen_of(self, key: str, command: str = "dot") -> Screen:
        """A browser in which that person is signed in."""
        screen = await self.screen()
        await screen.walks_in(await self.code(key, command))
        return screen


@pytest.fixture
async def console(store: Store) -> AsyncIterator[Console]:
    stage = await staged(store)
    house = ConsoleHouse(store, stage.house.books, NoJobs(), stage.clock)
    house.counts.patience = 60
    app = web_app(stage.house)
    app.add_routes(console_routes(house))
    async with AsyncExitStack() as stack, site(app, "127.0.0.1", 0) as address:
        yield Console(stage, house, address, stack)
