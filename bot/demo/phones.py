"""`tusoi demo`: the web chat of a fictional office, with the phones of a person, their head and the authority on one
page.
"""

import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.demo.office import DEMO_ROSTER, PHONES
from bot.demo.setting import BEGINS, clear, clock_from, fresh_invitation, furnish, person_called
from bot.door.links import Links
from bot.logs import set_up_logs
from bot.serving import RunningHouse, serving, stop_signal
from bot.settings import HouseSettings
from bot.web.channel import WebChannel
from bot.web.settings import DemoPhone
from bot.wiring import alone, database
from rules.nouns.errors import TusoiError


def _require_free_port(settings: HouseSettings) -> None:
    """Raises when the port is in use: another demo may be running, and its database must not be removed."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(settings.web_address)
        except OSError:
            raise TusoiError(
                f"TUSOI_WEB_LISTEN: {settings.web_listen} đang có chương trình khác dùng; hãy đặt cổng khác"
            ) from None


async def show(settings: HouseSettings) -> None:
    """Serve the demo until it is stopped; prints its address."""
    set_up_logs()
    file = settings.data_dir / "demo" / "demo.db"
    _require_free_port(settings)
    staged = settings.model_copy(
        update={
            "database_url": f"sqlite:///{file}",
            "web_listen": settings.web_listen or "127.0.0.1:8080",
        }
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    async with alone(staged):
        clear(file)
        await _show(staged)


async def _show(settings: HouseSettings) -> None:
    stop = stop_signal()
    async with demo_served(settings) as running:
        sys.stdout.write(f"Mở trang này trong trình duyệt: {running.address}/demo\n(Ctrl+C để dừng)\n")
        sys.stdout.flush()
        await stop.wait()


@asynccontextmanager
async def demo_served(settings: HouseSettings) -> AsyncIterator[RunningHouse]:
    """The freshly created office, served with the page of phones at /demo."""
    now = clock_from(BEGINS)
    house: list[RunningHouse] = []

    async def phone(roster_key: str) -> DemoPhone:
        shown = next(one for one in DEMO_ROSTER.people if one.key == roster_key)
        person = await person_called(store, roster_key)

        async def fresh_code() -> str:
            return await fresh_invitation(house[0].store, person, now())

        return DemoPhone(person, shown.name, shown.position, fresh_code)

    async with database(settings) as store:
        await furnish(store, now())
        phones = {who: await phone(key) for who, key in PHONES.items()}
    page = WebChannel(settings, demo=phones)
    way = await page.way_in()
    async with serving(settings, [page], Links({page.name: way} if way else {}), now=now) as running:
        house.append(running)
        yield running
