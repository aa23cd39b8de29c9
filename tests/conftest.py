"""Fixtures for all tests: real databases."""

import gc
import os
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from storage import Store
from tests import scratch
from tests.engines import ENGINES, Postgres, postgres_folder, sqlite_copy, sqlite_template, start_postgres
from tests.templates import watched

# No test is about how long an example takes, so a busy machine must not fail any.
settings.register_profile("tusoi", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tusoi")

watched.watch()
scratch.begin()

# Twelve thousand collected tests stay until the end; searching them for cycles again and again took a sixth of the run.
gc.set_threshold(50_000, 10, 10)


def pytest_collection_finish() -> None:
    """Excludes the collected tests from garbage collection."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def values_fit_templates() -> Iterator[None]:
    """Checks that everything a test worded gave its templates all values they use, and none that no template uses."""
    watched.found()
    yield
    assert watched.found() == []


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory) -> Path:
    """A migrated SQLite file, to be copied."""
    return sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server of this test run."""
    try:
        server = start_postgres()
    except Exception as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"PostgreSQL is missing here: {error}")
    yield server
    server.leave()


@pytest.fixture
def sqlite_url(sqlite_file, tmp_path) -> Iterator[str]:
    """A fresh migrated SQLite database."""
    with sqlite_copy(sqlite_file, tmp_path) as url:
        yield url


@pytest.fixture
def postgres_url(postgres) -> Iterator[str]:
    """A fresh migrated PostgreSQL database."""
    with postgres.copy() as url:
        yield url


@pytest.fixture(params=ENGINES)
def database_url(request) -> str:
    """A fresh migrated database, once on each engine."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")


@pytest.fixture(params=ENGINES)
def empty_url(request, tmp_path) -> Iterator[str]:
    """A fresh database without tables, once on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    with request.getfixturevalue("postgres").empty() as url:
        yield url


@pytest_asyncio.fixture
async def store(database_url) -> AsyncIterator[Store]:
    """An open store on a fresh database, once on each engine."""
    store = await Store.open(database_url)
    yield store
    await store.close()


@pytest_asyncio.fixture
async def sqlite_store(sqlite_url) -> AsyncIterator[Store]:
    """An open store on a fresh SQLite database."""
    store = await Store.open(sqlite_url)
    yield store
    await store.close()


def pytest_terminal_summary(terminalreporter) -> None:
    """Print which tests were left out and why, and which passed only at the second go."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", [])
    )
    for reason, count in reasons.items():
        terminalreporter.write_line(f"left out: {count} tests, because {reason}", yellow=True)
    second = _at_the_second_go(terminalreporter.stats)
    if second:
        terminalreporter.write_line(f"passed only at the second go: {', '.join(second)}", red=True, bold=True)


def _at_the_second_go(stats: dict[str, list[pytest.TestReport]]) -> list[str]:
    """The tests that failed first and then passed, each with the reason of the failure."""
    fell = {report.nodeid for kind in ("failed", "error") for report in stats.get(kind, [])}
    again = {report.nodeid: _reason(report) for report in stats.get("rerun", []) if report.nodeid not in fell}
    return [f"{nodeid} ({reason})" for nodeid, reason in again.items()]


def _reason(report: pytest.TestReport) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    return crash.message.partition("\n")[0][:200] if crash else report.when or ""


def pytest_unconfigure(config) -> None:
    """The last process of the run deletes PostgreSQL's folder."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(postgres_folder(), ignore_errors=True)
