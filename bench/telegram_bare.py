"""Steps a second of a bare aiogram bot: the yardstick for our durable one.

The bot asks the same questions with the same keyboards, handles the same updates and keeps everything in memory (FSM
with MemoryStorage), as tutorials do. A step is one update, from Telegram's JSON to the calls it causes: it is read into
aiogram's types and routed by the dispatcher, the answer is kept in the state, the callback is answered, and the next
question is built with its inline keyboard. Everything is counted except the network: the session returns at once what
Telegram would. Nothing is written to disk, so all is lost when the process ends.
"""

import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.base import BaseSession
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bot.door.channel import Worded


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
        """Returns a message for requests that send one, otherwise True."""
        if not isinstance(method, SendMessage):
            return True
        self.questions += 1
        return Message.model_construct(message_id=self.questions, chat=Chat.model_construct(id=method.chat_id))

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        """Never called."""
        yield b""

    async def close(self) -> None:
        """Does nothing, because nothing is open."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Asks the questions, in order."""

    asked: Sequence[Worded]

    async def pressed(self, query: CallbackQuery, state: FSMContext) -> None:
        await query.answer()
        assert isinstance(query.message, Message)
        await self.keep(query.message, state, query.data)

    async def typed(self, message: Message, state: FSMContext) -> None:
        await self.keep(message, state, message.text)

    async def keep(self, message: Message, state: FSMContext, answer: str | None) -> None:
        """Keep the answer and ask the next question."""
        data = await state.get_data()
        at = data.get("at", 0)
        await state.set_data({"at": at + 1, "answers": {**data.get("answers", {}), str(at): answer}})
        question = self.asked[at]
        rows = [
            [InlineKeyboardButton(text=key.label, callback_data=key.data) for key in row] for row in question.keyboard
        ]
        await message.answer(question.html, reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))


def dispatcher(asked: Sequence[Worded], storage: BaseStorage | None = None) -> Dispatcher:
    """The bot's routes. Its state is in memory, or in `storage`."""
    router, questions = Router(), Questions(asked)
    router.callback_query.register(questions.pressed, Asking.question, F.data.contains(":"))
    router.message.register(questions.typed, Asking.question, F.text)
    bare = Dispatcher(storage=storage or MemoryStorage())
    bare.include_router(router)
    return bare


async def measure(asked: Sequence[Worded], updates: Sequence[dict[str, Any]], people: Sequence[int]) -> float:
    """Steps a second of the bare bot. All `people` have already begun."""
    session, bare = NoNetwork(), dispatcher(asked)
    bot = Bot("7000001:bench", session=session)
    for person in people:
        await bare.fsm.get_context(bot, person, person).set_state(Asking.question)
    began = time.perf_counter()
    for payload in updates:
        await bare.feed_update(bot, Update.model_validate(payload, context={"bot": bot}))
    seconds = time.perf_counter() - began
    if session.questions != len(updates):  # every step must have asked the next question
        raise RuntimeError(f"{session.questions} questions after {len(updates)} steps")
    return len(updates) / seconds
