"""The webhook, mounted in an aiohttp application of its own."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, web

from bot.door.channel import Worded
from bot.telegram import webhook
from bot.telegram.receiving import Receiver
from bot.telegram.service import Telegram
from bot.telegram.webhook import HEADER, register_webhook, webhook_routes
from bot.web.app import web_app
from bot.web.house import WebSettings
from dialogs.core.events import Event, Said
from tests.bot.telegram.conftest import Opening, SmallHouse
from tests.standins.telegram import TelegramStandIn

SECRET = "chi_Telegram-biet"


@pytest.fixture
async def opened(channel: Opening) -> AsyncIterator[Telegram]:
    async with channel() as open_:
        yield open_


@asynccontextmanager
async def site(app: web.Application, receiver: Receiver) -> AsyncIterator[str]:
    app.add_routes(webhook_routes(receiver, SECRET))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield "http://{}:{}/telegram".format(*runner.addresses[0][:2])
    await runner.cleanup()


@pytest.fixture
async def address(opened: Telegram) -> AsyncIterator[str]:
    async with site(web.Application(), opened.receiver) as address:
        yield address


@pytest.fixture
async def registered(opened: Telegram, telegram: TelegramStandIn, address: str) -> None:
    telegram.allow_plain_webhook = True
    await register_webhook(opened.bot, address, SECRET)


async def post(address: str, body: bytes, secret: str | None) -> int:
    headers = {HEADER: secret} if secret is not None else {}
    async with ClientSession() as session, session.post(address, data=io.BytesIO(body), headers=headers) as answer:
        return answer.status


async def test_what_a_person_says_arrives_and_is_answered(registered, telegram: TelegramStandIn):
    an = telegram.person("An")
    an.says("một")
    await an.hears("Đã ghi: một")
    await telegram.until(lambda: telegram.updates == [])
    assert telegram.webhook_answers == [200]


@pytest.mark.parametrize("secret", [None, "", "sai", SECRET + "x", "bí mật"])
async def test_who_does_not_know_the_secret_is_refused(address, house: SmallHouse, secret):
    assert await post(address, b'{"update_id": 1}', secret) == 403
    assert house.taken == []


async def test_a_secret_of_raw_bytes_is_refused(address, house: SmallHouse):
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    head = f"POST /telegram HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: 2\r\nConnection: close\r\n"
    writer.write(head.encode() + HEADER.encode() + b": \xff\xfe" + SECRET.encode() + b"\r\n\r\n{}")
    assert (await reader.read()).startswith(b"HTTP/1.1 403 ")
    writer.close()
    assert house.taken == []


async def test_a_page_of_law_pasted_with_its_links_is_taken(opened: Telegram, house: SmallHouse):
    links = [
        {"type": "text_link", "offset": at, "length": 1, "url": "https://luat.example/" + "x" * 700} for at in range(99)
    ]
    message = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": 5, "type": "private"},
        "text": "Điều 11" * 99,
        "entities": links,
    }
    update = json.dumps({"update_id": 9, "message": message}).encode()
    assert len(update) > 74_000
    async with site(
        web_app(house, WebSettings()), opened.receiver
    ) as address:  # as the web chat's own server mounts it
        assert await post(address, update, SECRET) == 200
        assert await post(address, b" " * 2**21, SECRET) == 413
    assert house.events == [Said("Điều 11" * 99)]


async def test_what_is_not_json_is_refused(address):
    assert await post(address, b"{", SECRET) == 400
    assert await post(address, b"\xff", SECRET) == 400


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"update_id": 1, "message": 5}', b'{"update_id": 1, "moi": {}}'])
async def test_an_update_nobody_understands_is_taken_and_not_sent_for_ever(address, body):
    assert await post(address, body, SECRET) == 200


async def test_a_failing_update_is_taken_with_an_apology(registered, telegram: TelegramStandIn, house: SmallHouse):
    async def failing(event: Event) -> Sequence[Worded]:
        raise RuntimeError

    house.answer, an = failing, telegram.person("An")
    an.says("một")
    await an.hears("Xin lỗi")
    await telegram.until(lambda: telegram.updates == [])
    assert telegram.webhook_answers == [200]


async def test_a_text_cut_by_the_app_is_one_event_here_too(registered, telegram: TelegramStandIn, house: SmallHouse):
    an = telegram.person("An")
    an.says("a" * 5000)
    await an.until(lambda: bool(house.taken), "an event")
    assert house.events == [Said("a" * 5000)]


async def test_the_same_update_twice_is_handled_once(registered, telegram: TelegramStandIn, address, house: SmallHouse):
    body = (
        b'{"update_id": 9, "message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "x"}}'
    )
    assert [await post(address, body, SECRET), await post(address, body, SECRET)] == [200, 200]
    assert house.events == [Said("x")]


async def test_a_secret_telegram_would_not_carry_is_refused(opened: Telegram):
    with pytest.raises(ValueError, match="secret"):
        await register_webhook(opened.bot, "https://tusoi.example/telegram", "bí mật")


async def test_an_update_is_taken_off_telegram_only_when_its_reply_is_out(
    registered, telegram: TelegramStandIn, house: SmallHouse
):
    an = telegram.person("An")
    telegram.flood("sendMessage", 3)
    an.says("một")
    await telegram.until(lambda: any(call.status == 429 for call in telegram.calls))
    await asyncio.sleep(0.3)
    assert telegram.webhook_answers == []
    await an.hears("một")
    await telegram.until(lambda: telegram.updates == [])
    assert telegram.webhook_answers == [200]


async def test_a_reply_that_cannot_go_out_is_asked_for_again(
    registered, telegram: TelegramStandIn, house: SmallHouse, monkeypatch
):
    monkeypatch.setattr(webhook, "ANSWER_WITHIN", 0.1)
    an = telegram.person("An")
    telegram.refuse("sendMessage", 502, "Bad Gateway")
    an.says("một")
    await telegram.until(lambda: telegram.updates == [])
    assert set(telegram.webhook_answers[:-1]) == {503}
    assert telegram.webhook_answers[-1] == 200
    assert (an.texts, house.events) == (["Đã ghi: một"], [Said("một")])


async def test_thirty_texts_in_a_second_get_few_answers_here_too(
    registered, telegram: TelegramStandIn, house: SmallHouse
):
    an, texts = telegram.person("An"), [f"Việc số {number}" for number in range(1, 31)]
    an.says_at_once(*texts)
    await an.hears("Việc số 30")
    assert [line for event in house.events if isinstance(event, Said) for line in event.text.splitlines()] == texts
    assert len(an.texts) <= 3
    await telegram.until(lambda: not house.by)  # nothing stays put by


async def test_one_persons_updates_are_answered_in_their_order_however_they_arrive(
    address, telegram: TelegramStandIn, house: SmallHouse
):
    async def first_slow(event: Event) -> Sequence[Worded]:
        await asyncio.sleep(0.2 if event == Said("một") else 0)
        return (Worded(f"Đã ghi: {event.text}"),) if isinstance(event, Said) else ()

    house.answer, an = first_slow, telegram.person("An", 5)
    an.started = True
    bodies = [
        json.dumps(
            {
                "update_id": number,
                "message": {
                    "message_id": number,
                    "date": 10 * number,
                    "chat": {"id": 5, "type": "private"},
                    "text": text,
                },
            }
        )
        for number, text in enumerate(("một", "hai", "ba"))
    ]
    posts = []
    for body in bodies:
        posts.append(asyncio.create_task(post(address, body.encode(), SECRET)))
        await asyncio.sleep(0.03)
    assert await asyncio.gather(*posts) == [200, 200, 200]
    assert an.texts == ["Đã ghi: một", "Đã ghi: hai", "Đã ghi: ba"]


async def test_somebody_slow_holds_up_nobody_else(registered, telegram: TelegramStandIn, house: SmallHouse):
    released = asyncio.Event()

    async def slow_for_an(event: Event) -> Sequence[Worded]:
        if event == Said("chậm"):
            await released.wait()
        return (Worded("xong"),)

    house.answer, an, binh = slow_for_an, telegram.person("An"), telegram.person("Bình")
    an.says("chậm")
    await telegram.until(lambda: bool(house.taken))
    binh.says("nhanh")
    await binh.hears("xong")
    released.set()
    await an.hears("xong")


async def test_a_press_is_answered_in_the_answer_to_its_update(
    registered, telegram: TelegramStandIn, house: SmallHouse
):
    an = telegram.person("An")
    an.started = True
    an.presses_data("answer:1:cau_3:good", message_id=1)
    await telegram.until(lambda: telegram.open_queries == set())
    answered = [call for call in telegram.calls if call.method == "answercallbackquery"]
    assert [(call.in_answer, call.status) for call in answered] == [(True, 200)]
    assert an.texts == ["Đã bấm answer"]


async def test_a_press_whose_reply_takes_long_is_answered_meanwhile(
    registered, telegram: TelegramStandIn, house: SmallHouse, monkeypatch
):
    monkeypatch.setattr(webhook, "SPINS_FOR", 0.1)
    released = asyncio.Event()

    async def slow(event: Event) -> Sequence[Worded]:
        await released.wait()
        return (Worded("xong"),)

    house.answer, an = slow, telegram.person("An")
    an.started = True
    an.presses_data("answer:1:cau_3:good", message_id=1)
    await telegram.until(lambda: telegram.open_queries == set())
    assert an.texts == []
    released.set()
    await an.hears("xong")
    await telegram.until(lambda: telegram.updates == [])
    answered = [call for call in telegram.calls if call.method == "answercallbackquery"]
    assert [(call.in_answer, call.status) for call in answered] == [(False, 200)]
