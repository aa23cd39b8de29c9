"""The bot's own name, for links that carry a code."""

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.utils.token import TokenValidationError

from rules.nouns.errors import TusoiError


async def bot_name(token: str, api: str) -> str:
    """The name without @. Raises TusoiError with a clear line; it never holds the token."""
    try:
        async with Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api))) as bot:
            return (await bot.get_me()).username or ""
    except TokenValidationError:
        raise TusoiError("TUSOI_TELEGRAM_TOKEN: không đúng dạng; cần token do @BotFather cấp") from None
    except AiogramError as error:
        raise TusoiError(
            f"TUSOI_TELEGRAM_TOKEN: Telegram từ chối hoặc không trả lời ({type(error).__name__})"
        ) from None
