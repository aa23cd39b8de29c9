"""A running house with its web chat, and a real browser.

Chromium is started once for each process, on one event loop with all tests of this folder. The phones of a test are
browser contexts of its own, which are closed after it. The office is made once and copied.
"""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.channels import Settings, channels_of
from bot.demo.setting import BEGINS, clock_from, furnish
from bot.door.links import Links
from bot.serving import RunningHouse, serving
from bot.web.channel import WebChannel
from bot.web.settings import PULSE
from bot.wiring import database
from tests.browser.phones import MISSING, PATIENCE, chromium

# How long Playwright waits unless a test says otherwise: the machine may be busy with the whole suite.
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if pytest_asyncio.is_async_test(item):
                item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            if "browser" in item.fixturenames:
                item.add_marker(pytest.mark.flaky(reruns=1))  # tests/conftest.py says which ones needed it


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running_chromium() -> AsyncIterator[Callable[[], Awaitable[Browser]]]:
    """Gives the browser of this process, or a new one if it died."""
    running: list[Browser] = []
    async with AsyncExitStack() as stack:

        async def give() -> Browser:
            if not running or not running[-1].is_connected():
                running.append(await stack.enter_async_context(chromium()))
            return running[-1]

        yield give


@pytest_asyncio.fixture(loop_scope="session")
async def browser(running_chromium) -> AsyncIterator[Browser]:
    """The browser, with no phones except those that this test makes."""
    if MISSING:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{MISSING} missing, and with CI=true nothing may be left out")
        pytest.skip(f"missing here: apt-get install {' '.join(MISSING)}")
    browser = await running_chromium()
    yield browser
    for context in browser.contexts:
        await context.close()


@pytest.fixture
def pulse() -> float:
    """The pulse of pages; a test may set a shorter one."""
    return PULSE


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def furnished(tmp_path_factory) -> Path:
    """The folder of the fictional office, to be copied: its database and its code key."""
    folder = tmp_path_factory.mktemp("furnished")
    async with database(_settings(folder)) as store:
        await furnish(store, BEGINS)
    return folder


@pytest_asyncio.fixture(loop_scope="session")
async def house(tmp_path, furnished, pulse) -> AsyncIterator[RunningHouse]:
    """The fictional office, served on a free port, on SQLite."""
    shutil.copytree(furnished, tmp_path, dirs_exist_ok=True)
    settings = _settings(tmp_path)
    channels = [replace(one, pulse=pulse) if isinstance(one, WebChannel) else one for one in channels_of(settings)]
    async with serving(settings, channels, Links(), now=clock_from(BEGINS)) as running:
        yield running


def _settings(folder: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{folder / 'house.db'}", data_dir=folder, web_listen="127.0.0.1:0")
