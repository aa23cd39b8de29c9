"""The bot's own name, for links that carry a code."""

from telegram.error import InvalidToken, TelegramError

from bot.telegram.failures import TokenRefused
from bot.telegram.wire import Access, Wire
from rules.nouns.errors import TusoiError


async def bot_name(access: Access) -> str:
    """The user name of the bot, without @. Raises TusoiError with a clear message, which never contains the token."""
    try:
        async with Wire(access.api) as wire:
            return str((await access.ask(wire, "getMe")).get("username", ""))
    except InvalidToken:
        raise TokenRefused from None
    except TelegramError as error:
        raise TusoiError(f"TUSOI_TELEGRAM_API: không hỏi được Telegram ({type(error).__name__})") from None
