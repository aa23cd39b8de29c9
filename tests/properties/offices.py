"""Offices at several points of a review, made once and copied as often as needed."""

import asyncio
import atexit
import itertools
import shutil
import tempfile
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from bot.demo.setting import furnish
from storage import Store, upgrade
from tests.bot.playing import EMPLOYEE, HEAD, Clock, Phone, Stage, house_over

#: Account → its person. The employee has two devices.
ACCOUNTS = {"mobile": EMPLOYEE, "tablet": EMPLOYEE, "desktop": HEAD}

_FOLDER = Path(tempfile.mkdtemp(prefix="tusoi-offices-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)


@dataclass
class Office:
    """An office on a file, with everybody's phone."""

    file: Path
    stage: Stage
    phones: dict[str, Phone]

    async def closed(self) -> None:
        """Close it and delete its file."""
        await self.stage.store.close()
        self.file.unlink()


async def _invited(mobile: Phone, desktop: Phone) -> None:
    """The beginning at which nothing is answered yet."""


async def _ready(mobile: Phone, desktop: Phone) -> None:
    await mobile.fills_in()


async def _sent(mobile: Phone, desktop: Phone) -> None:
    await mobile.hands_in()
    await desktop.commands("choduyet")


async def _returned(mobile: Phone, desktop: Phone) -> None:
    await _sent(mobile, desktop)
    await desktop.presses("head_card")
    await desktop.presses("head_return")
    await desktop.says("Đề nghị bổ sung minh chứng.")
    await desktop.presses("head_send")


async def _approved(mobile: Phone, desktop: Phone) -> None:
    await _sent(mobile, desktop)
    for verb in ("head_card", "head_agree", "head_approve"):
        await desktop.presses(verb)


BEGINNINGS: dict[str, Callable[[Phone, Phone], Awaitable[None]]] = {
    "invited": _invited,
    "ready to send": _ready,
    "sent": _sent,
    "returned": _returned,
    "approved": _approved,
}


async def office_at(beginning: str) -> Office:
    """A copy of the office at this point."""
    ready = await asyncio.to_thread(_made, beginning)
    file = _FOLDER / f"{uuid.uuid4().hex}.sqlite"
    shutil.copy(ready.file, file)
    office = await _opened(file)
    for account, phone in ready.phones.items():
        office.phones[account] = replace(phone, house=office.stage.house, shown=list(phone.shown))
    return office


@cache
def _made(beginning: str) -> Office:
    """An office that was brought to this point and closed."""
    return asyncio.run(_make(BEGINNINGS[beginning]))


async def _make(goes: Callable[[Phone, Phone], Awaitable[None]]) -> Office:
    file = _FOLDER / f"{uuid.uuid4().hex}.sqlite"
    await upgrade(f"sqlite:///{file}")
    office = await _opened(file)
    await furnish(office.stage.store, office.stage.clock())
    for account, key in ACCOUNTS.items():
        office.phones[account] = await office.stage.phone_of(key, account)
    await goes(office.phones["mobile"], office.phones["desktop"])
    await office.stage.store.close()
    return office


async def _opened(file: Path) -> Office:
    store, clock = await Store.open(f"sqlite:///{file}"), Clock()
    return Office(file, Stage(store, clock, house_over(store, clock), itertools.count(1000)), {})
