"""`/healthz` and `/metrics` over HTTP, on a separate listener or, with a token, on the public port.

Access never depends on the client's address: behind a proxy every request comes from this machine.
"""

import secrets
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.door.conditions import ChannelState
from bot.door.figures import Figures
from bot.health.looking import Health, Looking
from bot.health.words import in_json


@dataclass(frozen=True, slots=True)
class HealthPages:
    """Both pages. `token` "": no token is required."""

    looking: Looking
    figures: Figures
    token: str = ""

    @property
    def routes(self) -> list[web.RouteDef]:
        """Their routes."""
        return [web.get("/healthz", self.healthz), web.get("/metrics", self.metrics)]

    @property
    def app(self) -> web.Application:
        """An application with only these pages."""
        app = web.Application()
        app.add_routes(self.routes)
        app.on_response_prepare.append(_plainly)
        return app

    async def healthz(self, request: web.Request) -> web.Response:
        """The health: 200, or 503 when nobody is answered."""
        if not self._may_ask(request):
            return _who_asks()
        health = await self.looking.look()
        return web.json_response(in_json(health), status=200 if health.ready else 503)

    async def metrics(self, request: web.Request) -> web.Response:
        """The figures in Prometheus' format."""
        if not self._may_ask(request):
            return _who_asks()
        _set(self.figures, await self.looking.look())
        return web.Response(body=generate_latest(self.figures.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _may_ask(self, request: web.Request) -> bool:
        """Compared in constant time and as bytes, because a header may contain any."""
        if not self.token:
            return True
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        return secrets.compare_digest(given, f"Bearer {self.token}".encode())


def _who_asks() -> web.Response:
    return web.Response(status=401, text="Cần mã TUSOI_HEALTH_TOKEN.\n", headers={"WWW-Authenticate": "Bearer"})


async def _plainly(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.pop("Server", None)  # which program answers is nobody's business
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"


def _set(figures: Figures, health: Health) -> None:
    """Set the gauges to the present values."""
    for name, standing in health.channels.items():
        figures.channel_open.labels(name).set(standing.condition.state is ChannelState.OPEN)
    figures.database_up.set(health.kept is not None)
    figures.on_duty.set(health.mine)
    figures.standing_by.set(health.standing_by)
    figures.disk_free.set(health.free)
    figures.warnings.set(len(health.warnings))
    if health.kept:
        figures.waiting.set(health.kept.notices)
        figures.oldest.set(health.kept.oldest(health.at))
