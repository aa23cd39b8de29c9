"""All channels, listed in one place. A new one needs a folder, a line here, and its settings."""

from bot.door.links import Links
from bot.door.shape import Channel
from bot.settings import read
from bot.telegram.channel import TelegramChannel
from bot.telegram.settings import TelegramSettings
from bot.web.channel import WebChannel


class Settings(TelegramSettings):
    """The settings of the installation and of every channel that has its own."""


def read_settings() -> Settings:
    """The settings from the environment. Raises SettingsError with a line for each wrong one."""
    return read(Settings)


def channels_of(settings: Settings) -> tuple[Channel, ...]:
    """All channels, in the order in which they are opened and listed; those served over HTTP come last."""
    return (TelegramChannel(settings), WebChannel(settings))


async def links_of(settings: Settings) -> Links:
    """The addresses of invitation links. May query the channels' servers. Raises TusoiError."""
    ways = [(channel.name, await channel.way_in()) for channel in channels_of(settings)]
    return Links({name: way for name, way in ways if way})
