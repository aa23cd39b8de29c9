"""Telegram as a channel, and how it is opened."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.door.conditions import Report
from bot.door.front import Front
from bot.door.links import WayIn
from bot.door.shape import OpenChannel
from bot.telegram.settings import NAME, TelegramSettings, way_to
from rules.nouns.errors import TusoiError

if TYPE_CHECKING:  # aiohttp takes a tenth of a second to import: who only reads settings does without
    from aiohttp import web


@dataclass(frozen=True, slots=True)
class TelegramChannel:
    """Implements `bot.door.shape.Channel`. Telegram's libraries take a second to import, so they are imported only when
    it is opened or queried.
    """

    settings: TelegramSettings
    name: str = NAME
    setting: str = "TUSOI_TELEGRAM_TOKEN"

    @property
    def wanted(self) -> bool:
        """With a token."""
        return self.settings.telegram_token is not None

    async def way_in(self) -> WayIn | None:
        """The bot's chat; asks Telegram for its name. Raises TusoiError."""
        if self.settings.telegram_token is None:
            return None
        from bot.telegram.naming import bot_name  # noqa: PLC0415 - see the class
        from bot.telegram.wire import Access  # noqa: PLC0415

        name = await bot_name(Access(self.settings.telegram_token.get_secret_value(), self.settings.telegram_api))
        return way_to(name)

    def open(
        self,
        front: Front,
        routes: "Sequence[web.RouteDef]",  # noqa: ARG002 - answers no routes but its own
        report: Report,
    ) -> AbstractAsyncContextManager[OpenChannel]:
        """By long poll, or by webhook where the house answers over HTTP. Raises TusoiError."""
        from bot.telegram.service import telegram_channel  # noqa: PLC0415 - see the class

        if self.settings.telegram_webhook_url and not self.settings.web_listen:
            raise TusoiError("TUSOI_TELEGRAM_WEBHOOK_URL: webhook cần một cổng để nhận; hãy đặt TUSOI_WEB_LISTEN.")
        return telegram_channel(self.settings, front, report)
