"""What we rest on in aiogram: its types are made ready when they are used, not while they are imported."""

import subprocess
import sys

USED = """
from bot.telegram.updates import Update
from aiogram.methods import SendMessage
from aiogram.types import Chat, InlineKeyboardButton, InlineKeyboardMarkup, StoryArea

assert not any(one.__pydantic_complete__ for one in (Chat, StoryArea, SendMessage))
assert Update.__pydantic_complete__
chat = {"id": 5, "type": "private"}
update = Update.model_validate({"update_id": 1, "message": {"message_id": 2, "date": 3, "chat": chat, "text": "xin chào"}})
assert update.message.text == "xin chào" and isinstance(update.message.chat, Chat)
rows = [[InlineKeyboardButton(text="a", callback_data="b")]]
assert SendMessage(chat_id=5, text="x", reply_markup=InlineKeyboardMarkup(inline_keyboard=rows)).reply_markup.inline_keyboard
assert not StoryArea.__pydantic_complete__
"""

MADE_BEFORE = """
import aiogram.types
from bot.telegram.updates import Update
assert Update.__pydantic_complete__
"""


def in_a_process_of_its_own(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def test_types_are_made_ready_when_they_are_used() -> None:
    in_a_process_of_its_own(USED)


def test_whoever_imported_aiogram_before_has_made_them_ready() -> None:
    in_a_process_of_its_own(MADE_BEFORE)
