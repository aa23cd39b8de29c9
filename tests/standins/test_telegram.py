"""The stand-in refuses what Telegram refuses, in Telegram's words."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot, types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods.base import Response
from aiogram.types import Message
from aiohttp import ClientSession, FormData

from tests.standins.telegram import TOKEN, TelegramStandIn
from tests.standins.telegram_chat import Person
from tests.standins.telegram_png import page


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn.running() as stand_in:
        yield stand_in


@pytest.fixture
def an(telegram: TelegramStandIn) -> Person:
    person = telegram.person("An", 1001)
    person.started = True
    return person


async def ask(
    telegram: TelegramStandIn, method: str, token: str = TOKEN, files: dict[str, bytes] | None = None, **params: Any
) -> dict[str, Any]:
    form = FormData()
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, content in (files or {}).items():
        form.add_field(name, content, filename=f"{name}.png")
    async with ClientSession() as session, session.post(f"{telegram.base}/bot{token}/{method}", data=form) as answer:
        return await answer.json()


async def say(telegram: TelegramStandIn, text: str, **more: Any) -> dict[str, Any]:
    return await ask(telegram, "sendMessage", chat_id=1001, text=text, parse_mode="HTML", **more)


def keys(*keys: tuple[str, str]) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": text, "callback_data": data}] for text, data in keys]}


def refusal(answer: dict[str, Any]) -> str:
    assert answer["ok"] is False
    return str(answer["description"])


async def test_a_wrong_token_and_an_unknown_method(telegram):
    assert (await ask(telegram, "getMe", token="1:x"))["error_code"] == 401
    assert (await ask(telegram, "sendPigeon"))["error_code"] == 404


async def test_a_text_of_4096_goes_and_one_of_4097_is_too_long(telegram, an):
    assert (await say(telegram, "<b>" + "x" * 4096 + "</b>"))["ok"]
    assert refusal(await say(telegram, "x" * 4097)) == "Bad Request: message is too long"
    assert refusal(await say(telegram, "😀" * 2049)) == "Bad Request: message is too long"


@pytest.mark.parametrize("text", ["", "  \n", "<b></b>"])
async def test_an_empty_text(telegram, an, text):
    assert refusal(await say(telegram, text)) == "Bad Request: message text is empty"


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("đ<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
    ],
)
async def test_html_it_cannot_parse(telegram, an, html, complaint):
    assert refusal(await say(telegram, html)) == f"Bad Request: can't parse entities: {complaint}"


async def test_callback_data_of_64_bytes_goes_and_of_65_does_not(telegram, an):
    assert (await say(telegram, "a", reply_markup=keys(("Tốt", "đ" * 32))))["ok"]
    assert (
        refusal(await say(telegram, "a", reply_markup=keys(("Tốt", "đ" * 32 + "x"))))
        == "Bad Request: BUTTON_DATA_INVALID"
    )


async def test_an_edit_that_changes_nothing(telegram, an):
    await say(telegram, "<b>a</b>", reply_markup=keys(("Tốt", "x")))
    same = {
        "chat_id": 1001,
        "message_id": 1,
        "text": "<b>a</b>",
        "parse_mode": "HTML",
        "reply_markup": keys(("Tốt", "x")),
    }
    assert "message is not modified" in refusal(await ask(telegram, "editMessageText", **same))
    assert (await ask(telegram, "editMessageText", **{**same, "text": "<i>a</i>"}))["ok"]


async def test_an_edit_of_what_is_not_there_or_not_the_bots(telegram, an):
    an.says("một")
    edit = {"chat_id": 1001, "text": "a"}
    assert "to edit not found" in refusal(await ask(telegram, "editMessageText", message_id=99, **edit))
    assert "can't be edited" in refusal(await ask(telegram, "editMessageText", message_id=1, **edit))


async def test_a_press_can_be_answered_once(telegram, an):
    await say(telegram, "a", reply_markup=keys(("Tốt", "x")))
    an.presses("Tốt")
    [query] = telegram.open_queries
    assert (await ask(telegram, "answerCallbackQuery", callback_query_id=query))["ok"]
    assert "query is too old" in refusal(await ask(telegram, "answerCallbackQuery", callback_query_id=query))


async def test_somebody_unknown_and_somebody_who_blocked_the_bot(telegram, an):
    an.blocked = True
    assert refusal(await say(telegram, "a")) == "Forbidden: bot was blocked by the user"
    assert refusal(await ask(telegram, "sendMessage", chat_id=5, text="a")) == "Bad Request: chat not found"


@pytest.mark.parametrize("count", [1, 11])
async def test_a_group_of_one_or_eleven_pictures(telegram, an, count):
    media = [{"type": "photo", "media": f"attach://p{number}"} for number in range(count)]
    files = {f"p{number}": page() for number in range(count)}
    assert not (await ask(telegram, "sendMediaGroup", files=files, chat_id=1001, media=media))["ok"]


async def test_a_picture_that_is_none_and_one_too_tall(telegram, an):
    assert "IMAGE_PROCESS_FAILED" in refusal(await ask(telegram, "sendPhoto", files={"photo": b"%PDF"}, chat_id=1001))
    assert "INVALID_DIMENSIONS" in refusal(
        await ask(telegram, "sendPhoto", files={"photo": page(10, 201)}, chat_id=1001)
    )


async def test_a_caption_above_1024(telegram, an):
    long = await ask(telegram, "sendDocument", files={"document": b"x"}, chat_id=1001, caption="x" * 1025)
    assert refusal(long) == "Bad Request: message caption is too long"


async def test_a_flood_it_was_told_of_and_one_it_sees(telegram, an):
    telegram.flood("sendMessage", retry_after=3)
    assert (await say(telegram, "a"))["parameters"] == {"retry_after": 3}
    telegram.watch(overall=30, per_chat=2)
    assert [(await say(telegram, "a"))["ok"] for _ in range(2)] == [True, False]


@pytest.mark.parametrize("command", ["Tieptuc", "tiếp", "", "x" * 33])
async def test_a_command_name_with_other_letters(telegram, command):
    answer = await ask(telegram, "setMyCommands", commands=[{"command": command, "description": "a"}])
    assert refusal(answer) == "Bad Request: BOT_COMMAND_INVALID"


async def test_a_poll_beside_a_webhook_and_a_webhook_without_https(telegram):
    assert "HTTPS" in refusal(await ask(telegram, "setWebhook", url="http://tusoi.example"))
    assert (await ask(telegram, "setWebhook", url="https://tusoi.example"))["ok"]
    assert (await ask(telegram, "getUpdates"))["error_code"] == 409


async def test_updates_come_until_they_are_confirmed(telegram, an):
    first, second = an.says("một")[0], an.says("hai")[0]
    again = [await ask(telegram, "getUpdates"), await ask(telegram, "getUpdates", offset=second)]
    assert [[update["update_id"] for update in answer["result"]] for answer in again] == [[first, second], [second]]


async def test_aiogram_understands_it(telegram, an):
    Response[Message].model_rebuild(_types_namespace=vars(types))  # ours reads updates alone (bot/telegram/updates.py)
    an.says("một")
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(telegram.base)))
    [update] = await bot.get_updates()
    sent = await bot.send_message(1001, "hai")
    await bot.session.close()
    assert (update.message.text, sent.text, an.texts) == ("một", "hai", ["hai"])
