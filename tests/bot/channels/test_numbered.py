"""A channel of numbered menus in the real house: one folder, plugged in, and a review is filled in through it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientSession

from bot.channels import Settings, channels_of
from bot.delivery.notices import notify
from bot.demo.office import EMPLOYEE
from bot.demo.setting import BEGINS, clock_from, fresh_invitation, furnish, person_called
from bot.door.links import Links
from bot.serving import RunningHouse, serving
from bot.wiring import database
from dialogs.core.turn import Reply
from tests.bot.channels.numbered.channel import MOST, PATH, NumberedChannel

#: What a notice of the day holds.
TODAY = {"items": [{"what": "plan", "due": "2020-11-30", "days": 7, "text": "Sắp xếp hồ sơ"}], "more": 0}


@dataclass
class Handset:
    """A phone that only types and reads."""

    session: ClientSession
    address: str
    heard: dict[str, list[str]]
    number: str
    typed: int = 0
    shown: list[str] = field(default_factory=list)

    async def types(self, text: str) -> str:
        """What came back, as one text."""
        self.typed += 1
        before = len(self.heard.setdefault(self.number, []))
        update = {"from": self.number, "id": f"{self.number}-{self.typed}", "text": text}
        assert (await self.session.post(self.address + PATH, json=update)).status == 200
        self.shown = self.heard[self.number][before:]
        return "\n".join(self.shown)


@asynccontextmanager
async def handset(running: RunningHouse, heard: dict[str, list[str]]) -> AsyncIterator[Handset]:
    async with ClientSession() as session:
        yield Handset(session, running.address, heard, "+84900000005")


@pytest.fixture
def heard() -> dict[str, list[str]]:
    """Account → the texts its phone got."""
    return {}


@pytest.fixture
def arrived() -> asyncio.Event:
    """Set with every text that arrives."""
    return asyncio.Event()


@pytest.fixture
async def house(tmp_path, heard, arrived) -> AsyncIterator[RunningHouse]:
    """The house as `tusoi serve` runs it, with one channel more."""

    async def gateway(account: str, text: str) -> int:
        heard.setdefault(account, []).append(text)
        arrived.set()
        return sum(map(len, heard.values()))

    settings = Settings(database_url=f"sqlite:///{tmp_path / 'house.db'}", data_dir=tmp_path, web_listen="127.0.0.1:0")
    now = clock_from(BEGINS)
    async with database(settings) as store:
        await furnish(store, now())
    channels = (NumberedChannel(gateway), *channels_of(settings))
    async with serving(settings, channels, Links(), now=now) as running:
        yield running


async def invitation(house: RunningHouse, key: str) -> str:
    return await fresh_invitation(house.store, await person_called(house.store, key), BEGINS)


async def test_a_review_goes_on_by_numbers_and_typed_texts(house, heard):
    async with handset(house, heard) as mai:
        assert "Trần Thị Hoa Mai" in await mai.types(await invitation(house, EMPLOYEE))
        assert "1. Bắt đầu" in mai.shown[-1]
        assert "1. Cả năm, không nghỉ\n2. “1”" in await mai.types("1")  # a number of a choice, then what it is called
        assert "1. Cả năm (12 tháng)" in await mai.types("2")
        assert "✓ Đã ghi câu 1: Cả năm (12 tháng)." in await mai.types("1")
        assert "– 2: 3 tháng." in await mai.types(".3")  # not the third button
        assert "1. ✓ Cả hai đều đúng" in mai.shown[-1]  # the whole year, and three months of leave
        assert "3) Nghỉ chế độ thai sản" in await mai.types("1")
        assert "2. Không" in await mai.types("3")
        assert "✓ Đã ghi câu 3: Không." in await mai.types("2")
        assert "✓ Đã ghi dẫn chứng cho câu 4." in await mai.types("a) Đã học nghị quyết, có bản thu hoạch")
        assert "cả bốn: thực hiện tốt." in await mai.types("1")
        assert "/tieptuc" in await mai.types("/trogiup")
        assert len(mai.shown) > 1  # too long for one message
    assert max(map(len, heard[mai.number])) <= MOST
    async with house.store.reading() as tx:
        review, *_ = await tx.reviews.mine(await person_called(house.store, EMPLOYEE))
    kept = [(answer.value, answer.note) for answer in review.answers.values()]
    others = [("good", "")] * 3
    assert kept == [(12, ""), (3, ""), (False, ""), ("good", "Đã học nghị quyết, có bản thu hoạch"), *others]


async def test_a_notice_calls_the_phone_by_itself(house, heard, arrived):
    async with handset(house, heard) as mai:
        await mai.types(await invitation(house, EMPLOYEE))
        arrived.clear()
        async with house.store.transaction() as tx:
            person = await person_called(house.store, EMPLOYEE)
            delivery = await notify(tx, person, "test:1", Reply("notice/today", TODAY), BEGINS)
            await house.runner.enqueue(tx.connection, delivery)
            await tx.commit()
        await asyncio.wait_for(arrived.wait(), 60)
    assert "Sắp xếp hồ sơ" in heard[mai.number][-1]
