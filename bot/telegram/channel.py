"""Telegram as a channel of the house: its settings, what it can, where invitations lead, how it is opened."""

import re
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pydantic import Field, SecretStr, model_validator

from bot.door.conditions import Report
from bot.door.front import Front
from bot.door.links import WayIn
from bot.door.shape import Abilities, OpenChannel
from bot.settings import HouseSettings, HttpAddress
from rules.nouns.errors import TusoiError

if TYPE_CHECKING:  # aiohttp takes a tenth of a second to import: who only reads settings does without
    from aiohttp import web

NAME = "telegram"

#: What Telegram carries as the secret of a webhook.
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")

#: `length`: in UTF-16 units.
CAN = Abilities(buttons=True, files=True, edits=True, calls=True, length=4096)


class TelegramSettings(HouseSettings):
    """What an installation may choose about Telegram."""

    telegram_token: SecretStr | None = Field(default=None, description="token của bot; không đặt thì không mở Telegram")
    telegram_api: HttpAddress = Field(default="https://api.telegram.org", description="địa chỉ gốc của Bot API")
    telegram_webhook_url: HttpAddress = Field(
        default="", description="địa chỉ https nhận webhook; không đặt thì dùng long poll"
    )
    telegram_webhook_secret: SecretStr | None = Field(
        default=None, description="mã bí mật của webhook (bắt buộc khi có webhook)"
    )

    @model_validator(mode="after")
    def _webhook_has_its_secret(self) -> Self:
        if self.telegram_webhook_url and not self.telegram_webhook_secret:
            raise ValueError("TUSOI_TELEGRAM_WEBHOOK_SECRET: bắt buộc khi đặt TUSOI_TELEGRAM_WEBHOOK_URL")
        if self.telegram_webhook_url and not self.telegram_webhook_url.startswith("https://"):
            raise ValueError("TUSOI_TELEGRAM_WEBHOOK_URL: Telegram chỉ nhận địa chỉ https://")
        if self.telegram_webhook_secret and not SECRET.fullmatch(self.telegram_webhook_secret.get_secret_value()):
            raise ValueError("TUSOI_TELEGRAM_WEBHOOK_SECRET: cần 1 đến 256 ký tự trong A-Z, a-z, 0-9, _ và -")
        return self


def way_to(name: str) -> WayIn:
    """The chat of the bot of this name."""
    return WayIn(f"https://t.me/{name}?start=")


@dataclass(frozen=True, slots=True)
class TelegramChannel:
    """`bot.door.shape.Channel`. Telegram's libraries take a second to import: only who is opened or asked does it."""

    settings: TelegramSettings
    name: str = NAME
    can: Abilities = CAN
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
