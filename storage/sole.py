"""That one `tusoi serve` alone serves a SQLite file: a lock of the operating system, which ends with the process that holds it.

It holds between containers that share the file as well, for they share the kernel. Other commands work beside it. On a
network file system neither this lock nor SQLite's own can be relied on (docs/operating.md).
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.engine import address_of, file_at
from storage.errors import Served, Unreachable
from storage.faults import unopened

#: What stands behind the name of the database's file in that of the lock's.
END = ".serving"


@contextmanager
def sole_server(url: str) -> Iterator[None]:
    """Be the one that serves the SQLite file at `url`; PostgreSQL is served by many. Raises Served, Unreachable."""
    file = file_at(url)
    if file is None:
        yield
        return
    try:
        lock = os.open(file.with_name(file.name + END), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise unopened(file, address_of(url), error) from error
    try:
        _take(lock, file)
        yield
    finally:
        os.close(lock)


def _take(lock: int, file: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        by = os.pread(lock, 32, 0).decode("ascii", "replace").strip()
        raise Served(f"{file} is served by process {by}", "database_served", place=str(file), by=by) from None
    except OSError as error:
        if error.errno not in {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS}:
            raise
        raise Unreachable(f"{file} cannot be locked: {error}", "database_unlocked", place=str(file)) from error
    os.ftruncate(lock, 0)
    os.pwrite(lock, b"%d\n" % os.getpid(), 0)
