"""The bot's own name, for links that carry a code."""

from telegram.error import InvalidToken, TelegramError

from bot.telegram.failures import TokenRefused
from bot.telegram.wire import Access, Wire
from rules.nouns.errors import TusoiError


async def bot_name(access: Access) -> str:
    """The name without @. Raises TusoiError with a clear line; it never holds the token."""
    try:
        async with Wire(access.api) as wire:
            return str((await access.ask(wire, "getMe")).get("username", ""))
    except InvalidToken:
        raise TokenRefused from None
    except TelegramError as error:
        raise TusoiError(f"TUSOI_TELEGRAM_API: không hỏi được Telegram ({type(error).__name__})") from None
