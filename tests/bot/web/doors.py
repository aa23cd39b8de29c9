"""How a browser walks in, as its person would: the page of the link, then its one button; or a code typed at the entrance."""

import re

from aiohttp import ClientResponse, ClientSession


def once_of(html: str) -> str:
    """What the page with the button or the box brings along."""
    found = re.search(r'name="once" value="([^"]+)"', html)
    assert found, html
    return found[1]


async def press(browser: ClientSession, address: str, code: str, page: str, *, follow: bool = True) -> ClientResponse:
    """The button of that page."""
    form = {"code": code, "once": once_of(page)}
    return await browser.post(f"{address}/i", data=form, headers={"Origin": address}, allow_redirects=follow)


async def walk_in(browser: ClientSession, address: str, code: str, *, follow: bool = True) -> ClientResponse:
    """Open the link, press its button; or the page that refuses the link."""
    door = await browser.get(f"{address}/i/{code}")
    return await press(browser, address, code, await door.text(), follow=follow) if door.status == 200 else door


async def type_in(browser: ClientSession, address: str, typed: str) -> ClientResponse:
    """A code typed into the box at the entrance."""
    return await press(browser, address, typed, await (await browser.get(f"{address}/")).text())
