"""The wire to the Bot API: real HTTP, and a server that does whatever a test wants."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import InputMediaPhoto
from telegram import error as telegram_error
from telegram.ext import ExtBot

from bot.telegram.wire import Limits, ProxyUnfit, Wire, proxy_for

TOKEN = "7000001:bi-mat-khong-ai-duoc-thay"
SHOWN = {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}}

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def server(answer: Answer) -> AsyncIterator[str]:
    app = web.Application(client_max_size=2**25)
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield "http://{}:{}".format(*runner.addresses[0][:2])
    await runner.cleanup()


@asynccontextmanager
async def bot_on(api: str, **limits: float) -> AsyncIterator[ExtBot[None]]:
    """A bot on this wire, without the call that finds out its name."""
    wire = Wire(api, Limits(**limits))
    async with wire:
        yield ExtBot[None](TOKEN, base_url=f"{api}/bot", request=wire, get_updates_request=wire)


@asynccontextmanager
async def bot_of(answer: Answer, **limits: float) -> AsyncIterator[ExtBot[None]]:
    async with server(answer) as api, bot_on(api, **limits) as bot:
        yield bot


def told(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def refusing(status: int, description: str, **parameters: int) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        said = {"ok": False, "error_code": status, "description": description}
        return web.json_response(said | ({"parameters": parameters} if parameters else {}), status=status)

    return answer


async def quoting(request: web.Request) -> web.Response:
    """A proxy's page of error, which quotes the address."""
    return web.Response(status=502, content_type="text/html", text=f"<p>{request.path} does not answer</p>")


async def portal(request: web.Request) -> web.Response:
    """The page of a hotel's network, for whatever was asked."""
    return web.Response(content_type="text/html", text=f"<a href='{request.path}'>Sign in</a>")


async def silent(request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


def whole_text(error: BaseException) -> str:
    """All that a log could say of it."""
    return "".join(traceback.format_exception(error)) + repr(error) + repr(error.__cause__) + repr(error.__context__)


async def test_what_is_said_arrives_as_it_was_said():
    async def answer(request: web.Request) -> web.Response:
        assert request.path == f"/bot{TOKEN}/sendMessage"
        assert request.headers["User-Agent"].startswith("python-telegram-bot")
        assert await request.json() == {"chat_id": 5, "text": "Chào <b>anh/chị</b> 🌱 {{ }}", "parse_mode": "HTML"}
        return told(SHOWN)

    async with bot_of(answer) as bot:
        assert (await bot.send_message(5, "Chào <b>anh/chị</b> 🌱 {{ }}", "HTML")).message_id == 1


@pytest.mark.parametrize(
    ("name", "arrives"),
    [
        ("Mẫu 02 - Trần Thị Hoa Mai.docx", "Mẫu 02 - Trần Thị Hoa Mai.docx"),
        ('Tờ "trình".docx', 'Tờ "trình".docx'),
        ("a\r\nContent-Type: text/html\r\n\r\n<script>.docx", "a  Content-Type: text/html    <script>.docx"),
    ],
)
async def test_a_file_arrives_whole_under_its_name(name: str, arrives: str):
    content = bytes(range(256)) * 9000  # 2.3 MB, many pieces

    async def answer(request: web.Request) -> web.Response:
        assert request.content_length
        form = await request.post()
        file = form["document"]
        assert isinstance(file, web.FileField)
        assert (file.filename, file.file.read()) == (arrives, content)
        assert (form["chat_id"], form["caption"]) == ("5", "Phiếu của anh/chị")
        return told(SHOWN)

    async with bot_of(answer) as bot:
        await bot.send_document(5, content, filename=name, caption="Phiếu của anh/chị")


async def test_a_group_of_pictures_arrives_with_all_its_files():
    async def answer(request: web.Request) -> web.Response:
        form = await request.post()
        files = [part.file.read() for part in form.values() if isinstance(part, web.FileField)]
        assert files == [b"\x89PNG 1", b"\x89PNG 2"]
        return told([SHOWN, SHOWN])

    async with bot_of(answer) as bot:
        await bot.send_media_group(5, [InputMediaPhoto(b"\x89PNG 1"), InputMediaPhoto(b"\x89PNG 2")])


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusing(400, "Bad Request: message is not modified"), telegram_error.BadRequest),
        (refusing(401, "Unauthorized"), telegram_error.InvalidToken),
        (refusing(403, "Forbidden: bot was blocked by the user"), telegram_error.Forbidden),
        (refusing(404, "Not Found"), telegram_error.InvalidToken),
        (refusing(409, "Conflict: terminated by other getUpdates request"), telegram_error.Conflict),
        (refusing(429, "Too Many Requests: retry after 7", retry_after=7), telegram_error.RetryAfter),
        (refusing(500, "Internal Server Error"), telegram_error.NetworkError),
        (refusing(502, "Bad Gateway"), telegram_error.NetworkError),
        (quoting, telegram_error.NetworkError),
        (portal, telegram_error.TelegramError),
    ],
)
async def test_a_refusal_is_told_as_the_library_tells_it_and_shows_no_token(answer: Answer, kind, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("telegram").setLevel(logging.WARNING)  # as `hush_libraries` does
    async with bot_of(answer) as bot:
        with pytest.raises(kind) as refused:
            await bot.send_message(5, "chào")
    assert type(refused.value) is kind
    assert TOKEN not in whole_text(refused.value) + caplog.text


async def test_a_flood_tells_for_how_long():
    async with bot_of(refusing(429, "Too Many Requests: retry after 7", retry_after=7)) as bot:
        with pytest.raises(telegram_error.RetryAfter) as flood:
            await bot.send_message(5, "chào")
    assert flood.value._retry_after.total_seconds() == 7


async def test_an_answer_that_does_not_come_is_given_up_in_its_time():
    async with bot_of(silent, read=0.1) as bot:
        with pytest.raises(telegram_error.TimedOut) as late:
            await bot.send_message(5, "chào")
    assert TOKEN not in whole_text(late.value)


async def test_a_request_may_have_a_limit_of_its_own():
    async def slow(request: web.Request) -> web.Response:
        await asyncio.sleep(0.3)
        return told(SHOWN)

    async with bot_of(slow, read=0.05) as bot:
        await bot.send_message(5, "chào", read_timeout=30)
        await bot.send_message(5, "chào", read_timeout=None)
    async with bot_of(silent) as bot:
        with pytest.raises(telegram_error.TimedOut):
            await bot.send_message(5, "chào", read_timeout=0.05)


async def test_an_upload_that_nobody_takes_is_given_up_in_its_time():
    taken = asyncio.Event()

    async def takes_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await taken.wait()
        writer.close()

    listening = await asyncio.start_server(takes_nothing, "127.0.0.1", 0, limit=1024)
    api = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    async with bot_on(api, write=0.2) as bot:
        with pytest.raises(telegram_error.TimedOut):
            await bot.send_document(5, b"x" * 2**24, filename="a.docx")
    taken.set()
    listening.close()
    await listening.wait_closed()


async def test_a_slow_upload_that_moves_on_is_not_given_up():
    async def sips(request: web.Request) -> web.Response:
        async for _ in request.content.iter_chunked(2**18):
            await asyncio.sleep(0.05)
        return told(SHOWN)

    async with bot_of(sips, write=1) as bot:
        began = asyncio.get_running_loop().time()
        await bot.send_document(5, b"x" * 2**23, filename="a.docx")
        assert asyncio.get_running_loop().time() - began > 1


async def test_who_finds_no_free_connection_in_time_is_told_so():
    async with bot_of(silent, connections=1, pool=0.05, connect=0.05) as bot:
        first = asyncio.create_task(bot.send_message(5, "một"))
        await asyncio.sleep(0.01)
        with pytest.raises(telegram_error.TimedOut):
            await bot.send_message(5, "hai")
        first.cancel()


async def test_more_at_once_than_there_are_connections_wait_for_each_other():
    open_, most = 0, 0

    async def answer(request: web.Request) -> web.Response:
        nonlocal open_, most
        open_ += 1
        most = max(most, open_)
        await asyncio.sleep(0.01)
        open_ -= 1
        return told(SHOWN)

    async with bot_of(answer, connections=4) as bot:
        await asyncio.gather(*(bot.send_message(5, "chào") for _ in range(20)))
    assert most == 4


async def test_a_connection_serves_one_request_after_the_other():
    ports = set()

    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        ports.add(request.transport.get_extra_info("peername"))
        return told(SHOWN)

    async with bot_of(answer) as bot:
        for _ in range(3):
            await bot.send_message(5, "chào")
    assert len(ports) == 1


async def test_a_server_that_is_not_there_is_a_failure_of_the_network():
    async with server(portal) as api:
        pass
    async with bot_on(api) as bot:
        with pytest.raises(telegram_error.NetworkError, match="ClientConnectorError") as gone:
            await bot.send_message(5, "chào")
    assert TOKEN not in whole_text(gone.value)


async def test_a_connection_that_breaks_is_a_failure_of_the_network():
    async def breaks(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        raise asyncio.CancelledError

    async with bot_of(breaks) as bot:
        with pytest.raises(telegram_error.NetworkError) as broken:
            await bot.send_message(5, "chào")
    assert TOKEN not in whole_text(broken.value)


async def test_a_wire_is_closed_and_may_be_opened_again():
    async def answer(request: web.Request) -> web.Response:
        return told(SHOWN)

    async with server(answer) as api:
        wire = Wire(api)
        bot = ExtBot[None](TOKEN, base_url=f"{api}/bot", request=wire, get_updates_request=wire)
        for _ in range(2):
            async with wire:
                await wire.initialize()
                await bot.send_message(5, "chào")
            await wire.shutdown()
            with pytest.raises(telegram_error.NetworkError, match="not open"):
                await bot.send_message(5, "chào")


async def test_the_proxy_of_the_environment_is_used(monkeypatch):
    asked = []

    async def proxy(request: web.Request) -> web.Response:
        asked.append((request.method, str(request.url)))
        return told(SHOWN)

    async with server(proxy) as address:
        monkeypatch.setenv("http_proxy", address)
        async with bot_on("http://bot-api.example") as bot:
            await bot.send_message(5, "chào")
    assert asked == [("POST", f"http://bot-api.example/bot{TOKEN}/sendMessage")]


@pytest.mark.parametrize(
    ("environment", "address", "proxy"),
    [
        ({}, "https://api.telegram.org", None),
        ({"HTTPS_PROXY": "http://p:3128"}, "https://api.telegram.org", "http://p:3128"),
        ({"https_proxy": "p:3128"}, "https://api.telegram.org", "http://p:3128"),
        ({"HTTPS_PROXY": "http://p:3128"}, "http://127.0.0.1:8081", None),
        ({"ALL_PROXY": "http://p:3128"}, "https://api.telegram.org", "http://p:3128"),
        ({"ALL_PROXY": "http://p:3128", "NO_PROXY": "localhost,.telegram.org"}, "https://api.telegram.org", None),
        ({"ALL_PROXY": "http://p:3128", "NO_PROXY": "telegram.org"}, "https://api.telegram.org", None),
        ({"ALL_PROXY": "http://p:3128", "NO_PROXY": "*"}, "https://api.telegram.org", None),
    ],
)
def test_the_environment_names_the_proxy(monkeypatch, environment, address, proxy):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(address) == proxy


def test_a_proxy_that_cannot_be_used_is_told_and_not_walked_around(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "socks5://p:1080")
    with pytest.raises(ProxyUnfit, match="chỉ dùng được proxy http"):
        proxy_for("https://api.telegram.org")
