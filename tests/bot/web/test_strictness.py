"""What every answer of the site keeps to: its own name, its own pages, https, cookies that hold, no word of what it runs on."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, CookieJar, web

from bot.door.front import Exchange
from bot.web.app import PARTS, site, web_app
from bot.web.house import WebSettings
from tests.answers import headers_of, status_of
from tests.bot.web.doors import walk_in
from tests.bot.web.toy_front import AN, ToyFront

CODE = "AN2222222222"
PROXY = {"Host": "tusoi.example", "X-Forwarded-Proto": "https"}


async def serving(settings: WebSettings) -> AsyncIterator[tuple[str, ClientSession]]:
    app = web_app(ToyFront({CODE: AN}), settings)
    async with site(app, "127.0.0.1", 0) as address, ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        yield address, browser


@pytest.fixture
async def public() -> AsyncIterator[tuple[str, ClientSession]]:
    async for served in serving(WebSettings(public_url="https://tusoi.example")):
        yield served


@pytest.fixture
async def local() -> AsyncIterator[tuple[str, ClientSession]]:
    async for served in serving(WebSettings()):
        yield served


async def set_cookies(browser: ClientSession, address: str, headers: dict[str, str]) -> list[str]:
    """All cookies that walking in sets, as they are written."""
    door = await browser.get(f"{address}/i/{CODE}", headers=headers)
    once = re.search(r'name="once" value="([^"]+)"', await door.text())
    jar = "; ".join(line.partition(";")[0] for line in door.headers.getall("Set-Cookie"))
    entered = await browser.post(
        f"{address}/i",
        data={"code": CODE, "once": once[1]},
        headers={**headers, "Origin": "https://tusoi.example", "Cookie": jar},
        allow_redirects=False,
    )
    assert entered.status == 303, await entered.text()
    return [*door.headers.getall("Set-Cookie"), *entered.headers.getall("Set-Cookie"), entered.headers["Location"]]


async def test_over_https_cookies_belong_to_this_host_alone(public):
    address, browser = public
    door, session, *_, where = await set_cookies(browser, address, {"Host": "tusoi.example"})
    assert where == f"/p/{AN}/"
    assert door.startswith("__Host-tusoi-door=")
    assert session.startswith(f"__Host-tusoi-{AN}=")
    for line in (door, session):
        assert {"HttpOnly", "Secure", "Path=/"} <= set(line.split("; "))
        assert "Domain" not in line
    assert "SameSite=Strict" in door
    assert "SameSite=Lax" in session


async def test_below_a_sub_path_cookies_and_links_keep_to_it():
    async for address, browser in serving(WebSettings(public_url="https://tusoi.example/noi-vu")):
        door, session, *_, where = await set_cookies(browser, address, {"Host": "tusoi.example"})
        assert where == f"/noi-vu/p/{AN}/"
        assert door.startswith("__Secure-tusoi-door=")
        assert session.startswith("__Secure-tusoi=")
        assert f"Path=/noi-vu/p/{AN}/" in session
        jar = {"Host": "tusoi.example", "Cookie": session.partition(";")[0]}
        page = await (await browser.get(f"{address}/p/{AN}/", headers=jar)).text()
        entrance = await (await browser.get(f"{address}/", headers=jar)).text()
        for text in (page, entrance):
            leading = re.findall(r'(?:href|src|action|data-hx-ws:connect|data-base)="(/[^"]*)"', text)
            assert leading
            assert not [one for one in leading if not one.startswith("/noi-vu/")]
        worker = await (await browser.get(f"{address}/sw.js", headers=jar)).text()
        assert not re.findall(r'"/(?!noi-vu/)[^"]*"', worker)


async def test_under_another_name_the_site_shows_the_way_and_nothing_else(public):
    address, browser = public
    for path in ("/", f"/i/{CODE}", f"/p/{AN}/", "/sw.js"):
        answer = await browser.get(f"{address}{path}")
        assert answer.status == 421, path
        text = await answer.text()
        assert "https://tusoi.example/" in text
        assert "Set-Cookie" not in answer.headers


async def test_what_other_channels_want_answered_is_not_asked_for_its_name():
    async def hook(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    app = web_app(ToyFront({}), WebSettings(public_url="https://tusoi.example"))
    app.add_routes([web.post("/telegram", hook)])
    async with site(app, "127.0.0.1", 0) as address, ClientSession() as other:
        assert await status_of(other.post(f"{address}/telegram")) == 200


async def test_https_is_asked_for_from_now_on_where_it_is_spoken(public, local):
    address, browser = public
    answer = await browser.get(f"{address}/", headers={"Host": "tusoi.example"})
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    address, browser = local
    assert "Strict-Transport-Security" not in await headers_of(browser.get(f"{address}/"))


async def test_no_answer_says_what_the_site_runs_on_and_no_noise_is_a_trouble(local, caplog):
    address, browser = local
    for path in ("/", "/nowhere", "/sw.js", "/favicon.ico", f"/p/{AN}/"):
        assert "Server" not in await headers_of(browser.get(f"{address}{path}")), path
    host, _, port = address.removeprefix("http://").partition(":")
    for raw in (b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\r\n\r\n", b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n"):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(raw)
        answer = await reader.read()
        writer.close()
        assert not re.search(rb"aiohttp|Python/\d|\r\nServer:", answer), answer
    assert not [line for line in caplog.records if line.levelno >= logging.WARNING]


def posted() -> list[str]:
    """Every door of the site through which something comes in: whatever is posted, and the line of a page."""
    found = [route for part in PARTS for route in part.routes if isinstance(route, web.RouteDef)]
    paths = [route.path for route in found if route.method not in {"GET", "HEAD"} or route.path.endswith("/ws")]
    samples = {"id": "a" * 12, "person": str(AN), "meeting": "1", "code": "0" * 8}
    return [re.sub(r"\{(\w+):[^}]*\}+", lambda part: samples[part[1]], path) for path in paths]


@pytest.mark.parametrize("path", posted())
@pytest.mark.parametrize("origin", ["https://khac.example", "null", ""])
async def test_nothing_comes_in_from_another_site(local, path, origin):
    """Also with the cookies of somebody who is signed in."""
    address, browser = local
    await walk_in(browser, address, CODE)
    headers = {"Origin": origin} if origin else {}
    if path.endswith("/ws"):
        headers |= {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
        answer = await browser.get(
            f"{address}{path}", headers={**headers, "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}
        )
    else:
        answer = await browser.post(f"{address}{path}", headers=headers)
    assert answer.status == 403


def test_each_such_door_is_among_those_tried():
    assert len(posted()) >= 4


class Slow(ToyFront):
    """Counts how many read a conversation at once."""

    reading = most = 0

    async def history(self, *_: object, **__: object) -> list[Exchange]:
        self.reading += 1
        self.most = max(self.most, self.reading)
        for _turn in range(20):
            await asyncio.sleep(0)
        self.reading -= 1
        return []


async def test_of_one_person_one_view_is_drawn_at_a_time():
    """Forty at once of somebody who is signed in are no forty for everybody else."""
    front = Slow({CODE: AN})
    async with (
        site(web_app(front), "127.0.0.1", 0) as address,
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser,
    ):
        await walk_in(browser, address, CODE)
        asked = await asyncio.gather(*(browser.get(f"{address}/p/{AN}/?n=1000") for _ in range(12)))
    assert {one.status for one in asked} == {200}
    assert front.most == 1
