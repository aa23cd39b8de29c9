"""How a browser signs in, as its person would: the page of the link and its one button, or a code typed at the
entrance.
"""

import re

from aiohttp import ClientResponse, ClientSession


def once_of(html: str) -> str:
    """The secret (`once`) in the page with the button or the box."""
    found = re.search(r'name="once" value="([^"]+)"', html)
    assert found, html
    return found[1]


async def press(browser: ClientSession, address: str, code: str, page: str, *, follow: bool = True) -> ClientResponse:
    """Press the button of that page."""
    form = {"code": code, "once": once_of(page)}
    return await browser.post(f"{address}/i", data=form, headers={"Origin": address}, allow_redirects=follow)


async def walk_in(browser: ClientSession, address: str, code: str, *, follow: bool = True) -> ClientResponse:
    """Open the link and press its button. Returns the page that refuses the link if there is no button."""
    door = await browser.get(f"{address}/i/{code}")
    return await press(browser, address, code, await door.text(), follow=follow) if door.status == 200 else door


async def type_in(browser: ClientSession, address: str, typed: str) -> ClientResponse:
    """Type a code into the box at the entrance."""
    return await press(browser, address, typed, await (await browser.get(f"{address}/")).text())
