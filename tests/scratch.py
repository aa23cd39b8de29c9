"""The folder for temporary files of a test run: in memory, if the machine has enough of it.

Tests make thousands of databases. On a disk, each of PostgreSQL's takes three hundred files, and each commit to an
SQLite file waits for the disk; in memory neither matters, and no test needs files that survive a power failure. With
`TMPDIR=FOLDER make test` files are written to that folder instead, and those of failed tests stay there.
"""

import os
import shutil
import tempfile
from multiprocessing.util import Finalize
from pathlib import Path

_MEMORY = Path("/dev/shm")
#: Bytes that must be free in that folder and in memory: far more than a run has ever used.
_ENOUGH = 4 * 2**30
#: The priority of deleting the folder: after multiprocessing has deleted its own folder within it (priority -100).
_LAST = -200


def begin() -> None:
    """From now on temporary folders are made in memory, also by processes that are started later."""
    if "TMPDIR" in os.environ or not _fits():
        return
    for left in _MEMORY.glob("tusoi-tests-*"):  # left by a run that was killed
        if not Path("/proc", left.name.split("-")[2]).exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"tusoi-tests-{os.getpid()}-", dir=_MEMORY))
    folder.chmod(0o755)  # PostgreSQL runs as another user
    Finalize(None, shutil.rmtree, (folder,), {"ignore_errors": True}, exitpriority=_LAST)
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = None


def _fits() -> bool:
    try:
        there = os.statvfs(_MEMORY)
        available = next(
            line for line in Path("/proc/meminfo").read_text("ascii").splitlines() if "MemAvailable" in line
        )
    except (OSError, StopIteration):
        return False
    free = min(there.f_bavail * there.f_frsize, int(available.split()[1]) * 1024)
    return free >= _ENOUGH and not there.f_flag & os.ST_NOEXEC and os.access(_MEMORY, os.W_OK)
