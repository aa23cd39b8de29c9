"""A running house with its web chat, and a real browser."""

import os
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from playwright.async_api import Browser

from bot.channels import Settings, channels_of
from bot.demo.setting import BEGINS, clock_from, furnish
from bot.door.links import Links
from bot.serving import RunningHouse, serving
from bot.web.channel import PULSE, WebChannel
from bot.wiring import database
from tests.browser.phones import MISSING, chromium


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if MISSING:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{MISSING} missing, and with CI=true nothing may be left out")
        pytest.skip(f"missing here: apt-get install {' '.join(MISSING)}")
    async with chromium() as running:
        yield running


@pytest.fixture
def pulse() -> float:
    """As pages have it; a test may want a shorter one."""
    return PULSE


@pytest.fixture
async def house(tmp_path, pulse) -> AsyncIterator[RunningHouse]:
    """The fictional office, served on a free port, on SQLite."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'house.db'}", data_dir=tmp_path, web_listen="127.0.0.1:0")
    now = clock_from(BEGINS)
    async with database(settings) as store:
        await furnish(store, now())
    channels = [replace(one, pulse=pulse) if isinstance(one, WebChannel) else one for one in channels_of(settings)]
    async with serving(settings, channels, Links(), now=now) as running:
        yield running
