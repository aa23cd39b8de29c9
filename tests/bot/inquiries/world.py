"""A campaign whose rulebook asks the party cell of people's residence, with its page served: phones in the chat, and
the browser of somebody without an account.
"""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from aiohttp import ClientSession, FormData

from bot.console.house import ConsoleHouse
from bot.console.visits import console_routes
from bot.delivery.seam import NoJobs
from bot.door.links import Links, WayIn
from bot.inquiries.house import InquiryHouse
from bot.inquiries.pages import inquiry_routes
from bot.turn.uploads import Enclosing
from bot.web.app import site, web_app
from storage.kept_files import KeptFiles
from tests.campaigns.stage import Play

_LINK = re.compile(r"http://127\.0\.0\.1:\d+/nhanxet/[0-9A-Z]{12}")

SAID = {
    "name": "Lò Văn Bản",
    "post": "Bí thư chi bộ",
    "body": "Chi bộ bản Nà Pheo",
    "q_opinion": "Chấp hành tốt quy định nơi cư trú; tham gia sinh hoạt đầy đủ.",
}


@dataclass
class World:
    """The play, and a browser that is not signed in."""

    play: Play
    browser: ClientSession
    address: str
    files: KeptFiles

    async def link(self, who: str) -> str:
        """The link that somebody asks for about themself."""
        phone = await self.play.phone(who)
        await phone.commands("noicutru")
        await phone.taps("inquiry_card")
        await phone.taps("inquiry_days")
        await phone.taps("inquiry_ask")
        return link_in(phone.text)

    async def posts(self, link: str, fields: Mapping[str, str], step: str = "send") -> tuple[int, str]:
        """Send a form as the page does. Returns the status and the page that follows."""
        form = FormData({**fields, "step": step}, default_to_multipart=True)
        async with self.browser.post(link, data=form) as answer:
            return answer.status, await answer.text()

    async def scans(self, link: str, content: bytes, name: str = "phieu.pdf") -> tuple[int, str]:
        """Upload the signed paper. Returns the status and the page that follows."""
        form = FormData()
        form.add_field("file", content, filename=name)
        async with self.browser.post(f"{link}/tep", data=form) as answer:
            return answer.status, await answer.text()

    async def gets(self, link: str) -> tuple[int, bytes]:
        """The status and content of a page or paper."""
        async with self.browser.get(link) as answer:
            return answer.status, await answer.read()


def link_in(told: str) -> str:
    """The link in a message."""
    found = _LINK.search(told)
    assert found is not None, told
    return found[0]


@asynccontextmanager
async def served(
    url: str, folder: Path, office: ModuleType, rulebook: str, year: int, when: str
) -> AsyncIterator[World]:
    """Opens the campaign and serves the page."""
    play = await Play.begin(url, office.cast(), when)
    files = KeptFiles(folder / "enclosures")
    enclosing = Enclosing(files)
    play.house = replace(play.house, enclosing=enclosing)
    await play.opens(folder, rulebook, year=year)
    app = web_app(play.house)
    app.add_routes(console_routes(ConsoleHouse(play.store, play.house.books, NoJobs(), play.clock)))
    app.add_routes(inquiry_routes(InquiryHouse(play.store, NoJobs(), play.clock, play.house.reading, enclosing)))
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(site(app, "127.0.0.1", 0))
        links = Links(
            {"web": WayIn(f"{address}/i/", address, console=f"{address}/bang/vao/", inquiry=f"{address}/nhanxet/")}
        )
        play.house = replace(play.house, loader=replace(play.house.loader, links=links))
        yield World(play, await stack.enter_async_context(ClientSession()), address, files)
    await play.ends()
