"""What a bare aiogram bot does in a second: the yardstick for our durable one.

The bot asks the same number of questions and keeps everything in memory (FSM with MemoryStorage), the way
tutorials do. A step is one update, from the JSON Telegram sends to the calls it causes: read into aiogram's
types, routed by the dispatcher, answer kept in the state, the callback answered, the next question built with
its inline keyboard. Counted is all of that but the network: the session returns at once what Telegram would.
Nothing is written anywhere: pull the plug and all is lost.
"""

import asyncio
import time
from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.base import BaseSession
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bench.telegram_updates import QUESTIONS, updates


class Asking(StatesGroup):
    """A person is answering."""

    question = State()


class NoNetwork(BaseSession):
    """Returns what Telegram would, without building or sending a request."""

    questions = 0

    async def make_request(
        self,
        bot: Bot,  # noqa: ARG002 - the library's signature
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ARG002, ASYNC109 - as above
    ) -> Any:
        """A message for a sent one, else True."""
        if not isinstance(method, SendMessage):
            return True
        self.questions += 1
        return Message.model_construct(message_id=self.questions, chat=Chat.model_construct(id=method.chat_id))

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        """Never asked for."""
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


async def start(message: Message, state: FSMContext) -> None:
    await state.set_state(Asking.question)
    await state.set_data({"at": 0, "answers": {}})
    await ask(message, 0)


async def pressed(query: CallbackQuery, state: FSMContext) -> None:
    await query.answer()
    assert isinstance(query.message, Message)
    await keep(query.message, state, query.data)


async def typed(message: Message, state: FSMContext) -> None:
    await keep(message, state, message.text)


async def keep(message: Message, state: FSMContext, answer: str | None) -> None:
    """Keep the answer, ask the next question; after the last one from the beginning."""
    data = await state.get_data()
    answers = {**data["answers"], str(data["at"]): answer}
    following = (data["at"] + 1) % QUESTIONS
    await state.set_data({"at": following, "answers": answers})
    await ask(message, following)


async def ask(message: Message, number: int) -> None:
    rows = [
        [InlineKeyboardButton(text=f"Mức {choice}", callback_data=f"answer:1:q{number}:{choice}")]
        for choice in range(4)
    ]
    keyboard = InlineKeyboardMarkup(inline_keyboard=rows)
    await message.answer(f"Câu <b>{number + 1}</b>/{QUESTIONS}\n\nAnh/chị tự đánh giá mức nào?", reply_markup=keyboard)


def dispatcher() -> Dispatcher:
    """The bot's routes."""
    router = Router()
    router.message.register(start, CommandStart())
    router.callback_query.register(pressed, Asking.question, F.data.startswith("answer:"))
    router.message.register(typed, Asking.question, F.text)
    bare = Dispatcher(storage=MemoryStorage())
    bare.include_router(router)
    return bare


async def _measured(steps: int) -> float:
    session, bare = NoNetwork(), dispatcher()
    bot = Bot("7000001:bench", session=session)
    feed = list(updates(steps))
    began = time.perf_counter()
    for payload in feed:
        await bare.feed_update(bot, Update.model_validate(payload, context={"bot": bot}))
    took = time.perf_counter() - began
    if session.questions != steps:  # every step of the feed must have asked the next question
        raise RuntimeError(f"{session.questions} questions after {steps} steps")
    return steps / took


def measure_bare(steps: int = 5_000) -> float:
    """Steps per second of the bare bot."""
    return asyncio.run(_measured(steps))


if __name__ == "__main__":
    print(f"bare aiogram bot in memory: {measure_bare():,.0f} steps/s")
