"""Who gets in: one-time links, cookies of one person's path, refusals in kind words, nothing to other sites."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSServerHandshakeError

from bot.delivery.seam import NoJobs
from bot.demo.office import EMPLOYEE, HEAD
from bot.demo.setting import BEGINS, clock_from, fresh_invitation, furnish, person_called
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.web.app import site, web_app
from storage import Store
from tests.waiting import PATIENCE


@pytest.fixture
async def address(sqlite_store: Store) -> AsyncIterator[str]:
    """The fictional office's web chat."""
    await furnish(sqlite_store, BEGINS)
    house = House(sqlite_store, Library(), NoJobs(), Loader(Links(), "vi"), clock_from(BEGINS))
    async with site(web_app(house), "127.0.0.1", 0) as where:
        yield where


@pytest.fixture
async def browser() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield session


@pytest.fixture
async def code(sqlite_store: Store, address: str) -> str:
    return await fresh_invitation(sqlite_store, await person_called(sqlite_store, EMPLOYEE), BEGINS)


async def until(socket: ClientWebSocketResponse, text: str) -> None:
    """Listen until that is said."""
    async with asyncio.timeout(PATIENCE):
        while text not in (await socket.receive_str()):
            pass


async def walk_in(browser: ClientSession, address: str, code: str):
    """Open the link, press its button."""
    await browser.get(f"{address}/i/{code}")
    return await browser.post(f"{address}/i", data={"code": code}, headers={"Origin": address})


async def test_a_link_that_is_only_looked_at_is_not_used_up(browser, address, code):
    for _ in range(3):  # messengers fetch links to preview them
        assert (await browser.get(f"{address}/i/{code}")).status == 200
    page = await walk_in(browser, address, code)
    assert re.fullmatch(r".*/p/\d+/", str(page.url))


async def test_a_link_works_once(browser, address, code):
    await walk_in(browser, address, code)
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as stranger:
        page = await walk_in(stranger, address, code)
        assert page.status == 403
        assert "đã được dùng" in await page.text()


async def test_the_cookie_is_for_the_page_only_and_hidden_from_scripts(browser, address, code):
    await browser.get(f"{address}/i/{code}")
    answer = await browser.post(f"{address}/i", data={"code": code}, headers={"Origin": address}, allow_redirects=False)
    cookie = next(line for line in answer.headers.getall("Set-Cookie") if "/p/" in line)
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert re.search(r"Path=/p/\d+/", cookie)


async def test_one_person_s_cookie_opens_nobody_else_s_page(browser, address, code, sqlite_store):
    await walk_in(browser, address, code)
    other = await person_called(sqlite_store, HEAD)
    assert (await browser.get(f"{address}/p/{other}/")).status == 401


async def test_a_form_sent_by_another_site_is_refused(browser, address, code):
    await browser.get(f"{address}/i/{code}")
    answer = await browser.post(f"{address}/i", data={"code": code}, headers={"Origin": "https://khac.example"})
    assert answer.status == 403


async def test_a_socket_opened_by_another_site_is_refused(browser, address, code):
    page = await walk_in(browser, address, code)
    with pytest.raises(WSServerHandshakeError) as refused:
        await browser.ws_connect(f"{page.url}ws", headers={"Origin": "https://khac.example"})
    assert refused.value.status == 403


async def test_personal_pages_are_not_cached_and_run_no_foreign_script(browser, address, code):
    page = await walk_in(browser, address, code)
    assert page.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert not re.search(r"(?:src|href)=\"https?://", await page.text())


async def test_guessing_codes_is_slowed_down(browser, address):
    statuses = [(await walk_in(browser, address, f"2222222222{number:02}")).status for number in range(12)]
    assert statuses[0] == 403
    assert statuses[-1] == 429


async def test_many_guesses_at_once_are_no_more_than_many_in_a_row_and_nobody_waits(browser, address):
    codes = [f"3333333333{number:02}" for number in range(15)]
    for guessed in codes:
        await browser.get(f"{address}/i/{guessed}")
    asked = (browser.post(f"{address}/i", data={"code": guessed}, headers={"Origin": address}) for guessed in codes)
    answers = await asyncio.wait_for(asyncio.gather(*asked), PATIENCE)
    assert sorted(answer.status for answer in answers) == [403] * 10 + [429] * 5


async def test_a_frame_that_is_no_json_gets_a_line_and_the_line_stays_open(browser, address, code):
    page = await walk_in(browser, address, code)
    async with browser.ws_connect(f"{page.url}ws", headers={"Origin": address}) as socket:
        await socket.send_str("{không phải json")
        await until(socket, "Trang chưa hiểu được điều vừa gửi.")
        await socket.send_json({"hello": 0})
        await until(socket, "Trần Thị Hoa Mai")


async def test_a_text_of_100_kb_is_refused_kindly_and_nothing_is_lost(browser, address, code):
    page = await walk_in(browser, address, code)
    async with browser.ws_connect(f"{page.url}ws", headers={"Origin": address}) as socket:
        await socket.send_json({"hello": 0})
        await socket.send_json({"id": "a" * 24, "say": "á" * 100_000})
        await until(socket, "Xin anh/chị ghi một số từ 0 đến 12.")
        await until(socket, '{"done": "aaaaaaaaaaaaaaaaaaaaaaaa"}')


async def test_the_demo_page_is_only_there_in_the_demo(browser, address):
    assert (await browser.get(f"{address}/demo")).status == 404
