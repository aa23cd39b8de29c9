"""Rate limits."""

from collections.abc import Callable
from functools import lru_cache

from aiohttp import web
from aiolimiter import AsyncLimiter

#: Key (who is slowed down) → its rate limiter.
Paces = Callable[[object], AsyncLimiter]

#: Maximum number of keys remembered; the least recently seen is dropped.
MAX_KEYS = 10_000


def pace(burst: int, per_second: float) -> AsyncLimiter:
    """`burst` steps at once, then `per_second`."""
    return AsyncLimiter(burst, burst / per_second)


def paces(burst: int, per_second: float) -> Paces:
    """Each may go at such a pace."""
    return lru_cache(MAX_KEYS)(lambda _: pace(burst, per_second))


async def at_their_pace(steps: float, *limits: AsyncLimiter) -> None:
    """Wait until all of them let so many steps pass."""
    for limit in limits:
        await limit.acquire(steps)


async def at_once(steps: float, limit: AsyncLimiter) -> None:
    """So many steps of a request, which does not wait. Raises 429."""
    if would_wait(steps, limit):
        raise web.HTTPTooManyRequests(headers={"Retry-After": "10"})
    await limit.acquire(steps)


def would_wait(steps: float, *limits: AsyncLimiter) -> bool:
    """Whether any of them lets so many steps not pass at once."""
    return not all(limit.has_capacity(steps) for limit in limits)
