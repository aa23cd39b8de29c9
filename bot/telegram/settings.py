"""Telegram as a channel: its name, its settings, and where invitations lead."""

import re
from typing import Self

from pydantic import Field, SecretStr, model_validator

from bot.door.links import WayIn
from bot.settings import HouseSettings, HttpAddress

NAME = "telegram"

#: What Telegram accepts as the secret of a webhook.
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class TelegramSettings(HouseSettings):
    """The settings of Telegram."""

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
    """The beginning of links into the chat of the bot with that name; the code follows it."""
    return WayIn(f"https://t.me/{name}?start=")
