"""A ZIP written piece by piece: of all its files no more than one is held, and the same files make the same bytes."""

import io
import zipfile
from collections.abc import AsyncIterable, AsyncIterator

#: A fixed moment (the first one a zip can say): the same files have the same bytes whenever they are put together.
_MOMENT = (1980, 1, 1, 0, 0, 0)
#: Files that everybody may read, as other programs unpack them.
_MODE = 0o644 << 16


class _Outlet(io.BytesIO):
    """What is written goes out file by file. Positions count from the beginning of the ZIP; what went out is not gone back to:
    a file's head gets its size and checksum while it is still here, so that any program opens what comes of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._out = 0

    def tell(self) -> int:
        return self._out + super().tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._out + super().seek(offset - self._out if whence == io.SEEK_SET else offset, whence)

    def taken(self) -> bytes:
        """What has not gone out yet."""
        piece = self.getvalue()
        self._out += len(piece)
        super().seek(0)
        self.truncate()
        return piece


async def zipped(files: AsyncIterable[tuple[str, bytes]]) -> AsyncIterator[bytes]:
    """The pieces of a ZIP of these files, by the path each has in it. What is put in is packed already (Word, PDF): it is stored."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as package:
        async for path, content in files:
            info = zipfile.ZipInfo(path, _MOMENT)
            info.external_attr = _MODE
            package.writestr(info, content)
            yield outlet.taken()
    yield outlet.taken()
