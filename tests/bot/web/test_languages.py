"""Pages speak the language of their reader; strangers read the installation's. The menu is that of all channels."""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import ClientSession, CookieJar

from bot.delivery.seam import NoJobs
from bot.demo.office import AUTHORITY, EMPLOYEE, HEAD
from bot.demo.setting import BEGINS, clock_from, fresh_invitation, furnish, person_called
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.web.app import site, web_app
from bot.web.house import WebSettings
from storage import Store
from templates.wording import LANGUAGES, label
from tests.bot.web.doors import walk_in
from tests.waiting import PATIENCE

Enter = Callable[[str], Awaitable[str]]


@pytest.fixture(params=LANGUAGES)
async def address(request, sqlite_store: Store) -> AsyncIterator[str]:
    """The fictional office's web chat in an installation of either language."""
    await furnish(sqlite_store, BEGINS)
    house = House(sqlite_store, Library(), NoJobs(), Loader(Links(), request.param), clock_from(BEGINS))
    async with site(web_app(house, WebSettings(language=request.param)), "127.0.0.1", 0) as where:
        yield where


@pytest.fixture
async def browser() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield session


@pytest.fixture
async def enter(browser: ClientSession, address: str, sqlite_store: Store) -> Enter:
    """Lets the person of that key in; the address of their page."""

    async def let_in(key: str) -> str:
        code = await fresh_invitation(sqlite_store, await person_called(sqlite_store, key), BEGINS)
        page = await walk_in(browser, address, code)
        return str(page.url)

    return let_in


async def choose(store: Store, person: int, language: str) -> None:
    async with store.transaction() as tx:
        await tx.conversations.set_language(person, language)
        await tx.commit()


async def text_of(browser: ClientSession, address: str) -> str:
    async with browser.get(address) as answer:
        return await answer.text()


async def test_who_is_invited_reads_the_language_of_the_installation(browser, address, sqlite_store):
    code = await fresh_invitation(sqlite_store, await person_called(sqlite_store, EMPLOYEE), BEGINS)
    text = await text_of(browser, f"{address}/i/{code}")
    language = re.findall(r'<html lang="(\w+)">', text)[0]
    assert ("Anh/chị được mời tự kiểm điểm" if language == "vi" else "You are invited to your self-review") in text


@pytest.mark.parametrize(
    ("path", "vietnamese", "english"),
    [
        ("/", "Chào anh/chị", "Hello"),
        ("/i/abc", "Đây chưa phải mã mời", "This is not an invitation code yet"),
        ("/i/2222-2222-2222", "Tôi không tìm thấy mã này.", "I cannot find this code."),
        ("/p/1/", "Cần đăng nhập lại", "Please sign in again"),
        ("/khong-co", "Không có gì ở đây", "There is nothing here"),
        ("/offline", "Chưa có mạng", "No connection"),
    ],
)
async def test_a_stranger_reads_the_language_of_the_installation(browser, address, path, vietnamese, english):
    text = await text_of(browser, address + path)
    language = re.findall(r'<html lang="(\w+)">', text)[0]
    assert (vietnamese if language == "vi" else english) in text
    assert (english if language == "vi" else vietnamese) not in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ("Đăng xuất", "Nhập câu trả lời…", "Các lựa chọn", "Thứ Hai, 23 tháng 11, 2020")),
        ("en", ("Sign out", "Type your answer…", "Choices", "Monday, 23 November 2020")),
    ],
)
async def test_a_person_reads_the_language_they_chose(browser, enter, sqlite_store, language, words):
    place = await enter(EMPLOYEE)
    await choose(sqlite_store, await person_called(sqlite_store, EMPLOYEE), language)
    text = await text_of(browser, place)
    assert [word for word in words if word not in text] == []
    assert f'<html lang="{language}">' in text
    assert f'"lang": "{language}"' in await text_of(browser, place + "manifest.webmanifest")
    assert f'<html lang="{language}">' in await text_of(browser, place + "papers/999/0/1/pdf")


async def test_the_kept_page_for_no_connection_is_in_the_language_of_the_page(browser, address):
    worker = await text_of(browser, f"{address}/sw.js?language=en")
    assert '"/offline?language=en"' in worker
    assert "No connection" in await text_of(browser, f"{address}/offline?language=en")
    assert "Chưa có mạng" in await text_of(browser, f"{address}/offline?language=vi")


async def test_an_open_page_is_told_when_another_language_is_chosen(browser, address, enter):
    place = await enter(EMPLOYEE)
    async with browser.ws_connect(f"{place}ws", headers={"Origin": address}) as socket:
        shown = [int(ident) for ident in re.findall(r'data-id="(\d+)"', await text_of(browser, place))]
        await socket.send_json({"hello": shown[-1], "language": "vi"})
        await socket.send_json({"id": "aaaaaaaa", "say": "/ngonngu en"})
        told = []
        while {"done": "aaaaaaaa"} not in told:
            heard = await socket.receive_str(timeout=PATIENCE)
            told += [json.loads(heard)] if heard.startswith("{") else [heard]
    bubbles = [one for one in told if isinstance(one, str)]
    assert "English" in bubbles[-1]
    assert told.index({"language": "en"}) > told.index(bubbles[-1])


@pytest.mark.parametrize("key", [EMPLOYEE, HEAD, AUTHORITY])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_menu_of_the_page_is_the_one_of_the_chat(browser, address, enter, sqlite_store, key, language):
    place = await enter(key)
    person = await person_called(sqlite_store, key)
    await choose(sqlite_store, person, language)
    shown = re.findall(r'data-say="/(\w+)"><b>(.*?)</b>', await text_of(browser, place))
    async with browser.ws_connect(f"{place}ws", headers={"Origin": address}) as socket:
        await socket.send_json({"hello": 0, "language": language})
        await socket.send_json({"id": "bbbbbbbb", "say": "/trogiup"})
        help_text = ""
        while '{"done"' not in help_text:
            help_text += await socket.receive_str(timeout=PATIENCE)
    assert [name for name, _ in shown] == list(dict.fromkeys(re.findall(r"/(\w+) – ", help_text)))
    assert [said for _, said in shown] == [label(f"menu/{name}", {}, language) for name, _ in shown]
