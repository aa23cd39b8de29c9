"""Opening the channel and introducing the bot."""

from bot.telegram.service import Access, introduce
from tests.bot.telegram.conftest import Opening
from tests.standins.telegram import TelegramStandIn


async def test_the_menu_is_set_in_both_languages(channel: Opening, telegram: TelegramStandIn):
    async with channel() as open_:
        await introduce(open_.bot, {"": [("tieptuc", "Trả lời tiếp")], "en": [("tieptuc", "Go on")]})
    assert telegram.commands == {"": [("tieptuc", "Trả lời tiếp")], "en": [("tieptuc", "Go on")]}


async def test_the_bot_knows_its_name(channel: Opening):
    async with channel() as open_:
        assert open_.username == "tusoi_thu_bot"


async def test_an_unreachable_telegram_is_tried_again(channel: Opening, telegram: TelegramStandIn):
    telegram.refuse("getMe", 502, "Bad Gateway")
    async with channel() as open_:
        assert open_.username == "tusoi_thu_bot"


def test_the_token_does_not_show_when_the_access_is_printed():
    assert "bi-mat" not in repr(Access("7:bi-mat"))
