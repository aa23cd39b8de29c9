"""The webhook, mounted in an aiohttp application of its own."""

from collections.abc import AsyncIterator, Sequence

import pytest
from aiohttp import ClientSession, web

from bot.door.channel import Worded
from bot.telegram.service import Telegram
from bot.telegram.webhook import HEADER, register_webhook, webhook_routes
from dialogs.core.events import Event, Said
from tests.bot.telegram.conftest import Opening, SmallHouse
from tests.standins.telegram import TelegramStandIn

SECRET = "chi_Telegram-biet"


@pytest.fixture
async def opened(channel: Opening) -> AsyncIterator[Telegram]:
    async with channel() as open_:
        yield open_


@pytest.fixture
async def address(opened: Telegram) -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes(webhook_routes(opened.receiver, SECRET))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield "http://{}:{}/telegram".format(*runner.addresses[0][:2])
    await runner.cleanup()


@pytest.fixture
async def registered(opened: Telegram, telegram: TelegramStandIn, address: str) -> None:
    telegram.allow_plain_webhook = True
    await register_webhook(opened.bot, address, SECRET)


async def post(address: str, body: bytes, secret: str | None) -> int:
    headers = {HEADER: secret} if secret is not None else {}
    async with ClientSession() as session, session.post(address, data=body, headers=headers) as answer:
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
