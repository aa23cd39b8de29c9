"""Where a test run writes: in memory, where the machine has enough of it.

Databases are made and thrown away by the thousand. On a disk each of PostgreSQL's costs three hundred files, and each commit of an
SQLite file a wait; in memory neither does. Nothing of a run is there for a power failure to take. `TMPDIR=FOLDER make test` writes
to a folder of one's own, and leaves there what failed.
"""

import os
import shutil
import tempfile
from multiprocessing.util import Finalize
from pathlib import Path

_MEMORY = Path("/dev/shm")
#: Bytes that have to be free, there and in the machine: far more than a run has ever held.
_ENOUGH = 4 * 2**30
#: After multiprocessing has taken away its own folder, which stands within (it does so at -100).
_LAST = -200


def begin() -> None:
    """Everything that asks for a temporary folder from now on, processes that are started included, gets it in memory."""
    if "TMPDIR" in os.environ or not _fits():
        return
    for left in _MEMORY.glob("tusoi-tests-*"):  # by a run that was killed
        if not Path("/proc", left.name.split("-")[2]).exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"tusoi-tests-{os.getpid()}-", dir=_MEMORY))
    folder.chmod(0o755)  # PostgreSQL is another user
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
