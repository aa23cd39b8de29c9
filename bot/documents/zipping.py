"""Writes ZIP files in pieces: only one file is in memory, and the same files give the same bytes."""

import io
import zipfile
from collections.abc import AsyncIterable, AsyncIterator

#: A fixed time stamp (the earliest that ZIP allows), so that the same files always give the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)
#: File mode: readable by everybody, as other programs unpack files.
_MODE = 0o644 << 16


class _Outlet(io.BytesIO):
    """The output of the ZIP writer. Positions count from the beginning of the ZIP, but what was taken cannot be
    rewritten: the header of a file gets its size and checksum while it is still here, so that every program can open
    the result.
    """

    def __init__(self) -> None:
        super().__init__()
        self._out = 0

    def tell(self) -> int:
        return self._out + super().tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._out + super().seek(offset - self._out if whence == io.SEEK_SET else offset, whence)

    def taken(self) -> bytes:
        """The output since the last call."""
        piece = self.getvalue()
        self._out += len(piece)
        super().seek(0)
        self.truncate()
        return piece


async def zipped(files: AsyncIterable[tuple[str, bytes]]) -> AsyncIterator[bytes]:
    """The ZIP of these files in pieces, as (path, content). The contents are compressed already (Word, PDF), so they
    are stored.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as package:
        async for path, content in files:
            info = zipfile.ZipInfo(path, _MOMENT)
            info.external_attr = _MODE
            package.writestr(info, content)
            yield outlet.taken()
    yield outlet.taken()
