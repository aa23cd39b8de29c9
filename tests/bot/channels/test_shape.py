"""What holds for every channel: of those there are, and of a skeleton with other abilities."""

import pytest

from bot.channels import Settings, channels_of
from bot.door.channel import Document, Worded, WordedKey
from bot.door.shape import Channel, Messenger
from bot.telegram import sending
from bot.telegram.service import Telegram
from bot.telegram.texts import MOST, units
from tests.bot.channels.numbered import channel as numbered

KEYBOARD = ((WordedKey("Thực hiện tốt", "answer:1:c4:good"), WordedKey("Đáp ứng", "answer:1:c4:met")),)
LONG = Worded("<b>Câu 4</b>\n" + "Anh/chị đã chấp hành sự phân công của tổ chức. " * 200, KEYBOARD)
FILES = (Document("page", "a-1.png", b"1"), Document("docx", "a.docx", b"2"))


def messengers(telegram: Telegram, numbers: numbered.Numbers) -> tuple[Messenger, ...]:
    """Read by the type checker: both are of the shape."""
    return telegram, numbers


def test_every_channel_has_a_name_and_a_setting_of_its_own():
    channels: tuple[Channel, ...] = channels_of(Settings(telegram_token="7000001:x", web_listen="127.0.0.1:0"))
    assert [(one.name, one.setting, one.wanted) for one in channels] == [
        ("telegram", "TUSOI_TELEGRAM_TOKEN", True),
        ("web", "TUSOI_WEB_LISTEN", True),
    ]


async def test_a_channel_that_is_not_set_is_not_wanted_and_nothing_leads_to_it():
    channels = channels_of(Settings(telegram_token=None, web_listen=""))
    assert [(one.wanted, await one.way_in()) for one in channels] == [(False, None), (False, None)]


def test_no_message_is_longer_than_the_channel_takes():
    assert {units(text.html) <= MOST for text in sending.draw(LONG)} == {True}
    assert {len(text) <= numbered.MOST for text in numbered.draw(LONG)} == {True}


@pytest.mark.parametrize("shown", [str([text.keyboard for text in sending.draw(LONG)]), "\n".join(numbered.draw(LONG))])
def test_every_button_is_offered_whether_it_can_be_pressed_or_not(shown):
    assert all(key.label in shown for row in KEYBOARD for key in row)


def test_files_come_as_such_where_the_channel_can_and_by_their_names_elsewhere():
    drawn = sending.draw(Worded("Bản của anh/chị"), FILES)
    assert [type(message) for message in drawn] == [sending.TextMessage, sending.Pictures, sending.File]
    assert numbered.draw(Worded("Bản của anh/chị"), FILES) == ["Bản của anh/chị\n[a-1.png]\n[a.docx]"]
