"""Slowing down whoever is too fast: a token bucket for each key."""

import asyncio
from collections import OrderedDict

#: More keys than this are never remembered; the one not heard of for longest is forgotten first.
MAX_KEYS = 10_000


class Pace:
    """`burst` steps at once, then `per_second`. The clock is the event loop's."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until `key` may take its next step; 0 when it may now."""
        return max(0.0, (1 - self._left(key)) / self._per_second)

    def step(self, key: str) -> float:
        """Take a step. Returns the seconds to wait before it, 0 within the burst."""
        left = self._left(key)
        self._buckets[key] = (left - 1, self._now())
        self._buckets.move_to_end(key)
        if len(self._buckets) > MAX_KEYS:
            self._buckets.popitem(last=False)
        return max(0.0, (1 - left) / self._per_second)

    def _left(self, key: str) -> float:
        left, at = self._buckets.get(key, (float(self._burst), self._now()))
        return min(float(self._burst), left + (self._now() - at) * self._per_second)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
