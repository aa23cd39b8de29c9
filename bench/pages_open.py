"""Browsers with an open page each, in a process of their own, which `bench/pages.py` starts.

Standard input has first the address and a code for each page, then `flood NUMBER`: the first page sends so many hellos
at once.
"""

import asyncio
import re
import sys

from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar


async def _open(address: str, code: str) -> ClientWebSocketResponse:
    """Signs a browser in with this code. Returns the live connection of its page."""
    browser = ClientSession(cookie_jar=CookieJar(unsafe=True))
    door = await (await browser.get(f"{address}/i/{code}")).text()
    once = re.findall(r'name="once" value="([^"]+)"', door)
    page = await browser.post(f"{address}/i", data={"code": code, "once": once[0]}, headers={"Origin": address})
    shown = re.findall(r'data-id="(\d+)"', await page.text())
    socket = await browser.ws_connect(f"{page.url}ws", headers={"Origin": address})
    await socket.send_json({"hello": int(shown[-1]), "language": "vi"})
    return socket


async def _listen(socket: ClientWebSocketResponse) -> None:
    async for _ in socket:
        pass


async def _main() -> None:
    address, *codes = sys.stdin.readline().split()
    sockets = [await _open(address, code) for code in codes]
    listening = [asyncio.create_task(_listen(socket)) for socket in sockets]
    print("open", flush=True)
    while line := (await asyncio.to_thread(sys.stdin.readline)).split():
        for _ in range(int(line[1])):
            await sockets[0].send_str('{"hello":1}')
    for task in listening:
        task.cancel()


if __name__ == "__main__":
    asyncio.run(_main())
