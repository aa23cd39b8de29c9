"""Files kept outside the database, each named by the SHA-256 of its content. They never change."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

#: File mode: readable and writable by the owner only.
_FOLDER, _FILE = 0o700, 0o600


class Lost(Exception):
    """The file is missing or its content no longer matches its hash `sha256`."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"kept file {sha256} is missing or changed")
        self.sha256 = sha256


class KeptFiles(NamedTuple):
    """A folder of kept files."""

    folder: Path

    def keep(self, content: bytes) -> str:
        """Keep the content: atomically, and durably before this returns. Returns its SHA-256. Raises OSError."""
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
        """The name under which the content is kept: its SHA-256."""
        return hashlib.sha256(content).hexdigest()

    def content(self, sha256: str) -> bytes:
        """The content kept under that hash. Raises Lost."""
        try:
            content = self.place(sha256).read_bytes()
        except OSError as error:
            raise Lost(sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Lost(sha256)
        return content

    def place(self, sha256: str) -> Path:
        """The path of the file kept under that hash."""
        return self.folder / sha256[:2] / sha256

    def every(self) -> Iterator[Path]:
        """The paths of all kept files, in order."""
        return (one for one in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")) if not one.name.startswith("."))


def _make_lasting(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
