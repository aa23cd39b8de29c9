"""Files that are kept outside the database, each under the SHA-256 of what it holds; never changed."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

#: Only the owner.
_FOLDER, _FILE = 0o700, 0o600


class Lost(Exception):
    """What is kept there is gone, or is not what was kept: `sha256`."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"kept file {sha256} is missing or changed")
        self.sha256 = sha256


class KeptFiles(NamedTuple):
    """A folder of such files."""

    folder: Path

    def keep(self, content: bytes) -> str:
        """Keep it, whole or not at all, lasting before this returns; its SHA-256. Raises OSError."""
        mark = hashlib.sha256(content).hexdigest()
        place = self.place(mark)
        if place.is_file() and place.stat().st_size == len(content):
            return mark
        place.parent.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
        part = place.with_name(f".{mark}.{os.getpid()}.{os.urandom(4).hex()}")
        try:
            with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE), "wb") as written:
                written.write(content)
                written.flush()
                os.fsync(written.fileno())
            part.replace(place)
            _make_lasting(place.parent)
        finally:
            part.unlink(missing_ok=True)
        return mark

    def mark(self, content: bytes) -> str:
        """What it is kept under."""
        return hashlib.sha256(content).hexdigest()

    def content(self, sha256: str) -> bytes:
        """What was kept under it. Raises Lost."""
        try:
            content = self.place(sha256).read_bytes()
        except OSError as error:
            raise Lost(sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Lost(sha256)
        return content

    def place(self, sha256: str) -> Path:
        """Where it lies."""
        return self.folder / sha256[:2] / sha256

    def every(self) -> Iterator[Path]:
        """All that are kept, in order."""
        return (one for one in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")) if not one.name.startswith("."))


def _make_lasting(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
