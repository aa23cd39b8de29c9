"""Every error of the library has a meaning here."""

import inspect

import pytest
from telegram import error as telegram_error

from bot.door.channel import Blocked, Later, Rejected
from bot.telegram.failures import FATAL, TRANSLATED, our_errors


def test_every_public_error_is_either_translated_or_fatal():
    public = {kind for name in telegram_error.__all__ if inspect.isclass(kind := getattr(telegram_error, name))}
    assert public - {telegram_error.TelegramError} == set(TRANSLATED) | set(FATAL)
    assert not set(TRANSLATED) & set(FATAL)


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        (telegram_error.Forbidden("Forbidden: bot was blocked by the user"), Blocked),
        (telegram_error.BadRequest("Chat not found"), Blocked),
        (telegram_error.BadRequest("Message is too long"), Rejected),
        (telegram_error.ChatMigrated(-100), Rejected),
        (telegram_error.RetryAfter(7), Later),
        (telegram_error.TimedOut(), Later),
        (telegram_error.NetworkError("aiohttp.ClientConnectorError"), Later),
        (telegram_error.TelegramError("Invalid server response"), Later),
    ],
)
def test_what_an_error_means(foreign, ours):
    with pytest.raises(ours), our_errors():
        raise foreign


def test_a_wrong_set_up_passes_through():
    with pytest.raises(telegram_error.InvalidToken), our_errors():
        raise telegram_error.InvalidToken
