"""Two real processes on one PostgreSQL and one bot: one sends, within Telegram's limit; the other takes over from it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.clock import now
from bot.delivery.deliver import AT_ONCE
from bot.delivery.notices import Notice, notify_many
from bot.delivery.runner import Runner, Work
from bot.demo.setting import furnish
from dialogs.core.turn import Reply
from storage import Store
from tests.bot.test_serve import ENTRY
from tests.ports import free_port
from tests.standins.telegram import TOKEN, TelegramStandIn
from tests.waiting import PATIENCE, until_jobs_are_done

#: Seconds that a busy machine may add.
SLOW = 20.0

REPLY = Reply("notice/today", {"items": [{"what": "plan", "due": "2020-12-04", "days": 0, "text": "…"}], "more": 0})


@pytest.fixture
async def store(postgres_url):
    store = await Store.open(postgres_url)
    yield store
    await store.close()


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn.running() as stand_in:
        stand_in.watch(overall=30, per_chat=1)
        yield stand_in


@asynccontextmanager
async def process(name: str, url: str, telegram: TelegramStandIn) -> AsyncIterator[asyncio.subprocess.Process]:
    """`tusoi serve`, taking updates by webhook: of long polls a bot can have one only."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("TUSOI_")}
    settings = {
        "TUSOI_DATABASE_URL": url,
        "TUSOI_WORKER": name,
        "TUSOI_TELEGRAM_TOKEN": TOKEN,
        "TUSOI_TELEGRAM_API": telegram.base,
        "TUSOI_TELEGRAM_WEBHOOK_URL": "https://tusoi.example",
        "TUSOI_TELEGRAM_WEBHOOK_SECRET": "only-the-stand-in-knows",
        "TUSOI_WEB_LISTEN": f"127.0.0.1:{free_port()}",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ENTRY, "serve", env=plain | settings, stderr=-1
    )
    while b'"event": "serving"' not in (line := await asyncio.wait_for(running.stderr.readline(), PATIENCE)):
        assert line, "it ended"
    yield running
    if running.returncode is None:
        await ended(running)


async def ended(running: asyncio.subprocess.Process) -> str:
    running.send_signal(signal.SIGTERM)
    _, log = await asyncio.wait_for(running.communicate(), PATIENCE)
    return log.decode()


async def write(store: Store, url: str, people: list[int], key: str) -> None:
    runner = Runner(url, "3", Work(_never, _never, _nothing))
    await runner.prepare()
    async with store.transaction() as tx:
        notices = [Notice(person, f"{key}:{person}", REPLY) for person in people]
        assert len(await notify_many(tx, notices, now(), runner)) == len(people)
        await tx.commit()
    await runner.close()


async def crowd(store: Store, telegram: TelegramStandIn, count: int) -> list[int]:
    """People of the demo's office, with an account each."""
    await furnish(store, now())
    async with store.transaction() as tx:
        office = (await tx.campaigns.open_ones())[0].office
        first = (await tx.people.of_office(await tx.units.office(office)))[0]
        others = [replace(first, name=f"Người {number}", head=False) for number in range(count)]
        people = [await tx.people.add(one, f"X{number}") for number, one in enumerate(others)]
        for person in people:
            telegram.person(f"Người {person}", 5000 + person).started = True
            await tx.accounts.tie("telegram", str(5000 + person), person, now())
        await tx.commit()
    return people


@pytest.mark.long
async def test_two_processes_keep_one_limit_and_the_second_takes_over(store, postgres_url, telegram):
    people = await crowd(store, telegram, 120)
    async with process("1", postgres_url, telegram) as first, process("2", postgres_url, telegram):
        await write(store, postgres_url, people, "a")
        await telegram.until(lambda: len(telegram.sent("sendMessage")) >= 60)
        await ended(first)  # in the midst of it
        await telegram.until(lambda: len(telegram.sent("sendMessage")) >= 120)
        await until_jobs_are_done(store)  # what is sent too often has come
    calls = [call for call in telegram.calls if call.method == "sendmessage"]
    assert sorted(call.chat - 5000 for call in calls) == people
    assert {call.status for call in calls} == {200}
    assert telegram.most_in_a_second() <= 30


@pytest.mark.long
async def test_when_the_sender_is_killed_all_its_notices_go_on_within_half_a_minute(store, postgres_url, telegram):
    people = await crowd(store, telegram, 300)
    async with process("1", postgres_url, telegram) as first, process("2", postgres_url, telegram):
        await write(store, postgres_url, people, "a")
        await telegram.until(lambda: len(telegram.sent("sendMessage")) >= 60)
        first.kill()
        await first.wait()
        killed = asyncio.get_running_loop().time()
        before = len(telegram.sent("sendMessage"))
        await telegram.until(lambda: len(telegram.sent("sendMessage")) > before)
        began = asyncio.get_running_loop().time() - killed
        await telegram.until(lambda: {call.chat - 5000 for call in telegram.sent("sendMessage")} == set(people))
        took = asyncio.get_running_loop().time() - killed
    sent = [call.chat for call in telegram.sent("sendMessage")]
    assert len(sent) - len(set(sent)) <= AT_ONCE  # those that were on their way
    assert began < 30 + SLOW
    assert took < began + 300 / 28 + SLOW  # one after the other as fast as Telegram lets us


async def _never(_: object) -> None:
    raise AssertionError("this process only hands over")


async def _nothing() -> None:
    """Nothing to do."""
