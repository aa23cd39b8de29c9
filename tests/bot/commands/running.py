"""Runs `tusoi` as a user does: a process of its own."""

import os
import pty
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


def at_terminal(*arguments: str, typed: str = "") -> Ran:
    """The same, asked at a terminal, where `typed` is answered. What a terminal echoes goes nowhere."""
    inside, outside = pty.openpty()
    try:
        os.write(inside, typed.encode())
        done = subprocess.run([*COMMAND, *arguments], stdin=outside, capture_output=True, check=False, timeout=PATIENCE)
    finally:
        os.close(inside)
        os.close(outside)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
