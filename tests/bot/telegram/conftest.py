"""A small stand-in for the house, and the channel open in front of it, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from bot.door.channel import Document, Incoming, Worded
from bot.door.front import Answered, Exchange
from bot.telegram.handling import ChannelLines
from bot.telegram.pacing import PacingLimits
from bot.telegram.polling import run_polling
from bot.telegram.service import Telegram, connected
from bot.telegram.wire import Access
from dialogs.core.events import Commanded, Edited, Event, Handed, Pressed, Said, Sent
from dialogs.core.turn import Attached
from tests.standins.telegram import TOKEN, TelegramStandIn

LINES = ChannelLines(
    away="Hệ thống đang tạm ngừng; anh/chị không cần gửi lại.",
    sorry="Xin lỗi anh/chị, vừa có trục trặc. Mời anh/chị gửi lại.",
    private_only="Tôi chỉ trò chuyện riêng.",
)


class SmallHouse:
    """A `bot.door.front.Front` that repeats what it was told, or does what a test says."""

    def __init__(self) -> None:
        self.taken: list[Incoming] = []
        self.reaches: list[tuple[str, bool]] = []
        self.kept: dict[str, Answered] = {}
        self.files: Sequence[Document] = ()
        self.awaiting = ""
        self.by: dict[str, Mapping[str, object]] = {}  # stored updates
        self.answer: Callable[[Event], Awaitable[Sequence[Worded]]] = echo

    @property
    def events(self) -> list[Event]:
        return [incoming.event for incoming in self.taken]

    async def take(self, incoming: Incoming) -> Answered:
        self.taken.append(incoming)
        if incoming.update_id not in self.kept:
            self.kept[incoming.update_id] = Answered(7, tuple(await self.answer(incoming.event)))
        return self.kept[incoming.update_id]

    async def heard(self, channel: str, account: str, updates: Sequence[str]) -> list[str]:
        return [one for one in updates if one in self.kept]

    async def who(self, channel: str, account: str) -> int | None:
        return 7

    def out(self, channel: str, account: str, updates: Sequence[str]) -> None:
        for update in updates:
            self.by.pop(update, None)

    def not_out(self, channel: str, account: str, updates: Sequence[str]) -> None:
        """Does nothing: nobody sends the reply later."""

    async def still_owed(self, channel: str, account: str, update: str) -> bool:
        return True

    async def put_by(self, channel: str, account: str, update_id: str, update: Mapping[str, object]) -> None:
        self.by[update_id] = update

    async def unread(self, channel: str) -> Sequence[Mapping[str, object]]:
        return list(self.by.values())

    async def awaits_file(self, channel: str, account: str) -> str:
        return self.awaiting

    async def history(self, person: int, after: int = 0, limit: int = 60) -> Sequence[Exchange]:
        return ()

    async def documents(self, person: int, attached: Attached) -> Sequence[Document]:
        return self.files

    async def reached(self, channel: str, account: str, *, reachable: bool) -> None:
        await self.reach(account, reachable=reachable)

    async def changes(self, person: int) -> AsyncIterator[None]:
        yield

    async def reach(self, account: str, *, reachable: bool) -> None:
        self.reaches.append((account, reachable))


async def echo(event: Event) -> Sequence[Worded]:
    match event:
        case Said(text):
            return (Worded(f"Đã ghi: {text}"),)
        case Edited(text):
            return (Worded(f"Đã sửa: {text}"),)
        case Sent(what):
            return (Worded(f"Tôi chưa đọc được {what}"),)
        case Handed(name, sha256, trouble):
            return (Worded(f"Tệp {name} {sha256[:8]}{trouble}"),)
        case Commanded(name, argument):
            return (Worded(f"Lệnh {name} {argument}"),)
        case Pressed(button):
            return (Worded(f"Đã bấm {button.verb if button else '?'}"),)


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn.running() as stand_in:
        yield stand_in


@pytest.fixture
def house() -> SmallHouse:
    return SmallHouse()


Opening = Callable[..., AbstractAsyncContextManager[Telegram]]


@pytest.fixture
def channel(telegram: TelegramStandIn, house: SmallHouse) -> Opening:
    """Opens the channel without receiving: `async with channel() as open_`."""

    def opening(limits: PacingLimits | None = None) -> AbstractAsyncContextManager[Telegram]:
        return connected(Access(TOKEN, telegram.base), house, LINES, house.reach, limits)

    return opening


@asynccontextmanager
async def polling(open_: Telegram) -> AsyncIterator[None]:
    """Long polling while the block runs; then a clean stop."""
    stop = asyncio.Event()
    task = asyncio.create_task(run_polling(open_.access, open_.wire, open_.receiver, stop))
    try:
        yield
    finally:
        stop.set()
        await task


@pytest.fixture
async def polled(channel: Opening) -> AsyncIterator[Telegram]:
    """The whole channel on a long poll."""
    async with channel() as open_, polling(open_):
        yield open_
