"""Has files read in a separate process, and turns the outcome into the content of the file or an error with a sentence."""

import asyncio
import datetime as dt
import io
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from weakref import WeakValueDictionary

import structlog

from bot.roster.package import MAX_BYTES
from rules.nouns.errors import Mistake, RosterErrors

#: Limits for reading one file: bytes of memory, seconds of CPU time, seconds of real time. A roster of 30,000 people
#: takes 140 MB and 11 s.
MEMORY, SECONDS, PATIENCE = 512 * 2**20, 60, 120
#: Seconds of CPU time for files that normally take one or two: papers come from strangers, and a template is compiled
#: again by whoever prints with it.
_QUICK = {"template": 10, "paper": 20}
#: Maximum size of the result in bytes; for a roster of 30,000 people it is 2 MB.
_MOST = 64 * 2**20
#: Number of files read at once, from all people.
AT_ONCE = 2
#: Seconds for which a file waits for another one of the same office.
WAITS = 10.0

#: The modules whose classes the result may contain; of others only dates and times.
_OURS = ("rules.", "bot.roster.", "bot.ledgers.", "bot.documents.extracting")
_DAYS = {("datetime", name) for name in ("date", "datetime", "time", "timedelta")}

_log = structlog.get_logger()


class InLine(Exception):
    """Another file of the same office is being read, and this one has waited long enough."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits for a file: bytes of memory, seconds of CPU time, seconds of real time."""

    memory: int = MEMORY
    seconds: int = SECONDS
    patience: float = PATIENCE


@dataclass(frozen=True)
class Reading:
    """Reads the files of an installation, one at a time for each office."""

    limits: Limits = Limits()
    _turns: WeakValueDictionary[int, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def read(self, kind: str, content: bytes, office: int, waits: float | None = WAITS) -> object:
        """The content of a file handed in by somebody of this office; `kind`: one of `bot.reading.child.READERS`. It
        waits for `waits` seconds for its turn. Raises RosterErrors, InLine.
        """
        async with self._turn(office, waits):
            return await _read(kind, content, self.limits)

    @asynccontextmanager
    async def _turn(self, office: int, waits: float | None) -> AsyncIterator[None]:
        turn = self._turns.setdefault(office, asyncio.Lock())
        try:
            async with asyncio.timeout(waits):
                await turn.acquire()
        except TimeoutError:
            raise InLine from None
        try:
            async with self._places:
                yield
        finally:
            turn.release()


async def together(content: bytes, limits: Limits = Limits()) -> bytes:
    """The PDFs of a ZIP joined into one. Raises RosterErrors when they exceed the limits."""
    made = await _read("tables", content, limits)
    assert isinstance(made, bytes), "the child gives nothing else"
    return made


async def _read(kind: str, content: bytes, limits: Limits) -> object:
    process = await asyncio.create_subprocess_exec(
        *_command(kind, limits),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        cwd="/",
        start_new_session=True,
        limit=2**20,
    )
    assert process.stdin is not None, "it was asked for"
    assert process.stdout is not None, "it was asked for"
    handing = asyncio.create_task(_hand(process.stdin, content))
    told = bytearray()
    try:
        async with asyncio.timeout(limits.patience):
            while some := await process.stdout.read(2**20):
                told += some
                if len(told) > _MOST:
                    return _told(kind, b"", 0)
            status = await process.wait()
    except TimeoutError:
        return _told(kind, b"", -signal.SIGKILL)
    finally:
        handing.cancel()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)  # Popen's own would take its status away from who waits for it
            await process.wait()
        await asyncio.gather(handing, return_exceptions=True)
    return await asyncio.to_thread(_told, kind, bytes(told), status)


async def _hand(to: asyncio.StreamWriter, content: bytes) -> None:
    with suppress(ConnectionError):  # it ended before it had read all
        to.write(content)
        await to.drain()
        to.close()


def read_path(kind: str, file: Path, limits: Limits = Limits()) -> object:
    """The content of a file named on the command line. Raises RosterErrors."""
    try:
        if file.exists() and not file.is_file():
            raise RosterErrors((Mistake(file.name, 0, "", "workbook"),))
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise RosterErrors((Mistake(file.name, 0, "", "no_such_file"),)) from None
    try:
        done = subprocess.run(  # noqa: S603 - our own
            _command(kind, limits),
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd="/",
            check=False,
            timeout=limits.patience,
        )
        return _told(kind, done.stdout, done.returncode)
    except subprocess.TimeoutExpired:
        raise RosterErrors((Mistake(file.name, 0, "", "reading_too_long"),)) from None
    except RosterErrors as errors:
        named = [one if one.cell or one.file else replace(one, file=file.name) for one in errors.mistakes]
        raise RosterErrors(tuple(named)) from None


def _command(kind: str, limits: Limits) -> list[str]:
    seconds = min(limits.seconds, _QUICK.get(kind, limits.seconds))
    return [sys.executable, "-m", "bot.reading.child", kind, str(limits.memory), str(seconds)]


def _environment() -> dict[str, str]:
    """The environment of the process: where Python is installed, and nothing else, such as the database address or
    tokens.
    """
    places = [str(Path(place).absolute()) for place in sys.path if place or place == ""]
    return {
        "PYTHONPATH": os.pathsep.join(places),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "MALLOC_ARENA_MAX": "1",
    }


def _told(kind: str, told: bytes, status: int) -> object:
    """The answer of the process, or how it ended without one."""
    outcome, value = (
        _value(told) if told else ("long" if status in {-signal.SIGKILL, -signal.SIGXCPU} else "broken", status)
    )
    match outcome:
        case "read":
            return value
        case "wrong" if isinstance(value, tuple):
            raise RosterErrors(value)
    _log.warning("file not read", kind=kind, outcome=outcome, by=str(value))
    ending = "paper_damaged" if kind == "paper" else _ENDS.get(outcome, "workbook")
    raise RosterErrors((Mistake("", 0, "", ending),))


#: How reading can end → the sentence. A file that makes the reader crash or run out of resources was probably made to
#: do so.
_ENDS = {"long": "reading_too_long", "memory": "reading_too_much"}


def _value(told: bytes) -> tuple[str, object]:
    try:
        outcome, value = _OnlyOurs(io.BytesIO(told)).load()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is no answer
        return "broken", type(error).__name__
    return str(outcome), value


class _OnlyOurs(pickle.Unpickler):
    """Unpickles only our own values of rosters, ledgers and papers, so that taking over the reading process leads no
    further.
    """

    def find_class(self, module: str, name: str) -> type:
        """The class, if it is allowed. Raises UnpicklingError."""
        if (module, name) in _DAYS:
            return getattr(dt, name)  # type: ignore[no-any-return] # one of four classes
        if module.startswith(_OURS):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
