"""An SQLite connection that works in the event loop's own thread.

aiosqlite sends every call to a thread of its own: four trips a statement. With WAL
a statement takes microseconds and a trip takes a hundred of them, so the trips
were most of a step. Only waiting for another process' writer may take long: that is done by
`asyncio.sleep`, and the loop goes on meanwhile.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Generator
from typing import Any

import aiosqlite

_FIRST_PAUSE = 0.001  # seconds; doubled each time
_LONGEST_PAUSE = 0.05


class InPlaceConnection(aiosqlite.Connection):
    """aiosqlite's connection without its thread. Raises sqlite3.OperationalError when busy for too long."""

    def __init__(self, path: str, busy_seconds: float) -> None:
        # timeout 0: SQLite's own waiting would stop the loop.
        # isolation_level None: the engine begins transactions itself.
        super().__init__(lambda: sqlite3.connect(path, timeout=0, isolation_level=None, cached_statements=256), 64)
        self._busy_seconds = busy_seconds

    def __await__(self) -> Generator[Any, None, "InPlaceConnection"]:
        return self._open().__await__()

    async def _open(self) -> "InPlaceConnection":
        self._connection = self._connector()
        return self

    def stop(self) -> None:
        """Close at once."""
        self._running = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        waited, pause = 0.0, _FIRST_PAUSE
        while True:
            try:
                return fn(*args, **kwargs)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or waited >= self._busy_seconds:
                    raise
            await asyncio.sleep(pause)
            waited, pause = waited + pause, min(pause * 2, _LONGEST_PAUSE)
