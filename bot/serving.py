"""`tusoi serve`: opens the configured channels, runs the jobs, and stops cleanly."""

import asyncio
import datetime as dt
import gc
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module

import structlog

from bot import clock
from bot.booth.house import BoothHouse
from bot.booth.pages import booth_routes
from bot.campaign.usable import unusable
from bot.channels import Settings, channels_of
from bot.console.house import ConsoleHouse
from bot.console.house import lifetimes as console_lifetimes
from bot.console.visits import console_routes
from bot.daily.leavers import Leavers
from bot.daily.remind import Reminding
from bot.daily.rounds import Rounds
from bot.daily.sealing import seal
from bot.data_folder import enclosures
from bot.delivery.deliver import Deliverer
from bot.delivery.duty import Duty
from bot.delivery.owed import Arrears, keep_renewing
from bot.delivery.prompt import Prompt
from bot.delivery.runner import Runner, Work
from bot.door.conditions import Conditions
from bot.door.figures import Figures
from bot.door.lifetimes import Lifetimes
from bot.door.links import Links
from bot.door.shape import Channel, Nudge, OpenChannel, SendNotice
from bot.health.looking import Looking
from bot.health.pages import HealthPages
from bot.health.telling import Telling
from bot.inquiries.house import InquiryHouse
from bot.inquiries.pages import inquiry_routes
from bot.logs import count_troubles
from bot.personal.keeping import Forgetting
from bot.rulebooks.library import Library
from bot.settings import HouseSettings
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.turn.uploads import Enclosing, forget_old
from bot.unseen import hide
from bot.wall.pages import WallHouse
from bot.web.app import site
from bot.wiring import alone, database, is_sqlite
from bot.workdays import learn
from rules.nouns.errors import TusoiError
from storage.errors import Unreachable
from storage.store import Noticed, Store
from templates.documents.scanning import leading
from templates.errors import worded
from templates.wording import all_templates, make_ready

_log = structlog.get_logger()


@dataclass(slots=True)
class RunningHouse:
    """The running installation. `open` (by name), `notices` (of channels that write to people) and `nudges` (of
    channels where people look) are filled as channels open.
    """

    store: Store
    house: House
    runner: Runner
    duty: Duty
    deliverer: Deliverer
    arrears: Arrears
    notices: dict[str, SendNotice]
    nudges: dict[str, Nudge]
    conditions: Conditions
    health: HealthPages
    telling: Telling
    console: ConsoleHouse
    booth: BoothHouse
    wall: WallHouse
    inquiries: InquiryHouse
    open: dict[str, OpenChannel] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The address where HTTP is served; "" when it is not."""
        return next((channel.address for channel in self.open.values() if channel.address), "")


async def serve_until_stopped(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Raises TusoiError when no channel is configured, or another process serves this
    file.
    """
    if not hide():
        _log.info("environment readable by processes of this user")
    channels = channels_of(settings)
    if not any(channel.wanted for channel in channels):
        needed = " hoặc ".join(channel.setting for channel in reversed(channels))
        raise TusoiError(f"Chưa có kênh nào: hãy đặt {needed}.")
    collect_seldom()
    change_turns_soon()
    stop = stop_signal()
    elsewhere = {one.name: way for one in channels if not one.wanted and (way := await one.way_in())}
    async with (
        alone(settings),
        serving(settings, channels, Links(elsewhere)) as running,
        seen(settings, running) as health,
        warming(settings.language),
    ):
        where = {name: channel.address or True for name, channel in running.open.items()}
        _log.info("serving", **where, **({"health": health} if health else {}))
        settle()
        await stop.wait()
    _log.info("stopped")


@asynccontextmanager
async def seen(settings: HouseSettings, running: RunningHouse) -> AsyncIterator[str]:
    """Serve the health pages on a separate listener; yields its address, "" when there is none. A port in use is not
    fatal.
    """
    count_troubles(running.house.figures.trouble)
    async with AsyncExitStack() as stack:
        address = ""
        if settings.health_listen:
            listener = site(running.health.app, *settings.health_address, setting="TUSOI_HEALTH_LISTEN")
            try:
                address = await stack.enter_async_context(listener)
            except TusoiError as error:
                _log.warning("health page not open", reason=worded(error))
        yield address


def tell_of_outages() -> Noticed:
    """Log when the database becomes unavailable (limited by bot/repeats.py), and when it is back."""
    began: list[float] = []

    def tell(trouble: Unreachable | None) -> None:
        if trouble is None:
            _log.warning("database back", seconds=round(time.monotonic() - began.pop()))
            return
        began[:] = began or [time.monotonic()]
        _log.warning("database away", reason=worded(trouble))

    return tell


def collect_seldom() -> None:
    """Python's garbage collector looks for cycles after every 700 new objects, while a list of a province creates
    hundreds of thousands that stay. With higher limits the planning of its day takes a third less time. Collections of
    the first generation (5,000 objects) and the second (50,000) stop everybody for at most some 20 ms, and a collection
    of all objects never happens within one list.
    """
    gc.set_threshold(5_000, 10, 50)
    gc.enable()


def change_turns_soon() -> None:
    """Only one thread runs Python at a time. A thread that waits for the interpreter while another computes gets it
    after this interval, by default 5 ms, and a page needs it twenty to two hundred times. While the quotas of 30,000
    people were computed in a thread, a query of 1 ms took 130 ms and the chat stood still; with this setting it takes 5
    ms.
    """
    sys.setswitchinterval(1e-4)


def settle() -> None:
    """Exclude the objects that exist now from later garbage collections."""
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def warming(language: str) -> AsyncIterator[None]:
    """Prepare what some step would otherwise be the first to need: templates in the installation's language (compiling
    a file takes up to 40 ms), and the library for Word files. It runs in a thread with at most a quarter of a core.
    """
    task = asyncio.create_task(_warm(language))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _warm(language: str) -> None:
    steps: list[Callable[[], object]] = [
        partial(import_module, "docxtpl"),
        *(partial(make_ready, one, language) for one in all_templates()),
    ]
    for step in steps:
        began = time.monotonic()
        await asyncio.to_thread(step)
        await asyncio.sleep(3 * (time.monotonic() - began))


def stop_signal() -> asyncio.Event:
    """An event that is set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


@asynccontextmanager
async def serving(
    settings: HouseSettings, channels: Sequence[Channel], links: Links, *, now: Callable[[], dt.datetime] = clock.now
) -> AsyncIterator[RunningHouse]:
    """The running installation, opened in the order of dependencies and closed in reverse. No channel's servers are
    waited for: each channel opens and recovers in its own time (`RunningHouse.conditions`), and provides links to
    itself (`links`) once it can.
    """
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(database(settings))
        store.noticed = tell_of_outages()
        running = wire(settings, store, links, now)
        for line in await unusable(store, running.house.books):
            _log.error("campaign without rulebook", told=line)
        await stack.enter_async_context(store.wake.listening())
        await running.runner.prepare()
        stack.push_async_callback(running.runner.close)
        stack.push_async_callback(running.house.owed.close, store)
        stack.push_async_callback(running.console.counts.close)
        for channel in channels:
            if channel.wanted:
                routes = [route for before in running.open.values() for route in before.routes]
                routes += running.health.routes if running.health.token else ()
                routes += console_routes(running.console)
                routes += booth_routes(running.booth)
                routes += running.wall.routes()
                routes += inquiry_routes(running.inquiries)
                report = running.conditions.report(channel.name)
                opened = await stack.enter_async_context(channel.open(running.house, routes, report))
                running.open[channel.name] = opened
                stack.push_async_callback(running.wall.close)  # before its site closes
                if opened.notice:
                    running.notices[channel.name] = running.house.figures.sending(channel.name, opened.notice)
                if opened.nudge:
                    running.nudges[channel.name] = opened.nudge
        # Jobs start last and stop first, so that every channel is available to them.
        prompt = Prompt(running.deliverer, running.runner)
        await running.duty.start(prompt)
        stack.push_async_callback(running.duty.stop, prompt)
        telling = asyncio.create_task(running.telling.watch())
        stack.callback(telling.cancel)
        paying = asyncio.create_task(keep_renewing(running.arrears, lambda: running.duty.is_mine))
        stack.callback(paying.cancel)
        yield running


def wire(settings: HouseSettings, store: Store, links: Links, now: Callable[[], dt.datetime]) -> RunningHouse:
    """Create the parts that depend on each other; nothing is started."""
    learn(settings)
    notices: dict[str, SendNotice] = {}
    nudges: dict[str, Nudge] = {}
    books = Library(settings.own_rulebooks)
    duty = Duty(store, now, settings.worker)
    deliverer = Deliverer(store, notices, now, lambda: duty.is_mine, nudges)

    async def deliver(delivery: int) -> None:
        await deliverer.deliver(delivery, runner)

    async def deliver_many(deliveries: Sequence[int]) -> None:
        await deliverer.deliver_many(deliveries, runner)

    async def every_minute() -> None:
        await deliverer.sweep(runner)
        await leavers.see_off()
        await rounds.close()
        await forget_old(store, now())
        await house.lifetimes.end_all(store, now())
        await console.lifetimes.end_all(store, now())
        await reminding.remind()
        await seal(store, now)
        await forgetting.forget()

    runner = Runner(settings.database, settings.worker, Work(deliver, deliver_many, every_minute))
    leavers = Leavers(store, books, now)
    forgetting = Forgetting(store, settings.keeping, now)
    rounds = Rounds(store, runner, now)
    reminding = Reminding(store, books, runner, now)
    figures, conditions = Figures(), Conditions(now, links)
    idle, whole = (dt.timedelta(days=days) for days in (settings.session_idle_days, settings.session_days))
    enclosing = Enclosing(enclosures(settings), settings.enclosure_mb, settings.enclosure_kinds)
    loader, lifetimes = Loader(links, settings.language, settings.keeping), Lifetimes(idle, whole)
    house = House(
        store,
        books,
        runner,
        loader,
        now,
        figures,
        lifetimes=lifetimes,
        address=leading(settings.public_url),
        enclosing=enclosing,
    )
    console = ConsoleHouse(store, books, runner, now, console_lifetimes(settings.console_idle_minutes), links)
    looking = Looking(
        store,
        conditions.of,
        lambda: duty.is_mine,
        lambda: duty.standing_by,
        settings.worker,
        settings.data_dir,
        now,
        alone=is_sqlite(settings),
        mark=settings.database_mark,
    )
    token = settings.health_token.get_secret_value() if settings.health_token else ""
    arrears = Arrears(store, house.owed, notices, now, alone=is_sqlite(settings))
    pages, telling = HealthPages(looking, figures, token), Telling(store, looking, runner, now)
    return RunningHouse(
        *(store, house, runner, duty, deliverer, arrears, notices, nudges, conditions, pages, telling, console),
        booth=BoothHouse(store, now, books, runner),
        wall=WallHouse(store, now),
        inquiries=InquiryHouse(store, runner, now, house.reading, enclosing),
    )
