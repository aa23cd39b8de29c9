"""Who gets in: one-time links, cookies of one person's path, refusals in kind words, nothing to other sites."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, DummyCookieJar, WSServerHandshakeError

from bot.delivery.seam import NoJobs
from bot.demo.office import EMPLOYEE, HEAD
from bot.demo.setting import BEGINS, clock_from, fresh_invitation, furnish, person_called
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.web.app import site, web_app
from bot.web.sessions import session_of
from storage import Store
from tests.answers import status_of
from tests.bot.web.doors import press, type_in, walk_in
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


async def test_a_link_that_is_only_looked_at_is_not_used_up(browser, address, code):
    for _ in range(3):  # messengers fetch links to preview them
        assert await status_of(browser.get(f"{address}/i/{code}")) == 200
    page = await walk_in(browser, address, code)
    assert re.fullmatch(r".*/p/\d+/", str(page.url))


async def test_a_link_works_once(browser, address, code):
    await walk_in(browser, address, code)
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as stranger:
        page = await walk_in(stranger, address, code)
        assert page.status == 403
        assert "đã được dùng" in await page.text()


async def test_the_cookie_is_for_the_page_only_and_hidden_from_scripts(browser, address, code):
    answer = await walk_in(browser, address, code, follow=False)
    cookie = next(line for line in answer.headers.getall("Set-Cookie") if "/p/" in line)
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert re.search(r"Path=/p/\d+/", cookie)


async def test_one_person_s_cookie_opens_nobody_else_s_page(browser, address, code, sqlite_store):
    await walk_in(browser, address, code)
    other = await person_called(sqlite_store, HEAD)
    assert await status_of(browser.get(f"{address}/p/{other}/")) == 401


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


@pytest.mark.parametrize("written", ["{}-{}-{}", "{} {} {}", " {}{} – {}\t", "/i/{}{}{}"])
async def test_a_code_is_typed_as_people_write_it(browser, address, code, written):
    page = await type_in(browser, address, written.format(code[:4].lower(), code[4:8], code[8:].lower()))
    assert re.fullmatch(r".*/p/\d+/", str(page.url))


@pytest.mark.parametrize("come", [walk_in, type_in])
async def test_a_wrong_code_is_told_at_once_with_how_many_more_may_be_tried(browser, address, come):
    told = await come(browser, address, "WRNG22222222")
    text = await told.text()
    assert told.status == 403
    assert "Tôi không tìm thấy mã này." in text
    assert "Còn thử được 9 lần nữa." in text
    assert "Mở trò chuyện" not in text
    assert 'value="WRNG22222222"' in text, "it stands in the box, to be mended"


async def test_what_can_be_no_code_is_told_and_not_counted(browser, address):
    told = await type_in(browser, address, "<b>2O24</b>")
    assert told.status == 400
    assert "mã có 12 chữ và số" in (text := await told.text())
    assert "<b>2O24" not in text
    assert "Còn thử được 9 lần" in await (await type_in(browser, address, "2222-2222-2222")).text()


async def test_a_used_link_is_told_before_any_welcome(browser, address, code):
    await walk_in(browser, address, code)
    async with ClientSession() as stranger:
        page = await stranger.get(f"{address}/i/{code}")
        assert page.status == 403
        assert "đã được dùng" in await page.text()


async def test_the_button_pressed_twice_opens_once(browser, address, code):
    page = await (await browser.get(f"{address}/i/{code}")).text()
    both = await asyncio.gather(*(press(browser, address, code, page, follow=False) for _ in range(2)))
    assert [answer.status for answer in both] == [303, 303]
    assert len({answer.cookies["tusoi"].value for answer in both}) == 1


async def test_who_planted_a_cookie_of_the_door_knows_no_session(address, code, sqlite_store):
    planted = "d" * 43
    async with ClientSession(cookies={"tusoi-door": planted}, cookie_jar=CookieJar(unsafe=True)) as victim:
        answer = await walk_in(victim, address, code, follow=False)
    session = answer.cookies["tusoi"].value
    assert planted not in session
    once_guessed = session_of(planted, planted, code)
    assert session not in {once_guessed, session_of(planted, "", code)}
    another = await fresh_invitation(sqlite_store, await person_called(sqlite_store, EMPLOYEE), BEGINS)
    async with ClientSession(cookies={"tusoi-door": planted}, cookie_jar=CookieJar(unsafe=True)) as victim:
        assert (await walk_in(victim, address, another, follow=False)).cookies["tusoi"].value != session


async def test_without_cookies_the_door_says_what_is_missing(address, code):
    async with ClientSession(cookie_jar=DummyCookieJar()) as forgetful:
        page = await walk_in(forgetful, address, code)
        assert "cho phép cookie" in await page.text()


async def test_a_frame_that_is_no_json_gets_a_line_and_the_line_stays_open(browser, address, code):
    page = await walk_in(browser, address, code)
    async with browser.ws_connect(f"{page.url}ws", headers={"Origin": address}) as socket:
        await socket.send_str("{không phải json")
        await until(socket, "Trang chưa hiểu nội dung vừa gửi.")
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
    assert await status_of(browser.get(f"{address}/demo")) == 404
