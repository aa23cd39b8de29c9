"""The web chat as a channel: where invitations lead, and how it is opened."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.door.conditions import ChannelState, Condition, Report
from bot.door.front import Front
from bot.door.links import WayIn
from bot.door.shape import OpenChannel
from bot.settings import HouseSettings
from bot.web.settings import NAME, PULSE, DemoPhones

if TYPE_CHECKING:  # aiohttp takes a tenth of a second to import: who only reads settings does without
    from aiohttp import web


@dataclass(frozen=True, slots=True)
class WebChannel:
    """Implements `bot.door.shape.Channel`. People come to its page and look; browsers that subscribed are nudged."""

    settings: HouseSettings
    demo: DemoPhones | None = None  # only in demo mode
    name: str = NAME
    setting: str = "TUSOI_WEB_LISTEN"
    pulse: float = PULSE

    @property
    def wanted(self) -> bool:
        """Where the house answers over HTTP."""
        return bool(self.settings.web_listen)

    async def way_in(self) -> WayIn | None:
        """The page; also when another process of the installation serves it."""
        if not (self.settings.web_listen or self.settings.public_url):
            return None
        address = self.settings.public_address
        below = ("bang/vao", "tuong/vao", "phieu", "nhanxet")
        return WayIn(f"{address}/i/", address, *(f"{address}/{one}/" for one in below))

    @asynccontextmanager
    async def open(self, front: Front, routes: "Sequence[web.RouteDef]", report: Report) -> AsyncIterator[OpenChannel]:
        """The page, and beside it what other channels want answered over HTTP."""
        from bot.web.app import site, web_app  # noqa: PLC0415 - reads all assets: only who serves
        from bot.web.house import HOUSE, WebSettings  # noqa: PLC0415
        from bot.web.nudging import Nudging  # noqa: PLC0415

        settings = self.settings
        chosen = WebSettings(
            public_url=settings.public_url,
            language=settings.language,
            trusted_proxies=settings.trusted_proxies,
            demo=self.demo,
            pulse=self.pulse,
        )
        app = web_app(front, chosen)
        app.add_routes(routes)
        await front.push_key()  # made at the first start: all who share the database have one
        nudging = Nudging(front, app[HOUSE].pages, chosen.root, settings.public_url or "https://localhost")
        async with site(app, *settings.web_address) as address:
            report(Condition(ChannelState.OPEN, way=await self.way_in()))
            yield OpenChannel(address=address, nudge=nudging.nudge)
