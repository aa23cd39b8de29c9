"""Faults of a database: names for those engine errors that no statement is to blame for (disk full, server down)."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from storage.errors import Away, Unreachable

#: SQLite's primary result code → the name of the fault.
_SQLITE = {
    sqlite3.SQLITE_FULL: "database_full",
    sqlite3.SQLITE_READONLY: "database_read_only",
    sqlite3.SQLITE_IOERR: "database_disk",
    sqlite3.SQLITE_CORRUPT: "database_damaged",
    sqlite3.SQLITE_NOTADB: "database_none",
    sqlite3.SQLITE_CANTOPEN: "database_unopened",
    sqlite3.SQLITE_PERM: "database_forbidden",
    sqlite3.SQLITE_BUSY: "database_locked",
    sqlite3.SQLITE_LOCKED: "database_locked",
}
#: Prefix of a PostgreSQL error code → the name of the fault (PostgreSQL manual, appendix A).
_POSTGRES = (
    ("08", "server_away"),
    ("57P", "server_away"),
    ("53100", "database_full"),
    ("53", "server_crowded"),
    ("58", "database_disk"),
    ("XX001", "database_damaged"),
    ("XX002", "database_damaged"),
    ("25006", "database_read_only"),
    ("28", "server_refuses"),
    ("3D000", "server_without"),
    ("42501", "database_forbidden"),
)
#: Connection failures carry no code, only a message, which is English unless the server is configured otherwise.
_WORDS = (
    ("password", "server_refuses"),
    ('role "', "server_refuses"),
    ("pg_hba.conf", "server_refuses"),
    ('database "', "server_without"),
    ("too many ", "server_crowded"),
    ("remaining connection slots", "server_crowded"),
)


@contextmanager
def faults_named(address: sa.URL) -> Iterator[None]:
    """Convert engine errors that mean the database cannot be used now into Unreachable."""
    try:
        yield
    except Exception as error:
        fault = fault_of(error, address)
        if fault is None:
            raise
        raise fault from error


def fault_of(error: BaseException, address: sa.URL) -> Unreachable | None:
    """The fault of the database at `address` that `error` reports; None when the error has another cause, such as a
    wrong statement.
    """
    original = (error.orig if isinstance(error, DBAPIError) else None) or error
    name = ""
    if isinstance(original, sqlite3.Error):
        name = _SQLITE.get(getattr(original, "sqlite_errorcode", 0) & 0xFF, "")
    elif _is_postgres(original, "Error"):
        name = _of_postgres(original)
    if not name:
        return None
    if name == "database_unopened":
        return unopened(Path(place_of(address)), address, original)
    return _unreachable(address, name, original)


def _unreachable(address: sa.URL, name: str, error: BaseException) -> Unreachable:
    told = " ".join(str(error).split()).removeprefix("connection failed: ").partition(" Is the server running")[0]
    shown = address.render_as_string(hide_password=True)
    kind = Away if name == "server_away" else Unreachable
    return kind(f"the database {shown} cannot be reached: {told}", name, place=place_of(address), told=told)


def place_of(address: sa.URL) -> str:
    """The location of a database as shown to people: the file, or `server:port/name`."""
    if address.get_backend_name() == "sqlite":
        return address.database or ""
    port = f":{address.port}" if address.port else ""
    return f"{address.host or 'localhost'}{port}/{address.database or ''}"


def _of_postgres(error: BaseException) -> str:
    code = getattr(error, "sqlstate", None)
    if code:
        return next((name for begins, name in _POSTGRES if code.startswith(begins)), "")
    if not _is_postgres(error, "OperationalError"):
        return ""
    refused = str(error).partition("FATAL:")[2]
    return next((name for word, name in _WORDS if word in refused), "server_away")


def _is_postgres(error: BaseException, kind: str) -> bool:
    """Whether the error is psycopg's class `kind`. On SQLite psycopg is never imported."""
    driver = sys.modules.get("psycopg")
    return driver is not None and isinstance(error, getattr(driver, kind))


def unopened(file: Path, address: sa.URL, error: BaseException) -> Unreachable:
    """The reason why a SQLite file, or one of the files beside it, could not be opened; SQLite itself does not say."""
    return _unreachable(address, _why_unopened(file), error)


def _why_unopened(file: Path) -> str:
    folder = file.parent
    if not folder.is_dir():
        return "database_no_folder"
    try:
        filesystem = os.statvfs(folder)
    except OSError:
        return "database_disk"
    if filesystem.f_flag & os.ST_RDONLY:
        return "database_read_only"
    if file.is_dir():
        return "database_none"
    if not os.access(folder, os.W_OK | os.X_OK) or (file.exists() and not os.access(file, os.R_OK | os.W_OK)):
        return "database_forbidden"
    return "database_disk" if filesystem.f_bavail else "database_full"
