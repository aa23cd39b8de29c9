"""Links that carry an invitation code."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Links:
    """Where invitations lead. Empty texts: that channel is not open."""

    web: str = ""  # public address of the web chat
    telegram_bot: str = ""  # name of the bot, without @

    def of(self, code: str) -> dict[str, str]:
        """Channel → link for this code; the plain code stands under `code`."""
        links = {"code": code}
        if self.web:
            links["web"] = f"{self.web}/i/{code}"
        if self.telegram_bot:
            links["telegram"] = f"https://t.me/{self.telegram_bot}?start={code}"
        return links
