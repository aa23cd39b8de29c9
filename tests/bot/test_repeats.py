"""Lines that come by the thousand are few in the log, whoever writes them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import set_up_logs
from bot.repeats import MOST, Repeats
from storage.errors import Away


class Passing:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Passing:
    return Passing()


@pytest.fixture
def told(clock) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    out = io.StringIO()
    set_up_logs(out)
    root.handlers[0].filters[:] = [Repeats(clock)]
    yield out
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def written(told: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in told.getvalue().splitlines()]


class OperationalError(Exception):
    """As psycopg and SQLAlchemy call theirs."""


def outage() -> None:
    """What everybody says while the database is away."""
    log, dbos = structlog.get_logger(), logging.getLogger("dbos")
    away = Away("gone", "server_away", place="may-chu/tusoi", told="refused")
    refused = OperationalError("connection failed: connection refused\nIs the server running?")
    log.error("duty not kept", exc_info=away)
    log.error("telegram_update_failed", update=1, error=type(away).__name__)
    dbos.error("Error in queue worker %s", "x", exc_info=refused)
    logging.getLogger("sqlalchemy.pool.impl.QueuePool").error("Exception during reset", exc_info=refused)
    dbos.warning("Database connection failed: %s. Retrying in 1.23 s", refused)


def test_an_outage_is_a_line_a_minute_whoever_notices_it(told, clock):
    for second in range(180):
        clock.now = float(second)
        for _ in range(20):
            outage()
    lines = written(told)
    assert [one["event"] for one in lines] == ["database away"] * 3
    assert [one.get("left_out", 0) for one in lines] == [0, 5999, 5999]
    assert all("exception" not in one for one in lines)


def test_other_lines_of_a_kind_are_ten_a_minute_and_the_rest_is_counted(told, clock):
    log = structlog.get_logger()
    for number in range(1000):
        log.warning("telegram_reply_failed", update=number)
        logging.getLogger("aiohttp.server").warning("Error handling request %s", number)
    log.warning("duty not kept")
    assert len(written(told)) == 2 * MOST + 1
    clock.now = 60.0
    log.warning("telegram_reply_failed", update=5)
    assert written(told)[-1] | {"time": ""} == {
        "time": "",
        "level": "warning",
        "event": "telegram_reply_failed",
        "update": 5,
        "left_out": 1000 - MOST,
    }
