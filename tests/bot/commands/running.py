"""Runs `tusoi` as users do."""

import io
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO
from unittest.mock import patch

from bot.cli import main
from bot.commands.rulebooks.books import shelf
from tests.waiting import PATIENCE

COMMAND = (sys.executable, "-W", "error", "-c", "from bot.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: str
    err: str


def process(*arguments: str, stdin: str = "") -> Ran:
    """Runs `tusoi ARGUMENTS` as a process of its own, for tests of how it starts and ends."""
    done = subprocess.run(
        [*COMMAND, *arguments], input=stdin.encode(), capture_output=True, check=False, timeout=PATIENCE
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def tusoi(*arguments: str, stdin: str = "") -> Ran:
    """Runs it within this process, which has already loaded the program and the rulebooks."""
    return _within(arguments, _text(stdin.encode()))


def at_terminal(*arguments: str, typed: str = "") -> Ran:
    """Runs it at a terminal, where somebody types `typed`. What the terminal echoes is dropped."""
    with _terminal(typed) as terminal:
        return _within(arguments, terminal)


@contextmanager
def _terminal(typed: str) -> Iterator[TextIO]:
    inside, outside = pty.openpty()
    try:
        os.write(inside, typed.encode())
        with os.fdopen(outside, encoding="utf-8") as terminal:
            yield terminal
    finally:
        os.close(inside)


def _within(arguments: tuple[str, ...], stdin: TextIO) -> Ran:
    out, err = _text(), _text()
    shelf.cache_clear()  # a new process would read its settings
    with (
        patch.multiple(sys, argv=["tusoi", *arguments], stdin=stdin, stdout=out, stderr=err),
        ThreadPoolExecutor(1) as thread,  # a thread without an event loop and without context variables
    ):
        status = thread.submit(_status).result()
    return Ran(status, _read(out), _read(err))


def _status() -> int:
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _text(content: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", write_through=True)


def _read(text: io.TextIOWrapper) -> str:
    text.seek(0)
    return text.read()
