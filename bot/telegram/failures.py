"""What Telegram's errors mean to us, defined once (every public error is in one of two lists), and what may be logged:
what went wrong and where, but never a person's text or the token.
"""

import datetime as dt
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from telegram import error as telegram_error

from bot.door.channel import Blocked, Later, Rejected, SendError, Unreachable
from rules.nouns.errors import TusoiError

#: Seconds to wait after a network failure or a failure of Telegram.
NETWORK_WAIT = 5.0

#: Errors with status 400 that mean the person is unreachable: they never wrote to the bot, or left Telegram.
GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")


class TokenRefused(TusoiError):
    """Telegram does not know the token in TUSOI_TELEGRAM_TOKEN (any more)."""

    def __init__(self) -> None:
        super().__init__("TUSOI_TELEGRAM_TOKEN: Telegram không nhận token này")


def _bad_request(error: Exception) -> SendError:
    text = str(error).lower()
    return Blocked(str(error)) if any(sign in text for sign in GONE) else Rejected(str(error))


def _flood(error: Exception) -> SendError:
    assert isinstance(error, telegram_error.RetryAfter)
    return Later(seconds_of(error))


#: The most specific class comes first.
TRANSLATED: dict[type[telegram_error.TelegramError], Callable[[Exception], SendError]] = {
    telegram_error.BadRequest: _bad_request,
    telegram_error.TimedOut: lambda _: Unreachable(NETWORK_WAIT),
    telegram_error.NetworkError: lambda _: Unreachable(NETWORK_WAIT),
    telegram_error.RetryAfter: _flood,
    telegram_error.Forbidden: lambda error: Blocked(str(error)),
    telegram_error.ChatMigrated: lambda _: Rejected("a group; only private chats are served"),
}

#: Errors that concern the whole bot, which is set up wrongly so that nobody can be served. They are passed on.
FATAL = (
    telegram_error.InvalidToken,
    telegram_error.EndPointNotFound,
    telegram_error.Conflict,
    telegram_error.PassportDecryptionError,
)


def translated(error: telegram_error.TelegramError) -> SendError | None:
    """The error as one of ours; None for one of FATAL."""
    if isinstance(error, FATAL):
        return None
    for kind, translate in TRANSLATED.items():
        if isinstance(error, kind):
            return translate(error)
    return Unreachable(NETWORK_WAIT)  # the bare base class: an answer that was not Telegram's, e.g. of a proxy


@contextmanager
def our_errors() -> Iterator[None]:
    """Convert errors of Telegram's library into a bot.door.channel.SendError, or one of FATAL."""
    try:
        yield
    except telegram_error.TelegramError as error:
        ours = translated(error)
        if ours is None:
            raise
        raise ours from error


def seconds_of(error: telegram_error.RetryAfter) -> float:
    """The seconds Telegram asks to wait (the library is changing the type from int to timedelta)."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, dt.timedelta) else float(asked)


def in_words(error: telegram_error.TelegramError) -> str:
    """Why the bot cannot be reached or served, for the administrator."""
    match error:
        case telegram_error.RetryAfter():
            return f"Telegram yêu cầu chờ {seconds_of(error):.0f} giây"
        case telegram_error.Conflict():
            return "có chương trình khác đang nhận tin của bot này"
        case telegram_error.BadRequest():
            return f"Telegram không nhận cài đặt này ({error.message})"
        case _:
            return f"chưa kết nối được với Telegram ({type(error).__name__})"


#: Loggers that at INFO and below write addresses (with the token) or whole messages.
TALKATIVE = ("telegram", "aiogram")


def outline(error: BaseException) -> dict[str, str]:
    """The class of an error and the places it passed. Its message may quote an answer and is left out."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, "at": " > ".join(places)}


def hush_libraries() -> None:
    """Limit the libraries' logging to problems."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
