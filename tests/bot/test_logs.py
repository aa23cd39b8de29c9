"""Logs: one JSON object a line for machines, sentences on a terminal; the libraries' lines as well."""

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
    assert "ValueError: invalid literal" in lines[3]["exception"]


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
