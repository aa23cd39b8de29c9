"""Slows down wrong codes from strangers, so that they can neither open a door nor keep it shut (docs/front-door.md).

Every code is looked up, and a valid one always works: 2^59 codes cannot be guessed. Only the response to a wrong code
is limited. With tries left, it comes at once; without, codes are looked up one at a time, and the response to a wrong
one is delayed.

This is our own code because rate limit libraries answer yes or no for a single key. Here three limits are checked and
charged in one step, none below zero, and the charge is returned when the code was valid.
"""

import asyncio
import ipaddress
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

#: Maximum number of addresses remembered; the least recently seen is dropped.
MAX_KEYS = 10_000

#: Seconds before the response to a wrong code when no tries are left, and how many may wait at once.
LATE = 3.0
MOST_LATE = 200

#: So many tries of an address are its own, whatever its neighbours and everybody else used up.
OWN = 3


@dataclass(frozen=True, slots=True)
class Measure:
    """A limit: `burst` tries in a row, then `per_second`."""

    burst: int
    per_second: float


OF_ADDRESS = Measure(10, 1 / 10)
OF_NETWORK = Measure(60, 1)
OF_EVERYBODY = Measure(600, 10)


@dataclass(slots=True)
class _Bucket:
    measure: Measure
    at: float
    tries: float = field(init=False)

    def __post_init__(self) -> None:
        self.tries = float(self.measure.burst)

    def filled(self, now: float) -> float:
        self.tries = min(self.measure.burst, self.tries + (now - self.at) * self.measure.per_second)
        self.at = now
        return self.tries

    def give(self, tries: int) -> None:
        """Never below zero: what a flood asked for is nobody's debt."""
        self.tries = min(self.measure.burst, max(0.0, self.tries + tries))


@dataclass(slots=True)
class Try:
    """A code being looked up. `left`: how many more may be wrong; None: there was no try left for this one."""

    left: int | None
    good: bool = False  # nothing is charged for it


class Guesses:
    """The tries of everybody who enters codes on the web."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, late: float = LATE) -> None:
        self._clock = clock
        self._late = late
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._everybody = _Bucket(OF_EVERYBODY, clock())
        self._turn = asyncio.Lock()  # of those without tries left
        self._waiting = 0

    @asynccontextmanager
    async def one_more(self, address: str) -> AsyncIterator[Try]:
        """While the block runs, one code from that address is looked up; it must set whether the code was `good`."""
        buckets = self._of(address)
        this = Try(_charge(buckets))
        if this.left is not None:
            yield this
        else:
            async with self._turn:
                yield this
        if this.good:
            for bucket in buckets if this.left is not None else ():
                bucket.give(1)
        elif this.left is None:
            await self._be_late()

    def _of(self, address: str) -> tuple[_Bucket, _Bucket, _Bucket]:
        now, (one, network) = self._clock(), keys(address)
        buckets = (self._bucket(one, OF_ADDRESS, now), self._bucket(network, OF_NETWORK, now), self._everybody)
        for bucket in buckets:
            bucket.filled(now)
        return buckets

    def _bucket(self, key: str, measure: Measure, now: float) -> _Bucket:
        bucket = self._buckets.setdefault(key, _Bucket(measure, now))
        self._buckets.move_to_end(key)
        if len(self._buckets) > MAX_KEYS:
            self._buckets.popitem(last=False)
        return bucket

    async def _be_late(self) -> None:
        """Nobody else waits for it. More than some are not kept: a connection costs, too."""
        if self._waiting >= MOST_LATE:
            return
        self._waiting += 1
        try:
            await asyncio.sleep(self._late)
        finally:
            self._waiting -= 1


def _charge(buckets: tuple[_Bucket, _Bucket, _Bucket]) -> int | None:
    """Asked and charged in one step: however many come at once, none sees the try of another."""
    own = buckets[0]
    spared = own.tries > own.measure.burst - OWN
    if not spared and min(bucket.tries for bucket in buckets) < 1:
        return None
    for bucket in buckets:
        bucket.give(-1)
    return int(max(min(bucket.tries for bucket in buckets), own.tries - own.measure.burst + OWN))


def keys(address: str) -> tuple[str, str]:
    """Of an address and of its network: who has one IPv6 address has 2^64 of them."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address, "?"
    one, network = (32, 24) if known.version == 4 else (64, 48)
    return _network(known, one), _network(known, network)


def _network(address: ipaddress.IPv4Address | ipaddress.IPv6Address, bits: int) -> str:
    return str(ipaddress.ip_network((address, bits), strict=False))
