"""Backing up a database while people write in it, and restoring it.

SQLite's own backup copies a consistent state page by page (a plain copy of the file would miss what is still in the
write-ahead log). PostgreSQL is backed up by pg_dump and restored by pg_restore.
"""

import datetime as dt
import errno
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from storage.engine import address_of, file_at
from storage.errors import StorageError
from storage.schema import VERSION_TABLE, known_revisions
from storage.tables import LEASE

#: The message of PostgreSQL's tools for a full disk.
_NO_SPACE = os.strerror(errno.ENOSPC)

_SQLITE, _DUMP = b"SQLite format 3\x00", b"PGDMP"


class NotKept(StorageError):
    """A backup could not be made or restored; nothing was changed. `why` names the reason; `told` is the engine's
    message.
    """

    def __init__(self, why: str, told: str = "") -> None:
        super().__init__(f"{why}: {told}")
        self.why = why
        self.told = told


def back_up(url: str, file: Path) -> None:
    """Back up everything at `url` into one file, readable by its owner only. Raises NotKept: `there` (the file exists),
    `tool` (pg_dump is missing), `refused`, `full` (the disk), `disk`.
    """
    if os.path.lexists(file):  # a dangling link also counts: its target belongs to somebody
        raise NotKept("there", str(file))
    part = file.with_name(f".{file.name}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        source = file_at(url)
        if source is not None:
            _copy_sqlite(source, part)
        else:
            _run("pg_dump", url, "--format=custom", f"--file={part}")
            _run("pg_restore", None, "--list", str(part))
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.rename(file)
    except OSError as error:
        raise _of_disk(error, file) from error
    finally:
        part.unlink(missing_ok=True)


def bring_back(url: str, file: Path, now: dt.datetime, *, replace: bool) -> Path | None:
    """Restore a backup as the database at `url`. With `replace` an existing SQLite file is moved aside; its new name is
    returned. PostgreSQL must be empty.

    Raises NotKept: `missing`, `other` (a backup of the other engine), `broken`, `newer` (of a newer program), `there`,
    `filled` (PostgreSQL), `link` (dangling), `serving`, `tool`, `refused`, `full`, `disk`.
    """
    try:
        with file.open("rb") as read:
            kind = read.read(len(_SQLITE))
    except OSError as error:
        raise NotKept("missing", error.strerror or str(error)) from error
    target = file_at(url)
    if not kind.startswith(_SQLITE if target is not None else _DUMP):
        raise NotKept("other" if kind.startswith((_SQLITE, _DUMP)) else "broken")
    try:
        if target is not None:
            if target.is_symlink() and not target.exists():
                raise NotKept("link", str(target))
            return _bring_file_back(target.resolve(), file, now, replace=replace)
        _bring_dump_back(url, file)
    except OSError as error:
        raise _of_disk(error, target or file) from error
    return None


def _of_disk(error: OSError, file: Path) -> NotKept:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return NotKept("full", str(file.parent))
    return NotKept("disk", error.strerror or str(error))


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy the database into one file, consistently, and check its integrity."""
    if not source.exists():
        raise NotKept("missing", str(source))
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as read,
            closing(sqlite3.connect(target)) as written,
        ):
            read.backup(written)
            written.execute("PRAGMA journal_mode = DELETE")
            found = written.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
            raise NotKept("full", str(target.parent)) from error
        raise NotKept("broken", str(error)) from error
    if found != "ok":
        raise NotKept("broken", found)


def _bring_file_back(target: Path, file: Path, now: dt.datetime, *, replace: bool) -> Path | None:
    if target.exists() and not replace:
        raise NotKept("there", str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        _copy_sqlite(file, part)
        _refuse_newer(part)
        aside = _put_aside(target, now) if target.exists() else None
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return aside


def _refuse_newer(part: Path) -> None:
    with closing(sqlite3.connect(part)) as read:
        try:
            (version,) = read.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608 - a constant
        except (sqlite3.Error, TypeError) as error:
            raise NotKept("broken", str(error)) from error
    if version not in known_revisions():
        raise NotKept("newer", version)


def _put_aside(target: Path, now: dt.datetime) -> Path:
    """Move the database aside. Nobody may be writing in it; the content of its log is checkpointed first."""
    aside = target.with_name(f"{target.name}.{now:%Y%m%d-%H%M%S}")
    try:
        with closing(sqlite3.connect(target, timeout=1, isolation_level=None)) as kept:
            until = sa.select(LEASE.c.until).where(LEASE.c.until > sa.literal(now, LEASE.c.until.type))
            text = until.compile(dialect=sa.create_engine("sqlite://").dialect, compile_kwargs={"literal_binds": True})
            if kept.execute(str(text)).fetchone():
                raise NotKept("serving")
            kept.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            kept.execute("PRAGMA locking_mode = EXCLUSIVE")
            kept.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise NotKept("serving") from error
    except sqlite3.DatabaseError:
        pass  # it is not a database any more: move it aside all the same, with its log
    for end in ("-wal", "-shm"):
        beside = target.with_name(target.name + end)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + end))
    target.rename(aside)
    return aside


def _bring_dump_back(url: str, file: Path) -> None:
    engine = sa.create_engine(address_of(url))
    try:
        with engine.connect() as connection:
            if sa.inspect(connection).get_table_names():
                raise NotKept("filled", engine.url.database or "")
    except sa.exc.OperationalError as error:
        raise NotKept("refused", str(error.orig)) from error
    finally:
        engine.dispose()
    _run("pg_restore", None, "--list", str(file))
    _run("pg_restore", url, "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(file))


def _run(tool: str, url: str | None, *arguments: str) -> None:
    """Run one of PostgreSQL's tools. The password is passed in the environment, because process lists show arguments."""
    program = shutil.which(tool)
    if program is None:
        raise NotKept("tool", tool)
    environment: Mapping[str, str] = {**os.environ, "LC_ALL": "C"}
    if url:
        address = address_of(url)
        environment = {**environment, **({"PGPASSWORD": str(address.password)} if address.password else {})}
        plain = sa.URL.create(
            "postgresql", address.username, None, address.host, address.port, address.database, address.query
        )
        arguments = (f"--dbname={plain.render_as_string()}", *arguments)
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, check=False)  # noqa: S603 - as given
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        if tool == "pg_dump" and any(_NO_SPACE in line for line in told):
            raise NotKept("full", next(one for one in arguments if one.startswith("--file=")).removeprefix("--file="))
        raise NotKept("refused", told[0] if told else "")
