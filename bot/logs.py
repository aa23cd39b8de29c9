"""Logging to standard error: one JSON object for each line, or sentences on a terminal.

No line, whatever its source, contains people's texts, tokens or codes, and events are fixed words that can be counted.
An error is therefore logged by its kind and the places it passed, because its message may quote an answer or a row of
the database.
"""

import ipaddress
import logging
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import TextIO

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

from bot.repeats import Repeats

#: Libraries with handlers of their own, which would write beside ours in another format.
_OWN_HANDLERS = ("dbos",)

#: Channel → displayed name.
CHANNELS = {"web": "Trang web", "telegram": "Telegram"}
_LEVELS = {"debug": "", "info": "", "warning": "Lưu ý: ", "error": "LỖI: ", "critical": "LỖI: "}

#: Event → its sentence, with fields of the event in braces. Other events are shown as they are.
_SENTENCES: Mapping[str, str] = {
    "channel open": "{channel} mở tại {at}",
    "channel open again": "{channel} đã liên lạc lại được.",
    "channel in trouble": "{channel}: {reason}. Sẽ tự thử lại; các phần khác vẫn chạy.",
    "channel refused": "{channel}: {reason}. Các phần khác vẫn chạy.",
    "database away": "Không dùng được cơ sở dữ liệu: {reason}. Sẽ tự thử lại; mỗi phút nhắc một lần.",
    "database back": "Cơ sở dữ liệu dùng lại được sau {seconds} giây.",
    "campaign without rulebook": "{told}",
    "health page not open": "{reason}. Không có trang tình trạng; các phần khác vẫn chạy.",
    "proxy is not trusted": "Máy chuyển tiếp {proxy} chưa có trong {setting}: mọi người đang bị coi là cùng một địa chỉ.",
    "wrong code": "Có người gõ mã không đúng (mạng {address}).",
    "leavers seen off": "Đã kết thúc phần việc của {left} người nghỉ, chuyển đi.",
    "stopped": "Đã dừng.",
}


def set_up_logs(to: TextIO = sys.stderr) -> None:
    """Log the lines of structlog and of the libraries to standard error, in the same format."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    ]
    drawn: list[Processor] = (
        [structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False, key="time"), as_sentence]
        if to.isatty()
        else [first_things_first, structlog.processors.JSONRenderer(ensure_ascii=False, default=str)]
    )
    handler = logging.StreamHandler(to)
    handler.addFilter(Repeats())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name, first_line],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(without_words),
                networks_only,
                *drawn,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(logging.INFO)
    logging.getLogger("aiohttp.access").setLevel(logging.ERROR)  # it would log addresses that carry codes
    for name in _OWN_HANDLERS:
        of_library = logging.getLogger(name)
        of_library.handlers[:] = [logging.NullHandler()]  # with one there it brings none of its own
        of_library.propagate = True
        of_library.setLevel(logging.NOTSET)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=_named,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


def count_troubles(count: Callable[[str, str], None]) -> None:
    """Call `count` with (level, event) for every warning and error from now on; for a library the event is its name."""
    logging.getLogger().addHandler(_Counting(count))


class _Counting(logging.Handler):
    """Counts warnings and errors by event only, because messages of libraries may contain anything."""

    def __init__(self, count: Callable[[str, str], None]) -> None:
        super().__init__(logging.WARNING)
        self._count = count

    def emit(self, record: logging.LogRecord) -> None:
        """Count a line."""
        event = record.msg.get("event") if isinstance(record.msg, dict) else record.name
        self._count(record.levelname.lower(), str(event))


def _named(*_args: object) -> logging.Logger:
    """All our loggers share one name; the event tells where a line comes from."""
    return logging.getLogger("bot")


def without_words(exc_info: ExcInfo) -> str:
    """An error and its causes, by kind and place. Only the operating system's messages are kept (disk full, no such
    host).
    """
    told: list[str] = []
    one: BaseException | None = exc_info[1]
    while one is not None:
        words = f": {one.strerror}" if isinstance(one, OSError) and one.strerror else ""
        told.append("".join(traceback.format_tb(one.__traceback__)) + type(one).__qualname__ + words)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n\n".join(reversed(told))


def first_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The first line of a library's message: below it, asyncio shows a whole task with the message of its error."""
    event["event"] = str(event.get("event", "")).partition("\n")[0]
    return event


def networks_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The network of a visitor's address: enough to recognise a flood, but not a person."""
    try:
        known = ipaddress.ip_address(str(event["address"]))
    except (KeyError, ValueError):
        return event
    event["address"] = str(ipaddress.ip_network((known, 24 if known.version == 4 else 48), strict=False))
    return event


def first_things_first(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Time, level and event, followed by the other fields."""
    return {name: event.pop(name, "") for name in ("time", "level", "event")} | dict(event)


def as_sentence(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    """`10:03:25  Telegram: …`."""
    time, level, what = (str(event.pop(name, "")) for name in ("time", "level", "event"))
    trouble = event.pop("exception", "")
    event.pop("logger", None)
    if what == "serving":
        said = _serving(event)
    elif what in _SENTENCES:
        channel = str(event.get("channel", ""))
        said = _SENTENCES[what].format_map(_Known(event, channel=CHANNELS.get(channel, channel)))
    else:
        said = what + (f" ({', '.join(f'{name}: {value}' for name, value in event.items())})" if event else "")
    return f"{time}  {_LEVELS.get(level, '')}{said}" + (f"\n{trouble}" if trouble else "")


class _Known(dict[str, object]):
    """Fields an event lacks are left out of its sentence."""

    def __missing__(self, name: str) -> str:
        return "…"


def _serving(event: Mapping[str, object]) -> str:
    """What `tusoi serve` logs once it is running: its address, how to see its health, and how to stop it."""
    web, health = event.get("web"), event.get("health")
    said = "Tự Soi đang chạy" + (f", nhận tại {web}." if web else ".")
    return f"{said} {f'Tình trạng: {health}/healthz hoặc tusoi status. ' if health else ''}Dừng: Ctrl+C."
