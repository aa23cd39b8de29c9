"""`tusoi serve` as a real process: both channels, one person on both, a head, and a clean end on SIGTERM."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientSession

from bot.demo.office import DEMO_ROSTER
from bot.roster.template import write_roster
from tests.answers import status_of
from tests.ports import free_port
from tests.standins.cable import Cable
from tests.standins.telegram import TOKEN, TelegramStandIn
from tests.waiting import PATIENCE

ENTRY = "from bot.cli import main; main()"


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn.running() as stand_in:
        yield stand_in


@pytest.fixture
def environment(tmp_path, telegram) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TUSOI_")}
    return plain | {
        "TUSOI_DATA_DIR": str(tmp_path / "var"),
        "TUSOI_TELEGRAM_TOKEN": TOKEN,
        "TUSOI_TELEGRAM_API": telegram.base,
        "TUSOI_WEB_LISTEN": f"127.0.0.1:{free_port()}",
        "TUSOI_HEALTH_LISTEN": f"127.0.0.1:{free_port()}",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


async def tusoi(environment: dict[str, str], *arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ENTRY, *arguments, env=environment, stdout=-1, stderr=-1
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


@dataclass
class Serving:
    """A process of `tusoi serve`, and what of its log was read."""

    process: asyncio.subprocess.Process
    log: list[str] = field(default_factory=list)

    async def says(self, event: str) -> dict[str, str]:
        """The first line of the log about this event, said or still to be said."""
        for line in self.log:
            if f'"event": "{event}"' in line:
                return json.loads(line)
        async with asyncio.timeout(PATIENCE):
            while line := (await self.process.stderr.readline()).decode():
                self.log.append(line)
                if f'"event": "{event}"' in line:
                    return json.loads(line)
        raise AssertionError(f"ended without {event!r}: {self.log}")

    async def ends(self) -> str:
        """Told to end, it does; its whole log."""
        self.process.send_signal(signal.SIGTERM)
        _, rest = await asyncio.wait_for(self.process.communicate(), PATIENCE)
        return "".join(self.log) + rest.decode()


@asynccontextmanager
async def serving(environment: dict[str, str]) -> AsyncIterator[Serving]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", ENTRY, "serve", env=environment, stderr=-1)
    one = Serving(process)
    try:
        await one.says("serving")
        yield one
        if process.returncode is None:
            await one.ends()
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def codes(environment: dict[str, str], tmp_path) -> dict[str, str]:
    """The office opens its campaign and lists its invitations: name → code."""
    write_roster(tmp_path / "danh-sach.xlsx", DEMO_ROSTER)
    opened = await tusoi(
        environment,
        *("campaign", "open", "quang-ngai-office-2020", "--year", "2020"),
        *("--roster", str(tmp_path / "danh-sach.xlsx")),
    )
    assert "20 phiếu, 12 thư mời mới" in opened  # eight members of the Party fill a second form
    listed = await tusoi(environment, "invite", "list")
    return dict(re.findall(r"^(.+) \(.+\): ([A-Z0-9]{12})$", listed, re.MULTILINE))


async def test_an_office_opens_its_campaign_and_people_answer_on_both_channels(environment, tmp_path, telegram):
    code = await codes(environment, tmp_path)
    listed = await tusoi(environment, "invite", "list", "--json", "--qr", str(tmp_path / "qr"))
    assert f"https://t.me/tusoi_thu_bot?start={code['Trần Thị Hoa Mai']}" in listed
    assert len(list((tmp_path / "qr").glob("*.png"))) == 24  # 12 people, two channels
    async with serving(environment) as one:
        mai = telegram.person("Mai")
        mai.starts(code["Trần Thị Hoa Mai"])
        await mai.hears("Trần Thị Hoa Mai")
        mai.presses("Bắt đầu ▶")
        await mai.hears("Câu 1–3/26")
        mai.presses("Cả năm, không nghỉ")
        await mai.hears("Câu 4–7/26")
        async with ClientSession() as browser:
            page = await browser.get(f"http://{environment['TUSOI_WEB_LISTEN']}/i/{code['Nguyễn Bình Nguyên']}")
            assert page.status == 200
        log = await one.ends()
        assert one.process.returncode == 0
        assert '"event": "stopped"' in log
        assert TOKEN not in log


async def test_how_it_is_stands_on_a_port_of_its_own_and_with_a_token_on_the_public_one(environment):
    token = "mot-ma-dai-chi-de-thu-nghiem"
    wrong_token = environment | {"TUSOI_TELEGRAM_TOKEN": "7000001:khong-phai-token-nay-dau-nhe-anh-chi"}
    async with serving(wrong_token) as one, ClientSession() as browser:
        assert (await one.says("serving"))["health"] == f"http://{environment['TUSOI_HEALTH_LISTEN']}"
        await one.says("channel refused")
        page = await browser.get(f"http://{environment['TUSOI_HEALTH_LISTEN']}/healthz")
        health = await page.json()
        assert (page.status, health["alive"], health["ready"]) == (200, True, True)
        assert health["channels"]["web"]["state"] == "open"
        assert (health["status"], health["warnings"][0]["what"]) == ("warning", "channel")
        assert await status_of(browser.get(f"http://{environment['TUSOI_WEB_LISTEN']}/healthz")) == 404
        metrics = await (await browser.get(f"http://{environment['TUSOI_HEALTH_LISTEN']}/metrics")).text()
        assert 'tusoi_channel_open{channel="telegram"} 0.0' in metrics
    async with serving(environment | {"TUSOI_HEALTH_TOKEN": token}) as one, ClientSession() as browser:
        for listener in ("TUSOI_WEB_LISTEN", "TUSOI_HEALTH_LISTEN"):
            address = f"http://{environment[listener]}"
            assert await status_of(browser.get(f"{address}/metrics")) == 401
            wrong = await browser.get(f"{address}/healthz", headers={"Authorization": "Bearer kh\xf4ng"})
            assert wrong.status == 401
            right = await browser.get(f"{address}/healthz", headers={"Authorization": f"Bearer {token}"})
            assert (await right.json())["ready"] is True
        assert (await one.says("channel open"))["at"] == f"http://{environment['TUSOI_WEB_LISTEN']}"
        assert token not in await one.ends()


async def test_a_health_page_that_cannot_be_opened_ends_nothing(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        async with serving(environment | {"TUSOI_HEALTH_LISTEN": listen}) as one:
            assert (
                f"TUSOI_HEALTH_LISTEN: cổng {listen} đang có chương trình khác dùng"
                in (await one.says("health page not open"))["reason"]
            )
            assert await opens_a_page(environment)


async def test_a_second_one_on_the_same_file_says_so_and_ends(environment, tmp_path):
    async with serving(environment) as one:
        second = await asyncio.create_subprocess_exec(
            sys.executable, "-c", ENTRY, "serve", env=environment, stdout=-1, stderr=-1
        )
        _, told = await asyncio.wait_for(second.communicate(), PATIENCE)
        assert second.returncode == 2
        assert told.decode() == (
            f"{tmp_path}/var/tusoi.db: một tusoi serve khác (tiến trình {one.process.pid}) đang chạy trên tệp này; mỗi tệp "
            "SQLite chỉ một tusoi serve. Hãy dừng tiến trình kia, hoặc dùng PostgreSQL để chạy nhiều tiến trình\n"
        )
        await tusoi(environment, "db", "backup", str(tmp_path / "sao-luu"))  # other commands work beside it
        one.process.kill()  # the lock ends with the process
        await one.process.communicate()
    async with serving(environment):
        pass


async def test_after_a_restart_the_conversation_goes_on_where_it_was(environment, tmp_path, telegram):
    code = await codes(environment, tmp_path)
    lan = telegram.person("Lan")
    async with serving(environment):
        lan.starts(code["Đặng Ngọc Lan Chi"])
        await lan.hears("Đặng Ngọc Lan Chi")
        lan.presses("Bắt đầu ▶")
        await lan.hears("Câu 1–3/25")
        lan.presses("Cả năm, không nghỉ")
        await lan.hears("Câu 4–7/25")
    async with serving(environment):
        lan.presses("Cả bốn: đáp ứng")
        await lan.hears("Câu 8–11/25")


async def opens_a_page(environment: dict[str, str]) -> bool:
    async with ClientSession() as browser, browser.get(f"http://{environment['TUSOI_WEB_LISTEN']}/") as page:
        return page.status in {200, 401}


async def test_a_wrong_token_is_one_clear_line_and_the_web_chat_goes_on(environment):
    wrong = environment | {"TUSOI_TELEGRAM_TOKEN": "7000001:khong-phai-token-nay-dau-nhe-anh-chi"}
    async with serving(wrong) as one:
        refused = await one.says("channel refused")
        assert refused["reason"] == "TUSOI_TELEGRAM_TOKEN: Telegram không nhận token này"
        assert await opens_a_page(environment)
        log = await one.ends()
        assert one.process.returncode == 0
    assert "khong-phai-token" not in log
    assert log.count("channel refused") == 1


async def test_a_telegram_that_is_not_there_ends_nothing_and_is_answered_once_it_is(environment, tmp_path, telegram):
    code = await codes(environment, tmp_path)
    async with Cable.plugged_into(telegram.base) as cable:
        await cable.pull_out()
        async with serving(environment | {"TUSOI_TELEGRAM_API": cable.address}) as one:
            assert "Telegram" in (await one.says("channel in trouble"))["reason"]
            assert await opens_a_page(environment)
            telegram.refuse("setMyCommands", 429, "Too Many Requests: retry after 5", retry_after=5)
            cable.plug_in()
            await one.says("channel open again")
            mai = telegram.person("Mai")
            mai.starts(code["Trần Thị Hoa Mai"])
            await mai.hears("Trần Thị Hoa Mai")


async def test_a_taken_port_is_one_clear_line(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", ENTRY, "serve"), env=environment | {"TUSOI_WEB_LISTEN": listen}, stderr=-1
        )
        _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 2
    assert f"TUSOI_WEB_LISTEN: cổng {listen} đang có chương trình khác dùng" in err.decode().splitlines()[-1]
