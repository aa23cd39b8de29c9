"""Runs `tusoi` as a user does: a process of its own."""

import subprocess
import sys
from dataclasses import dataclass

from tests.waiting import PATIENCE

COMMAND = (sys.executable, "-W", "error", "-c", "from bot.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: str
    err: str


def tusoi(*arguments: str, stdin: str = "") -> Ran:
    """Status and output of `tusoi ARGUMENTS`."""
    done = subprocess.run(
        [*COMMAND, *arguments], input=stdin.encode(), capture_output=True, check=False, timeout=PATIENCE
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
