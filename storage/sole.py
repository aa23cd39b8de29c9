"""The lock by which at most one `tusoi serve` uses a SQLite file. It is a lock of the operating system and ends with
its process.

It also works between containers that share the file, because they share the kernel. Other commands may run at the same
time. On a network file system neither this lock nor SQLite's own is reliable (docs/operating.md).
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

#: Suffix of the lock file, appended to the name of the database file.
END = ".serving"


@contextmanager
def sole_server(url: str) -> Iterator[None]:
    """Hold the lock on the SQLite file at `url`; does nothing for PostgreSQL, which several processes may serve. Raises
    Served, Unreachable.
    """
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
