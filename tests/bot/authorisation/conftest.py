"""The two offices, played once for all tests."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.authorisation.world import World, live


@pytest.fixture(scope="session")
def world(sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world at every moment."""
    folder = tmp_path_factory.mktemp("authorisation")
    lived = folder / "lived.sqlite"
    shutil.copy(sqlite_file, lived)
    yield asyncio.run(live(f"sqlite:///{lived}", folder))
    shutil.rmtree(folder, ignore_errors=True)
