"""Files larger than memory, sent while they are being made, and resumable after a lost connection.

The part made so far is in an unnamed temporary file that vanishes with the process. During the download, and for some
time after, it serves requests for the rest: the same bytes, as of the instant of the first request.
"""

import asyncio
import logging
import os
import tempfile
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import IO

from bot.door.channel import Parcel
from bot.door.front import Front
from dialogs.core.turn import InPieces

log = logging.getLogger(__name__)

#: Seconds for which one is kept that nobody takes; and how many at most.
KEPT_SECONDS = 900.0
MOST = 8
#: Bytes that are read at once.
CHUNK = 1 << 18


class Broken(Exception):
    """It could not be made to its end."""


@dataclass(frozen=True, slots=True)
class ParcelWish:
    """Which papers for whom. `at` is the exchange they stand in: pressed again they are of that instant."""

    person: int
    wanted: InPieces
    at: int


class Spool:
    """A parcel as far as it is made. It continues to be made when the client is gone, who will ask for the rest."""

    def __init__(self, parcel: Parcel, turn: asyncio.Lock) -> None:
        self.name, self.mark = parcel.name, parcel.mark
        self.used = time.monotonic()
        self._pieces, self._turn = parcel.pieces, turn
        self._file: IO[bytes] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - as long as the spool is
        self._size, self._whole, self._failed = 0, False, False
        self._readers = 0
        self._more = asyncio.Condition()
        self._making = asyncio.create_task(self._make())

    @property
    def failed(self) -> bool:
        """It is made anew for whoever asks next."""
        return self._failed

    @property
    def busy(self) -> bool:
        """It is being made, or somebody reads it."""
        return not self._making.done() or self._readers > 0

    @property
    def whole(self) -> int | None:
        """Its bytes, once they are all there."""
        return self._size if self._whole else None

    async def size(self) -> int:
        """All its bytes, when they are there. Raises Broken."""
        async with self._more:
            await self._more.wait_for(lambda: self._whole or self._failed)
        if self._failed:
            raise Broken(self.name)
        return self._size

    async def read(self, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` on (to `end`), as they come. Raises Broken."""
        at, self._readers = start, self._readers + 1
        try:
            while most := await self._ready(at, end):
                piece = await asyncio.to_thread(os.pread, self._file.fileno(), most, at)
                at += len(piece)
                yield piece
        finally:
            self._readers -= 1
            self.used = time.monotonic()

    async def _ready(self, at: int, end: int | None) -> int:
        """How many bytes may be read there; 0 at the end. Raises Broken."""
        async with self._more:
            await self._more.wait_for(lambda: self._size > at or self._whole or self._failed)
        if self._failed:
            raise Broken(self.name)
        return max(0, min(CHUNK, self._size - at, CHUNK if end is None else end - at))

    async def close(self) -> None:
        """It is gone."""
        self._making.cancel()
        await asyncio.gather(self._making, return_exceptions=True)
        self._file.close()

    async def _make(self) -> None:
        try:
            async with self._turn:
                async for piece in self._pieces():
                    await asyncio.to_thread(self._file.write, piece)
                    await self._grown(len(piece))
            self._whole = True
        except Exception:
            self._failed = True
            log.exception("papers were not put together")
        except asyncio.CancelledError:
            self._failed = True
            raise
        finally:
            await self._grown(0)

    async def _grown(self, by: int) -> None:
        async with self._more:
            self._size += by
            self._more.notify_all()


class Parcels:
    """The spools of an installation. One is made at a time, so that the conversation continues beside it."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._spools: OrderedDict[ParcelWish, Spool] = OrderedDict()
        self._turn, self._asking = asyncio.Lock(), asyncio.Lock()

    async def fetch(self, wish: ParcelWish) -> Spool | None:
        """The spool; None when it is not for this person. Permission is checked each time, but the content is
        determined once for as long as the spool lives. Raises BlockingIOError when too many are under way.
        """
        if not await self._front.may_take(wish.person, wish.wanted):
            return None
        async with self._asking:
            if spool := await self._here(wish):
                return spool
        parcel = await self._front.parcel(wish.person, wish.wanted)
        if parcel is None:
            return None
        async with self._asking:
            if spool := await self._here(wish):
                return spool
            if len(self._spools) >= MOST:
                await self._forget_one()
            spool = self._spools[wish] = Spool(parcel, self._turn)
            return spool

    async def _here(self, wish: ParcelWish) -> Spool | None:
        """The one that is there."""
        await self._forget_old()
        spool = self._spools.get(wish)
        if spool is not None:
            self._spools.move_to_end(wish)
            spool.used = time.monotonic()
        return spool

    async def close(self) -> None:
        """All are gone."""
        while self._spools:
            await self._spools.popitem()[1].close()

    async def _forget_old(self) -> None:
        now = time.monotonic()
        for wish, spool in list(self._spools.items()):
            if spool.failed or (not spool.busy and now - spool.used > KEPT_SECONDS):
                await self._spools.pop(wish).close()

    async def _forget_one(self) -> None:
        done = next((wish for wish, spool in self._spools.items() if not spool.busy), None)
        if done is None:
            raise BlockingIOError
        await self._spools.pop(done).close()
