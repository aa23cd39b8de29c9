"""`tusoi serve`: opens the channels that are configured, runs the jobs, stops cleanly."""

import asyncio
import datetime as dt
import gc
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import structlog
from aiohttp import web

from bot import clock
from bot.campaign.usable import unusable
from bot.daily.leavers import Leavers
from bot.daily.remind import Reminding
from bot.delivery.deliver import Deliverer, SendNotice
from bot.delivery.duty import Duty
from bot.delivery.runner import Runner, Work
from bot.door.hub import Hub
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.settings import Settings
from bot.telegram.opening import telegram_channel
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.turn.uploads import forget_old
from bot.web.app import web_app
from bot.web.house import DemoLinks, WebSettings
from bot.wiring import database, links_of
from rules.nouns.errors import TusoiError
from storage.store import Store

_log = structlog.get_logger()


@dataclass(slots=True)
class RunningHouse:
    """A running house. `channels` fills as channels open; `address` is where the web chat answers."""

    store: Store
    house: House
    runner: Runner
    duty: Duty
    channels: dict[str, SendNotice]
    routes: list[web.RouteDef] = field(default_factory=list)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    address: str = ""


async def serve_until_stopped(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Raises TusoiError when no channel is configured."""
    if not settings.web_listen and settings.telegram_token is None:
        raise TusoiError("Chưa có kênh nào: hãy đặt TUSOI_WEB_LISTEN hoặc TUSOI_TELEGRAM_TOKEN.")
    if settings.telegram_webhook_url and not settings.web_listen:
        raise TusoiError("TUSOI_TELEGRAM_WEBHOOK_URL: webhook cần một cổng để nhận; hãy đặt TUSOI_WEB_LISTEN.")
    collect_seldom()
    stop = stop_signal()
    async with serving(settings, await links_of(settings)) as running:
        _log.info("serving", web=running.address, telegram=settings.telegram_token is not None)
        await _stopped_or_failed(stop, running.tasks)
    _log.info("stopped")


def collect_seldom() -> None:
    """Python looks for cycles after every 700 new objects; a list of a province makes hundreds of thousands that stay.
    Looking seldom takes a third off the planning of its day.
    """
    gc.set_threshold(50_000, 20, 20)


async def _stopped_or_failed(stop: asyncio.Event, tasks: Sequence[asyncio.Task[None]]) -> None:
    """Wait for the signal. A task that ends before it takes the house down with its error: no half-open channel."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    for task in tasks:
        if task.done():
            task.result()


def stop_signal() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


@asynccontextmanager
async def serving(
    settings: Settings,
    links: Links,
    *,
    now: Callable[[], dt.datetime] = clock.now,
    demo_links: DemoLinks | None = None,
) -> AsyncIterator[RunningHouse]:
    """Everything running, opened in the order it is needed and closed in reverse."""
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(database(settings))
        running = wire(settings, store, links, now)
        for line in await unusable(store, running.house.books):
            _log.error("campaign without rulebook", told=line)
        await running.runner.prepare()
        stack.push_async_callback(running.runner.close)
        if settings.telegram_token is not None:
            channel = await stack.enter_async_context(telegram_channel(settings, running.house))
            running.channels["telegram"] = channel.notice
            running.routes += channel.routes
            running.tasks += [channel.polling] if channel.polling else []
        if settings.web_listen:
            running.address = await stack.enter_async_context(_web_channel(settings, running, demo_links))
        # Last to open and first to close: a job finds every channel there.
        await running.duty.start(running.runner)
        stack.push_async_callback(running.duty.stop, running.runner)
        yield running


def wire(settings: Settings, store: Store, links: Links, now: Callable[[], dt.datetime]) -> RunningHouse:
    """The parts that know each other; nothing is started."""
    channels: dict[str, SendNotice] = {}
    hub, books = Hub(), Library(settings.own_rulebooks)
    duty = Duty(store, now, settings.worker)
    deliverer = Deliverer(store, channels, now, lambda: duty.is_mine)

    async def deliver(delivery: int) -> None:
        await deliverer.deliver(delivery, runner)

    async def deliver_many(deliveries: Sequence[int]) -> None:
        await deliverer.deliver_many(deliveries, runner)

    async def every_minute() -> None:
        await deliverer.sweep(runner)
        await leavers.see_off()
        await forget_old(store, now())
        await reminding.remind()

    runner = Runner(settings.database, settings.worker, Work(deliver, deliver_many, every_minute))
    leavers = Leavers(store, books, now)
    reminding = Reminding(store, books, runner, now, hub)
    house = House(store, books, runner, Loader(links, settings.language), now, hub)
    return RunningHouse(store, house, runner, duty, channels)


@asynccontextmanager
async def _web_channel(settings: Settings, running: RunningHouse, demo_links: DemoLinks | None) -> AsyncIterator[str]:
    chosen = WebSettings(public_url=settings.public_url, language=settings.language, demo_links=demo_links)
    app = web_app(running.house, chosen)
    app.add_routes(running.routes)
    host, port = settings.web_address
    async with site(app, host, port) as address:
        yield address


@asynccontextmanager
async def site(app: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """The application answering at host and port (0: any free one); its address."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise TusoiError(
                f"TUSOI_WEB_LISTEN: không mở được {host}:{port} ({error.strerror or 'lỗi mạng'})"
            ) from None
        sockets: Sequence[tuple[str, int]] = runner.addresses
        yield f"http://{host}:{sockets[0][1]}"
    finally:
        await runner.cleanup()
