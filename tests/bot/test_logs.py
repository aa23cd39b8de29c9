"""Logs: one JSON object a line for machines, sentences on a terminal; the libraries' lines as well."""

import asyncio
import io
import json
import logging
from collections import Counter
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import count_troubles, set_up_logs


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def speak() -> None:
    log = structlog.get_logger()
    log.info("serving", web="http://a:8080", health="http://a:8081")
    log.warning("channel in trouble", channel="telegram", reason="chưa kết nối được với Telegram (TimedOut)")
    log.debug("nobody needs this")
    logging.getLogger("dbos").warning("Retrying %s", "a job")
    try:
        int("két\nrỗng")
    except ValueError:
        log.exception("duty not kept")


def test_each_line_is_an_object_with_time_level_and_event():
    told = io.StringIO()
    set_up_logs(told)
    speak()
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    assert [(one["level"], one["event"]) for one in lines] == [
        ("info", "serving"),
        ("warning", "channel in trouble"),
        ("warning", "Retrying a job"),
        ("error", "duty not kept"),
    ]
    assert all(list(one)[:3] == ["time", "level", "event"] and one["time"].endswith("Z") for one in lines)
    assert lines[2]["logger"] == "dbos"
    assert lines[3]["exception"].endswith("ValueError")


def test_on_a_terminal_it_is_said_in_sentences():
    told = Terminal()
    set_up_logs(told)
    speak()
    said = [line[8:] for line in told.getvalue().splitlines() if line[2:3] == ":"]
    assert said == [
        "  Tự Soi đang chạy, nhận tại http://a:8080. Tình trạng: http://a:8081/healthz hoặc tusoi status. Dừng: Ctrl+C.",
        "  Lưu ý: Telegram: chưa kết nối được với Telegram (TimedOut). Sẽ tự thử lại; các phần khác vẫn chạy.",
        "  Lưu ý: Retrying a job",
        "  LỖI: duty not kept",
    ]


def test_troubles_are_counted_by_their_fixed_words_alone():
    set_up_logs(io.StringIO())
    counted: Counter[tuple[str, str]] = Counter()
    count_troubles(lambda level, event: counted.update([(level, event)]))
    speak()
    assert counted == {("warning", "channel in trouble"): 1, ("warning", "dbos"): 1, ("error", "duty not kept"): 1}


async def test_what_an_error_says_stays_out_and_where_it_was_is_told():
    told = io.StringIO()
    set_up_logs(told)
    loop = asyncio.get_running_loop()
    answered, file = KeyError("Đã nghỉ ốm ba tháng"), "/var/lib/tusoi/Trần Thị Hoa Mai"
    try:
        try:
            raise answered
        except KeyError as error:
            raise OSError(28, "No space left on device", file) from error
    except OSError as error:
        structlog.get_logger().exception("not kept")
        logging.getLogger("bot.web.app").exception("%s %s", "GET", "/i/{code}")
        loop.call_exception_handler(
            {"message": "Task exception was never retrieved", "task": answered, "exception": error}
        )
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    assert [one["event"] for one in lines] == ["not kept", "GET /i/{code}", "Task exception was never retrieved"]
    assert all("test_logs.py" in one["exception"] for one in lines)
    assert all(one["exception"].endswith("OSError: No space left on device") for one in lines)
    assert "ốm" not in told.getvalue()
    assert "Mai" not in told.getvalue()


def test_of_a_visitor_s_address_the_network_is_told():
    told = io.StringIO()
    set_up_logs(told)
    for address in ("203.0.113.77", "2001:db8:7:8::9", "?"):
        structlog.get_logger().info("wrong code", address=address)
    addresses = [json.loads(line)["address"] for line in told.getvalue().splitlines()]
    assert addresses == ["203.0.113.0/24", "2001:db8:7::/48", "?"]
