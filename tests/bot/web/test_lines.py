"""Lines of open pages: what an idle one costs, what a step brings, and that nobody holds up anybody else."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress

import pytest
from aiohttp import (
    ClientConnectionResetError,
    ClientSession,
    ClientWebSocketResponse,
    CookieJar,
    WSMsgType,
    WSServerHandshakeError,
    web,
)
from aiohttp.test_utils import make_mocked_request
from yarl import URL

from bot.delivery.seam import NoJobs
from bot.demo.office import EMPLOYEE, HEAD
from bot.demo.setting import BEGINS, clock_from, fresh_invitation, furnish, person_called
from bot.door import history, hub
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.web import line, lines
from bot.web.app import site, speak_kindly, web_app
from bot.web.house import WebSettings
from storage import Store
from storage.values import NewTurn
from tests.bot.web.doors import walk_in
from tests.waiting import PATIENCE, until

PULSE = 0.05

Enter = Callable[[str], Awaitable["Visitor"]]


class Visitor:
    """A browser that is signed in, and the address of its page."""

    def __init__(self, browser: ClientSession, page: str, origin: str, html: str) -> None:
        self.browser, self.page, self.origin, self.html = browser, page, origin, html
        self.person = int(page.rstrip("/").rpartition("/")[2])

    @property
    def shown(self) -> list[int]:
        return ids(self.html)

    async def line(self, hello: int | None = None) -> ClientWebSocketResponse:
        socket = await self.browser.ws_connect(f"{self.page}ws", headers={"Origin": self.origin})
        if hello is not None:
            await socket.send_json({"hello": hello, "language": "vi"})
        return socket


def ids(html: str) -> list[int]:
    return [int(one) for one in re.findall(r'data-id="(\d+)"', html)]


def make_house(store: Store) -> House:
    return House(store, Library(), NoJobs(), Loader(Links(), "vi"), clock_from(BEGINS))


@pytest.fixture
async def house(sqlite_store: Store) -> House:
    await furnish(sqlite_store, BEGINS)
    return make_house(sqlite_store)


@pytest.fixture
async def address(house: House) -> AsyncIterator[str]:
    async with site(web_app(house, WebSettings(pulse=PULSE)), "127.0.0.1", 0) as where:
        yield where


@pytest.fixture
async def enter(address: str, sqlite_store: Store) -> AsyncIterator[Enter]:
    """Lets the person of that key in, with a browser of their own."""
    async with AsyncExitStack() as browsers:

        async def let_in(key: str) -> Visitor:
            code = await fresh_invitation(sqlite_store, await person_called(sqlite_store, key), BEGINS)
            browser = await browsers.enter_async_context(ClientSession(cookie_jar=CookieJar(unsafe=True)))
            page = await walk_in(browser, address, code)
            return Visitor(browser, str(page.url), address, await page.text())

        yield let_in


async def heard(socket: ClientWebSocketResponse, what: Callable[[str], object]) -> list[str]:
    """All that is said up to what was waited for."""
    told: list[str] = []
    async with asyncio.timeout(PATIENCE):
        while not told or not what(told[-1]):
            told.append(await socket.receive_str())
    return told


async def done(socket: ClientWebSocketResponse, ident: str) -> list[str]:
    return await heard(socket, lambda one: one == json.dumps({"done": ident}))


async def closing(socket: ClientWebSocketResponse) -> int | None:
    """The code by which the line is closed; what was said before is passed over."""
    async with asyncio.timeout(PATIENCE):
        async for _ in socket:
            pass
    return socket.close_code


async def long_talk(store: Store, person: int, turns: int) -> None:
    async with store.transaction() as tx:
        reply = {"template": "menu/unknown", "values": {}}
        new = [NewTurn(person, "web", "", f"old {person} {n}", {"said": f"câu {n}"}, [reply]) for n in range(turns)]
        await tx.turns.keep_many(new, BEGINS)
        await tx.commit()


@pytest.fixture
def worded(monkeypatch) -> list[str]:
    """The templates that histories worded."""
    found: list[str] = []
    word = history.word
    monkeypatch.setattr(
        history, "word", lambda reply, *rest, **more: found.append(reply.template) or word(reply, *rest, **more)
    )
    return found


async def test_an_idle_page_reads_and_words_nothing_and_hears_that_we_are_there(enter, worded, sqlite_store):
    mai = await enter(EMPLOYEE)
    socket = await mai.line(mai.shown[-1])
    await heard(socket, lambda one: one == "{}")
    worded.clear()
    for _ in range(20):
        await heard(socket, lambda one: one == "{}")
    assert worded == []


@pytest.mark.parametrize("turns", [10, 500])
async def test_a_step_words_what_is_new_and_nothing_else_however_long_the_talk(enter, worded, sqlite_store, turns):
    mai = await enter(EMPLOYEE)
    await long_talk(sqlite_store, mai.person, turns)
    async with mai.browser.get(mai.page) as answer:
        shown = ids(await answer.text())
    socket = await mai.line(shown[-1])
    await socket.send_json({"id": "aaaaaaaa", "say": "/trogiup"})
    await done(socket, "aaaaaaaa")
    worded.clear()
    await socket.send_json({"id": "bbbbbbbb", "say": "/trogiup"})
    told = await done(socket, "bbbbbbbb")
    assert len(ids("".join(told))) == 1
    assert len(worded) == 1


async def test_the_first_view_is_the_newest_and_scrolling_up_brings_every_turn_once(enter, sqlite_store):
    mai = await enter(EMPLOYEE)
    await long_talk(sqlite_store, mai.person, 70)
    async with mai.browser.get(mai.page) as answer:
        html = await answer.text()
    seen = ids(html)
    assert len(seen) == 20
    while link := re.search(r'href="(/p/\d+/earlier\?before=\d+)"', html):
        async with mai.browser.get(mai.origin + link[1]) as answer:
            html = await answer.text()
        seen = ids(html) + seen
    async with sqlite_store.reading() as tx:
        kept = await tx.turns.history(mai.person, limit=1000)
    assert seen == [turn.id for turn in kept]


@pytest.mark.parametrize("before", ["", "0x", "-1", "9" * 19, "abc", "1 OR 1"])
async def test_a_place_that_is_none_is_not_found(enter, before):
    mai = await enter(EMPLOYEE)
    async with mai.browser.get(f"{mai.page}earlier", params={"before": before}) as answer:
        assert answer.status == 404


async def test_a_page_that_missed_too_much_is_drawn_anew(enter, worded, sqlite_store):
    mai = await enter(EMPLOYEE)
    await long_talk(sqlite_store, mai.person, 200)
    socket = await mai.line(mai.shown[-1])
    await heard(socket, lambda one: json.loads(one) == {"anew": True} if one.startswith("{") else False)


async def test_what_another_process_keeps_comes_to_the_open_page(enter, sqlite_store, monkeypatch):
    monkeypatch.setattr(hub, "LOOK_ANEW", 0.05)
    mai = await enter(EMPLOYEE)
    socket = await mai.line(mai.shown[-1])
    await heard(socket, lambda one: one == "{}")
    monkeypatch.setattr(
        sqlite_store.wake, "tell", lambda _topics: None
    )  # as a command beside the house: it tells nobody
    await long_talk(sqlite_store, mai.person, 1)
    await heard(socket, ids)


async def test_no_page_is_looked_after_when_none_is_open(enter, house):
    mai = await enter(EMPLOYEE)
    socket = await mai.line(mai.shown[-1])
    await heard(socket, lambda one: one == "{}")
    await socket.close()
    await until(lambda: house.hub.looking is None)


async def test_a_flood_of_hellos_holds_up_nobody_and_whoever_floods_is_told(enter):
    mai, head = await enter(EMPLOYEE), await enter(HEAD)
    flooding, other = await mai.line(), await head.line(head.shown[-1])
    for _ in range(100):
        await flooding.send_str('{"hello":1}')
    await flooding.send_json({"id": "aaaaaaaa", "say": "/trogiup"})
    await other.send_json({"id": "bbbbbbbb", "say": "/trogiup"})
    await done(other, "bbbbbbbb")
    told = await heard(flooding, lambda one: "Nhiều tin đến cùng lúc" in one)
    assert json.dumps({"done": "aaaaaaaa"}) not in told
    assert len([one for one in told if "Nhiều tin đến cùng lúc" in one]) == 1


async def test_the_pace_is_the_person_s_over_all_their_lines(enter):
    mai = await enter(EMPLOYEE)
    sockets = [await mai.line() for _ in range(4)]
    for number in range(15):
        for socket in sockets:
            await socket.send_json({"id": f"aaaaaaaa{number}", "press": "x"})
    await asyncio.wait(
        [asyncio.create_task(heard(one, lambda said: "Nhiều tin đến cùng lúc" in said)) for one in sockets],
        return_when=asyncio.FIRST_COMPLETED,
        timeout=PATIENCE,
    )


async def test_a_few_messages_written_without_a_line_all_come_in_and_nobody_is_scolded(enter):
    mai = await enter(EMPLOYEE)
    socket = await mai.line(mai.shown[-1])
    for number in range(12):
        await socket.send_json({"id": f"aaaaaaaa{number}", "say": "/trogiup"})
    told = await done(socket, "aaaaaaaa11")
    assert not [one for one in told if "cùng lúc" in one]
    assert len(ids("".join(told))) == 12


async def test_the_ninth_page_of_a_person_puts_the_oldest_to_rest(enter):
    mai = await enter(EMPLOYEE)
    oldest, *others = [await mai.line(mai.shown[-1]) for _ in range(lines.MOST)]
    newest = await mai.line(mai.shown[-1])
    assert await closing(oldest) == lines.DISPLACED
    await newest.send_json({"id": "aaaaaaaa", "say": "/trogiup"})
    for socket in (newest, *others):
        await heard(socket, ids)


async def test_a_line_of_nobody_is_told_and_closed_and_only_a_few_at_a_time(enter, address, monkeypatch):
    mai = await enter(EMPLOYEE)
    async with ClientSession() as stranger:
        socket = await stranger.ws_connect(f"{mai.page}ws", headers={"Origin": address})
        assert await closing(socket) == line.SIGNED_OUT
        monkeypatch.setattr("bot.web.chat.MOST_STRANGERS", 0)
        with pytest.raises(WSServerHandshakeError) as refused:
            await stranger.ws_connect(f"{mai.page}ws", headers={"Origin": address})
    assert refused.value.status == 503


async def test_a_stranger_who_does_not_answer_our_goodbye_is_let_go(enter, address, monkeypatch):
    monkeypatch.setattr("bot.web.chat.GOODBYE", 0.1)
    mai = await enter(EMPLOYEE)
    host = address.removeprefix("http://")
    reader, writer = await asyncio.open_connection(*host.split(":"))
    asked = (
        f"GET /p/{mai.person}/ws HTTP/1.1\r\nHost: {host}\r\nOrigin: {address}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    writer.write(asked.encode())
    async with asyncio.timeout(PATIENCE):
        assert b"101" in await reader.readline()
        while await reader.read(4096):
            pass
    writer.close()


PING, PONG, NOTHING = b"\x89\x80\0\0\0\0", b"\x8a\x80\0\0\0\0", b"\x81\x80\0\0\0\0"


@pytest.mark.parametrize(("whose", "frame"), [("mai", PING), ("mai", PONG), ("nobody", PING), ("nobody", NOTHING)])
async def test_who_sends_small_frames_without_end_is_cut_off(enter, address, monkeypatch, whose, frame):
    for patience in ("GOODBYE", "HEARTBEAT"):
        monkeypatch.setattr(f"bot.web.chat.{patience}", 10 * PATIENCE)
    mai = await enter(EMPLOYEE)
    host = address.removeprefix("http://")
    kept = mai.browser.cookie_jar.filter_cookies(URL(mai.page)) if whose == "mai" else {}
    cookies = "".join(f"Cookie: {name}={one.value}\r\n" for name, one in kept.items())
    reader, writer = await asyncio.open_connection(*host.split(":"))
    asked = (
        f"GET /p/{mai.person}/ws HTTP/1.1\r\nHost: {host}\r\nOrigin: {address}\r\n{cookies}Upgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    writer.write(asked.encode())
    async with asyncio.timeout(PATIENCE):
        assert b"101" in await reader.readline()
        writer.write(frame * 100_000)
        with suppress(ConnectionError):
            while await reader.read(2**16):
                pass
    writer.close()


async def test_a_ping_is_answered(enter):
    mai = await enter(EMPLOYEE)
    socket = await mai.browser.ws_connect(f"{mai.page}ws", headers={"Origin": mai.origin}, autoping=False)
    await socket.ping(b"there?")
    async with asyncio.timeout(PATIENCE):
        answers = (message async for message in socket if message.type is WSMsgType.PONG)
        assert (await anext(answers)).data == b"there?"


async def test_a_frame_of_two_megabytes_closes_the_line_and_nothing_else(enter):
    mai = await enter(EMPLOYEE)
    socket = await mai.line(mai.shown[-1])
    await socket.send_str('{"id": "aaaaaaaa", "say": "' + "x" * 2_000_000 + '"}')
    assert await closing(socket) == 1009
    again = await mai.line(mai.shown[-1])
    await again.send_json({"id": "bbbbbbbb", "say": "/trogiup"})
    await done(again, "bbbbbbbb")


async def test_bytes_get_a_kind_line_and_a_page_of_nonsense_is_closed(enter):
    mai = await enter(EMPLOYEE)
    socket = await mai.line(mai.shown[-1])
    await socket.send_bytes(b"\x00\xff" * 100)
    await heard(socket, lambda one: "Trang chưa hiểu nội dung vừa gửi." in one)
    for _ in range(line.MOST_UNREADABLE):
        await socket.send_bytes(b"\x00")
    assert await closing(socket) == 1008


async def test_a_person_who_asks_for_pages_without_end_is_told_to_wait(enter):
    mai, head = await enter(EMPLOYEE), await enter(HEAD)

    async def ask(visitor: Visitor) -> tuple[int, str, str]:
        async with visitor.browser.get(f"{visitor.page}?n=1000") as answer:
            return answer.status, await answer.text(), answer.headers.get("Retry-After", "")

    answers = [await ask(mai) for _ in range(40)]
    assert (answers[0][0], answers[-1][0]) == (200, 429)
    assert "Xin đợi mười giây rồi tải lại trang." in answers[-1][1]
    assert answers[-1][2] == "10"
    assert (await ask(head))[0] == 200


async def test_signing_out_in_the_chat_tells_the_page_to_forget_and_closes_every_line_of_the_browser(enter):
    mai = await enter(EMPLOYEE)
    socket, other = await mai.line(mai.shown[-1]), await mai.line(mai.shown[-1])
    await heard(other, lambda one: one == "{}")
    await socket.send_json({"id": "aaaaaaaa", "say": "/thoat"})
    await heard(socket, lambda one: one == json.dumps({"out": True}))
    assert await closing(socket) == line.SIGNED_OUT
    assert await closing(other) == line.SIGNED_OUT


async def test_a_line_whose_account_was_ended_elsewhere_is_closed_though_nobody_speaks(
    enter, sqlite_store, monkeypatch
):
    monkeypatch.setattr(line, "STILL_WHOSE", PULSE)
    mai = await enter(EMPLOYEE)
    socket = await mai.line(mai.shown[-1])
    async with sqlite_store.transaction() as tx:
        await tx.accounts.untie_person(mai.person, BEGINS)
        await tx.commit()
    assert await closing(socket) == line.SIGNED_OUT


async def test_a_message_that_could_not_be_taken_is_not_called_done(enter, sqlite_store):
    mai = await enter(EMPLOYEE)
    socket = await mai.line(mai.shown[-1])
    async with sqlite_store.transaction() as tx:
        await tx.accounts.untie_person(mai.person, BEGINS)
        await tx.commit()
    await socket.send_json({"id": "aaaaaaaa", "say": "Câu chưa gửi"})
    async with asyncio.timeout(PATIENCE):
        told = [message.data async for message in socket if message.type is WSMsgType.TEXT]
    assert socket.close_code == line.SIGNED_OUT
    assert not [one for one in told if "done" in one or "out" in one]


async def test_a_house_that_closes_says_so_to_all_at_once(house, sqlite_store):
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        async with site(web_app(house), "127.0.0.1", 0) as where:
            code = await fresh_invitation(sqlite_store, await person_called(sqlite_store, EMPLOYEE), BEGINS)
            page = await walk_in(browser, where, code)
            sockets = [await browser.ws_connect(f"{page.url}ws", headers={"Origin": where}) for _ in range(5)]
            closed = [asyncio.create_task(closing(socket)) for socket in sockets]
        assert await asyncio.gather(*closed) == [1012] * 5


@pytest.mark.parametrize("error", [ConnectionResetError, ClientConnectionResetError])
async def test_a_phone_that_is_gone_before_its_line_stands_is_no_failure_of_ours(error, caplog):
    async def prepare(_request: web.Request) -> web.StreamResponse:
        raise error("Connection lost")

    request = make_mocked_request("GET", "/p/1/ws")
    assert request.transport is not None
    request.transport.is_closing.return_value = True  # type: ignore[attr-defined]
    answer = await speak_kindly(request, prepare)
    assert answer.status < 500
    assert caplog.records == []
