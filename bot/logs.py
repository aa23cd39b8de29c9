"""Logs on standard error: one JSON object a line for whoever collects them, sentences where a person looks on (a terminal).

No text of people, no token, no code, wherever a line comes from; events are fixed words, so that they can be counted. So an
error is told by its kind and the places it passed: its own words may quote an answer, or a row of the database.
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

#: Handlers of a library's own would write beside ours, in another form.
_OWN_HANDLERS = ("dbos",)

#: Channel → what it is called.
CHANNELS = {"web": "Trang web", "telegram": "Telegram"}
_LEVELS = {"debug": "", "info": "", "warning": "Lưu ý: ", "error": "LỖI: ", "critical": "LỖI: "}

#: Event → its sentence; fields of the event in braces. Others are said by their own words.
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
    """Send structlog's and the libraries' lines there, each in the same form."""
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
    """Tell `count` (level, event) of every warning and error from now on; a library's by the library's name."""
    logging.getLogger().addHandler(_Counting(count))


class _Counting(logging.Handler):
    """Counts what is worth a warning. Its event alone: messages of libraries may say anything."""

    def __init__(self, count: Callable[[str, str], None]) -> None:
        super().__init__(logging.WARNING)
        self._count = count

    def emit(self, record: logging.LogRecord) -> None:
        """One more."""
        event = record.msg.get("event") if isinstance(record.msg, dict) else record.name
        self._count(record.levelname.lower(), str(event))


def _named(*_args: object) -> logging.Logger:
    """All of ours have one name: where a line comes from is said by its event."""
    return logging.getLogger("bot")


def without_words(exc_info: ExcInfo) -> str:
    """An error with all that led to it: kinds and places. Only the system's own words are kept (disk full, no such host)."""
    told: list[str] = []
    one: BaseException | None = exc_info[1]
    while one is not None:
        words = f": {one.strerror}" if isinstance(one, OSError) and one.strerror else ""
        told.append("".join(traceback.format_tb(one.__traceback__)) + type(one).__qualname__ + words)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n\n".join(reversed(told))


def first_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Of what a library says: asyncio shows the whole of a task below, with the words of its error."""
    event["event"] = str(event.get("event", "")).partition("\n")[0]
    return event


def networks_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Of a visitor's address its network: enough to see a flood, and nobody's own."""
    try:
        known = ipaddress.ip_address(str(event["address"]))
    except (KeyError, ValueError):
        return event
    event["address"] = str(ipaddress.ip_network((known, 24 if known.version == 4 else 48), strict=False))
    return event


def first_things_first(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """When, how grave, what; then the rest."""
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
    """What an event does not say is left out of its sentence."""

    def __missing__(self, name: str) -> str:
        return "…"


def _serving(event: Mapping[str, object]) -> str:
    """What `tusoi serve` says once it runs: where it answers, how to see how it is, how to end it."""
    web, health = event.get("web"), event.get("health")
    said = "Tự Soi đang chạy" + (f", nhận tại {web}." if web else ".")
    return f"{said} {f'Tình trạng: {health}/healthz hoặc tusoi status. ' if health else ''}Dừng: Ctrl+C."
