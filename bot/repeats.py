"""Limits repeated log lines: a few of each kind in a minute, with the number of those left out.

It is used by all loggers, ours and those of libraries. DBOS, for instance, queries the database four times a second and
logs every failure at length.
"""

import logging
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from storage.errors import Unreachable

#: The window in seconds in which lines of a kind are counted, and how many are written in it.
WINDOW = 60.0
MOST = 10
#: Maximum number of kinds remembered; the oldest is forgotten.
_KINDS = 500

#: The event to which all messages that the database is unavailable are mapped (`storage.store.Noticed`).
AWAY = "database away"

#: The messages of libraries that mean this, when they come without an exception.
_AWAY = re.compile(
    r"OperationalError|AdminShutdown|connection (?:refused|failed|is closed|to server)|server closed the connection|consuming input failed"
    r"|the connection is lost|database or disk is full|database is locked|readonly database|unable to open database file"
    r"|disk I/O error|database system is (?:starting|shutting)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"[0-9a-f]{8}[0-9a-f-]*|\d+")


@dataclass(slots=True)
class _Kind:
    """A kind of line: the start of its window, and how many were written and left out."""

    since: float
    written: int = 0
    left_out: int = 0


class Repeats(logging.Filter):
    """A log filter: lets MOST lines of a kind through in a WINDOW, and one about the database being unavailable."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._kinds: dict[str, _Kind] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        away = _away(record)
        kind = AWAY if away else _kind_of(record)
        now = self._clock()
        known = self._kinds.pop(kind, None)
        left_out = 0
        if known is None or now - known.since >= WINDOW:
            left_out, known = known.left_out if known else 0, _Kind(now)
        self._kinds[kind] = known
        if len(self._kinds) > _KINDS:
            del self._kinds[next(iter(self._kinds))]
        if known.written >= (1 if away else MOST):
            known.left_out += 1
            return False
        known.written += 1
        if away:
            _say_away(record, away, left_out)
        elif left_out:
            _add(record, left_out)
        return True


def _kind_of(record: logging.LogRecord) -> str:
    """The kind of a line: for ours the event and its subject, for others the text without numbers."""
    if isinstance(record.msg, dict):
        said = (record.msg.get(name, "") for name in ("event", "channel", "part", "reason", "error", "told"))
        return f"{record.levelno} {' '.join(map(str, said))}"
    return f"{record.levelno} {record.name} {_NUMBERS.sub('#', str(record.msg))[:120]}"


def _away(record: logging.LogRecord) -> str:
    """What the line says about an unavailable database; "" when it is about something else."""
    if isinstance(record.msg, dict):
        if record.msg.get("event") == AWAY:
            return str(record.msg.get("reason", ""))
        error = _error(record.msg.get("exc_info"))
        if error is None and record.msg.get("error") in {"Away", "Unreachable"}:
            return str(record.msg["error"])
    else:
        error = _error(record.exc_info)
        if error is None:
            text = record.getMessage()
            return _one_line(text) if record.levelno >= logging.WARNING and _AWAY.search(text) else ""
    while error is not None:
        if isinstance(error, Unreachable) or type(error).__name__ in {"OperationalError", "AdminShutdown"}:
            return _one_line(str(error))
        error = error.__cause__ or error.__context__
    return ""


def _error(info: object) -> BaseException | None:
    if isinstance(info, BaseException):
        return info
    if isinstance(info, tuple):
        return info[1] if isinstance(info[1], BaseException) else None
    return sys.exc_info()[1] if info else None


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]


def _say_away(record: logging.LogRecord, reason: str, left_out: int) -> None:
    """The uniform line about it, without a long traceback."""
    told = {"event": AWAY, "level": "warning", "reason": reason}
    if isinstance(record.msg, dict):
        kept = {name: record.msg[name] for name in ("time", "timestamp") if name in record.msg}
        record.msg = {**kept, **told, **({"left_out": left_out} if left_out else {})}
    else:
        record.msg, record.args = f"{AWAY}: {reason}" + (f" ({left_out} left out)" if left_out else ""), ()
    record.exc_info, record.exc_text, record.stack_info = None, None, None
    record.levelno, record.levelname = logging.WARNING, "WARNING"


def _add(record: logging.LogRecord, left_out: int) -> None:
    if isinstance(record.msg, dict):
        record.msg = {**record.msg, "left_out": left_out}
    else:
        record.msg, record.args = f"{record.getMessage()} ({left_out} left out)", ()
